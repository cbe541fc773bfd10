# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import tagged

from odoo.addons.sales_efficiency_base.tests import role_table


@tagged("post_install", "-at_install")
class TestRoleTable(role_table.RoleTableCommon):
    addon = "sales_efficiency_resource"
    table = """
        model                        employee  salesperson  support  leader  director  hr  accountant  portal  public
        sales.channel.member         -         rwc          rwc      rwc     rwcu      -   -           -       -
        sales.channel.plan           -         r            r        rwc     rwcu      -   -           -       -
        sales.channel.rule           -         -            -        -       rwcu      -   -           -       -
        sales.channel.stage          -         r            r        r       rwcu      -   -           -       -
        sales.channel.stage.item     -         r            r        r       rwcu      -   -           -       -
        sales.contact                -         r            r        r       r         -   -           -       -
        sales.contact.log            -         rwc          rwc      rwc     rwc       -   -           -       -
        sales.contact.plan           -         r            r        r       r         -   -           -       -
        sales.contact.rhythm         -         -            -        -       r         -   -           -       -
        sales.contact.snooze         -         rwc          rwc      rwc     rwc       -   -           -       -
        sales.customer.class         -         r            r        r       rwcu      -   -           -       -
        sales.customer.class.field   -         r            r        r       rwcu      -   -           -       -
        sales.customer.distinct      -         -            -        rcu     rcu       -   -           -       -
        sales.customer.drop          -         r            r        r       r         -   -           -       -
        sales.customer.duplicate     -         -            -        rwcu    rwcu      -   -           -       -
        sales.customer.event         -         r            r        r       r         -   -           -       -
        sales.customer.grade         -         r            r        r       r         -   -           -       -
        sales.customer.need          -         rwcu         rwcu     rwcu    rwcu      -   -           -       -
        sales.customer.score         -         r            r        r       r         -   -           -       -
        sales.grade                  -         r            r        r       rwcu      -   -           -       -
        sales.grade.override         -         rwc          rwc      rwc     rwcu      -   -           -       -
        sales.grading                -         r            r        r       rwcu      -   -           -       -
        sales.grading.criterion      -         r            r        r       rwcu      -   -           -       -
        sales.grading.result         -         r            r        r       r         -   -           -       -
        sales.grading.run            -         r            r        r       rwcu      -   -           -       -
        sales.grading.run.criterion  -         r            r        r       r         -   -           -       -
        sales.scorecard              -         r            r        r       rwcu      -   -           -       -
        sales.scorecard.criterion    -         r            r        r       rwcu      -   -           -       -
        sales.scorecard.level        -         r            r        r       rwcu      -   -           -       -
        sales.scorecard.line         -         r            r        r       r         -   -           -       -
        sales.scorecard.result       -         r            r        r       rw        -   -           -       -
        sales.scorecard.rule         -         -            -        -       rwcu      -   -           -       -
        sales.scorecard.run          -         -            -        -       rwcu      -   -           -       -
        sales.service.policy         -         r            r        r       rwcu      -   -           -       -
        sales.service.policy.apply   -         -            -        -       rwc       -   -           -       -
        sales.stakeholder            -         rwcu         rwcu     rwcu    rwcu      -   -           -       -
    """  # noqa: E501
