# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import doctest
from datetime import date, datetime, timedelta

from odoo.tests import BaseCase, tagged

from odoo.addons.sales_efficiency_base.tools import Period, Scope

from ..engine.funnel import funnel_figures, funnel_step, working_time
from .funnel_common import MONDAY, FunnelCommon

DAY = timedelta(days=1)


@tagged("post_install", "-at_install")
class TestFunnelTools(BaseCase):
    def test_examples(self):
        for module in (funnel_figures, funnel_step, working_time):
            with self.subTest(module=module.__name__):
                self.assertFalse(doctest.testmod(module).failed)
                self.assertTrue(doctest.testmod(module).attempted)


@tagged("post_install", "-at_install")
class TestFunnel(FunnelCommon):
    """How far opportunities came, and how long they stayed (section D)."""

    def _won_after(self, lead, *spans):
        """Stays of so many days, one after another from a Monday on, then won."""
        day, stays = MONDAY, []
        for stage, days in spans:
            stays.append((stage, day, day + days * DAY))
            day += days * DAY
        self._write_stays(lead, *stays, (self.won, day, None))

    def test_stays_add_up_and_turning_back_is_counted(self):
        """New 2 d, Qualified 5 d, New 1 d, Won: New 3 d, turned back once."""
        lead = self._lead()
        spans = [(self.new, 2), (self.qualified, 5), (self.new, 1)]
        self._won_after(lead, *spans)
        funnel = self._funnel(as_of=date(2026, 10, 31))
        self.assertEqual(funnel["Test New"].mean_days, 3)
        self.assertEqual(funnel["Test Qualified"].mean_days, 5)
        self.assertEqual(funnel["Test New"].returned, 1)
        self.assertEqual(funnel["Test Qualified"].returned, 0)
        self.assertEqual(
            [(step.reached, step.skipped) for step in funnel.values()],
            [(1, 0), (1, 0), (1, 0)],
            "nobody of the scope was ever in Offer, so it is no step",
        )

    def test_a_skipped_stage_is_reached_with_no_time(self):
        straight, jumper = self._lead(), self._lead()
        self._won_after(straight, (self.new, 1), (self.qualified, 4), (self.offer, 2))
        self._won_after(jumper, (self.new, 3))
        funnel = self._funnel(as_of=date(2026, 10, 31))
        step = funnel["Test Qualified"]
        self.assertEqual((step.reached, step.visited, step.skipped), (2, 1, 1))
        self.assertEqual((step.done, step.mean_days), (1, 4))
        self.assertEqual(funnel["Won"].reached, 2)

    def test_won_is_reached_only_while_won(self):
        lead = self._lead()
        self._write_stays(
            lead,
            (self.new, MONDAY, MONDAY + DAY),
            (self.won, MONDAY + DAY, MONDAY + 3 * DAY),
            (self.offer, MONDAY + 3 * DAY, None),
        )
        before = self._funnel(as_of=MONDAY + 2 * DAY)
        self.assertEqual(before["Won"].reached, 1)
        after = self._funnel(as_of=MONDAY + 4 * DAY)
        self.assertEqual(after["Won"].reached, 0)
        self.assertEqual(after["Test Offer"].reached, 1)
        self.assertEqual(after["Test Offer"].waiting, 1)
        self.assertEqual(after["Test Offer"].returned, 1)

    def test_conversion_from_step_to_step_and_in_all(self):
        for number in range(8):
            lead = self._lead()
            stages = [self.new, self.qualified, self.offer][: number // 3 + 1]
            self._write_stays(lead, *((s, MONDAY, MONDAY + DAY) for s in stages))
        steps = list(self._funnel(as_of=date(2026, 10, 31)).values())
        self.assertEqual([step.reached for step in steps], [8, 5, 2, 0])
        self.assertEqual(steps[1].compare(steps[0]), 62.5)
        self.assertEqual(steps[2].compare(steps[1]), 40)
        self.assertEqual(steps[2].compare(steps[0]), 25)

    def test_mean_median_and_ninetieth_percentile_with_open_ones_apart(self):
        for days in (*range(1, 11), 100):
            self._write_stays(self._lead(), (self.new, MONDAY, MONDAY + days * DAY))
        self._write_stays(self._lead(expected_revenue=70), (self.new, MONDAY, None))
        step = self._funnel(as_of=MONDAY + 200 * DAY)["Test New"]
        self.assertEqual(step.done, 11)
        self.assertAlmostEqual(step.mean_days, 155 / 11)
        self.assertEqual(step.median_days, 6)
        self.assertEqual(step.most_days, 10)
        self.assertEqual((step.waiting, step.waiting_days), (1, 200))
        self.assertEqual(step.waiting_money, 70)

    def test_working_days_leave_out_weekends_and_holidays(self):
        self.env["resource.calendar.leaves"].create(
            {
                "name": "Holiday",
                "company_id": self.company.id,
                "calendar_id": self.calendar.id,
                "date_from": datetime(2026, 10, 13),
                "date_to": datetime(2026, 10, 13, 23, 59, 59),
                "time_type": "leave",
            }
        )
        friday = MONDAY + 4 * DAY
        self._write_stays(self._lead(), (self.new, friday, friday + 5 * DAY))
        step = self._funnel(as_of=date(2026, 10, 31))["Test New"]
        self.assertEqual((step.mean_days, step.mean_work), (5, 2))

    def test_summer_time_changes_no_day(self):
        self.company.sales_tz = "Europe/Berlin"
        lead = self._lead()
        self.history._replace(
            {
                lead: [
                    (
                        self.new,
                        datetime(2026, 3, 28, 23, 30),
                        datetime(2026, 3, 30, 22, 30),
                    )
                ]
            }
        )
        # In Berlin from 0:30 on the 29th, a day of 23 hours, to 0:30 on the 31st
        step = self._funnel(as_of=date(2026, 4, 30))["Test New"]
        self.assertEqual(step.mean_days, 2)

    def test_days_are_those_of_the_company(self):
        """Half past five in the afternoon UTC is the next day in Taipei."""
        self.company.sales_tz = "Asia/Taipei"
        lead = self._lead()
        self.history._replace(
            {
                lead: [
                    (
                        self.new,
                        datetime(2026, 10, 5, 12),
                        datetime(2026, 10, 7, 17, 30),
                    )
                ]
            }
        )
        self.assertEqual(self._funnel(as_of=date(2026, 10, 7))["Test New"].done, 0)
        step = self._funnel(as_of=date(2026, 10, 8))["Test New"]
        self.assertEqual((step.done, step.mean_days), (1, 3))

    def test_a_cohort_is_followed_beyond_its_period(self):
        lead = self._lead()
        self._write_stays(
            lead,
            (self.new, date(2026, 9, 28), date(2026, 10, 8)),
            (self.qualified, date(2026, 10, 8), None),
        )
        september = self._funnel(self._month(9), as_of=date(2026, 10, 31))
        self.assertEqual(september["Test Qualified"].reached, 1)
        october = self._funnel(self._month(10), as_of=date(2026, 10, 31))
        self.assertEqual([step.reached for step in october.values()], [0, 0, 0])

    def test_a_flow_is_what_happened_in_the_period(self):
        lead = self._lead()
        self._write_stays(
            lead,
            (self.new, date(2026, 9, 28), date(2026, 10, 8)),
            (self.qualified, date(2026, 10, 8), None),
        )
        september = self._funnel(self._month(9), by="flow")
        self.assertEqual(september["Test New"].reached, 1)
        self.assertEqual(september["Test New"].waiting, 1)
        self.assertEqual(september["Test New"].done, 0)
        october = self._funnel(Period(date(2026, 10, 1), date(2026, 10, 20)), by="flow")
        self.assertEqual(october["Test New"].reached, 0)
        self.assertEqual(october["Test New"].done, 1)
        self.assertEqual(october["Test New"].mean_days, 10)
        self.assertEqual(october["Test Qualified"].reached, 1)
        self.assertEqual(october["Test Qualified"].waiting_days, 12)

    def test_a_skipped_stage_flows_on_the_day_of_the_next_one(self):
        lead = self._lead()
        self._write_stays(
            lead,
            (self.new, date(2026, 9, 28), date(2026, 10, 8)),
            (self.offer, date(2026, 10, 8), None),
        )
        other = self._lead()
        self._write_stays(other, (self.qualified, date(2026, 8, 3), None))
        flow = self._funnel(Period(date(2026, 10, 1), date(2026, 10, 20)), by="flow")
        self.assertEqual(flow["Test Qualified"].reached, 1)
        self.assertEqual(flow["Test Qualified"].skipped, 1)

    def test_a_stay_of_unknown_beginning_has_no_time(self):
        lead = self._lead()
        self.history._replace(
            {
                lead: [
                    (self.new, None, self._noon(MONDAY)),
                    (self.qualified, self._noon(MONDAY), None),
                ]
            }
        )
        step = self._funnel(as_of=date(2026, 10, 31))["Test New"]
        self.assertEqual((step.reached, step.visited, step.skipped), (1, 1, 0))
        self.assertEqual((step.done, step.mean_days), (0, None))

    def test_lost_ones_are_told_where_they_end(self):
        lead = self._lead(active=False, probability=0)
        self._write_stays(
            lead,
            (self.new, MONDAY, MONDAY + DAY),
            (self.qualified, MONDAY + DAY, MONDAY + 4 * DAY),
        )
        funnel = self._funnel(as_of=date(2026, 10, 31))
        self.assertEqual([step.lost for step in funnel.values()], [0, 1, 0])
        self.assertEqual(funnel["Test Qualified"].mean_days_lost, 3)
        self.assertIsNone(funnel["Test Qualified"].mean_days_won)

    def test_a_deleted_stage_still_tells_how_far_one_came(self):
        lead, other = self._lead(), self._lead()
        self._write_stays(
            lead,
            (self.new, MONDAY, MONDAY + DAY),
            (self.offer, MONDAY + DAY, MONDAY + 3 * DAY),
        )
        self._write_stays(other, (self.qualified, MONDAY, MONDAY + DAY))
        self.offer.unlink()
        funnel = self._funnel(as_of=date(2026, 10, 31))
        self.assertNotIn("Test Offer", funnel)
        self.assertEqual(funnel["Test Qualified"].reached, 2)
        self.assertEqual(funnel["Test Qualified"].visited, 1)

    def test_a_stage_behind_the_won_one_is_no_step(self):
        dead = self.env["crm.stage"].create(
            {"name": "Test Dead", "sequence": 990, "team_ids": self.teams.ids}
        )
        lead = self._lead()
        self._write_stays(
            lead, (self.new, MONDAY, MONDAY + DAY), (dead, MONDAY + DAY, None)
        )
        funnel = self._funnel(as_of=date(2026, 10, 31))
        self.assertEqual(
            [(name, step.reached) for name, step in funnel.items()],
            [("Test New", 1), ("Won", 0)],
        )

    def test_nothing_is_no_funnel(self):
        self.assertEqual(self._funnel(), {})

    # ------------------------------------------------------------------
    # Whose
    # ------------------------------------------------------------------

    def test_two_companies_have_a_funnel_each(self):
        other = self.env["res.company"].create(
            {"name": "Other", "currency_id": self.env.ref("base.JPY").id}
        )
        mine = self._lead(expected_revenue=100)
        theirs = self._lead(
            company_id=other.id,
            team_id=False,
            user_id=False,
            partner_id=False,
            expected_revenue=5000,
        )
        self.env.flush_all()
        funnel = self._funnel(scope=Scope(other.id))
        self.assertEqual(
            (funnel["Test New"].waiting, funnel["Test New"].waiting_money), (1, 5000)
        )
        self.assertEqual(self._funnel()["Test New"].waiting_money, 100)
        self.assertTrue(mine and theirs)

    def test_archived_people_and_teams_are_in_it(self):
        self._lead()
        self.salesperson.active = False
        self.assertEqual(self._funnel()["Test New"].reached, 1)

    def test_a_scope_includes_what_is_below(self):
        self._lead(sales_region_id=self.region_north.id)
        world = Scope(
            self.company.id, region_id=self.region_world.id, team_id=self.teams.ids
        )
        south = Scope(
            self.company.id, region_id=self.region_south.id, team_id=self.teams.ids
        )
        self.assertEqual(self._funnel(scope=world)["Test New"].reached, 1)
        self.assertEqual(self._funnel(scope=south), {})

    def test_people_see_their_own_leaders_their_team_directors_all(self):
        self._lead()
        self._lead(user_id=self.colleague.id)
        self._lead(user_id=self.outsider.id, team_id=self.team_other.id)
        everything = Scope(self.company.id)
        for user, count in (
            (self.salesperson, 1),
            (self.colleague, 1),
            (self.outsider, 1),
            (self.leader, 2),
        ):
            with self.subTest(user=user.login):
                steps = self._funnel(user=user, scope=everything)
                self.assertEqual(steps["Test New"].reached, count)
        steps = self._funnel(user=self.director, scope=everything)
        self.assertGreaterEqual(steps["Test New"].reached, 3)

    def test_queries_do_not_grow_with_opportunities(self):
        def count():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self._funnel()
            return self.env.cr.sql_log_count - before

        self._lead()
        self._funnel()
        few = count()
        for _number in range(20):
            self._lead()
        self.assertEqual(count(), few)
