# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from psycopg2.errors import CheckViolation

from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, freeze_time, tagged
from odoo.tools import mute_logger

from .staffing_common import StaffingCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-01-01 12:00:00")
class TestStaffingNeed(StaffingCommon):
    """How many newcomers the targets ask for: the figures of policy 4.1.1."""

    def test_four_newcomers_from_april_close_the_gap(self):
        need = self._propose()
        self.assertRecordValues(
            need,
            [
                {
                    "team_id": self.team_field.id,
                    "people": 8,
                    "target": 12_000_000,
                    "person_months": 96,
                    "measured_rate": 100_000,
                    "rate": 100_000,
                    "capacity": 9_600_000,
                    "gap": 2_400_000,
                    "need": 4,
                }
            ],
        )
        self.assertRecordValues(
            self.staffing,
            [
                {
                    "target": 12_000_000,
                    "capacity": 9_600_000,
                    "gap": 2_400_000,
                    "need": 4,
                    "head_count": 4,
                }
            ],
        )

    def test_five_if_one_leaves_on_1_july(self):
        self.peer.sudo().departure_date = date(2026, 7, 1)
        need = self._propose()
        self.assertEqual(need.capacity, 9_000_000)
        self.assertEqual(need.need, 5)
        people = need.month_ids.sorted("month").mapped("people")
        self.assertEqual(people, [8] * 6 + [7] * 6)

    def test_the_positions_are_those_of_the_usual_job_with_the_reason(self):
        self._propose()
        line = self.staffing.line_ids
        self.assertRecordValues(
            line,
            [
                {
                    "team_id": self.team_field.id,
                    "job_id": self.job.id,
                    "head_count": 4,
                    "date_start": date(2026, 4, 1),
                }
            ],
        )
        for figure in ("12,000,000", "9,600,000", "2,400,000", "675,000"):
            self.assertIn(figure, line.reason)

    def test_a_change_of_rate_start_or_attrition_changes_the_need_at_once(self):
        self._propose()
        with Form(self.staffing) as form, form.need_ids.edit(0) as need:
            need.rate = 120_000
            self.assertEqual(need.need, 1)  # 480,000 of 810,000
            need.rate = 100_000
            need.date_newcomers = date(2026, 7, 1)
            self.assertEqual(need.need, 7)  # 375,000 each
        with Form(self.staffing) as form:
            form.attrition = 20
        self.assertGreater(self.staffing.need, 7)

    def test_people_who_ramp_up_count_by_their_share(self):
        self._hire(1, sales_start_date=date(2026, 4, 1))
        need = self._propose()
        self.assertEqual(need.capacity, 9_600_000 + 675_000)
        self.assertEqual(need.need, 3)  # 1,725,000

    def test_whoever_sells_in_two_teams_counts_half_in_each(self):
        self.env["ir.config_parameter"].set_param("sales_team.membership_multi", True)
        self._target_of_other_team()
        self.env["crm.team.member"].create(
            {"crm_team_id": self.team_other.id, "user_id": self.colleague.id}
        )
        need = self._propose().filtered(lambda n: n.team_id == self.team_field)
        self.assertEqual(need.month_ids[0].present, 7.5)

    def _target_of_other_team(self):
        plan = self.plan.create(
            {"company_id": self.company.id, "date_from": date(2027, 1, 1)}
        )
        for team in (self.team_field, self.team_other):
            self._create_target(plan_id=plan.id, team_id=team.id, amount=1_200_000)
        plan.target_ids.gap_reason = "Test"
        plan.action_submit()
        plan.action_start()
        self.staffing = self._create_staffing(
            date_from=date(2027, 1, 1), date_newcomers=date(2027, 4, 1)
        )

    def test_teams_above_add_nothing_to_the_teams_below(self):
        """The department's target includes that of the field team."""
        self.assertEqual(self._propose().team_id, self.team_field)

    def test_a_target_of_the_department_alone_counts_all_its_people(self):
        plan = self.plan.create(
            {"company_id": self.company.id, "date_from": date(2027, 1, 1)}
        )
        self._create_target(
            plan_id=plan.id, team_id=self.team_department.id, amount=1_200_000
        )
        plan.action_submit()
        plan.action_start()
        self.staffing = self._create_staffing(
            date_from=date(2027, 1, 1), date_newcomers=date(2027, 4, 1)
        )
        need = self._propose()
        self.assertEqual(need.team_id, self.team_department)
        self.assertEqual(need.people, 8)

    def test_without_targets_it_says_what_is_missing(self):
        self.staffing = self._create_staffing(
            date_from=date(2031, 1, 1), date_newcomers=date(2031, 4, 1)
        )
        with self.assertRaisesRegex(UserError, "Start a target plan"):
            self._propose()

    def test_those_who_left_count_for_the_months_in_which_they_sold(self):
        leaver = self._hire(1)
        sale = {"user_id": leaver.id, "team_id": self.team_field.id}
        self._create_history((date(2025, 3, 5), 40_000, sale))
        leaver.crm_team_member_ids.action_archive()
        need = self._propose()
        self.assertEqual(need.person_months, 97)
        self.assertAlmostEqual(need.measured_rate, 9_640_000 / 97, 2)

    def test_a_rate_entered_by_hand_survives_a_new_proposal(self):
        need = self._propose()
        need.rate = 90_000
        self._propose()
        self.assertEqual(self.staffing.need_ids.rate, 90_000)
        self.assertEqual(self.staffing.need_ids.measured_rate, 100_000)

    def test_positions_follow_a_new_need_unless_changed_by_hand(self):
        need = self._propose()
        need.rate = 120_000
        self._propose()
        self.assertEqual(self.staffing.line_ids.head_count, 1)
        self.staffing.line_ids.head_count = 2
        need.rate = 100_000
        self._propose()
        self.assertEqual(self.staffing.line_ids.head_count, 2)
        self.assertEqual(need.planned, 2)
        self.assertIn("2 newcomers are not planned", need.message)

    def test_months_that_are_over_count_as_they_were(self):
        self._create_history((date(2026, 1, 20), 2_000_000, self._of_seller()))
        with freeze_time("2026-02-10 12:00:00"):
            self.env["sales.target.result"]._refresh(self.plan.target_ids)
            self.staffing.recent_months = 12
            need = self._propose()
            self.assertEqual(need.month_ids.sorted("month")[0].actual, 2_000_000)
            need.rate = 100_000
            self.assertEqual(need.capacity, 2_000_000 + 11 * 800_000)
            self.assertEqual(need.need, 2)  # 1,200,000

    def test_newcomers_who_come_too_late_close_no_gap(self):
        need = self._propose()
        need.date_newcomers = date(2026, 12, 1)
        self.assertEqual(need.need, 0)
        self.assertIn("too late", need.message)

    def test_the_number_of_queries_does_not_depend_on_people(self):
        counts = []
        for _number in range(3):  # The first one fills the caches.
            staffing = self._create_staffing()
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            staffing.action_propose()
            self.env.flush_all()
            counts.append(self.cr.sql_log_count - before)
            self._hire(10)
        self.assertEqual(*counts[1:])

    def test_bad_input_is_refused(self):
        for values in (
            {"attrition": 101},
            {"attrition": -1},
            {"recent_months": 0},
            {"date_newcomers": date(2027, 1, 1)},
            {"date_from": date(2026, 1, 2)},
        ):
            with (
                self.subTest(values),
                mute_logger("odoo.sql_db"),
                self.assertRaises(CheckViolation),
                self.cr.savepoint(),
            ):
                self.staffing.write(values)
                self.env.flush_all()
        with self.assertRaisesRegex(ValidationError, "sum of money"):
            self.staffing.metric_id = self.quantity

    def test_the_year_is_the_fiscal_year(self):
        self.company.write({"fiscalyear_last_month": "6", "fiscalyear_last_day": 30})
        plan = self.env["sales.staffing.plan"].new({})
        self.assertEqual(plan.date_from, date(2025, 7, 1))
        self.assertEqual(plan.date_to, date(2026, 6, 30))
        self.assertEqual(plan.date_newcomers, date(2026, 3, 1))
