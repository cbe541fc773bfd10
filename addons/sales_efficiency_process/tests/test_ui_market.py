# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import HttpCase, tagged

from .market_common import MarketCommon


@tagged("post_install", "-at_install")
class TestUiMarket(MarketCommon, HttpCase):
    """Market research, lead sources and market share in the browser."""

    browser_size = "1366x768"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = cls.company._get_sales_today()

    def test_salesperson_answers_a_question(self):
        round_ = self._research(date_first=self.today).round_ids
        self.start_tour(
            f"/odoo/research-rounds/{round_.id}",
            "sales_market_research",
            login="test_salesperson",
        )
        self.assertEqual(round_.state, "done")
        self.assertEqual(round_.finding_ids.source, "A buyer")
        self.assertEqual(round_.conclusion, "Deliver faster")

    def test_salesperson_loses_to_a_competitor(self):
        lead = self._lead()
        self.start_tour(
            f"/odoo/action-crm.crm_lead_opportunities/{lead.id}",
            "sales_market_lost",
            login="test_salesperson",
        )
        self.assertEqual(lead.sales_lost_competitor_id, self.rival)

    def test_director_enters_the_size_of_the_market(self):
        self.start_tour(
            "/odoo/market-sizes", "sales_market_size", login="test_director"
        )
        size = self.env["sales.market.size"].search(
            [("region_id", "=", self.region_north.id)]
        )
        self.assertEqual(size.amount, 12_000_000)

    def test_director_compares_sources(self):
        for _number in range(4):
            self._lead(
                source_id=self.fair_source.id, sales_opened_date=self.today, type="lead"
            )
        self._cost(600, date_from=self.today)
        self._refresh()
        self.start_tour(
            "/odoo/lead-sources", "sales_lead_sources", login="test_director"
        )

    def test_salesperson_sees_why_a_lead_is_promising(self):
        self.env["sales.lead.rule"].search([]).active = False
        self.env["sales.lead.rule"].create(
            {
                "name": "Fair",
                "domain": repr([("source_id", "=", self.fair_source.id)]),
                "points": 70,
                "reason": "Talked to us at a fair",
                "company_id": self.company.id,
            }
        )
        lead = self._lead(source_id=self.fair_source.id, expected_revenue=1000)
        lead.action_score_sales()
        self.start_tour(
            "/odoo/lead-priorities", "sales_lead_priority", login="test_salesperson"
        )
