# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from psycopg2.errors import CheckViolation, UniqueViolation

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, freeze_time, tagged
from odoo.tools import mute_logger

from .need_common import NOON, NeedCommon


@tagged("post_install", "-at_install")
@freeze_time(NOON)
class TestSalesNeed(NeedCommon):
    """Needs are graded by the weights of the company (policy 3.2.2)."""

    # ------------------------------------------------------------------
    # Score
    # ------------------------------------------------------------------

    def test_a_need_is_scored_by_30_30_20_20(self):
        need = self._create_need("5434")
        self.assertRecordValues(
            need, [{"score": 4.1, "is_graded": True, "is_incomplete": False}]
        )

    def test_what_is_not_graded_is_left_out_and_said(self):
        need = self._create_need("5404")
        self.assertRecordValues(
            need, [{"score": 4.375, "is_graded": True, "is_incomplete": True}]
        )

    def test_a_need_without_grades_has_no_score(self):
        need = self._create_need()
        self.assertRecordValues(
            need, [{"score": 0, "is_graded": False, "is_incomplete": True}]
        )

    def test_a_product_line_per_year_is_not_incomplete(self):
        line = self._create_need(kind="line", categ_id=self.category.id)
        self.assertFalse(line.is_incomplete)

    def test_the_mean_score_is_that_of_what_is_graded(self):
        self._create_need("5434")
        self._create_need("3333")
        self._create_need()
        [[mean]] = self.env["sales.need"]._read_group(
            [("partner_id", "=", self.customer_north.id)], [], ["score:avg"]
        )
        self.assertAlmostEqual(mean, (4.1 + 3) / 2)

    def test_new_weights_score_all_needs_anew(self):
        needs = self._create_need("5434") | self._create_need("1234")
        weights = self.env["sales.need.weight"].with_user(self.director).create({})
        self.assertEqual(needs.mapped("score"), [4.1, 2.3])
        weights.write({"urgency": 100, "importance": 0, "feasibility": 0, "fit": 0})
        self.assertEqual(needs.mapped("score"), [5, 1])
        weights.unlink()
        self.assertEqual(needs.mapped("score"), [4.1, 2.3])

    def test_what_has_no_weight_need_not_be_graded(self):
        self.env["sales.need.weight"].create(
            {"urgency": 50, "importance": 50, "feasibility": 0, "fit": 0}
        )
        need = self._create_need("4200")
        self.assertRecordValues(need, [{"score": 3, "is_incomplete": False}])

    def test_each_company_has_its_weights(self):
        other = self.env["res.company"].create({"name": "Other"})
        self.env["sales.need.weight"].create(
            {
                "company_id": other.id,
                "urgency": 0,
                "importance": 0,
                "feasibility": 0,
                "fit": 100,
            }
        )
        mine = self._create_need("5432")
        theirs = self._create_need("5432", user=self.env.user, company_id=other.id)
        self.assertEqual((mine.score, theirs.score), (3.7, 2))

    def test_weights_are_100_together(self):
        weights = self.env["sales.need.weight"].create({})
        for wrong in ({"urgency": 30.01}, {"fit": 19.99}, {"urgency": 100}):
            with (
                self.subTest(wrong),
                self.assertRaisesRegex(ValidationError, r"100\.00 together"),
                self.env.cr.savepoint(),
            ):
                weights.write(wrong)
        weights.write({"urgency": 29.99, "fit": 20.01})
        self.assertEqual(sum(weights[name] for name in ("urgency", "fit")), 50)

    def test_weights_are_not_negative(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(CheckViolation):
            self.env["sales.need.weight"].create({"urgency": -10, "importance": 70})

    def test_a_company_has_weights_once(self):
        self.env["sales.need.weight"].create({})
        with mute_logger("odoo.sql_db"), self.assertRaises(UniqueViolation):
            self.env["sales.need.weight"].create({})

    def test_only_directors_weigh(self):
        for user in (self.salesperson, self.leader):
            with self.assertRaises(AccessError):
                self.env["sales.need.weight"].with_user(user).create({})

    def test_first_steps_propose_weights(self):
        steps = self.env["onboarding.onboarding.step"].with_user(self.director)
        self.assertFalse(steps._get_sales_step_needs()["is_done"])
        steps.action_accept_sales_needs()
        step = steps._get_sales_step_needs()
        self.assertTrue(step["is_done"])
        self.assertIn("30", step["state"])

    # ------------------------------------------------------------------
    # Who graded, and when
    # ------------------------------------------------------------------

    def test_who_graded_when_is_kept(self):
        need = self._create_need()
        self.assertFalse(need.graded_by_id)
        need.note = "Two lines"
        self.assertFalse(need.graded_on)
        need.with_user(self.leader).urgency = "5"
        self.assertEqual(need.graded_by_id, self.leader)
        self.assertEqual(str(need.graded_on), NOON)
        need.urgency = "5"  # No other grade
        self.assertEqual(need.graded_by_id, self.leader)

    def test_nobody_forges_who_graded(self):
        with self.assertRaises(AccessError):
            self._create_need(graded_by_id=self.leader.id)
        with self.assertRaises(AccessError):
            self._create_need().score = 5
        forged = self.env["sales.need"].with_user(self.salesperson)
        need = forged.with_context(default_graded_by_id=self.leader.id).create(
            {
                "kind": "particular",
                "name": "Forged",
                "partner_id": self.customer_north.id,
            }
        )
        self.assertFalse(need.graded_by_id)

    def test_grades_have_words(self):
        need = self._create_need("5000")
        labels = dict(need._fields["urgency"]._description_selection(self.env))
        self.assertEqual(labels[need.urgency], "At once")

    # ------------------------------------------------------------------
    # Of an opportunity
    # ------------------------------------------------------------------

    def test_a_salesperson_enters_needs_of_an_opportunity(self):
        lead = self.lead.with_user(self.salesperson)
        with Form(lead) as form, form.sales_need_ids.new() as need:
            need.name = "Fewer rejects"
            need.urgency = "4"
        need = lead.sales_need_ids
        self.assertRecordValues(
            need,
            [
                {
                    "kind": "particular",
                    "partner_id": self.customer_north.id,
                    "score": 4,
                    "is_incomplete": True,
                }
            ],
        )
        self.assertEqual(lead.sales_need_count, 1)
        self.assertEqual(self.customer_north.sales_need_count, 1)
        need.state = "met"
        self.assertEqual(lead.sales_need_count, 0)

    def test_a_need_and_its_opportunity_are_of_one_customer(self):
        with self.assertRaisesRegex(ValidationError, "belongs to Customer North"):
            self._create_need(
                user=self.env.user, customer=self.customer_south, lead_id=self.lead.id
            )

    def test_needs_follow_merged_opportunities(self):
        same, other = (
            self._create_lead(customer)
            for customer in (self.customer_north, self.customer_south)
        )
        stays = self._create_need(lead_id=same.id)
        goes = self._create_need(
            user=self.env.user, customer=self.customer_south, lead_id=other.id
        )
        leads = self.lead | same | other
        merged = leads.with_user(self.director)._merge_opportunity()
        of_merged = stays if merged.partner_id == self.customer_north else goes
        self.assertEqual(merged.sales_need_ids, of_merged)
        self.assertFalse(((stays | goes) - of_merged).sudo().lead_id)

    def test_the_number_of_queries_does_not_grow_with_opportunities(self):
        def count(leads):
            leads.invalidate_recordset()
            self.env.flush_all()
            start = self.env.cr.sql_log_count
            leads.mapped("sales_need_count")
            leads.mapped("sales_people_missing")
            return self.env.cr.sql_log_count - start

        leads = self.env["crm.lead"].union(
            *(self._create_lead(self.customer_north) for _number in range(12))
        )
        leads = leads.with_user(self.salesperson)
        for lead in leads:
            self._create_need(lead_id=lead.id)
        count(leads)  # Fills caches
        self.assertEqual(count(leads[:2]), count(leads))

    # ------------------------------------------------------------------
    # Solution
    # ------------------------------------------------------------------

    def test_needs_become_a_solution_with_the_products_that_answer_them(self):
        needs = self._create_need(
            "5434", lead_id=self.lead.id, product_ids=self.product.ids
        ) | self._create_need("3333", name="Less noise", lead_id=self.lead.id)
        action = needs.action_create_solution()
        solution = needs.env["sales.solution"].browse(action["res_id"])
        self.assertEqual(solution.lead_id, self.lead)
        self.assertEqual(
            solution.answer_ids.mapped("name"), ["Fewer rejects", "Less noise"]
        )
        self.assertEqual(solution.line_ids.product_id, self.product)

    def test_a_solution_is_for_one_customer(self):
        needs = self._create_need() | self._create_need(
            user=self.env.user, customer=self.customer_south
        )
        with self.assertRaisesRegex(UserError, "one customer"):
            needs.with_user(self.director).action_create_solution()
