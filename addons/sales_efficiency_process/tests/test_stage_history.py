# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import datetime, timedelta

from psycopg2 import IntegrityError

from odoo.tests import tagged
from odoo.tools import SQL, mute_logger

from ..engine.funnel import TrackedStays
from .funnel_common import FunnelCommon


@tagged("post_install", "-at_install")
class TestStageHistory(FunnelCommon):
    """Each stay of an opportunity in a stage is kept, whoever moves it (section D)."""

    def test_a_new_opportunity_is_in_its_first_stage(self):
        lead = self._lead()
        self.assertEqual(self._stays(lead), [("Test New", None)])

    def test_moving_ends_a_stay_and_begins_the_next(self):
        lead = self._lead()
        self._wait(lead, 2)
        self._move(lead, self.qualified)
        self.assertEqual(self._stays(lead), [("Test New", 2), ("Test Qualified", None)])
        first, second = self.history.search([("lead_id", "=", lead.id)], order="id")
        self.assertEqual(first.left_at, second.entered_at)

    def test_writing_the_same_stage_or_anything_else_changes_nothing(self):
        lead = self._lead()
        self._wait(lead, 2)
        self._move(lead, self.new)
        lead.write({"expected_revenue": 10, "name": "Other", "priority": "2"})
        self.assertEqual(self._stays(lead), [("Test New", None)])

    def test_plain_sql_is_followed_too(self):
        leads = self._lead() | self._lead() | self._lead()
        self._wait(leads, 1)
        self.env.cr.execute(
            SQL(
                "UPDATE crm_lead SET stage_id = %s WHERE id = ANY(%s)",
                self.offer.id,
                leads.ids,
            )
        )
        for lead in leads:
            self.assertEqual(self._stays(lead), [("Test New", 1), ("Test Offer", None)])

    def test_what_is_rolled_back_has_not_been(self):
        lead = self._lead()
        self.env.flush_all()
        with self.env.cr.savepoint() as savepoint:
            self._move(lead, self.qualified)
            savepoint.rollback()
        self.assertEqual(self._stays(lead), [("Test New", None)])

    def test_a_lost_opportunity_is_in_no_stage_until_it_is_restored(self):
        lead = self._lead()
        self._wait(lead, 3)
        lead.action_set_lost()
        self.assertEqual(self._stays(lead), [("Test New", 3)])
        self._wait(lead, 10)
        lead.action_restore()
        self.assertEqual(self._stays(lead), [("Test New", 3), ("Test New", None)])
        self._wait(lead, 2)
        self._move(lead, self.qualified)
        self.assertEqual(self._funnel()["Test New"].mean_days, 5)

    def test_a_won_opportunity_stays_won_in_the_archive(self):
        lead = self._lead()
        lead.action_set_won()
        self._move(lead, self.won)
        lead.action_archive()
        self.assertEqual(self._stays(lead)[-1], ("Test Won", None))

    def test_a_lead_is_followed_from_its_conversion_on(self):
        lead = self._lead(type="lead")
        self.assertEqual(self._stays(lead), [])
        lead.convert_opportunity(self.customer_north)
        lead.stage_id = self.new
        self.assertEqual(self._stays(lead), [("Test New", None)])

    def test_an_imported_opportunity_began_when_it_was_opened(self):
        day = datetime.now() - timedelta(days=40)
        lead = self._lead(sales_opened_date=day.date())
        self.env.flush_all()
        stay = self.history.search([("lead_id", "=", lead.id)])
        self.assertEqual(stay.entered_at.date(), day.date())

    def test_an_imported_lost_opportunity_ended_when_it_was_closed(self):
        lead = self._lead(
            sales_opened_date="2026-01-10",
            active=False,
            probability=0,
            date_closed="2026-01-20 12:00:00",
        )
        self.assertEqual(self._stays(lead), [("Test New", 10)])

    def test_an_imported_won_opportunity_was_won_when_it_was_closed(self):
        lead = self._lead(
            stage=self.won,
            sales_opened_date="2026-01-10",
            probability=100,
            date_closed="2026-01-20 12:00:00",
        )
        self.env.flush_all()
        stay = self.history.search([("lead_id", "=", lead.id)])
        self.assertEqual(str(stay.entered_at), "2026-01-20 12:00:00")
        self.assertFalse(stay.left_at)

    def test_changes_can_be_dated_as_they_were(self):
        lead = self._lead(sales_opened_date="2026-03-01")
        with self.history._at(datetime(2026, 3, 11, 12)):
            lead.stage_id = self.qualified
        self._move(lead, self.offer)
        stays = self.history.search([("lead_id", "=", lead.id)], order="id")
        self.assertEqual(str(stays[1].entered_at), "2026-03-11 12:00:00")
        self.assertGreater(stays[2].entered_at, datetime(2026, 3, 12))

    def test_a_deleted_stage_keeps_its_name_and_place(self):
        lead = self._lead()
        self._wait(lead, 1)
        self._move(lead, self.qualified)
        self._wait(lead, 4)
        self._move(lead, self.offer)
        self.qualified.unlink()
        self.assertEqual(
            self._stays(lead),
            [("Test New", 1), ("Test Qualified", 4), ("Test Offer", None)],
        )
        stay = self.history.search([("lead_id", "=", lead.id)], order="id")[1]
        self.assertEqual(stay.stage_sequence, 901)
        report = self.env["sales.stage.report"].browse(stay.id)
        self.assertEqual(report.stage_label, "Test Qualified")

    def test_a_deleted_opportunity_takes_its_stays_along(self):
        lead = self._lead()
        self.env.flush_all()
        stays = self.history.search([("lead_id", "=", lead.id)])
        lead.unlink()
        self.assertFalse(stays.exists())

    def test_merged_opportunities_have_one_history(self):
        """The older one was opened first; from the day on which the other one came,
        that one counts."""
        old = self._lead("Old")
        self._wait(old, 6)
        lead = self._lead("Further", stage=self.qualified)
        self._wait(old | lead, 4)
        (old | lead)._merge_opportunity()
        self.assertFalse(old.exists())
        self.assertEqual(self._stays(lead), [("Test New", 6), ("Test Qualified", None)])

    def test_merged_opportunities_of_the_same_age_keep_the_one_that_is_left(self):
        lead, younger = self._lead("Further", stage=self.offer), self._lead("Later")
        self._wait(lead, 5)
        (lead | younger)._merge_opportunity()
        self.assertEqual(self._stays(lead), [("Test Offer", None)])

    def test_changes_of_hands_are_counted_within_a_stay(self):
        lead = self._lead(user_id=False)
        lead.user_id = self.salesperson
        self.env.flush_all()
        stay = self.history.search([("lead_id", "=", lead.id)])
        self.assertEqual(stay.hand_over_count, 0, "the first one")
        lead.user_id = self.colleague
        self.env.flush_all()
        stay.invalidate_recordset()
        self.assertEqual(stay.hand_over_count, 1)
        lead.write({"user_id": self.salesperson.id, "stage_id": self.offer.id})
        self.env.flush_all()
        self.env.invalidate_all()
        stays = self.history.search([("lead_id", "=", lead.id)], order="id")
        self.assertEqual(stays.mapped("hand_over_count"), [1, 0])

    def test_an_opportunity_is_in_one_stage_at_a_time(self):
        lead = self._lead()
        self.env.flush_all()
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(IntegrityError),
            self.env.cr.savepoint(),
        ):
            self.history._replace(
                {lead: [(self.new, None, None), (self.offer, None, None)]}
            )

    def test_stays_are_filled_from_what_odoo_tracked(self):
        lead = self._lead(stage=self.offer)
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                "UPDATE crm_lead SET create_date = '2026-03-01 12:00:00',"
                " sales_opened_date = '2026-03-01' WHERE id = %s",
                lead.id,
            )
        )
        self._track(lead, "stage_id", self.new, self.qualified, "2026-03-03 12:00:00")
        self._track(
            lead, "user_id", self.colleague, self.salesperson, "2026-03-04 12:00:00"
        )
        self._track(lead, "stage_id", self.qualified, self.offer, "2026-03-08 12:00:00")
        self.history.search([("lead_id", "=", lead.id)]).unlink()
        TrackedStays(self.env).fill()
        stays = self.history.search([("lead_id", "=", lead.id)], order="id")
        self.assertEqual(
            self._stays(lead),
            [("Test New", 2), ("Test Qualified", 5), ("Test Offer", None)],
        )
        self.assertEqual(stays.mapped("hand_over_count"), [0, 1, 0])
        self.assertEqual(TrackedStays(self.env).fill(), 0, "nothing twice")

    def test_the_fill_knows_stages_that_are_gone_by_name(self):
        lead = self._lead(stage=self.offer, active=False, probability=0)
        gone = self.env["crm.stage"].create({"name": "Gone"})
        self._track(lead, "stage_id", gone, self.offer, "2026-03-08 12:00:00")
        self.env.cr.execute(
            SQL(
                "UPDATE crm_lead SET create_date = '2026-03-01 12:00:00',"
                " date_closed = '2026-03-18 12:00:00' WHERE id = %s",
                lead.id,
            )
        )
        gone.unlink()
        self.history.search([("lead_id", "=", lead.id)]).unlink()
        TrackedStays(self.env).fill()
        self.assertEqual(self._stays(lead), [("Gone", 7), ("Test Offer", 10)])

    def _track(self, lead, name, old, new, moment):
        message = self.env["mail.message"].create(
            {"model": "crm.lead", "res_id": lead.id, "message_type": "notification"}
        )
        value = self.env["mail.tracking.value"].create(
            {
                "mail_message_id": message.id,
                "field_id": self.env["ir.model.fields"]._get("crm.lead", name).id,
                "old_value_integer": old.id,
                "old_value_char": old.display_name,
                "new_value_integer": new.id,
                "new_value_char": new.display_name,
            }
        )
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                "UPDATE mail_tracking_value SET create_date = %s WHERE id = %s",
                moment,
                value.id,
            )
        )
