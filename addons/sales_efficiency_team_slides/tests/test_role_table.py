# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import tagged

from odoo.addons.sales_efficiency_base.tests import role_table


@tagged("post_install", "-at_install")
class TestRoleTable(role_table.RoleTableCommon):
    """What was passed online is seen and rated as what was passed in a session."""

    addon = "sales_efficiency_team_slides"
    table = """
        model                      employee  salesperson  support  leader  director  hr    accountant  portal  public
        sales.training.attendance  -         rw           rw       rw      rw        rwc   -           -       -
        sales.training.course      -         r            r        r       r         rwcu  -           -       -
    """  # noqa: E501
