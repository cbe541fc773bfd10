# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date, timedelta
from pathlib import Path

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError
from odoo.modules.migration import load_script
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .grading_common import GradingCommon


@tagged("post_install", "-at_install")
@freeze_time("2027-03-01 12:00:00")
class TestSalesGradeOverride(GradingCommon):
    """Another grade for a while: with a reason, an approval and an end."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customers = cls._create_customers()
        cls.customer = cls.customers[3]
        cls._create_sales(cls.customers)
        cls.grading = cls._create_grading(window_months=24)
        cls._confirm(cls.grading, cls.today - timedelta(days=10))
        cls.computed = cls.customer.sales_grade_id
        cls.end = date(2028, 2, 29)

    def _follow(self, moment):
        with freeze_time(f"{moment} 12:00:00"), self.enter_registry_test_mode():
            self.env.ref(
                "sales_efficiency_resource.ir_cron_grade_overrides"
            ).method_direct_trigger()
        self.env.invalidate_all()

    def _get_grade(self, day, customer=None):
        customer = customer or self.customer
        grades = self.env["sales.customer.grade"]._get_grades(customer, day)
        return grades[customer]

    def test_it_is_in_force_once_approved_beside_the_computed_grade(self):
        override = self._create_override(self.customer, self.grade_a, date_to=self.end)
        self.assertEqual(override.computed_grade_id, self.computed)
        override.action_submit()
        self.assertEqual(self.customer.sales_grade_id, self.computed)
        self.assertIn(self.director, override.reviewer_ids)
        self.env.invalidate_all()
        override.with_user(self.director)._validate_tier()
        self.assertEqual(override.state, "approved")
        self.assertEqual(self.customer.sales_grade_id, self.grade_a)
        self.assertEqual(override.computed_grade_id, self.computed)
        self.assertEqual(self._get_grade(self.today - timedelta(days=1)), self.computed)
        self.assertIn("Overridden with A", self.customer.sales_grade_reason)

    def test_one_that_ends_on_29_february_holds_that_day(self):
        self._approve(
            self._create_override(self.customer, self.grade_a, date_to=self.end)
        )
        self._follow(self.end)
        self.assertEqual(self._get_grade(self.end), self.grade_a)
        self._follow("2028-03-01")
        self.assertEqual(self._get_grade(self.end), self.grade_a)
        self.assertEqual(self._get_grade(date(2028, 3, 1)), self.computed)
        self.assertEqual(self.customer.sales_grade_id, self.computed)

    def test_it_ends_on_its_day_though_the_cron_comes_late_and_twice(self):
        override = self._approve(
            self._create_override(self.customer, self.grade_a, date_to=self.end)
        )
        for _time in range(2):
            self._follow("2028-03-09")
            self.assertEqual(override.state, "ended")
            self.assertEqual(self._get_grade(self.end), self.grade_a)
            self.assertEqual(self._get_grade(date(2028, 3, 1)), self.computed)

    def test_the_owner_is_told_before_once(self):
        override = self._approve(
            self._create_override(self.customer, self.grade_a, date_to="2027-06-30")
        ).sudo()
        self._follow("2027-06-15")
        self.assertFalse(override.activity_ids)
        for _time in range(2):
            self._follow("2027-06-16")
            self.assertEqual(override.activity_ids.user_id, self.salesperson)
            self.assertEqual(len(override.activity_ids), 1)
        self.assertIn("ends on", override.activity_ids.summary)
        self._follow("2027-07-01")
        self.assertFalse(override.activity_ids)

    def test_a_run_keeps_it_and_computes_beside_it(self):
        self._approve(
            self._create_override(self.customer, self.grade_a, date_to=self.end)
        )
        with freeze_time("2027-04-01 12:00:00"):
            run = self._confirm(self.grading, date(2027, 4, 1))
        result = run.result_ids.filtered(lambda r: r.partner_id == self.customer)
        self.assertEqual(result.to_grade_id, self.grade_a)
        self.assertEqual(result.overridden_grade_id, self.computed)
        self.assertEqual(result.grade_id, self.computed)
        others = run.result_ids - result
        self.assertFalse(others.overridden_grade_id)
        self.assertEqual(others.grade_id, others.to_grade_id)
        self.assertEqual(self._get_grade(date(2027, 4, 1)), self.grade_a)

    def test_computed_grades_of_the_version_before_are_kept(self):
        path = "migrations/19.0.1.5.0/post-overridden-grades.py"
        script = load_script(str(Path(__file__).parents[1] / path), "overridden")
        with freeze_time("2027-04-01 12:00:00"):
            run = self._confirm(self.grading, date(2027, 4, 1))
        result = run.result_ids.filtered(lambda r: r.partner_id == self.customer)
        self.env.flush_all()
        self.env.cr.execute(
            "ALTER TABLE sales_grading_result ADD grade_id int;"
            "UPDATE sales_grading_result SET grade_id = to_grade_id;"
            "UPDATE sales_grading_result SET to_grade_id = %s WHERE id = %s",
            [self.grade_a.id, result.id],
        )
        script.migrate(self.env.cr, "19.0.1.4.0")
        self.env.invalidate_all()
        self.assertEqual(result.overridden_grade_id, self.computed)
        self.assertFalse((run.result_ids - result).overridden_grade_id)

    def test_one_of_next_month_begins_by_itself(self):
        override = self._approve(
            self._create_override(
                self.customer, self.grade_a, date_from="2027-04-01", date_to=self.end
            )
        )
        self.assertEqual(self.customer.sales_grade_id, self.computed)
        self._follow("2027-04-01")
        self.assertEqual(self._get_grade(date(2027, 3, 31)), self.computed)
        self.assertEqual(self._get_grade(date(2027, 4, 1)), self.grade_a)
        self.assertEqual(override.state, "approved")

    def test_a_prospect_may_get_a_grade_and_loses_it(self):
        prospect = self.customer_north
        prospect.user_id = self.salesperson
        self._approve(self._create_override(prospect, self.grade_a, date_to=self.end))
        self.assertEqual(prospect.sales_grade_id, self.grade_a)
        self._follow("2028-03-01")
        self.assertFalse(prospect.sales_grade_id)
        self.assertFalse(self._get_grade(date(2028, 3, 1), prospect))
        self.assertEqual(self._get_grade(self.end, prospect), self.grade_a)

    def test_it_can_be_ended_before(self):
        override = self._approve(
            self._create_override(self.customer, self.grade_a, date_to=self.end)
        )
        with freeze_time("2027-03-11 12:00:00"):
            override.with_user(self.director).action_end()
        self.assertEqual(
            (override.state, override.date_to), ("ended", date(2027, 3, 10))
        )
        self.assertEqual(self._get_grade(date(2027, 3, 10)), self.grade_a)
        self.assertEqual(self._get_grade(date(2027, 3, 11)), self.computed)

    def test_directors_alone_end_it_also_some_at_once(self):
        overrides = self.env["sales.grade.override"]
        for customer in self.customers[3:5]:
            overrides |= self._approve(
                self._create_override(customer, self.grade_a, date_to=self.end)
            )
        self.env.invalidate_all()
        with self.assertRaisesRegex(UserError, "Only a sales director"):
            overrides.with_user(self.salesperson).action_end()
        overrides.with_user(self.director).action_end()
        self.assertEqual(overrides.mapped("state"), ["ended", "ended"])

    def test_a_preview_confirmed_late_leaves_what_has_begun_meanwhile(self):
        """A run of 1 April is confirmed on the 5th; an override holds from the 3rd."""
        first = date(2027, 4, 1)
        with freeze_time("2027-04-01 12:00:00"):
            self._create_sales(self.customer, (0,), (1,), (9000,))
            run = self._compute(self.grading)
        with freeze_time("2027-04-03 12:00:00"):
            override = self._approve(
                self._create_override(self.customer, self.grade_d, date_to=self.end)
            )
        with freeze_time("2027-04-05 12:00:00"):
            run.action_confirm()
        self.assertEqual(self.customer.sales_grade_id, self.grade_d)
        for day in (3, 4, 5):
            self.assertEqual(self._get_grade(first.replace(day=day)), self.grade_d)
        self.assertEqual(override.period_ids.date_from, date(2027, 4, 3))

    def test_one_of_a_single_day_begins_and_is_announced(self):
        override = self._approve(
            self._create_override(
                self.customer,
                self.grade_a,
                date_from="2027-05-01",
                date_to="2027-05-01",
            )
        ).sudo()
        self._follow("2027-05-01")
        self.assertEqual(self._get_grade(date(2027, 5, 1)), self.grade_a)
        self.assertTrue(override.is_announced)

    def test_that_of_a_merged_customer_holds_for_the_other_one_at_once(self):
        other = self.customers[4]
        override = self._approve(
            self._create_override(self.customer, self.grade_a, date_to=self.end)
        )
        self.env["sales.customer.grade"]._merge_partners(self.customer.ids, other)
        self.assertEqual(override.partner_id, other)
        self.assertEqual(other.sales_grade_id, self.grade_a)
        self.assertEqual(self._get_grade(self.today, other), self.grade_a)

    def test_a_rejected_one_changes_nothing(self):
        override = self._create_override(self.customer, self.grade_a, date_to=self.end)
        override.action_submit()
        override.with_user(self.director)._rejected_tier()
        self.assertEqual(override.state, "rejected")
        self.assertEqual(self.customer.sales_grade_id, self.computed)

    def test_nobody_approves_their_own(self):
        override = self._create_override(
            self.customer, self.grade_a, self.director, date_to=self.end
        )
        self._create_user("director", login="second")
        override.action_submit()
        self.assertNotIn(self.director, override.reviewer_ids)
        override._validate_tier()
        self.assertEqual(override.state, "submitted")

    @mute_logger("odoo.sql_db")
    def test_bad_input_is_refused(self):
        for values in (
            {"date_to": "2028-03-01"},
            {"date_to": "2027-02-28"},
            {"reason": " "},
            {"reason": False},
        ):
            with self.assertRaises(IntegrityError), self.env.cr.savepoint():
                self._create_override(self.customer, self.grade_a, **values)
                self.env.flush_all()
        with self.assertRaisesRegex(UserError, "already"):
            self._create_override(self.customer, self.computed).action_submit()

    @mute_logger("odoo.sql_db")
    def test_two_for_the_same_days_are_refused(self):
        self._create_override(
            self.customer, self.grade_a, date_to=self.end
        ).action_submit()
        second = self._create_override(
            self.customer, self.grade_c, date_from="2028-02-29", date_to="2028-04-01"
        )
        with self.assertRaises(IntegrityError), self.env.cr.savepoint():
            second.action_submit()
            self.env.flush_all()

    def test_what_was_submitted_does_not_change(self):
        override = self._create_override(self.customer, self.grade_a, date_to=self.end)
        override.action_submit()
        with self.assertRaises(UserError):
            override.grade_id = self.grade_b
        with self.assertRaises(AccessError):
            override.state = "approved"
        with self.assertRaises(UserError):
            override.unlink()

    def test_a_contact_stands_for_its_company(self):
        contact = self.env["res.partner"].create(
            {"name": "Buyer", "parent_id": self.customer.id}
        )
        override = self._create_override(contact, self.grade_a, date_to=self.end)
        self.assertEqual(override.partner_id, self.customer)

    def test_of_two_merged_customers_one_override_is_left(self):
        other = self.customers[4]
        overrides = [
            self._approve(
                self._create_override(customer, self.grade_a, date_to=self.end)
            )
            for customer in (self.customer, other)
        ]
        self.env["sales.customer.grade"]._merge_partners(self.customer.ids, other)
        self.assertEqual([o.state for o in overrides], ["cancelled", "approved"])
