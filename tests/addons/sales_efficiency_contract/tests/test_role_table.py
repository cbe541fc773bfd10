# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import tagged

from odoo.addons.sales_efficiency_base.tests import role_table


@tagged("post_install", "-at_install")
class TestRoleTable(role_table.RoleTableCommon):
    addon = "sales_efficiency_contract"
    table = """
        model                   employee  salesperson  support  leader  director  hr  accountant  portal  public
        sales.store.check       -         rwc          rwc      rwc     rwcu      -   -           -       -
        sales.store.check.kind  r         r            r        r       rwcu      r   r           -       -
    """  # noqa: E501
