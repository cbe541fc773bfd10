# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from psycopg2 import IntegrityError

from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, freeze_time, tagged
from odoo.tools import mute_logger

from .expense_benefit_common import BenefitCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-10-15 12:00:00")
class TestExpenseCampaign(BenefitCommon):
    """What campaigns cost, and what is attributed to them (policy 5.3.3)."""

    def _read(self, campaign=None, user=None):
        campaign = (campaign or self.fair).with_user(user or self.director)
        campaign.invalidate_recordset()
        return campaign.with_context(lang="en_US")

    def test_cost_20000_margin_50000_sales_200000_is_roi_150_and_roas_10(self):
        self.product.standard_price = 75
        self._spend_on(self.fair, 20_000)
        self._sell_for(self.fair, 2000)
        self.assertRecordValues(
            self._read(),
            [
                {
                    "sales_cost": 20_000,
                    "sales_amount": 200_000,
                    "sales_order_count": 1,
                    "sales_roi_text": "150.0 %",
                    "sales_roas_text": "10.00",
                }
            ],
        )
        self.assertIn("50,000.00", self._read().sales_margin_text)

    def test_the_planned_cost_never_counts_as_cost(self):
        self.fair.sales_planned_cost = 5000
        self._sell_for(self.fair, 10)
        self.assertRecordValues(
            self._read(),
            [
                {
                    "sales_cost": 0,
                    "sales_planned_cost": 5000,
                    "sales_roi_text": "–",
                    "sales_roas_text": "–",
                }
            ],
        )

    def test_a_draft_bill_is_committed_and_no_cost(self):
        bill = self._spend(self.kind_marketing, "2026-03-10", 700, post=False)
        bill.campaign_id = self.fair
        self.env["sales.mart"]._refresh()
        values = [{"sales_cost": 0, "sales_committed": 700}]
        self.assertRecordValues(self._read(), values)

    def test_a_reversed_bill_costs_nothing(self):
        bill = self._spend_on(self.fair, 900)
        bill._reverse_moves(
            [{"date": "2026-04-05", "invoice_date": "2026-04-05"}], cancel=True
        )
        self.env["sales.mart"]._refresh()
        self.assertEqual(self._read().sales_cost, 0)
        self.assertEqual(self._read().sales_roi_text, "–")

    def test_leads_and_won_opportunities_count(self):
        leads = self.env["crm.lead"].create(
            [
                {"name": kind, "type": kind, "campaign_id": self.fair.id}
                for kind in ("lead", "opportunity", "opportunity")
            ]
        )
        leads[2].action_set_won()
        leads[1].action_set_lost()
        self.env["sales.mart"]._refresh()
        values = [{"sales_lead_count": 3, "sales_won_count": 1}]
        self.assertRecordValues(self._read(), values)

    def test_cost_per_lead_takes_what_names_a_campaign(self):
        self._spend_on(self.fair, 600)
        self._spend(self.kind_marketing, "2026-03-10", 5000)
        leads = self.env["crm.lead"].create(
            [
                {"name": "Fair", "campaign_id": self.fair.id},
                {"name": "Fair", "campaign_id": self.fair.id},
                {"name": "Fair", "type": "lead", "campaign_id": self.fair.id},
                {"name": "Nobody knows from where"},
            ]
        )
        leads.company_id = self.company
        self.env["sales.mart"]._refresh()
        scope, year = self._scope(campaign_id=self.fair.id), self._year()
        values = self.env["sales.metric"].ask(
            ["leads", "cost_per_lead"], [scope, self._scope()], [year]
        )
        self.assertEqual(values["leads", scope, year], 3)
        self.assertEqual(values["cost_per_lead", scope, year], 200)
        self.assertEqual(values["cost_per_lead", self._scope(), year], 200)

    def test_a_lead_without_company_counts_once(self):
        self.fair.company_id = False
        other = self.env["res.company"].create({"name": "Other"})
        self.director.company_ids += other
        stranger = self._create_user_of("sales_efficiency_base.group_sales_person")
        stranger.write({"company_ids": other.ids, "company_id": other.id})
        lead = self.env["crm.lead"].create(
            {
                "name": "Test",
                "campaign_id": self.fair.id,
                "user_id": stranger.id,
                "team_id": False,
            }
        )
        lead.company_id = False
        self.env["sales.mart"]._refresh()
        counts = [
            self.fair.with_user(self.director)
            .with_context(allowed_company_ids=company.ids)
            .sales_lead_count
            for company in (self.company, other)
        ]
        self.assertEqual(counts, [0, 1])

    def test_unknown_margins_are_said(self):
        self._spend_on(self.fair, 100)
        line = self._sell_for(self.fair, 10).order_line
        self.env.cr.execute(
            "UPDATE sales_fact SET margin = NULL, margin_base = NULL WHERE line_id = %s"
            " AND event = 'confirmed'",
            [line.id],
        )
        self.assertEqual(self._read().sales_margin_text, "unknown")
        self.assertEqual(self._read().sales_roi_text, "–")
        self.assertEqual(self._read().sales_roas_text, "10.00")

    def test_roi_of_partly_known_margins_says_so(self):
        self._spend_on(self.fair, 100)
        lines = self._sell_for(self.fair, 10).order_line
        lines += self._sell_for(self.fair, 10).order_line
        self.env.cr.execute(
            "UPDATE sales_fact SET margin = NULL, margin_base = NULL WHERE line_id = %s"
            " AND event = 'confirmed'",
            [lines[0].id],
        )
        # A margin of 400 is known.
        self.assertEqual(self._read().sales_roi_text, "300.0 % (known: 50 %)")
        metric = self.env.ref("sales_efficiency_resource.sales_metric_expense_roi")
        scope, year = self._scope(campaign_id=self.fair.id), self._year()
        values = metric._evaluate([scope], [year], known=True)
        self.assertEqual(values.known[metric.id, scope, year].share, 50)

    def test_a_salesperson_sees_own_figures_only(self):
        self._spend_on(self.fair, 100)
        self._sell_for(self.fair, 10)
        self._sell_for(self.fair, 5, user=self.outsider)
        self.assertEqual(self._read().sales_amount, 1500)
        values = [{"sales_cost": 0, "sales_amount": 1000, "sales_roi_text": "–"}]
        self.assertRecordValues(self._read(user=self.salesperson), values)
        self.assertIn(
            "Test Salesperson", self._read(user=self.salesperson).sales_scope_text
        )

    def test_a_salesperson_does_not_see_more_as_the_responsible(self):
        self.fair.with_user(self.salesperson).user_id = self.salesperson
        self._sell_for(self.fair, 5, user=self.outsider)
        self.assertEqual(self._read(user=self.salesperson).sales_amount, 0)

    def test_a_leader_sees_the_teams_led(self):
        self._sell_for(self.fair, 10)
        self._sell_for(self.fair, 5, user=self.outsider)
        self.assertEqual(self._read(user=self.leader).sales_amount, 1000)

    def test_finance_sees_the_company(self):
        self._spend_on(self.fair, 100)
        self._sell_for(self.fair, 10)
        values = [{"sales_cost": 100, "sales_amount": 1000}]
        self.assertRecordValues(self._read(user=self.finance), values)

    def test_figures_of_another_company_stay_hidden(self):
        other = self.env["res.company"].create({"name": "Other"})
        self._sell_for(self.fair, 10)
        self.fair.company_id = other
        self.assertFalse(self._read().sales_scope_text)
        self.assertEqual(self._read().sales_currency_id, other.currency_id)
        self.assertEqual(self._read().sales_amount, 0)

    def test_a_campaign_of_all_companies_shows_those_of_the_current_one(self):
        self.fair.company_id = False
        self._sell_for(self.fair, 10)
        self.assertEqual(self._read().sales_amount, 1000)
        self.assertIn(self.company.name, self._read().sales_scope_text)

    def test_many_campaigns_take_as_many_queries_as_one(self):
        self._spend_on(self.fair, 100)
        campaigns = self.fair | self.env["utm.campaign"].union(
            *(self._create_campaign(title=f"Test {n}") for n in range(15))
        )
        self._read(self.fair).mapped("sales_cost")
        self.env.invalidate_all()
        start = self.env.cr.sql_log_count
        self.fair.with_user(self.director).mapped("sales_roi_text")
        queries = self.env.cr.sql_log_count - start
        self.env.invalidate_all()
        with self.assertQueryCount(queries):
            campaigns.with_user(self.director).mapped("sales_roi_text")

    def test_a_campaign_cannot_end_before_it_starts(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self.fair.sales_date_to = "2026-02-01"

    def test_a_planned_cost_cannot_be_negative(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self.fair.sales_planned_cost = -1

    def test_a_campaign_with_figures_is_archived_and_not_deleted(self):
        self._create_campaign(title="Empty").unlink()
        self._spend_on(self.fair, 100)
        with self.assertRaisesRegex(UserError, "archive it instead"):
            self.fair.unlink()
        self.fair.action_archive()
        self.assertEqual(self._read().sales_cost, 100)

    def test_a_planned_cost_needs_a_company(self):
        self.fair.sales_planned_cost = 10
        with self.assertRaisesRegex(ValidationError, "choose the company"):
            self.fair.company_id = False

    def test_a_salesperson_plans_a_fair(self):
        fair = Form(self.env["utm.campaign"].with_user(self.salesperson))
        fair.title = "Spring Fair"
        fair.sales_type = "fair"
        fair.sales_planned_cost = 8000
        self.assertEqual(fair.save().sales_planned_cost, 8000)

    def test_a_metric_says_what_a_campaign_returns(self):
        self.product.standard_price = 75
        self._spend_on(self.fair, 20_000)
        self._sell_for(self.fair, 2000)
        metrics = self.env["sales.metric"]
        scope, period = self._scope(campaign_id=self.fair.id), self._year()
        values = metrics.ask(["expense_roi", "expense_roas"], [scope], [period])
        self.assertEqual(values["expense_roi", scope, period], 150)
        self.assertEqual(values["expense_roas", scope, period], 10)

    def test_figures_open(self):
        action = self.fair.with_user(self.director).action_open_sales_figures()
        self.assertEqual(action["res_model"], "sales.fact")
