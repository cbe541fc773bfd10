# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import tagged

from . import screens


@tagged("post_install", "-at_install")
class TestScreens(screens.ScreensCommon):
    addon = "sales_efficiency_base"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._create_order().action_confirm()
        cls.env["sales.history.line"].create(
            {"date": "2025-03-01", "amount": 100, "user_id": cls.salesperson.id}
        )
        cls.env["sales.mart"]._refresh()
