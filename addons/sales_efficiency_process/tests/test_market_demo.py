# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields
from odoo.tests import tagged

from odoo.addons.sales_efficiency_base.tests.demo_common import DemoCase
from odoo.addons.sales_efficiency_base.tools import Period


@tagged("post_install", "-at_install", "sales_efficiency_demo")
class TestMarketDemo(DemoCase):
    """What the demo company knows of its market."""

    def test_three_competitors_with_deals_won_and_lost(self):
        rivals = self.env["sales.competitor"].search([])
        self.assertEqual(len(rivals), 3)
        self.assertTrue(all(rivals.mapped("won_count")))
        self.assertTrue(any(rivals.mapped("lost_count")))
        self.assertTrue(any(rivals.product_ids.mapped("difference")))

    def test_one_research_is_done_and_one_is_late(self):
        rounds = self.env["sales.research.round"].search([])
        self.assertEqual(set(rounds.mapped("state")), {"open", "done"})
        done = rounds.filtered(lambda r: r.state == "done")
        self.assertTrue(done.conclusion and done.action_ids)
        today = self.company._get_sales_today()
        self.assertTrue(
            rounds.filtered(lambda r: r.state == "open" and r.date_due < today)
        )

    def test_leads_have_sources_and_classes(self):
        leads = self.env["crm.lead"].search([("company_id", "=", self.company.id)])
        self.assertGreaterEqual(len(leads.source_id), 4)
        self.assertTrue(all(leads.mapped("sales_class")))
        self.assertGreater(len(set(leads.mapped("sales_class"))), 1)

    def test_the_director_sees_sources_with_cost_and_without(self):
        grace = self.env.ref("sales_efficiency_base.user_grace_demo")
        report = self.env["sales.lead.report"].with_user(grace)
        this_year = Period.year(self.company._get_sales_today(), self.company)
        costs = [
            row["values"]["cost"]
            for year in (this_year, this_year.previous_year())
            for row in report.get_board(
                period="year", date_from=fields.Date.to_string(year.start)
            )["rows"]
            if row["id"]
        ]
        self.assertIn(None, costs)
        self.assertTrue(any(costs))
