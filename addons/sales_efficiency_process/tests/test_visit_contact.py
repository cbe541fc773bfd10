# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date, datetime

from odoo import Command
from odoo.tests import freeze_time, tagged

from odoo.addons.sales_efficiency_base.tools import Period, Scope

from .visit_common import NOON, VisitCommon

OCTOBER = Period(date(2026, 10, 1), date(2026, 10, 31))


@tagged("post_install", "-at_install")
@freeze_time(NOON)
class TestVisitContact(VisitCommon):
    """A done visit is a contact and a figure, once each (policy 3.1.3, 5.1.3)."""

    def test_a_done_visit_is_one_contact(self):
        visit = self._visit(contact_ids=self.north_contact.ids)
        self.assertFalse(self._contacts())
        self._hold(visit)
        self.assertRecordValues(
            self._contacts(),
            [
                {
                    "date": date(2026, 10, 15),
                    "contact_id": self.north_contact.id,
                    "user_id": self.salesperson.id,
                    "team_id": self.team_field.id,
                    "activity_type_id": self.env.ref(
                        "mail.mail_activity_data_meeting"
                    ).id,
                    "res_model": "sales.visit",
                    "res_id": visit.id,
                }
            ],
        )
        action = self._contacts().with_user(self.salesperson).action_open_document()
        self.assertEqual(
            (action["res_model"], action["res_id"]), ("sales.visit", visit.id)
        )

    def test_the_meeting_of_a_visit_is_no_contact_beside_it(self):
        visit = self._visit("2026-10-15 09:00:00")
        visit.event_id.partner_ids += self.north_contact
        self.env["sales.contact"]._sync("calendar.event", visit.event_id.ids)
        self.assertFalse(self._contacts(), "nobody says that it took place")
        visit.result = "Good talk"
        visit.action_done()
        self.assertEqual(self._contacts().mapped("res_model"), ["sales.visit"])
        self.env["sales.contact"]._sync_all()
        self.assertEqual(self._contacts().mapped("res_model"), ["sales.visit"])

    def test_other_meetings_are_contacts_as_before(self):
        self.env["calendar.event"].create(
            {
                "name": "Lunch",
                "start": datetime(2026, 10, 14, 11),
                "stop": datetime(2026, 10, 14, 12),
                "user_id": self.salesperson.id,
                "partner_ids": [Command.set(self.north_contact.ids)],
            }
        )
        self.assertEqual(self._contacts().mapped("res_model"), ["calendar.event"])

    def test_a_call_is_a_call(self):
        visit = self._visit("2026-10-15 09:00:00", kind="call")
        visit.result = "Nobody there"
        visit.action_done()
        self.assertEqual(
            self._contacts().activity_type_id,
            self.env.ref("mail.mail_activity_data_call"),
        )

    def test_a_contact_goes_with_the_report(self):
        visit = self._hold(self._visit())
        visit.action_reopen()
        self.assertFalse(self._contacts())
        visit.action_done()
        self.assertEqual(len(self._contacts()), 1)

    def test_the_next_contact_is_planned_from_the_visit(self):
        self.env["sales.service.policy"].search([]).unlink()
        self.env["sales.service.policy"].create(
            {"date_from": date(2026, 7, 1), "contact_days": 30}
        )
        self._hold(self._visit())
        plan = self.env["sales.contact.plan"].search(
            [("partner_id", "=", self.customer_north.id)]
        )
        self.assertEqual(plan.last_date, date(2026, 10, 15))

    # Figures

    def _measure(self, code, **dimensions):
        self.env["sales.mart"]._refresh()
        metric = self.env["sales.metric"].search([("code", "=", code)])
        scope = Scope(self.company.id, **dimensions)
        return metric._evaluate([scope], [OCTOBER])[metric.id, scope, OCTOBER] or 0

    def test_done_visits_are_figures_of_person_team_region_and_channel(self):
        before = self._measure("visits")
        self._hold(self._visit())
        self._hold(self._visit())
        self._hold(self._visit(user=self.colleague))
        self._visit()
        self.assertEqual(self._measure("visits") - before, 3)
        for dimensions, count in (
            ({"user_id": self.salesperson.id}, 2),
            ({"team_id": self.team_field.id}, 3),
            ({"region_id": self.region_north.id}, 3),
            ({"region_id": self.region_south.id}, 0),
            ({"channel_id": self.channel_agent.id}, 3),
            ({"partner_id": self.customer_north.id}, 3),
        ):
            with self.subTest(dimensions):
                self.assertEqual(self._measure("visits", **dimensions), count)
        self.assertEqual(
            self._measure("customers_visited", team_id=self.team_field.id), 1
        )

    def test_a_contact_has_the_region_and_channel_of_the_place_visited(self):
        branch = self.env["res.partner"].create(
            {
                "name": "Branch",
                "parent_id": self.customer_north.id,
                "type": "delivery",
                "country_id": self.country_a.id,
                "state_id": self.state_s.id,
                "sales_channel_id": self.channel_shop.id,
            }
        )
        visit = self._visit("2026-10-15 09:00:00", address_id=branch.id)
        visit.result = "They want an offer"
        visit.action_done()
        for record in (visit, self._contacts()):
            self.assertEqual(record.region_id, self.region_south)
            self.assertEqual(record.channel_id, self.channel_shop)
        for region, count in ((self.region_south, 1), (self.region_north, 0)):
            self.assertEqual(self._measure("visits", region_id=region.id), count)

    def test_a_later_move_does_not_rewrite_history(self):
        self._hold(self._visit())
        self.customer_north.country_id = self.country_b
        self.team_field.member_ids -= self.salesperson
        self.team_other.member_ids += self.salesperson
        self.assertEqual(self._measure("visits", team_id=self.team_field.id), 1)
        self.assertEqual(self._measure("visits", region_id=self.region_north.id), 1)

    def test_figures_follow_the_report(self):
        visit = self._hold(self._visit())
        self.assertEqual(self._measure("visits", user_id=self.salesperson.id), 1)
        visit.action_reopen()
        self.assertFalse(self._measure("visits", user_id=self.salesperson.id))
        self.assertFalse(self.env["sales.mart"]._repair_cells())
