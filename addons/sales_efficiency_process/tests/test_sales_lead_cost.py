# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import Form, freeze_time, tagged
from odoo.tools import mute_logger

from odoo.addons.sales_efficiency_base.tools import Period
from odoo.addons.sales_efficiency_resource.tests.expense_benefit_common import (
    BenefitCommon,
)

from ..engine.market import LeadBoard, LeadChoice
from .market_common import NOON, YEAR, MarketCommon

MARCH = Period(date(2026, 3, 1), date(2026, 3, 31))


@tagged("post_install", "-at_install")
@freeze_time(NOON)
class TestSalesLeadCost(BenefitCommon, MarketCommon):
    """What leads cost and what they return, by source (policy 3.1.2)."""

    @classmethod
    def _create_fair_leads(cls, source=None, **values):
        """40 leads, of which 10 are opportunities, of which 4 are won for 50,000."""
        source = source or cls.fair_source
        values = {"source_id": source.id, **values}
        for _number in range(30):
            cls._lead(type="lead", **values)
        leads = cls.env["crm.lead"]
        for number in range(10):
            leads += cls._lead(expected_revenue=12_500 if number < 4 else 900, **values)
        for lead in leads[:4]:
            lead.action_set_won()
        return leads

    def _get_lead_row(self, name, user=None, **asked):
        report = self.env["sales.lead.report"].with_user(user or self.director)
        rows = {row["name"]: row for row in report.get_board(**asked)["rows"]}
        return rows[name]

    # The fair

    def test_a_fair_of_6000_costs_150_a_lead_600_an_opportunity_1500_a_win(self):
        self._cost(6000)
        self._create_fair_leads()
        place = {"utm_source_id": self.fair_source.id}
        for code, value in (
            ("leads", 40),
            ("opportunities_created", 10),
            ("won", 4),
            ("won_amount", 50_000),
            ("lead_cost", 6000),
            ("lead_cost_per_lead", 150),
            ("lead_cost_per_opportunity", 600),
            ("lead_cost_per_win", 1500),
            ("lead_roas", 8.3333),
        ):
            with self.subTest(code):
                self.assertAlmostEqual(self._ask(code, **place), value, 4)

    def test_the_report_says_the_same(self):
        self._cost(6000)
        self._create_fair_leads()
        self._refresh()
        values = self._get_lead_row(self.fair_source.name)["values"]
        self.assertEqual(
            {key: values[key] for key in ("leads", "qualified", "won", "won_amount")},
            {"leads": 40, "qualified": 10, "won": 4, "won_amount": 50_000},
        )
        self.assertEqual(
            [values[key] for key in ("per_lead", "per_qualified", "per_won")],
            [150, 600, 1500],
        )
        self.assertAlmostEqual(values["roas"], 8.3333, 4)

    def test_no_cost_recorded_has_no_value(self):
        self._create_fair_leads()
        self._refresh()
        row = self._get_lead_row(self.fair_source.name)
        for key in ("cost", "per_lead", "per_qualified", "per_won", "roas", "roi"):
            self.assertIsNone(row["values"][key], key)
        self.assertEqual(row["notes"]["cost"], "No cost recorded")
        place = {"utm_source_id": self.fair_source.id}
        for code in ("lead_cost", "lead_cost_per_lead", "lead_roas", "lead_roi"):
            self.assertIsNone(self._ask(code, **place), code)

    def test_leads_of_which_nothing_is_known_have_no_returns(self):
        self._cost(6000)
        self._create_fair_leads()
        self._refresh()
        values = self._get_lead_row("Not known", by="campaign_id")["values"]
        self.assertEqual((values["leads"], values["cost"]), (40, 6000))
        for key in ("per_lead", "per_qualified", "per_won", "roas", "roi"):
            self.assertIsNone(values[key], key)

    def test_cost_without_leads_is_no_infinity(self):
        self._cost(6000)
        place = {"utm_source_id": self.fair_source.id}
        self.assertEqual(self._ask("lead_cost", **place), 6000)
        for code in (
            "lead_cost_per_lead",
            "lead_cost_per_opportunity",
            "lead_cost_per_win",
        ):
            self.assertIsNone(self._ask(code, **place), code)
        self.assertEqual(self._ask("lead_roas", **place), 0)

    def test_roi_compares_the_margin_of_the_orders(self):
        self._cost(1000)
        # 100 a piece at a cost of 60: a margin of 40
        self._sell(100, "2026-04-10", source_id=self.fair_source.id)
        place = {"utm_source_id": self.fair_source.id}
        self.assertEqual(self._ask("ordered_amount", **place), 10_000)
        self.assertEqual(self._ask("margin", **place), 4000)
        self.assertEqual(self._ask("lead_roi", **place), 300)
        row = self._get_lead_row(self.fair_source.name)
        self.assertEqual(row["values"]["roi"], 300)

    def test_an_order_follows_its_source(self):
        order = self._sell(1, "2026-04-10", source_id=self.fair_source.id)
        order.source_id = self.online_source
        self.assertEqual(
            self._ask("ordered_amount", utm_source_id=self.online_source.id), 100
        )
        self.assertEqual(
            self._ask("ordered_amount", utm_source_id=self.fair_source.id), 0
        )

    def test_invoices_and_collections_follow_the_source_of_the_order(self):
        order = self._sell(1, "2026-04-10", source_id=self.fair_source.id)
        invoice = order._create_invoices()
        invoice.action_post()
        self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=invoice.ids
        ).create({})._create_payments()
        place = {"utm_source_id": self.fair_source.id}
        for code in ("invoiced_amount", "collected_amount"):
            with self.subTest(code):
                self.assertEqual(self._ask(code, **place), 100)
                self.assertEqual(self._ask(code), 100)
        order.source_id = self.online_source
        self.assertEqual(self._ask("invoiced_amount", **place), 0)

    def test_an_opportunity_follows_its_source_and_medium(self):
        lead = self._lead(source_id=self.fair_source.id, expected_revenue=10)
        lead.action_set_won()
        medium = self.env["utm.medium"].create({"name": "Test Medium"})
        lead.write({"source_id": self.online_source.id, "medium_id": medium.id})
        facts = self._facts(lead)
        self.assertEqual(facts.utm_source_id, self.online_source)
        self.assertEqual(facts.utm_medium_id, medium)
        self.assertEqual(len(facts), 3)

    # Expenses of campaigns

    def test_a_campaign_with_expenses_costs_these_never_both(self):
        self.fair.sales_source_id = self.fair_source
        self._cost(6000, campaign_id=self.fair.id)
        place = {"utm_source_id": self.fair_source.id}
        self.assertEqual(self._ask("lead_cost", **place), 6000)
        self.assertEqual(self._ask("lead_cost", campaign_id=self.fair.id), 6000)
        self._spend_on(self.fair, 5800)
        self.assertEqual(self._ask("lead_cost", **place), 5800)
        self.assertEqual(self._ask("lead_cost", campaign_id=self.fair.id), 5800)
        self.assertEqual(self._ask("lead_cost"), 5800)
        row = self._get_lead_row(self.fair.title, by="campaign_id")
        self.assertEqual(row["values"]["cost"], 5800)

    def test_a_replaced_cost_says_so(self):
        cost = self._cost(6000, campaign_id=self.fair.id)
        other = self._cost(10)
        self.assertFalse(cost.is_replaced)
        self._spend_on(self.fair, 5800)
        (cost | other).invalidate_recordset()
        self.assertEqual((cost | other).mapped("is_replaced"), [True, False])
        found = self.env["sales.lead.cost"].search([("is_replaced", "=", True)])
        self.assertEqual(found, cost)

    def test_costs_of_others_count_beside_expenses(self):
        self._spend_on(self.fair, 5800)
        self._cost(200)
        self.assertEqual(self._ask("lead_cost"), 6000)

    def test_expenses_without_campaign_are_no_cost_of_leads(self):
        self._spend(self.kind_marketing, "2026-03-10", 5000)
        self.assertIsNone(self._ask("lead_cost"))

    def test_roas_of_a_campaign_is_that_of_sales_expenses(self):
        """Where what was won was ordered, both screens say the same."""
        self._spend_on(self.fair, 6000)
        lead = self._lead(campaign_id=self.fair.id, expected_revenue=50_000)
        lead.action_set_won()
        self._sell_for(self.fair, 500)
        ours = self._get_lead_row(self.fair.title, by="campaign_id")["values"]
        theirs = self._get_row(self.fair.title, by="campaign_id")
        for key in ("cost", "roas", "roi"):
            self.assertAlmostEqual(ours[key], theirs[key], 6, key)

    def test_a_fair_belongs_to_the_source_of_fairs(self):
        fair = self._create_campaign(title="New", sales_type="fair")
        self.assertEqual(fair.sales_source_id, self.fair_source)
        fair.sales_type = "advertisement"
        self.assertEqual(fair.sales_source_id, self.online_source)
        own = self.env["utm.source"].create({"name": "Test Own"})
        fair.sales_source_id = own
        fair.sales_type = "fair"
        self.assertEqual(fair.sales_source_id, own)

    # Days and months

    def test_a_cost_is_spread_over_its_months(self):
        self._cost(3000, date_from="2026-02-01", date_to="2026-04-30")
        place = {"utm_source_id": self.fair_source.id}
        self.assertEqual(self._ask("lead_cost", MARCH, **place), 1000)
        self.assertEqual(self._ask("lead_cost", YEAR, **place), 3000)

    def test_a_cost_of_one_day_needs_one_date(self):
        form = Form(self.env["sales.lead.cost"].with_user(self.director))
        form.name = "Stand"
        form.utm_source_id = self.fair_source
        form.date_from = date(2026, 3, 10)
        form.amount = 10
        self.assertEqual(form.save().date_to, date(2026, 3, 10))

    # Who

    def test_leaders_see_their_leads_and_no_cost(self):
        self._cost(6000)
        self._create_fair_leads()
        self._create_fair_leads(user_id=self.outsider.id, team_id=self.team_other.id)
        self._refresh()
        report = self.env["sales.lead.report"]
        for user, leads in (
            (self.salesperson, 40),
            (self.leader, 40),
            (self.director, 80),
        ):
            values = self._get_lead_row(self.fair_source.name, user)["values"]
            with self.subTest(user.name):
                self.assertEqual(values["leads"], leads)
                cost = 6000 if user == self.director else None
                self.assertEqual(values["cost"], cost)
                board = report.with_user(user).get_board()
                keys = {column["key"] for column in board["columns"]}
                self.assertEqual("cost" in keys, bool(cost))
                self.assertEqual("whole company only" in board["basis"], not cost)

    def test_others_see_no_report(self):
        for user in (self.finance, self.env.ref("base.public_user")):
            with self.assertRaises(AccessError):
                self.env["sales.lead.report"].with_user(user).get_board()

    def test_the_report_asks_the_same_for_one_source_and_many(self):
        report = self.env["sales.lead.report"].with_user(self.director)
        self._create_fair_leads()
        self._cost(10)
        self._refresh()
        report.get_board()
        self.env.invalidate_all()
        with self.assertQueryCount(60):
            report.get_board()
        first = self.cr.sql_log_count
        self.env.invalidate_all()
        report.get_board()
        one = self.cr.sql_log_count - first
        for number in range(12):
            source = self.env["utm.source"].create({"name": f"Test {number}"})
            self._lead(source_id=source.id)
            self._cost(10, utm_source_id=source.id)
        self._refresh()
        self.env.flush_all()
        report.get_board()
        self.env.invalidate_all()
        first = self.cr.sql_log_count
        report.get_board()
        self.assertLessEqual(self.cr.sql_log_count - first, one)

    def test_the_figures_behind_a_row_open(self):
        self._create_fair_leads()
        self._refresh()
        report = self.env["sales.lead.report"].with_user(self.director)
        action = report.action_open_figures(record_id=self.fair_source.id)
        facts = self.env["sales.fact"].with_user(self.director)
        # 40 leads, 10 opened, 4 won
        self.assertEqual(facts.search_count(action["domain"]), 54)

    def test_expenses_are_among_the_figures_behind_a_row(self):
        self.fair.sales_source_id = self.fair_source
        self._spend_on(self.fair, 5800)
        self._spend(self.kind_marketing, "2026-03-10", 5000)
        self._refresh()
        report = self.env["sales.lead.report"].with_user(self.director)
        facts = self.env["sales.fact"].with_user(self.director)
        for asked in (
            {"record_id": self.fair_source.id},
            {"record_id": self.fair.id, "by": "campaign_id"},
            {},
        ):
            found = facts.search(report.action_open_figures(**asked)["domain"])
            with self.subTest(**asked):
                self.assertEqual(sum(found.mapped("amount")), 5800)

    def test_rows_that_are_not_shown_have_no_cost_if_none_is_known(self):
        for number in range(3):
            source = self.env["utm.source"].create({"name": f"Test {number}"})
            self._lead(source_id=source.id)
        self._refresh()
        choice = LeadChoice(self.env(user=self.director), {})
        rows = LeadBoard(choice).get_data(length=1)["rows"]
        [others] = [row for row in rows if row["name"].startswith("Others")]
        self.assertEqual(others["values"]["leads"], 2)
        self.assertNotIn("cost", others["values"])

    def test_the_workbook_has_the_report(self):
        self._create_fair_leads()
        self._refresh()
        report = self.env["sales.lead.report"].with_user(self.director)
        name, content = report._get_sheet({"by": "utm_source_id"})
        self.assertEqual(name, "Lead Sources.xlsx")
        self.assertTrue(content.startswith(b"PK"))

    # Targets

    def test_leads_of_a_source_can_be_a_target(self):
        metric = self.env.ref("sales_efficiency_base.sales_metric_leads")
        target = self.env["sales.target"].create(
            {
                "plan_id": self.plan.id,
                "metric_id": metric.id,
                "utm_source_id": self.fair_source.id,
                "amount": 120,
            }
        )
        self.assertEqual(
            target._get_scope(), self._scope(utm_source_id=self.fair_source.id)
        )

    # Bad input

    def test_nonsense_is_refused(self):
        for values in (
            {"amount": -1},
            {"amount": 1, "date_to": "2026-03-09"},
            {"amount": 1, "utm_source_id": False},
        ):
            with (
                self.subTest(**values),
                self.assertRaises(IntegrityError),
                mute_logger("odoo.sql_db"),
                self.env.cr.savepoint(),
            ):
                self._cost(**values)
        with self.assertRaisesRegex(ValidationError, "five years"):
            self._cost(1, date_to="2031-03-11")
        company = self.env["res.company"].create({"name": "Other"})
        with self.assertRaisesRegex(ValidationError, "belongs to another company"):
            self._cost(1, campaign_id=self.fair.id, company_id=company.id)

    def test_a_cost_of_nothing_is_known(self):
        self._cost(0)
        self.assertEqual(self._ask("lead_cost", utm_source_id=self.fair_source.id), 0)
