# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import tagged

from odoo.addons.sales_efficiency_base.tests import role_table


@tagged("post_install", "-at_install")
class TestRoleTable(role_table.RoleTableCommon):
    addon = "sales_efficiency_analytics"
    table = """
        model                     employee  salesperson  support  leader  director  hr  accountant  portal  public
        sales.allocation          -         -            -        -       rwcu      -   -           -       -
        sales.allocation.change   -         -            -        -       r         -   -           -       -
        sales.allocation.line     -         -            -        -       rw        -   -           -       -
        sales.allocation.need     -         -            -        -       r         -   -           -       -
        sales.allocation.pair     -         -            -        -       rwcu      -   -           -       -
        sales.allocation.person   -         -            -        -       rwcu      -   -           -       -
        sales.bi.role             -         -            -        -       rw        -   -           -       -
        sales.data.cleaning       -         r            r        r       r         -   -           -       -
        sales.data.issue          -         rw           rw       rw      rw        -   -           -       -
        sales.data.rule           -         r            r        r       rwcu      -   -           -       -
        sales.data.score          -         r            r        r       r         -   -           -       -
        sales.decision            -         -            -        rwcu    rwcu      -   -           -       -
        sales.decision.effect     -         -            -        r       r         -   -           -       -
        sales.decision.point      -         -            -        r       r         -   -           -       -
        sales.decision.scope      -         -            -        rwcu    rwcu      -   -           -       -
        sales.finding             -         -            -        rw      rw        -   -           -       -
        sales.forecast            -         r            r        r       ru        -   -           -       -
        sales.forecast.month      -         r            r        r       r         -   -           -       -
        sales.indicator           -         r            r        r       rwcu      -   -           -       -
        sales.mart.export         -         -            -        -       rwcu      -   -           -       -
        sales.mart.export.change  -         -            -        -       r         -   -           -       -
        sales.mart.export.file    -         -            -        -       r         -   -           -       -
        sales.pipeline.snapshot   -         r            r        r       r         -   -           -       -
        sales.product.mix         -         -            -        -       r         -   -           -       -
        sales.study               -         rwcu         rwcu     rwcu    rwcu      -   -           -       -
        sales.study.result        -         r            r        r       r         -   -           -       -
        sales.study.template      -         r            r        r       rwcu      -   -           -       -
    """  # noqa: E501
