# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from ..hooks import keep_sources
from ..models.utm_source_lead import PREFIX
from .market_common import NOON, LeadScoringCommon


@tagged("post_install", "-at_install")
@freeze_time(NOON)
class TestLeadScoring(LeadScoringCommon):
    """Points, classes and potential of leads (policy 3.1.2)."""

    # Points and classes

    def test_each_rule_gives_its_points_and_says_why(self):
        lead = self._score(
            self._lead(source_id=self.fair_source.id, email_from="a@example.com")
        )
        self.assertEqual((lead.sales_points, lead.sales_class), (65, "a"))
        self.assertRecordValues(
            lead.sales_point_ids,
            [
                {"points": 40, "reason": "It is Fair"},
                {"points": 25, "reason": "It is Mail"},
            ],
        )

    def test_limits_make_the_classes(self):
        for values, points, class_ in (
            ({"source_id": self.fair_source.id, "email_from": "a@b.c"}, 65, "a"),
            ({"source_id": self.fair_source.id}, 40, "b"),
            ({"email_from": "a@b.c"}, 25, "c"),
            ({"sales_opened_date": "2025-12-31"}, -30, "c"),
            ({}, 0, "c"),
        ):
            lead = self._score(self._lead(**values))
            with self.subTest(points=points):
                self.assertEqual(
                    (lead.sales_points, lead.sales_class), (points, class_)
                )

    def test_points_follow_the_lead(self):
        lead = self._score(self._lead(email_from="a@b.c"))
        lead.email_from = False
        self._score(lead)
        self.assertEqual(lead.sales_points, 0)
        self.assertFalse(lead.sales_point_ids)

    def test_the_probability_stays_what_odoo_predicts(self):
        lead = self._lead(source_id=self.fair_source.id)
        before = (lead.probability, lead.automated_probability, lead.write_date)
        self._score(lead)
        lead.invalidate_recordset()
        self.assertEqual(
            (lead.probability, lead.automated_probability, lead.write_date), before
        )

    def test_rules_of_other_companies_do_not_count(self):
        company = self.env["res.company"].create({"name": "Other"})
        self._rule("Other", [], 100, company_id=company.id)
        shared = self._rule("All", [], 5, company_id=False)
        lead = self._score(self._lead())
        self.assertEqual(lead.sales_point_ids.rule_id, shared)

    def test_each_company_has_its_limits(self):
        company = self.env["res.company"].create({"name": "Other"})
        company.write({"sales_lead_limit_a": 5, "sales_lead_limit_b": 2})
        self._rule("All", [], 5, company_id=False)
        leads = self._lead() | self._lead(
            company_id=company.id, user_id=False, team_id=False
        )
        self._score(leads)
        self.assertEqual(leads.mapped("sales_class"), ["c", "a"])

    # Potential

    def test_the_expected_revenue_is_the_potential(self):
        lead = self._score(
            self._lead(expected_revenue=8000, sales_potential_manual=5, probability=25)
        )
        self.assertRecordValues(
            lead,
            [
                {
                    "sales_potential": 8000,
                    "sales_potential_origin": "revenue",
                    "sales_priority": 2000,
                }
            ],
        )

    def _win(self, *amounts, **values):
        leads = self.env["crm.lead"]
        for amount in amounts:
            leads += self._lead(
                expected_revenue=amount, sales_categ_id=self.category.id, **values
            )
        self._score(leads)
        for lead in leads:
            lead.action_set_won()
        return leads

    def test_else_it_is_the_median_of_similar_deals_won(self):
        self._win(1000, 3000, 8000)
        # Of class b, so that they say nothing of class c
        self._win(90_000, source_id=self.fair_source.id)
        lead = self._score(
            self._lead(
                sales_categ_id=self.category.id,
                sales_potential_manual=7,
                probability=50,
            )
        )
        self.assertRecordValues(
            lead,
            [
                {
                    "sales_class": "c",
                    "sales_potential": 3000,
                    "sales_potential_origin": "similar",
                    "sales_priority": 1500,
                }
            ],
        )

    def test_the_median_of_an_even_number_lies_between(self):
        self._win(1000, 2000)
        lead = self._score(self._lead(sales_categ_id=self.category.id))
        self.assertEqual(lead.sales_potential, 1500)

    def test_deals_of_more_than_24_months_ago_are_forgotten(self):
        old = self._win(1000)
        for day, expected in (("2024-10-15", 1000), ("2024-10-14", 0)):
            old.date_closed = f"{day} 12:00:00"
            lead = self._score(self._lead(sales_categ_id=self.category.id))
            with self.subTest(day):
                self.assertEqual(lead.sales_potential, expected)

    def test_else_it_is_what_somebody_entered(self):
        other = self.env["product.category"].create({"name": "Test Other Line"})
        self._win(1000)
        lead = self._score(
            self._lead(
                sales_categ_id=other.id, sales_potential_manual=700, probability=10
            )
        )
        self.assertRecordValues(
            lead,
            [
                {
                    "sales_potential": 700,
                    "sales_potential_origin": "manual",
                    "sales_priority": 70,
                }
            ],
        )

    def test_a_lead_of_which_nothing_is_known_has_no_potential(self):
        lead = self._score(self._lead())
        self.assertRecordValues(
            lead,
            [{"sales_potential": 0, "sales_potential_origin": False}],
        )

    def test_leads_are_listed_by_priority(self):
        leads = self._lead(expected_revenue=1000, probability=90) | self._lead(
            expected_revenue=5000, probability=50
        )
        leads += self._lead(name="Nothing is known")
        self._score(leads)
        leads += self._lead(name="Not reckoned yet")
        found = self.env["crm.lead"].search(
            [("id", "in", leads.ids)], order="sales_priority desc, id"
        )
        self.assertEqual(list(found), [leads[1], leads[0], leads[2], leads[3]])

    # Sources

    def test_sources_that_leads_have_stay_without_the_add_on(self):
        lead = self._lead(source_id=self.fair_source.id)
        unused = self.env.ref(f"{PREFIX}telemarketing")
        self.env["crm.lead"].search([("source_id", "=", unused.id)]).source_id = False
        keep_sources(self.env)
        self.assertFalse(self.env.ref(f"{PREFIX}fair", raise_if_not_found=False))
        self.assertEqual(self.env.ref(f"{PREFIX}telemarketing"), unused)
        self.assertEqual(lead.source_id, self.fair_source)
        # Installed again
        self.env["utm.source"]._load_sales_sources()
        name = self.env.ref(f"{PREFIX}fair").name
        self.assertFalse(
            name.endswith("]"), "There is none of the same name beside it."
        )

    # Merging

    def test_a_merged_lead_keeps_the_highest_potential_by_hand(self):
        leads = self._lead(sales_potential_manual=5) | self._lead(
            sales_potential_manual=9
        )
        self._score(leads)
        merged = leads.merge_opportunity()
        self.assertEqual(merged.sales_potential_manual, 9)

    # Bad input

    def test_filters_are_tried_out(self):
        for domain in ("[('nothing', '=', 1)]", "os.remove('x')", "[('name', '=')]"):
            with (
                self.subTest(domain),
                self.assertRaisesRegex(ValidationError, "is not valid"),
            ):
                self.rule_fair.domain = domain

    def test_a_filter_reveals_no_closed_field(self):
        rule = self.rule_fair.with_user(self.director)
        with self.assertRaisesRegex(ValidationError, "is not valid"):
            rule.domain = "[('sales_scored_of', '!=', False)]"

    def test_a_filter_whose_field_has_gone_gives_no_points(self):
        self.env.cr.execute(
            "UPDATE sales_lead_rule SET domain = '[(''gone'', ''='', 1)]'"
            " WHERE id = %s",
            [self.rule_mail.id],
        )
        self.rule_mail.invalidate_recordset()
        lead = self._score(self._lead(email_from="a@b.c"))
        self.assertEqual(lead.sales_points, 0)

    def test_nonsense_is_refused(self):
        for record, values in (
            (self.rule_fair, {"points": 0}),
            (self.rule_fair, {"points": 101}),
            (self.company, {"sales_lead_limit_a": 30}),
            (self._lead(), {"sales_potential_manual": -1}),
        ):
            with (
                self.subTest(**values),
                self.assertRaises(IntegrityError),
                mute_logger("odoo.sql_db"),
                self.env.cr.savepoint(),
            ):
                record.write(values)
                self.env.flush_all()

    def test_scores_are_not_written_by_hand(self):
        rule = self.rule_fair.with_user(self.salesperson)
        with self.assertRaises(AccessError):
            rule.points = 5
        points = self.env["sales.lead.point"].with_user(self.director)
        with self.assertRaises(AccessError):
            points.create({"lead_id": self._lead().id, "rule_id": self.rule_fair.id})
        lead = self._lead().with_user(self.salesperson)
        for values in (
            {"sales_points": 100},
            {"sales_class": "a"},
            {"sales_priority": 1_000_000},
            {"sales_point_ids": [(0, 0, {"rule_id": self.rule_fair.id})]},
        ):
            with self.subTest(**values):
                with self.assertRaisesRegex(AccessError, "cannot be edited"):
                    lead.write(values)
                with self.assertRaisesRegex(AccessError, "cannot be edited"):
                    lead.create({"name": "Great", **values})

    # First steps

    def test_first_steps_propose_usual_rules(self):
        steps = self.env["onboarding.onboarding.step"].with_user(self.director)
        self.env["sales.lead.rule"].with_context(active_test=False).search([]).unlink()
        self.assertFalse(steps._get_sales_step_leads()["is_done"])
        steps.action_accept_sales_leads()
        self.assertTrue(steps._get_sales_step_leads()["is_done"])
        rules = self.env["sales.lead.rule"].search([])
        self.assertGreaterEqual(len(rules), 5)
        lead = self._score(
            self._lead(
                source_id=self.env.ref(
                    "sales_efficiency_process.utm_source_referral"
                ).id,
                email_from="a@b.c",
                phone="123",
                sales_categ_id=self.category.id,
            )
        )
        self.assertEqual((lead.sales_points, lead.sales_class), (60, "a"))
