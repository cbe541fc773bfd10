# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date, datetime

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, freeze_time, tagged

from .visit_common import HERE, NOON, VisitCommon


@tagged("post_install", "-at_install")
@freeze_time(NOON)
class TestSalesVisit(VisitCommon):
    """A visit is planned, held and reported (policy 3.1.3)."""

    def test_a_salesperson_plans_holds_and_reports_a_visit(self):
        with Form(self.env["sales.visit"].with_user(self.salesperson)) as form:
            form.partner_id = self.customer_north
            self.assertEqual(form.name, "Visit: Customer North")
            self.assertEqual(form.address_id, self.customer_north)
            self.assertEqual(form.duration, 1)
            form.contact_ids.add(self.north_contact)
            with form.goal_ids.new() as goal:
                goal.name = "Agree on a trial"
        visit = form.save()
        self.assertEqual(visit.state, "planned")
        self.assertEqual(visit.team_id, self.team_field)
        with freeze_time("2026-10-15 14:05:00"):
            self.assertFalse(self._check_in(visit))
        self.assertEqual(visit.state, "visiting")
        with freeze_time("2026-10-15 14:50:00"):
            self.assertFalse(visit.check_out(self._reading((25.034, 121.5645))))
        self.assertRecordValues(visit, [{"state": "reporting", "minutes": 45}])
        with self.assertRaisesRegex(UserError, "what came of the visit"):
            visit.action_done()
        visit.result = "  "
        with self.assertRaisesRegex(UserError, "what came of the visit"):
            visit.action_done()
        visit.result = "They want a trial"
        visit.action_done()
        self.assertRecordValues(
            visit,
            [
                {
                    "state": "done",
                    "date": date(2026, 10, 15),
                    "region_id": self.region_north.id,
                    "channel_id": self.channel_agent.id,
                }
            ],
        )

    def test_nobody_fills_up_past_months_by_themselves(self):
        self._visit("2026-10-01 14:00:00")
        for start in ("2026-09-30 14:00:00", "2020-01-15 14:00:00"):
            with self.assertRaisesRegex(ValidationError, "within 14 days"):
                self._visit(start)
        visit = self._visit("2026-10-15 14:00:00")
        with self.assertRaisesRegex(ValidationError, "Ask your team leader"):
            visit.start = "2026-09-15 14:00:00"
        older = self._visit("2026-09-15 14:00:00", user=self.leader)
        self.assertEqual(older.date, date(2026, 9, 15))

    def test_a_visit_that_nobody_checked_in_can_be_reported_afterwards(self):
        visit = self._visit("2026-10-15 09:00:00")
        visit.result = "Forgot the phone"
        visit.action_done()
        self.assertEqual((visit.state, visit.date), ("done", date(2026, 10, 15)))
        coming = self._visit("2026-10-15 14:00:00", result="Will be nice")
        with self.assertRaisesRegex(UserError, "still to come"):
            coming.action_done()

    def test_the_status_is_changed_by_buttons_only(self):
        visit = self._visit()
        with self.assertRaises(AccessError):
            visit.state = "done"
        with self.assertRaises(AccessError):
            self._visit(state="done")
        with self.assertRaises(AccessError):
            visit.check_in_at = NOON

    def test_what_has_begun_keeps_its_customer_and_time(self):
        visit = self._visit()
        visit.start = datetime(2026, 10, 15, 13)
        self._check_in(visit)
        for vals in (
            {"partner_id": self.customer_nowhere.id},
            {"start": "2026-10-16 08:00:00"},
            {"user_id": self.colleague.id},
            {"kind": "call"},
        ):
            with self.subTest(vals), self.assertRaisesRegex(UserError, "has begun"):
                visit.write(vals)
        visit.contact_ids = self.north_contact

    def test_a_done_visit_changes_only_once_it_is_taken_up_again(self):
        visit = self._hold(self._visit())
        for vals in (
            {"result": "Better"},
            {"goal_ids": [Command.create({"kind": "goal", "name": "Later"})]},
            {"pain_ids": [Command.create({"name": "Later"})]},
        ):
            with self.subTest(vals), self.assertRaisesRegex(UserError, "up again"):
                visit.write(vals)
        with self.assertRaisesRegex(UserError, "up again"):
            visit.env["sales.visit.pain"].create({"visit_id": visit.id, "name": "L"})
        visit.action_reopen()
        visit.result = "Better"
        visit.action_done()
        self.assertEqual(visit.result, "Better")

    def test_a_visit_is_called_off_and_taken_up_again(self):
        visit = self._visit()
        visit.action_cancel()
        self.assertEqual(visit.state, "cancelled")
        with self.assertRaises(UserError):
            visit.action_cancel()
        with self.assertRaises(UserError):
            self._check_in(visit)
        visit.action_reopen()
        self.assertEqual(visit.state, "planned")
        with self.assertRaises(UserError):
            visit.action_reopen()

    def test_a_visit_called_off_on_site_goes_on_where_it_was(self):
        visit = self._visit()
        self._check_in(visit)
        visit.action_cancel()
        visit.action_reopen()
        self.assertEqual(visit.state, "visiting", "nobody checks in twice")
        visit.check_out(self._reading(HERE))
        visit.action_cancel()
        visit.action_reopen()
        self.assertEqual(visit.state, "reporting")

    def test_what_took_place_is_not_deleted(self):
        held = self._hold(self._visit())
        with self.assertRaisesRegex(UserError, "cannot be deleted"):
            held.with_user(self.director).unlink()
        self._visit().with_user(self.director).unlink()

    def test_people_address_and_opportunity_belong_to_the_customer(self):
        lead = self.env["crm.lead"].create(
            {
                "name": "South",
                "type": "opportunity",
                "partner_id": self.customer_south.id,
                "user_id": self.salesperson.id,
            }
        )
        for values in (
            {"contact_ids": self.south_contact.ids},
            {"address_id": self.customer_south.id},
            {"lead_id": lead.id},
        ):
            with self.subTest(values), self.assertRaises(ValidationError):
                self._visit(**values)

    def test_the_customer_is_the_company_of_the_person(self):
        visit = self._visit(partner=self.north_contact)
        self.assertEqual(visit.partner_id, self.customer_north)

    def test_the_day_is_that_of_the_company(self):
        self.company.sales_tz = "Asia/Taipei"
        visit = self._visit("2026-10-15 16:30:00")  # half past midnight there
        self.assertEqual(visit.date, date(2026, 10, 16))

    def test_a_duration_is_refused_that_is_none(self):
        for duration in (0, -1, 25):
            with self.subTest(duration):
                self._assert_check(lambda d=duration: self._visit(duration=d))

    def test_the_next_visit_is_planned_on_the_visit(self):
        visit = self._hold(self._visit(contact_ids=self.north_contact.ids))
        action = visit.action_plan_next()
        form = Form(visit.env["sales.visit"].with_context(**action["context"]))
        form.start = datetime(2026, 10, 29, 9)
        following = form.save()
        self.assertEqual(following.previous_id, visit)
        self.assertEqual(following.contact_ids, self.north_contact)
        self.assertEqual(visit.next_date, date(2026, 10, 29))
        following.action_cancel()
        self.assertFalse(visit.next_date)

    def test_next_steps_are_action_items(self):
        visit = self._hold(self._visit())
        with Form(visit) as form, form.action_ids.new() as item:
            item.name = "Send the data sheet"
        self.assertEqual(visit.action_ids.user_id, self.salesperson)
        self.assertEqual(visit.open_action_count, 1)
        self.assertTrue(visit.action_ids.activity_ids)
        visit.action_ids.action_done()
        self.assertEqual(visit.open_action_count, 0)

    def test_a_pain_point_becomes_a_need_in_one_tap(self):
        visit = self._hold(
            self._visit(
                pain_ids=[
                    Command.create(
                        {
                            "name": "Two days lost a month",
                            "note": "40,000 a day",
                            "categ_id": self.category.id,
                        }
                    )
                ]
            )
        )
        action = visit.pain_ids.action_make_need()
        need = self.env["sales.need"].browse(action["res_id"])
        self.assertRecordValues(
            need,
            [
                {
                    "kind": "particular",
                    "name": "Two days lost a month",
                    "note": "40,000 a day",
                    "categ_id": self.category.id,
                    "partner_id": self.customer_north.id,
                    "company_id": self.company.id,
                    "visit_id": visit.id,
                }
            ],
        )
        self.assertEqual(visit.pain_ids.need_id, need)
        again = visit.pain_ids.action_make_need()
        self.assertEqual(again["res_id"], need.id, "once")
        with self.assertRaises(AccessError):
            visit.pain_ids.with_user(self.colleague).action_make_need()

    def test_the_customer_file_knows_who_was_talked_to(self):
        stakeholder = self.env["sales.stakeholder"].create(
            {
                "partner_id": self.customer_north.id,
                "contact_id": self.north_contact.id,
            }
        )
        self._hold(self._visit(contact_ids=self.north_contact.ids))
        self.assertEqual(stakeholder.date_talk, date(2026, 10, 15))

    def test_visits_follow_merged_customers(self):
        first = self._hold(self._visit())
        second = self._visit(partner=self.customer_nowhere)
        wizard = self.env["base.partner.merge.automatic.wizard"]
        wizard._merge(
            (self.customer_north + self.customer_nowhere).ids, self.customer_nowhere
        )
        visits = first + second
        visits.invalidate_recordset()
        self.assertEqual(visits.partner_id, self.customer_nowhere)
        self.assertEqual(len(visits.exists()), 2)

    def test_visits_follow_merged_opportunities(self):
        leads = self.env["crm.lead"].create(
            [
                {
                    "name": name,
                    "type": "opportunity",
                    "partner_id": self.customer_north.id,
                    "user_id": self.salesperson.id,
                }
                for name in ("One", "Two")
            ]
        )
        visits = self._visit(lead_id=leads[0].id) + self._visit(lead_id=leads[1].id)
        left = leads.merge_opportunity()
        visits.invalidate_recordset()
        self.assertEqual(visits.lead_id, left)
        self.assertEqual(left.with_user(self.salesperson).sales_visit_count, 2)

    def test_the_visits_of_an_archived_salesperson_stay(self):
        visit = self._hold(self._visit())
        self.salesperson.active = False
        visit = visit.with_user(self.leader)
        self.assertEqual(visit.user_id.name, "Test Salesperson")
        self.assertEqual(visit.state, "done")

    def test_a_lead_without_customer_gets_one_with_the_visit(self):
        leads = self.env["crm.lead"].with_user(self.salesperson)
        lead = leads.create(
            {
                "name": "Fair",
                "type": "lead",
                "partner_name": "New Ltd",
                "user_id": self.salesperson.id,
            }
        )
        action = lead.action_plan_visit()
        form = Form(leads.env["sales.visit"].with_context(**action["context"]))
        visit = form.save()
        self.assertEqual(visit.lead_id, lead)
        self.assertEqual(visit.partner_id, lead.partner_id.commercial_partner_id)
        nameless = leads.create(
            {"name": "Nobody", "type": "lead", "user_id": self.salesperson.id}
        )
        with self.assertRaisesRegex(UserError, "Enter the customer"):
            nameless.action_plan_visit()

    def test_visits_stand_on_customer_opportunity_and_order(self):
        lead = self.env["crm.lead"].create(
            {
                "name": "North",
                "type": "opportunity",
                "partner_id": self.customer_north.id,
                "user_id": self.salesperson.id,
            }
        )
        visit = self._visit(lead_id=lead.id)
        order = self._create_order(opportunity_id=lead.id)
        for record in (self.north_contact, self.customer_north, lead, order):
            record = record.with_user(self.salesperson)
            with self.subTest(record._name):
                self.assertEqual(record.sales_visit_count, 1)
                found = visit.search(record.action_open_sales_visits()["domain"])
                self.assertEqual(found, visit)
        visit.action_cancel()
        self.env.invalidate_all()
        self.assertEqual(order.with_user(self.salesperson).sales_visit_count, 0)

    def test_a_photo_is_small_and_at_most_15_mb(self):
        photos = self.env["sales.visit.photo"].with_user(self.salesperson)
        visit = self._visit()
        with self.assertRaisesRegex(ValidationError, "15 MB"):
            photos.create({"visit_id": visit.id, "image": "A" * (21 * 1024 * 1024)})
        self.assertFalse(visit.photo_ids)
