# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import tagged

from odoo.addons.sales_efficiency_base.tests import role_table


@tagged("post_install", "-at_install")
class TestRoleTable(role_table.RoleTableCommon):
    addon = "sales_efficiency_resource"
    table = """
        model                 employee  salesperson  support  leader  director  hr  accountant  portal  public
        sales.channel.member  -         rwc          rwc      rwc     rwcu      -   -           -       -
        sales.customer.class  -         r            r        r       rwcu      -   -           -       -
        sales.grade           -         r            r        r       rwcu      -   -           -       -
    """  # noqa: E501
