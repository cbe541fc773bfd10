# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date, datetime, timedelta

from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from odoo.addons.sales_efficiency_base.tools import Period, Scope

from .contact_common import TODAY, ContactCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-10-15 12:00:00")
class TestSalesContactRhythm(ContactCommon):
    """Customers whose rhythm of contacts changes, and the figures of the past."""

    def _measure(self, day=TODAY, user=None):
        metric = self.env.ref("sales_efficiency_resource.sales_metric_contact_coverage")
        scope = Scope(self.company.id, user_id=(user or self.salesperson).id)
        period = Period.month(day)
        return metric._evaluate([scope], [period]).get((metric.id, scope, period))

    def _rhythms(self, partner=None):
        return self.env["sales.contact.rhythm"].search(
            [("partner_id", "=", (partner or self.customer_north).id)],
            order="date_from",
        )

    # ------------------------------------------------------------------
    # Next contact
    # ------------------------------------------------------------------

    def test_under_a_shorter_rhythm_a_contact_is_due_today_at_the_earliest(self):
        self._create_policy(grade_id=self.grade_a.id, contact_days=7)
        self._contact(day=date(2026, 9, 20))
        self._plan()
        self.customer_north.sudo().sales_grade_id = self.grade_a
        self._plan()
        self.assertEqual(self._plan_of().due_date, TODAY)
        with freeze_time("2026-10-17 12:00:00"):
            self._plan()
        self.assertEqual(self._plan_of().due_date, TODAY)
        self._contact()
        self.assertEqual(self._plan_of().due_date, TODAY + timedelta(days=7))

    def test_what_is_overdue_stays_overdue_under_another_policy(self):
        self._create_policy(grade_id=self.grade_a.id, contact_days=7)
        self._contact(day=date(2026, 7, 7))
        self._plan()
        self.assertEqual(self._plan_of().due_date, date(2026, 8, 6))
        for grade in (self.grade_a, self.grade_b):
            self.customer_north.sudo().sales_grade_id = grade
            self._plan()
            self.assertEqual(self._plan_of().due_date, date(2026, 8, 6))

    def test_a_customer_that_gets_a_salesperson_is_not_overdue_at_once(self):
        self._plan()
        self.customer_nowhere.user_id = self.salesperson
        self._plan()
        plan = self._plan_of(self.customer_nowhere)
        self.assertEqual(plan.due_date, TODAY + timedelta(days=30))

    def test_an_activity_before_the_first_planning_does_not_start_it(self):
        self._contact(day=date(2026, 5, 1), record=self.customer_south)
        self._plan()
        self.assertEqual(self._plan_of().due_date, date(2026, 7, 31))

    # ------------------------------------------------------------------
    # Coverage
    # ------------------------------------------------------------------

    def test_another_grade_does_not_change_the_coverage_of_the_past(self):
        self._create_policy(grade_id=self.grade_a.id, contact_days=90)
        self._contact(day=date(2026, 8, 20))
        self._plan()
        september = date(2026, 9, 1)
        self.assertEqual(self._measure(september), 0)
        self.customer_north.sudo().sales_grade_id = self.grade_a
        self._plan()
        self.assertEqual(self._measure(september), 0)
        self.assertRecordValues(
            self._rhythms(),
            [
                {
                    "contact_days": 30,
                    "date_from": date(2026, 7, 1),
                    "date_to": date(2026, 10, 14),
                },
                {"contact_days": 90, "date_from": TODAY, "date_to": False},
            ],
        )
        self.assertIsNone(self._measure(), "due on 18 November")

    def test_the_coverage_of_the_past_is_that_of_the_salesperson_then(self):
        self._plan()
        self.customer_north.user_id = self.outsider
        self._plan()
        september = date(2026, 9, 1)
        self.assertEqual(self._measure(september), 0)
        self.assertIsNone(self._measure(september, self.outsider))
        self.assertEqual(self._measure(user=self.outsider), 0)

    def test_customers_without_a_rhythm_any_more_were_due_in_the_past(self):
        self._plan()
        self.customer_north.user_id = False
        self._plan()
        self.assertFalse(self._plan_of())
        self.assertEqual(self._measure(date(2026, 9, 1)), 0)
        self.assertIsNone(self._measure())

    def test_changes_of_one_day_leave_one_rhythm(self):
        self._plan()
        for days in (20, 10, 30):
            self.policy.contact_days = days
            self._plan()
        self.assertEqual(
            self._rhythms().mapped("contact_days"), [30, 30], "yesterday and today"
        )

    def test_merged_customers_keep_one_history(self):
        self._plan()
        kept = self._rhythms()
        self.env["sales.contact.rhythm"]._merge_partners(
            self.customer_south.ids, self.customer_north
        )
        self.assertEqual(self._rhythms(), kept)
        self.assertFalse(self._rhythms(self.customer_south))

    # ------------------------------------------------------------------
    # Search
    # ------------------------------------------------------------------

    def test_the_next_contact_is_found_as_it_is_shown(self):
        self._plan()
        self._plan_of()._snooze(date(2026, 11, 2), "On holiday")
        customers = self.customer_north + self.customer_nowhere
        customers = customers.with_user(self.director)
        self.assertEqual(
            customers.mapped("sales_next_contact_date"), [date(2026, 11, 2), False]
        )
        for operator, day, found in (
            ("<=", TODAY, 0),
            (">", TODAY, 1),
            ("<=", date(2026, 11, 2), 1),
            ("=", date(2026, 11, 2), 1),
            ("=", date(2026, 7, 31), 0),
            ("=", False, 1),
            ("!=", False, 1),
        ):
            domain = [
                ("sales_next_contact_date", operator, day),
                ("id", "in", customers.ids),
            ]
            with self.subTest(operator=operator, day=day):
                self.assertEqual(len(customers.search(domain)), found)

    # ------------------------------------------------------------------
    # Companies
    # ------------------------------------------------------------------

    def test_a_meeting_is_held_for_the_company_one_works_in(self):
        other = self.env["res.company"].create({"name": "Other", "sales_tz": "UTC"})
        self.salesperson.company_ids += other
        values = {
            "name": "Meeting",
            "start": datetime(2026, 10, 14, 9),
            "stop": datetime(2026, 10, 14, 10),
            "partner_ids": self.customer_north.ids,
        }
        events = self.env["calendar.event"].with_user(self.salesperson)
        events.with_company(other).create(values)
        self.assertEqual(self._contacts().company_id, other)
        with self.assertRaises(AccessError):
            events.create({**values, "sales_company_id": self.company.id})

    def test_the_day_of_a_contact_is_the_same_on_the_time_line(self):
        self.company.sales_tz = "Pacific/Auckland"
        self._contact()
        event = self.env["sales.customer.event"].search(
            [("partner_id", "=", self.customer_north.id), ("kind", "=", "contact")]
        )
        # 15 October at 12:00 UTC is 16 October at 01:00 in summer time.
        self.assertEqual(event.date, datetime(2026, 10, 15, 23))
