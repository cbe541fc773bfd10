# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import tagged

from odoo.addons.sales_efficiency_base.tests import nonsense


@tagged("post_install", "-at_install")
class TestNonsense(nonsense.NonsenseCommon):
    addon = "sales_efficiency_process"
