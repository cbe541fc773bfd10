# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import tagged

from odoo.addons.sales_efficiency_base.tests import role_table


@tagged("post_install", "-at_install")
class TestRoleTable(role_table.RoleTableCommon):
    """Paying members opens them to nobody else."""

    addon = "sales_efficiency_resource_incentive"
    table = """
        model                 employee  salesperson  support  leader  director  hr  accountant  portal  public
        sales.channel.member  -         rwc          rwc      rwc     rwcu      -   -           -       -
    """  # noqa: E501
