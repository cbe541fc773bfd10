# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date, datetime, timedelta

from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from .contact_common import TODAY, ContactCommon

NOON = "2026-10-15 12:00:00"


@tagged("post_install", "-at_install")
@freeze_time(NOON)
class TestSalesContact(ContactCommon):
    """What counts as a contact, for whom, and on which day."""

    def test_a_done_call_is_a_contact_of_the_person_the_team_and_the_region(self):
        self._contact()
        self.assertRecordValues(
            self._contacts(),
            [
                {
                    "date": TODAY,
                    "company_id": self.company.id,
                    "user_id": self.salesperson.id,
                    "team_id": self.team_field.id,
                    "region_id": self.region_north.id,
                    "channel_id": self.channel_agent.id,
                    "activity_type_id": self.call.id,
                }
            ],
        )
        self.assertRecordValues(
            self._facts(),
            [
                {
                    "date": TODAY,
                    "partner_id": self.customer_north.id,
                    "user_id": self.salesperson.id,
                    "team_id": self.team_field.id,
                    "region_id": self.region_north.id,
                    "channel_id": self.channel_agent.id,
                    "amount": 0,
                    "documents": 1,
                }
            ],
        )

    def test_an_open_activity_or_a_to_do_is_none(self):
        self._schedule()
        self._contact(activity_type=self.to_do)
        self.assertFalse(self._contacts())

    def test_people_opportunities_and_orders_count_for_the_customer(self):
        person = self.env["res.partner"].create(
            {"name": "Buyer", "parent_id": self.customer_north.id}
        )
        lead = self.env["crm.lead"].create(
            {
                "name": "Lead",
                "type": "opportunity",
                "partner_id": person.id,
                "user_id": self.salesperson.id,
                "sales_region_id": self.region_south.id,
            }
        )
        order = self._create_order()
        for record in (person, lead, order):
            self._contact(record=record)
        contacts = self._contacts().sorted("id")
        self.assertEqual(len(contacts), 3)
        self.assertEqual(contacts.contact_id, person + self.customer_north)
        self.assertEqual(contacts[1].region_id, self.region_south)
        self.assertEqual(len(self._facts()), 3)

    def test_a_contact_that_is_undone_or_deleted_is_none(self):
        first, second = self._contact(), self._contact()
        self.assertEqual(len(self._facts()), 2)
        first.active = True
        self.assertEqual(len(self._contacts()), 1)
        self.assertFalse(first.sales_done_at)
        second.unlink()
        self.assertFalse(self._contacts())
        self.assertFalse(self._facts())

    def test_a_type_that_is_archived_has_counted(self):
        kind = self.call.copy({"name": "Fax", "sales_is_contact": True})
        self._contact(activity_type=kind)
        kind.active = False
        self.env["sales.contact"]._sync_all()
        self.assertEqual(len(self._contacts()), 1)

    def test_a_type_that_counts_no_more_takes_its_contacts_back(self):
        kind = self.call.copy({"name": "Fax", "sales_is_contact": True})
        self._contact(activity_type=kind)
        kind.sales_is_contact = False
        self.env["sales.contact"]._sync_all()
        self.assertFalse(self._contacts())

    def test_a_type_that_starts_to_count_brings_its_contacts(self):
        self._contact(activity_type=self.to_do)
        self.to_do.sales_is_contact = True
        self.env["sales.contact"]._sync_all()
        self.assertEqual(self._contacts().date, TODAY)

    def test_the_day_is_that_of_the_company(self):
        self.company.sales_tz = "Asia/Taipei"
        self._contact(day=date(2026, 10, 14), hour=17)
        self.assertEqual(self._contacts().date, date(2026, 10, 15))

    def test_the_day_is_right_on_both_sides_of_the_change_of_clocks(self):
        self.company.sales_tz = "Europe/Berlin"
        # 23:30 in summer and in winter time
        self._contact(day=date(2026, 10, 24), hour=21.5)
        self._contact(day=date(2026, 10, 25), hour=22.5)
        self.assertEqual(
            self._contacts().mapped("date"), [date(2026, 10, 25), date(2026, 10, 24)]
        )

    def test_a_person_who_moves_does_not_take_past_contacts_along(self):
        self._contact()
        self.team_field.member_ids -= self.salesperson
        self.team_other.member_ids += self.salesperson
        self._contact()
        self.env["sales.contact"]._sync_all()
        teams = self._contacts().sorted("id").mapped("team_id")
        self.assertEqual(teams.ids, [self.team_field.id, self.team_other.id])
        teams = self._facts().sorted("res_id").mapped("team_id")
        self.assertEqual(teams.ids, [self.team_field.id, self.team_other.id])

    def test_a_customer_that_moves_does_not_take_past_contacts_along(self):
        self._contact()
        self.customer_north.sales_region_id = self.region_south
        self.env["sales.contact"]._sync_all()
        self.assertEqual(self._contacts().region_id, self.region_north)

    def test_users_do_not_say_when_it_was_done(self):
        activity = self._schedule().with_user(self.salesperson)
        with self.assertRaises(AccessError):
            activity.sales_done_at = "2026-01-01 12:00:00"
        with self.assertRaises(AccessError):
            activity.copy({"sales_done_at": "2026-01-01 12:00:00"})

    def test_it_costs_the_same_for_one_contact_and_for_many(self):
        def count(number):
            for _number in range(number):
                self._schedule()
            activities = self.env["mail.activity"].search(
                [("res_id", "=", self.customer_north.id)]
            )
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            activities._sync_sales_contacts()
            return self.env.cr.sql_log_count - before

        self.assertEqual(count(1), count(20))

    def test_nothing_differs_from_the_documents(self):
        for number in range(3):
            self._contact(day=TODAY - timedelta(days=number))
        self.env["sales.mart"]._refresh()
        found = self.env["sales.mart"]._reconcile()
        self.assertFalse(found.filtered(lambda line: line.source == "contact"))

    def test_orders_cost_nothing_more(self):
        """Nothing of theirs is watched."""
        watches = self.env["sales.fact.source.contact"]._get_own_watches()
        self.assertEqual({watch.table for watch, _module in watches}, {"sales_contact"})

    # ------------------------------------------------------------------
    # Meetings
    # ------------------------------------------------------------------

    def test_a_past_meeting_is_one_contact_with_each_customer(self):
        self._meet(
            datetime(2026, 10, 15, 9),
            self.customer_north,
            self.customer_south,
            self.salesperson.partner_id,
        )
        self.assertEqual(len(self._contacts()), 1)
        self.assertEqual(len(self._contacts(self.customer_south)), 1)
        self.assertFalse(self._contacts(self.salesperson.partner_id))
        self.assertEqual(len(self._facts()), 2)

    def test_a_meeting_counts_once_it_is_past(self):
        self._meet(datetime(2026, 10, 15, 14), self.customer_north)
        self.assertFalse(self._contacts())
        with freeze_time("2026-10-15 15:30:00"), self.enter_registry_test_mode():
            self.env.ref(
                "sales_efficiency_resource.ir_cron_contact_sync"
            ).method_direct_trigger()
        self.assertEqual(self._contacts().date, TODAY)

    def test_a_meeting_that_is_moved_moves_its_contact(self):
        event = self._meet(datetime(2026, 10, 14, 9), self.customer_north)
        event.write(
            {
                "start": datetime(2026, 10, 13, 9),
                "stop": datetime(2026, 10, 13, 10),
            }
        )
        self.assertEqual(self._contacts().date, date(2026, 10, 13))
        self.assertEqual(self._facts().date, date(2026, 10, 13))
        event.write(
            {
                "start": datetime(2026, 10, 20, 9),
                "stop": datetime(2026, 10, 20, 10),
            }
        )
        self.assertFalse(self._contacts())
        self.assertFalse(self._facts())

    def test_a_meeting_that_is_cancelled_deleted_or_declined_is_none(self):
        event = self._meet(datetime(2026, 10, 14, 9), self.customer_north)
        event.active = False
        self.assertFalse(self._contacts())
        event.active = True
        self.assertTrue(self._contacts())
        event.attendee_ids.filtered(
            lambda attendee: attendee.partner_id == self.customer_north
        ).do_decline()
        self.assertFalse(self._contacts())
        other = self._meet(datetime(2026, 10, 14, 9), self.customer_north)
        other.unlink()
        self.assertFalse(self._contacts())

    def test_a_meeting_about_an_opportunity_counts_for_its_customer(self):
        lead = self.env["crm.lead"].create(
            {
                "name": "Lead",
                "type": "opportunity",
                "partner_id": self.customer_north.id,
            }
        )
        self._meet(
            datetime(2026, 10, 14, 9),
            self.salesperson.partner_id,
            opportunity_id=lead.id,
        )
        self.assertEqual(len(self._contacts()), 1)

    def test_the_activity_of_a_meeting_does_not_count_beside_it(self):
        event = self._meet(datetime(2026, 10, 14, 9), self.customer_north)
        activity = self._schedule()
        activity.calendar_event_id = event
        activity.action_feedback()
        self.assertEqual(self._contacts().res_model, "calendar.event")

    def test_a_meeting_of_a_whole_day_has_that_day(self):
        self.company.sales_tz = "Asia/Taipei"
        self._meet(
            datetime(2026, 10, 13),
            self.customer_north,
            allday=True,
            start_date=date(2026, 10, 13),
            stop_date=date(2026, 10, 13),
        )
        self.assertEqual(self._contacts().date, date(2026, 10, 13))

    def test_colleagues_among_themselves_meet_no_customer(self):
        self._meet(
            datetime(2026, 10, 14, 9),
            self.colleague.partner_id,
            self.leader.partner_id,
        )
        partners = (self.colleague + self.leader).partner_id.commercial_partner_id
        self.assertFalse(
            self.env["sales.contact"].search([("partner_id", "in", partners.ids)])
        )

    # ------------------------------------------------------------------
    # Merged customers
    # ------------------------------------------------------------------

    def test_merged_customers_keep_all_their_contacts(self):
        kept = self._contact()
        moved = self._contact(record=self.customer_south)
        self._meet(datetime(2026, 10, 14, 9), self.customer_north, self.customer_south)
        self._plan()
        src = self.customer_south
        for model in ("sales.contact", "sales.contact.plan"):
            self.env[model]._merge_partners(src.ids, self.customer_north)
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge(
            (src + self.customer_north).ids, self.customer_north, extra_checks=False
        )
        self.assertFalse(src.exists())
        self.assertEqual((kept + moved).mapped("res_id"), [self.customer_north.id] * 2)
        self.env["sales.contact"]._sync_all()
        self.assertEqual(len(self._contacts()), 3)
        self.assertEqual(len(self._facts()), 3)
        self.assertEqual(len(self._plan_of()), 1)

    # ------------------------------------------------------------------
    # Rights
    # ------------------------------------------------------------------

    def test_who_sees_contacts(self):
        self._contact()
        self._contact(record=self.customer_south, user=self.outsider)
        contacts = self.env["sales.contact"]
        customers = [
            ("partner_id", "in", (self.customer_north + self.customer_south).ids)
        ]
        for user, count in (
            (self.salesperson, 1),  # own customer
            (self.colleague, 1),  # own customer, another one's contact
            (self.outsider, 1),  # own contact
            (self._create_support(self.team_other), 1),
            (self.leader, 2),
            (self.director, 2),
        ):
            with self.subTest(user.login):
                self.assertEqual(
                    contacts.with_user(user).search_count(customers), count
                )

    def test_the_text_is_for_those_who_may_read_the_document(self):
        order = self._create_order(user=self.outsider)
        order.team_id = self.team_other
        self._contact(record=order, user=self.outsider)
        contact = self._contacts()
        self.assertTrue(contact.with_user(self.outsider).summary)
        self.env.invalidate_all()
        self.assertFalse(contact.with_user(self.salesperson).summary)
        with self.assertRaises(AccessError):
            contact.with_user(self.salesperson).action_open_document()

    # ------------------------------------------------------------------
    # Companies
    # ------------------------------------------------------------------

    def test_a_shared_customer_is_contacted_for_the_company_one_works_in(self):
        other = self.env["res.company"].create({"name": "Other", "sales_tz": "UTC"})
        self.salesperson.company_ids += other
        activity = self._schedule().with_user(self.salesperson)
        activity.with_company(other).action_feedback()
        self.assertEqual(self._contacts().company_id, other)

    def test_each_company_has_its_own_contacts(self):
        other = self.env["res.company"].create({"name": "Other", "sales_tz": "UTC"})
        seller = self._create_user("salesperson", login="seller_b")
        seller.write({"company_ids": other.ids, "company_id": other.id})
        self._contact()
        self._contact(user=seller)
        self.assertEqual(self._contacts().company_id, self.company + other)
        found = self.env["sales.contact"].with_user(seller)
        self.assertEqual(
            found.search([("partner_id", "=", self.customer_north.id)]).company_id,
            other,
        )
