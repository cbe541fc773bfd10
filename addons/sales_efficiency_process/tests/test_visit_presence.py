# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import datetime

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, freeze_time, tagged

from .visit_common import HERE, NOON, THERE, VisitCommon

FAR = (25.053964, 121.564468)


@tagged("post_install", "-at_install")
@freeze_time(NOON)
class TestVisitPresence(VisitCommon):
    """Check-in and check-out with one reading of the place each (policy 3.1.3)."""

    def test_199_metres_are_inside_200(self):
        visit = self._visit()
        self.assertFalse(self._check_in(visit, THERE, accuracy=0))
        place = self._place(visit)
        self.assertEqual((place.state, place.problem), ("inside", False))
        self.assertAlmostEqual(place.distance, 199.39, delta=0.5)
        self.assertEqual(visit.place_state, "inside")

    def test_who_is_elsewhere_says_why_and_is_marked(self):
        visit = self._visit()
        action = self._check_in(visit, FAR)
        self.assertEqual(visit.state, "planned", "nothing saved so far")
        self.assertFalse(self._place(visit))
        with self.assertRaisesRegex(UserError, "why"):
            self._answer(visit, action, reason="  ")
        self._answer(visit, action, reason="We meet at the fair")
        self.assertEqual(visit.state, "visiting")
        place = self._place(visit)
        self.assertRecordValues(
            place,
            [
                {
                    "state": "outside",
                    "problem": "outside",
                    "reason": "We meet at the fair",
                    "at": datetime(2026, 10, 15, 12),
                }
            ],
        )
        self.assertGreater(place.distance, 2000)

    def test_an_inexact_reading_is_not_held_against_anybody(self):
        visit = self._visit()
        self.assertFalse(self._check_in(visit, FAR, accuracy=5000))
        self.assertEqual(self._place(visit).state, "inside")

    def test_refused_or_without_signal_a_reason_instead(self):
        for problem in ("refused", "no_signal"):
            with self.subTest(problem):
                visit = self._visit()
                action = visit.check_in({"problem": problem})
                self._answer(visit, action, reason="Company phone")
                self.assertRecordValues(
                    self._place(visit),
                    [{"state": "unplaced", "problem": problem, "latitude": 0}],
                )

    def test_the_first_check_in_becomes_the_place_of_the_customer(self):
        visit = self._visit(partner=self.customer_nowhere)
        action = self._check_in(visit, THERE)
        wizard = self.env[action["res_model"]].browse(action["res_id"])
        self.assertEqual(wizard.problem, "unknown")
        form = Form(wizard.with_user(self.salesperson))
        self.assertTrue(form.is_place)
        form.save().action_confirm()
        self.assertEqual(self._place(visit).state, "inside")
        self.assertEqual(self.customer_nowhere.partner_latitude, THERE[0])
        # The next one is compared with it.
        following = self._visit(partner=self.customer_nowhere)
        self.assertTrue(self._check_in(following, FAR))

    def test_or_else_a_reason_is_given(self):
        visit = self._visit(partner=self.customer_nowhere)
        action = self._check_in(visit, THERE)
        self._answer(visit, action, is_place=False, reason="At the fair")
        self.assertEqual(self._place(visit).problem, "unknown")
        self.assertFalse(self.customer_nowhere.partner_latitude)

    def test_a_known_place_is_not_overwritten_by_call(self):
        visit = self._visit()
        action = self._check_in(visit, FAR)
        self._answer(visit, action, is_place=True, problem="unknown", reason="Hm")
        self.assertEqual(self.customer_north.partner_latitude, HERE[0])
        self.assertEqual(self._place(visit).state, "outside")

    def test_the_same_reason_is_not_asked_for_twice(self):
        visit = self._visit()
        action = visit.check_in({"problem": "refused"})
        self._answer(visit, action, reason="Company phone")
        self.assertFalse(visit.check_out({"problem": "refused"}))
        self.assertEqual(self._place(visit, "out").reason, "Company phone")
        self.assertEqual(visit.state, "reporting")

    def test_each_is_noted_once(self):
        visit = self._visit()
        self._check_in(visit)
        with self.assertRaisesRegex(UserError, "no longer Planned"):
            self._check_in(visit)
        visit.check_out(self._reading(HERE))
        with self.assertRaisesRegex(UserError, "no longer"):
            visit.check_out(self._reading(HERE))
        self.assertEqual(len(visit.sudo().place_ids), 2)

    def test_only_the_salesperson_checks_in(self):
        visit = self._visit()
        for user in (self.leader, self.director):
            with self.assertRaisesRegex(AccessError, "Only Test Salesperson"):
                self._check_in(visit.with_user(user))
        with self.assertRaises(AccessError):
            self._check_in(visit.with_user(self.outsider))

    def test_a_wrong_reading_saves_nothing(self):
        visit = self._visit()
        with self.assertRaisesRegex(ValidationError, "Latitude cannot be 91"):
            visit.check_in({"latitude": 91, "longitude": 0})
        self.assertEqual(visit.state, "planned")
        self.assertFalse(visit.sudo().place_ids)

    def test_a_company_that_wants_no_places_gets_none(self):
        self.company.sales_visit_places = False
        visit = self._visit()
        self.assertFalse(visit.is_place_asked)
        self.assertFalse(self._check_in(visit, FAR))
        self.assertEqual(visit.state, "visiting")
        self.assertFalse(visit.sudo().place_ids)

    def test_nor_does_a_question_that_was_open_when_they_were_switched_off(self):
        visit = self._visit()
        action = self._check_in(visit, FAR)
        self.company.sales_visit_places = False
        self._answer(visit, action, reason="At the fair")
        self.assertEqual(visit.state, "visiting")
        self.assertFalse(visit.sudo().place_ids)

    def test_calls_and_online_meetings_have_no_place(self):
        for kind in ("call", "online"):
            visit = self._visit(kind=kind)
            self.assertFalse(self._check_in(visit, FAR))
            self.assertFalse(visit.sudo().place_ids)
            self.assertFalse(visit.place_link)

    def test_places_are_seen_by_the_person_and_their_leaders(self):
        """Not even by the salesperson of the customer, who may read the visit."""
        visit = self._hold(self._visit(user=self.colleague))
        for user, count in (
            (self.colleague, 2),
            (self.leader, 2),
            (self.director, 2),
            (self.salesperson, 0),
            (self.outsider, 0),
        ):
            places = self.env["sales.visit.place"].with_user(user)
            with self.subTest(user.name):
                self.assertEqual(len(places.search([])), count)
        own = visit.with_user(self.salesperson)
        own.invalidate_recordset()
        self.assertEqual(own.state, "done")
        self.assertFalse(own.place_state)
        self.assertFalse(own.place_ids)
        self.assertFalse(own.search([("place_state", "=", "inside")]))

    def test_visits_are_found_by_where_somebody_checked_in(self):
        inside, without = self._hold(self._visit()), self._visit()
        visits = self.env["sales.visit"].with_user(self.leader)
        self.assertEqual(visits.search([("place_state", "=", "inside")]), inside)
        self.assertFalse(visits.search([("place_state", "=", "outside")]))
        self.assertIn(without, visits.search([("place_state", "=", False)]))
        self.assertNotIn(inside, visits.search([("place_state", "=", False)]))

    def test_nobody_writes_a_place(self):
        visit = self._visit()
        places = self.env["sales.visit.place"]
        for user in (self.salesperson, self.director):
            with self.assertRaises(AccessError):
                places.with_user(user).create(
                    {
                        "visit_id": visit.id,
                        "moment": "in",
                        "at": NOON,
                        "state": "inside",
                    }
                )

    def _erase(self):
        with self.enter_registry_test_mode():
            cron = self.env.ref("sales_efficiency_process.ir_cron_visit_places")
            cron.method_direct_trigger()
        self.env.invalidate_all()

    def test_places_are_erased_after_the_months_of_the_settings(self):
        visit = self._visit()
        self._answer(visit, self._check_in(visit, FAR), reason="At the fair")
        place = self._place(visit)
        with freeze_time("2027-01-15 11:00:00"):
            self._erase()
        self.assertTrue(place.latitude)
        with freeze_time("2027-01-15 13:00:00"):
            self._erase()
        self.assertRecordValues(
            place,
            [
                {
                    "latitude": 0,
                    "longitude": 0,
                    "accuracy": 0,
                    "distance": 0,
                    "is_erased": True,
                    "state": "outside",
                    "reason": "At the fair",
                }
            ],
        )

    def test_places_are_erased_when_they_are_switched_off(self):
        visit = self._hold(self._visit())
        self.company.sales_visit_places = False
        self._erase()
        self.assertEqual(visit.sudo().place_ids.mapped("latitude"), [0, 0])

    def test_unusable_settings_are_refused(self):
        for name, value in (
            ("sales_visit_radius", 0),
            ("sales_visit_place_months", 0),
            ("sales_visit_per_day", 0),
            ("sales_visit_minutes", 1),
            ("sales_visit_gap", -1),
        ):
            with self.subTest(name):
                self._assert_check(lambda n=name, v=value: self.company.write({n: v}))

    # The day

    def test_the_day_has_the_distance_from_the_stop_before(self):
        self._locate(self.company.partner_id, HERE)
        self._locate(self.customer_south, FAR)
        self._locate(self.customer_nowhere, THERE)
        first = self._visit("2026-10-15 09:00:00", partner=self.customer_nowhere)
        second = self._visit("2026-10-15 11:00:00", partner=self.customer_south)
        cancelled = self._visit("2026-10-15 10:00:00")
        cancelled.action_cancel()
        self.assertEqual((first.leg, second.leg), (0.2, 2.0))
        other_day = self._visit("2026-10-16 09:00:00")
        self.assertEqual(other_day.leg, 0, "at the office")

    def test_without_a_known_place_there_is_no_distance(self):
        visit = self._visit(partner=self.customer_nowhere)
        self.assertEqual(visit.leg, 0)
        self.assertFalse(visit.has_known_place)

    def test_the_legs_of_many_days_are_one_query(self):
        visits = self._visit()
        for day in range(16, 26):
            visits += self._visit(f"2026-10-{day} 09:00:00")
        visits.mapped("leg")  # warm
        self.env.invalidate_all()
        visits[:2].mapped("leg")
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        visits[:2].mapped("leg")
        few = self.env.cr.sql_log_count - before
        self.env.invalidate_all()
        with self.assertQueryCount(few):
            visits.mapped("leg")

    def test_the_map_gets_the_address_of_the_visit(self):
        branch = self.env["res.partner"].create(
            {
                "name": "Branch",
                "parent_id": self.customer_north.id,
                "type": "delivery",
                "street": "2 Harbour",
            }
        )
        self._locate(branch, THERE)
        link = self._visit(address_id=branch.id).place_link
        self.assertEqual((link["latitude"], link["longitude"]), THERE)
        self.assertIn("2 Harbour", link["address"])
