# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import tagged

from odoo.addons.sales_efficiency_base.tests import role_table


@tagged("post_install", "-at_install")
class TestRoleTable(role_table.RoleTableCommon):
    """People report, leaders hold meetings, helpers read problems assigned to them."""

    addon = "sales_efficiency_review"
    table = """
        model                       employee  salesperson  support  leader  director  hr  accountant  portal  public
        sales.meeting               -         r            r        rwcu    rwcu      -   -           -       -
        sales.meeting.line          -         r            r        r       r         -   -           -       -
        sales.meeting.plan          -         -            -        rwc     rwc       -   -           -       -
        sales.weekly.report         -         rwc          rwc      rwc     rwcu      -   -           -       -
        sales.weekly.report.figure  -         r            r        r       r         -   -           -       -
        sales.weekly.report.line    r         rwcu         rwcu     rwcu    rwcu      r   r           -       -
    """  # noqa: E501
