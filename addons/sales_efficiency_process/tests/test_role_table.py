# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import tagged

from odoo.addons.sales_efficiency_base.tests import role_table


@tagged("post_install", "-at_install")
class TestRoleTable(role_table.RoleTableCommon):
    addon = "sales_efficiency_process"
    table = """
        model                         employee  salesperson  support  leader  director  hr   accountant  portal  public
        agreement                     r         rwc          rwc      rwc     rwcu      r    r           -       -
        agreement.type                r         r            r        r       rwcu      r    r           -       -
        sales.buying.step             -         rwcu         rwcu     rwcu    rwcu      -    -           -       -
        sales.competitor              -         rwc          rwc      rwc     rwcu      -    -           -       -
        sales.competitor.price        -         rwcu         rwcu     rwcu    rwcu      -    -           -       -
        sales.competitor.product      -         rwcu         rwcu     rwcu    rwcu      -    -           -       -
        sales.contract.check          r         rwcu         rwcu     rwcu    rwcu      r    r           -       -
        sales.contract.clause         r         r            r        r       rwcu      r    r           -       -
        sales.contract.file           r         r            r        r       r         r    r           -       -
        sales.contract.sign           rwc       rwc          rwc      rwc     rwc       rwc  rwc         -       -
        sales.contract.upload         -         rwc          rwc      rwc     rwc       -    -           -       -
        sales.funnel                  -         rwc          rwc      rwc     rwc       -    -           -       -
        sales.lead.cost               -         r            r        r       rwcu      -    -           -       -
        sales.lead.point              -         r            r        r       r         -    -           -       -
        sales.lead.rule               -         r            r        r       rwcu      -    -           -       -
        sales.market.size             -         r            r        r       rwcu      -    -           -       -
        sales.need.weight             -         r            r        r       rwcu      -    -           -       -
        sales.negotiation             -         rwc          rwc      rwc     rwcu      -    -           -       -
        sales.negotiation.concern     -         rwcu         rwcu     rwcu    rwcu      -    -           -       -
        sales.negotiation.round       -         rwcu         rwcu     rwcu    rwcu      -    -           -       -
        sales.playbook                -         r            r        r       rwcu      -    -           -       -
        sales.playbook.requirement    -         r            r        r       rwcu      -    -           -       -
        sales.price.floor             -         r            r        r       rwcu      -    -           -       -
        sales.price.request           -         rwcu         rwcu     rwcu    rwcu      -    -           -       -
        sales.price.request.line      -         r            r        r       r         -    -           -       -
        sales.quotation.compare       -         rwc          rwc      rwc     rwc       -    -           -       -
        sales.quotation.compare.line  -         rwcu         rwcu     rwcu    rwcu      -    -           -       -
        sales.quotation.term          -         r            r        rwc     rwcu      -    -           -       -
        sales.quotation.version       -         r            r        r       r         -    -           -       -
        sales.quotation.version.line  -         r            r        r       r         -    -           -       -
        sales.research                -         rwc          rwc      rwc     rwcu      -    -           -       -
        sales.research.finding        -         rwcu         rwcu     rwcu    rwcu      -    -           -       -
        sales.research.round          -         rw           rw       rw      rwu       -    -           -       -
        sales.solution                -         rwcu         rwcu     rwcu    rwcu      -    -           -       -
        sales.solution.answer         -         rwcu         rwcu     rwcu    rwcu      -    -           -       -
        sales.solution.line           -         rwcu         rwcu     rwcu    rwcu      -    -           -       -
        sales.solution.phase          -         rwcu         rwcu     rwcu    rwcu      -    -           -       -
        sales.stage.history           -         -            -        -       -         -    -           -       -
        sales.stage.report            -         r            r        r       r         -    -           -       -
        sales.visit                   -         rwc          rwc      rwc     rwcu      -    -           -       -
        sales.visit.check             -         rwc          rwc      rwc     rwc       -    -           -       -
        sales.visit.pain              -         rwcu         rwcu     rwcu    rwcu      -    -           -       -
        sales.visit.photo             -         rwcu         rwcu     rwcu    rwcu      -    -           -       -
        sales.visit.place             -         r            r        r       r         -    -           -       -
        sales.visit.plan              -         rwc          rwc      rwc     rwc       -    -           -       -
        sales.visit.plan.line         -         rwcu         rwcu     rwcu    rwcu      -    -           -       -
        sales.visit.point             -         rwcu         rwcu     rwcu    rwcu      -    -           -       -
        sales.visit.product           -         rwcu         rwcu     rwcu    rwcu      -    -           -       -
        sales.visit.rule              -         r            r        r       rwcu      -    -           -       -
        sales.waste                   -         rwc          rwc      rwc     rwcu      -    -           -       -
        sales.waste.finder            -         rwc          rwc      rwc     rwc       -    -           -       -
    """  # noqa: E501
