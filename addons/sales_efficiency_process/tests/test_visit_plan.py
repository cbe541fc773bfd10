# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from .visit_common import HERE, NOON
from .visit_week_common import VisitWeekCommon


@tagged("post_install", "-at_install")
@freeze_time(NOON)
class TestVisitPlan(VisitWeekCommon):
    """What is accepted becomes visits (policy 3.1.3)."""

    def test_accepted_customers_get_visits_in_free_time(self):
        leads = [self._lead(c, 1000 * (9 - n)) for n, c in enumerate(self.customers)]
        form = self._form()
        self.assertEqual(form.day, date(2026, 10, 15), "this week is not over")
        plan = self._accept(form, self.customers[:3])
        self.assertEqual(plan.count, 3)
        action = plan.action_plan()
        visits = self.env["sales.visit"].search(action["domain"], order="start")
        self.assertEqual(visits.partner_id, self.customers[:3])
        self.assertEqual(visits.lead_id, leads[0] + leads[1] + leads[2])
        self.assertEqual(
            [visit.start.isoformat(" ") for visit in visits],
            ["2026-10-15 13:00:00", "2026-10-15 14:30:00", "2026-10-15 16:00:00"],
        )
        self.assertEqual(visits.user_id, self.salesperson)
        self.assertTrue(all(visit.event_id for visit in visits))

    def test_a_day_has_no_more_visits_than_the_settings_say(self):
        self.company.sales_visit_per_day = 2
        for customer in self.customers:
            self._lead(customer)
        self._visit("2026-10-16 16:00:00", partner=self.customer_nowhere)
        self._accept(self._form(), self.customers[:3]).action_plan()
        visits = self.env["sales.visit"].search(
            [("partner_id", "in", self.customers.ids)]
        )
        days = sorted(visits.mapped("date"))
        self.assertEqual(days.count(date(2026, 10, 15)), 2)
        self.assertEqual(days.count(date(2026, 10, 16)), 1)

    def test_neighbours_are_visited_on_the_same_way(self):
        for number, customer in enumerate(self.customers[:4]):
            self._lead(customer, 1000 * (9 - number))
        self._locate(self.customers[0], HERE)
        self._locate(self.customers[3], (25.04, 121.57))
        self._locate(self.customers[1], (22.99, 120.2))
        self._accept(self._form(), self.customers[:4]).action_plan()
        visits = self.env["sales.visit"].search(
            [("partner_id", "in", self.customers.ids)], order="start"
        )
        self.assertEqual(visits[0].partner_id, self.customers[0])
        self.assertEqual(visits[1].partner_id, self.customers[3])

    def test_who_finds_no_time_is_told(self):
        self._lead(self.customers[0])
        self._lead(self.customers[1])
        form = self._form()
        with freeze_time("2026-10-16 15:00:00"):
            plan = self._accept(form, self.customers[:2])
            action = plan.action_plan()
        self.assertEqual(action["tag"], "display_notification")
        self.assertIn("1", action["params"]["message"])
        visits = self.env["sales.visit"].search(action["params"]["next"]["domain"])
        self.assertEqual(len(visits), 1)
        with freeze_time("2026-10-16 17:30:00"):
            form = self._form(choice="0")
            plan = self._accept(form, self.customers[1])
            with self.assertRaisesRegex(UserError, "No free working time"):
                plan.action_plan()

    def test_nothing_accepted_or_a_past_week_is_refused(self):
        self._lead()
        with self.assertRaisesRegex(UserError, "at least one"):
            self._form().save().action_plan()
        plans = self.env["sales.visit.plan"].with_user(self.salesperson)
        plan = plans.create({"day": date(2026, 10, 5)})
        self.assertFalse(plan.line_ids)
        plan.line_ids = [
            Command.create({"partner_id": self.customer_north.id, "is_accepted": True})
        ]
        with self.assertRaisesRegex(UserError, "is over"):
            plan.action_plan()

    def test_on_friday_the_next_week_is_planned(self):
        with freeze_time("2026-10-16 12:00:00"):
            self.assertEqual(self._form().day, date(2026, 10, 23))

    def test_a_leader_plans_for_the_team_and_nobody_for_others(self):
        self._lead(self.customers[0])
        form = self._form(user=self.leader, user_id=self.salesperson)
        plan = self._accept(form, self.customers[0])
        plan.action_plan()
        visit = self.env["sales.visit"].search(
            [("partner_id", "=", self.customers[0].id)]
        )
        self.assertEqual(visit.user_id, self.salesperson)
        self.assertEqual(visit.event_id.partner_ids, self.salesperson.partner_id)
        plans = self.env["sales.visit.plan"]
        for user, other in (
            (self.salesperson, self.colleague),
            (self.leader, self.outsider),
        ):
            with self.assertRaisesRegex(AccessError, "somebody you lead"):
                plans.with_user(user).create({"user_id": other.id})
        plans.with_user(self.director).create({"user_id": self.outsider.id})

    def test_what_others_plan_is_not_read(self):
        plan = self._form().save()
        with self.assertRaises(AccessError):
            plan.with_user(self.director).read(["line_ids"])

    def test_the_calendar_of_a_week_begins_with_the_first_visit(self):
        self._lead(self.customers[0])
        plan = self._accept(self._form(), self.customers[0])
        context = plan.action_plan()["context"]
        self.assertEqual(context["initial_date"], "2026-10-15 13:00:00")
