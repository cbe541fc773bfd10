# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields
from odoo.tests import HttpCase, tagged

from odoo.addons.sales_efficiency_base.tests.common import SalesEfficiencyCommon


@tagged("post_install", "-at_install")
class TestUiStoreChecksPanel(SalesEfficiencyCommon, HttpCase):
    def test_the_panel_is_shown_and_follows_what_is_chosen(self):
        self.env["sales.store.check"].create(
            {
                "name": "Store Check",
                "date": fields.Date.today(),
                "company_id": self.company.id,
                "user_id": self.salesperson.id,
            }
        )
        self.start_tour(
            "/odoo/sales-cockpit", "sales_store_checks_panel", login="test_salesperson"
        )

    def test_base_alone_shows_bare_figures(self):
        if "sales.target" in self.env:
            self.skipTest("Gauges of targets stand in their place.")
        self._create_order(price=1234).action_confirm()
        self.env["sales.mart"]._refresh()
        self.start_tour(
            "/odoo/sales-cockpit", "sales_cockpit_of_base", login="test_salesperson"
        )
