# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import tagged

from odoo.addons.sales_efficiency_base.tests import role_table


@tagged("post_install", "-at_install")
class TestRoleTable(role_table.RoleTableCommon):
    """Directors plan, leaders break down targets of their team, people commit."""

    addon = "sales_efficiency_target"
    table = """
        model                           employee  salesperson  support  leader  director  hr  accountant  portal  public
        sales.alert.milestone           -         -            -        -       r         -   -           -       -
        sales.target                    -         r            r        rwcu    rwcu      -   -           -       -
        sales.target.adjustment         -         rwcu         rwcu     rwcu    rwcu      -   -           -       -
        sales.target.adjustment.effect  -         r            r        r       r         -   -           -       -
        sales.target.adjustment.line    -         rwcu         rwcu     rwcu    rwcu      -   -           -       -
        sales.target.cascade            -         -            -        rwc     rwc       -   -           -       -
        sales.target.cascade.line       -         -            -        rwcu    rwcu      -   -           -       -
        sales.target.cause              -         rwcu         rwcu     rwcu    rwcu      -   -           -       -
        sales.target.change             -         -            -        -       r         -   -           -       -
        sales.target.commitment         -         rwc          rwc      rwc     rwc       -   -           -       -
        sales.target.distribution       -         r            r        r       rwcu      -   -           -       -
        sales.target.distribution.line  -         r            r        r       rwcu      -   -           -       -
        sales.target.import             -         -            -        rwc     rwc       -   -           -       -
        sales.target.import.line        -         -            -        rwcu    rwcu      -   -           -       -
        sales.target.import.problem     -         -            -        rwcu    rwcu      -   -           -       -
        sales.target.forecast           -         r            r        r       rwcu      -   -           -       -
        sales.target.gap                -         rwc          rwc      rwc     rwc       -   -           -       -
        sales.target.gap.line           -         r            r        r       r         -   -           -       -
        sales.target.month              -         r            r        rwc     rwc       -   -           -       -
        sales.target.plan               -         r            r        r       rwcu      -   -           -       -
        sales.target.plan.copy          -         -            -        -       rwc       -   -           -       -
        sales.target.plan.copy.growth   -         -            -        -       rwcu      -   -           -       -
        sales.target.plan.copy.level    -         -            -        -       rwcu      -   -           -       -
        sales.target.plan.version       -         -            -        -       r         -   -           -       -
        sales.target.report             -         r            r        r       r         -   -           -       -
        sales.target.result             -         r            r        r       r         -   -           -       -
    """  # noqa: E501
