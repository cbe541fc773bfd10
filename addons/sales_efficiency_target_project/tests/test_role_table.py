# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import tagged

from odoo.addons.sales_efficiency_base.tests import role_table


@tagged("post_install", "-at_install")
class TestRoleTable(role_table.RoleTableCommon):
    """Leaders may change milestones of projects for which they have targets."""

    addon = "sales_efficiency_target_project"
    table = """
        model              employee  salesperson  support  leader  director  hr  accountant  portal  public
        project.milestone  r         r            r        rwcu    rwcu      r   r           r       -
    """  # noqa: E501
