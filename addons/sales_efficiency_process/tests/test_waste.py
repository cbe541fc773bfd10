# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date, timedelta
from unittest.mock import patch

from odoo.tests import freeze_time, tagged
from odoo.tools import SQL

from odoo.addons.sales_efficiency_base.tools import Period, Scope

from ..engine.funnel import WasteCause
from .funnel_common import MONDAY, FunnelCommon

DAY = timedelta(days=1)
OCTOBER = Period(date(2026, 10, 1), date(2026, 10, 31))


@tagged("post_install", "-at_install")
@freeze_time("2026-11-30 12:00:00")
class TestWaste(FunnelCommon):
    """Where time is lost: causes with days and money at stake (section D)."""

    def _figures(self, period=OCTOBER, user=None, codes=None, scope=None):
        """:return: dict code -> (documents, days, money)"""
        wastes = self.env["sales.waste"].with_user(user or self.env.user)
        found = wastes._find_waste(scope or self.scope, codes)
        return {
            figure.cause.code: (figure.documents, figure.days, figure.money)
            for figure in found.get_figures(period)
        }

    def _figure(self, code, **values):
        return self._figures(codes=[code], **values).get(code, (0, 0, 0))

    def _usual(self, *stays):
        """Stays of others, from which what is usual follows."""
        for stage, days in stays:
            for _number in range(3):
                lead = self._lead(team_id=self.team_department.id)
                start = MONDAY - 60 * DAY
                self._write_stays(lead, (stage, start, start + days * DAY))

    # ------------------------------------------------------------------
    # Causes
    # ------------------------------------------------------------------

    def test_waiting_costs_the_working_days_beyond_the_limit(self):
        self._limit(self.new, 5)
        lead = self._lead(expected_revenue=300)
        # 14 calendar days are 10 working days, of which 5 are allowed.
        self._write_stays(lead, (self.new, MONDAY, MONDAY + 14 * DAY))
        self.assertEqual(self._figure("waiting"), (1, 5, 300))

    def test_only_days_of_the_period_count(self):
        self._limit(self.new, 5)
        self._write_stays(self._lead(), (self.new, date(2026, 9, 14), MONDAY))
        # 15 working days until Monday 5 October; from the 6th one, a Tuesday, on
        self.assertEqual(self._figure("waiting")[1], 3)
        self.assertEqual(self._figure("waiting", period=self._month(9))[1], 7)

    def test_without_a_next_step_days_count_after_three(self):
        lead = self._lead(expected_revenue=80)
        self._write_stays(lead, (self.new, MONDAY, MONDAY + 28 * DAY))
        self.env["mail.activity"].search([]).unlink()
        activity = lead.activity_schedule("mail.mail_activity_data_call")
        self.env.flush_all()
        # Planned on Monday the 12th, done on Friday the 16th
        self.env.cr.execute(
            SQL(
                "UPDATE mail_activity SET create_date = %s, active = FALSE,"
                " date_done = %s WHERE id = %s",
                self._noon(MONDAY + 7 * DAY),
                MONDAY + 11 * DAY,
                activity.id,
            )
        )
        # 5th to 12th: 5 working days less 3; 17th to 2 November: 11 less 3, of which
        # the last one is in November
        self.assertEqual(self._figure("no_step"), (1, 2 + 7, 80))

    def test_a_meeting_is_a_next_step_until_it_is_over(self):
        lead = self._lead()
        self._write_stays(lead, (self.new, MONDAY, MONDAY + 14 * DAY))
        event = self.env["calendar.event"].create(
            {
                "name": "Meeting",
                "opportunity_id": lead.id,
                "start": self._noon(MONDAY + 10 * DAY),
                "stop": self._noon(MONDAY + 11 * DAY),
            }
        )
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                "UPDATE calendar_event SET create_date = %s WHERE id = %s",
                self._noon(MONDAY),
                event.id,
            )
        )
        self.assertEqual(self._figure("no_step"), (0, 0, 0))

    def test_a_meeting_entered_afterwards_was_no_next_step(self):
        lead = self._lead(expected_revenue=80)
        self._write_stays(lead, (self.new, MONDAY, MONDAY + 14 * DAY))
        event = self.env["calendar.event"].create(
            {
                "name": "Meeting",
                "opportunity_id": lead.id,
                "start": self._noon(MONDAY + DAY),
                "stop": self._noon(MONDAY + 2 * DAY),
            }
        )
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                "UPDATE calendar_event SET create_date = %s WHERE id = %s",
                self._noon(MONDAY + 9 * DAY),
                event.id,
            )
        )
        # 10 working days less 3; none of them counts twice.
        self.assertEqual(self._figure("no_step"), (1, 7, 80))

    def test_while_lost_nothing_is_missed(self):
        lead = self._lead()
        self._write_stays(
            lead,
            (self.new, date(2026, 9, 1), date(2026, 9, 2)),
            (self.new, date(2026, 10, 29), date(2026, 10, 30)),
        )
        self.assertEqual(self._figure("no_step"), (0, 0, 0))

    def test_turning_back_costs_the_days_until_one_is_as_far_again(self):
        lead = self._lead(expected_revenue=10)
        self._write_stays(
            lead,
            (self.new, MONDAY, MONDAY + 2 * DAY),
            (self.offer, MONDAY + 2 * DAY, MONDAY + 4 * DAY),
            (self.new, MONDAY + 4 * DAY, MONDAY + 7 * DAY),
            (self.qualified, MONDAY + 7 * DAY, MONDAY + 9 * DAY),
            (self.offer, MONDAY + 9 * DAY, MONDAY + 11 * DAY),
        )
        self.assertEqual(self._figure("turned_back"), (1, 3, 10))

    def test_skipping_costs_what_the_next_stage_takes_longer_than_usual(self):
        self._usual((self.new, 1), (self.qualified, 2), (self.offer, 3))
        lead = self._lead(expected_revenue=10)
        self._write_stays(
            lead,
            (self.new, MONDAY, MONDAY + DAY),
            (self.offer, MONDAY + DAY, MONDAY + 9 * DAY),
        )
        documents, days, money = self._figure("skipped")
        self.assertEqual((documents, money), (1, 10))
        usual = self._funnel(self._month(8), by="flow")["Test Offer"].median_work
        self.assertEqual(days, 6 - usual)

    def test_a_stage_that_the_team_does_not_use_is_not_skipped(self):
        self._usual((self.new, 1), (self.qualified, 2), (self.offer, 3))
        self.qualified.team_ids = self.team_other
        lead = self._lead()
        self._write_stays(
            lead,
            (self.new, MONDAY, MONDAY + DAY),
            (self.offer, MONDAY + DAY, MONDAY + 9 * DAY),
        )
        self.assertEqual(self._figure("skipped"), (0, 0, 0))

    def test_changing_hands_costs_what_the_stage_takes_longer_than_usual(self):
        self._usual((self.new, 2))
        lead = self._lead()
        self._write_stays(lead, (self.new, MONDAY, MONDAY + 8 * DAY))
        self.assertEqual(self._figure("changed_hands"), (0, 0, 0))
        self.env.cr.execute(
            SQL(
                "UPDATE sales_stage_history SET hand_over_count = 1 WHERE lead_id = %s",
                lead.id,
            )
        )
        usual = self._funnel(self._month(8), by="flow")["Test New"].median_work
        self.assertEqual(self._figure("changed_hands")[1], 6 - usual)

    def test_nothing_is_at_stake_with_what_is_won_or_lost(self):
        self._limit(self.new, 1)
        lead = self._lead(expected_revenue=300)
        lead.action_set_lost()
        self._write_stays(lead, (self.new, MONDAY, MONDAY + 14 * DAY))
        documents, days, money = self._figure("waiting")
        self.assertEqual((documents, money), (1, 0))
        self.assertGreater(days, 0)

    def test_causes_are_ranked_by_money_then_by_days(self):
        self._limit(self.new, 1)
        rich, poor = self._lead(expected_revenue=9000), self._lead()
        self._write_stays(rich, (self.new, MONDAY, MONDAY + 3 * DAY))
        self._write_stays(
            poor,
            (self.offer, MONDAY, MONDAY + DAY),
            (self.new, MONDAY + DAY, MONDAY + 25 * DAY),
        )
        order = list(self._figures(codes=["turned_back", "waiting"]))
        self.assertEqual(order, ["waiting", "turned_back"])

    def test_an_add_on_adds_a_cause(self):
        """Documents without an opportunity are found by their own person and team."""
        waits = WasteCause(
            code="signature",
            name="Signature",
            description="",
            model="res.partner",
            select=lambda company: SQL(
                """
                SELECT %s AS res_id, NULL::int AS lead_id, %s AS company_id,
                       %s AS team_id, %s AS user_id, timestamp '2026-10-05 12:00'
                           AS since, NULL::timestamp AS until, 1::float8 AS allowed,
                       70::numeric AS money
                """,
                self.customer_north.id,
                company.id,
                self.team_field.id,
                self.salesperson.id,
            ),
        )
        wastes = type(self.env["sales.waste"])
        with patch.object(wastes, "_get_waste_causes", lambda _self: [waits]):
            week = Period(MONDAY, MONDAY + 4 * DAY)
            self.assertEqual(self._figures(week), {"signature": (1, 3, 70)})
            self.assertEqual(self._figures(week, user=self.outsider), {})
            by_line = Scope(self.company.id, categ_id=self.category.id)
            self.assertEqual(self._figures(week, scope=by_line), {})

    # ------------------------------------------------------------------
    # Whose
    # ------------------------------------------------------------------

    def test_people_find_their_own_leaders_their_team_directors_all(self):
        self._limit(self.new, 1)
        for user in (self.salesperson, self.colleague):
            self._write_stays(
                self._lead(user_id=user.id), (self.new, MONDAY, MONDAY + 7 * DAY)
            )
        scope = Scope(self.company.id)
        for user, documents in (
            (self.salesperson, 1),
            (self.outsider, 0),
            (self.leader, 2),
        ):
            with self.subTest(user=user.login):
                found = self._figure("waiting", user=user, scope=scope)
                self.assertEqual(found[0], documents)
        found = self._figure("waiting", user=self.director, scope=scope)
        self.assertGreaterEqual(found[0], 2)

    def test_queries_do_not_grow_with_opportunities(self):
        def count():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self._figures()
            return self.env.cr.sql_log_count - before

        self._lead()
        count()
        few = count()
        for _number in range(10):
            self._lead()
        self.assertEqual(count(), few)
