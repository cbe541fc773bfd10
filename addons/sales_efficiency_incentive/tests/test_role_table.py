# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import tagged

from odoo.addons.sales_efficiency_base.tests import role_table


@tagged("post_install", "-at_install")
class TestRoleTable(role_table.RoleTableCommon):
    """Directors and officers make plans, people read theirs, finance reads all."""

    addon = "sales_efficiency_incentive"
    table = """
        model                            employee  salesperson  support  leader  director  hr  accountant  portal  public
        sales.incentive.acceptance       -         r            r        r       r         -   r           -       -
        sales.incentive.adjustment       -         r            r        r       rwcu      -   r           -       -
        sales.incentive.assignment       -         r            r        r       rwcu      -   r           -       -
        sales.incentive.attainment       -         r            r        r       r         -   -           -       -
        sales.incentive.balance          -         -            -        -       r         -   r           -       -
        sales.incentive.change           -         -            -        -       r         -   -           -       -
        sales.incentive.cost             -         -            -        -       r         -   r           -       -
        sales.incentive.dispute          -         r            r        r       rw        -   r           -       -
        sales.incentive.dispute.request  -         rwc          rwc      rwc     rwc       -   -           -       -
        sales.incentive.entry            -         r            r        r       r         -   r           -       -
        sales.incentive.exception        -         -            -        -       r         -   r           -       -
        sales.incentive.invitation       -         r            r        r       r         -   -           -       -
        sales.incentive.participant      -         -            -        r       r         -   -           -       -
        sales.incentive.pay              -         -            -        -       r         -   r           -       -
        sales.incentive.payout           -         -            -        -       r         -   rwcu        -       -
        sales.incentive.payout.line      -         -            -        -       r         -   r           -       -
        sales.incentive.period           -         r            r        r       rw        -   r           -       -
        sales.incentive.plan             -         r            r        r       rwcu      -   r           -       -
        sales.incentive.plan.template    -         -            -        -       rwc       -   -           -       -
        sales.incentive.pool             -         r            r        r       r         -   r           -       -
        sales.incentive.pool.division    -         -            -        -       rwcu      -   -           -       -
        sales.incentive.pool.share       -         -            -        -       rwcu      -   -           -       -
        sales.incentive.return.step      -         r            r        r       rwcu      -   r           -       -
        sales.incentive.reward           -         -            -        r       rwcu      -   r           -       -
        sales.incentive.rule             -         r            r        r       rwcu      -   r           -       -
        sales.incentive.simulation       -         -            -        -       rwcu      -   -           -       -
        sales.incentive.simulation.line  -         -            -        -       r         -   -           -       -
        sales.incentive.statement        -         r            r        r       r         -   r           -       -
        sales.incentive.tier             -         r            r        r       rwcu      -   r           -       -
        sales.incentive.version          -         r            r        r       rwcu      -   r           -       -
    """  # noqa: E501
