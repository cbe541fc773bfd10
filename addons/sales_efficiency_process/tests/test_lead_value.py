# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from odoo import Command
from odoo.tests import freeze_time, tagged

from ..engine.market import LeadScoring
from .market_common import NOON, MarketCommon


@tagged("post_install", "-at_install")
@freeze_time(NOON)
class TestPrioritiesPanel(MarketCommon):
    """The cockpit shows the most valuable leads of whom the user looks at."""

    def _get_panel(self, user, **asked):
        data = self.env["sales.cockpit"].with_user(user).get_data(**asked)
        return data["panels"]["lead_priorities"]

    def test_the_most_valuable_lead_comes_first(self):
        leads = self._lead(name="Small", expected_revenue=1000, probability=90)
        leads += self._lead(name="Large", expected_revenue=9000, probability=50)
        leads += self._lead(name="Unknown")
        leads += self._lead(
            name="Other",
            expected_revenue=9_000_000,
            probability=50,
            user_id=self.outsider.id,
            team_id=self.team_other.id,
        )
        LeadScoring(self.env).score(leads.ids)
        panel = self._get_panel(self.salesperson)
        names = [row["name"] for row in panel["rows"]]
        self.assertEqual(names, ["Large", "Small"])
        self.assertEqual(panel["count"], 3)
        names = [row["name"] for row in self._get_panel(self.director)["rows"]]
        self.assertEqual(names[0], "Other")


@tagged("post_install", "-at_install")
@freeze_time(NOON)
class TestRivalPrices(MarketCommon):
    """The newest prices of competitors beside the lines of a quotation."""

    def test_the_quotation_knows_prices_of_who_is_named(self):
        self._price(self._offer(), 95, "2026-09-01")
        lead = self._lead(
            partner_id=self.customer_north.id,
            sales_competitor_ids=[Command.set(self.rival.ids)],
        )
        order = self._create_order(opportunity_id=lead.id).with_user(self.salesperson)
        self.assertEqual(
            order._get_competitor_prices(self.product | self.service),
            {
                self.product: [
                    ("Test Rival", 95, self.currency, date(2026, 9, 1)),
                ]
            },
        )

    def test_an_opportunity_of_others_tells_nothing(self):
        self._price(self._offer(), 95, "2026-09-01")
        lead = self._lead(
            partner_id=self.customer_north.id,
            user_id=self.outsider.id,
            team_id=self.team_other.id,
            sales_competitor_ids=[Command.set(self.rival.ids)],
        )
        order = self._create_order().with_user(self.salesperson)
        order.sudo().opportunity_id = lead
        self.assertEqual(order._get_competitor_prices(self.product), {})
