# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from odoo import fields
from odoo.tests import HttpCase, tagged

from odoo.addons.sales_efficiency_target.tests.common import SalesTargetCommon


@tagged("post_install", "-at_install")
class TestUiStoreChecksPanelBesideTargets(SalesTargetCommon, HttpCase):
    def test_the_panel_stands_beside_those_of_targets(self):
        today = fields.Date.today()
        self.plan.target_ids.unlink()
        self.plan.date_from = date(today.year, 1, 1)
        self._create_target(amount=1_200)
        self._start()
        self.env["sales.store.check"].create(
            {"name": "Store Check", "date": today, "company_id": self.company.id}
        )
        self._refresh()
        self.start_tour(
            "/odoo/sales-cockpit",
            "sales_store_checks_panel_beside_targets",
            login="test_director",
        )
