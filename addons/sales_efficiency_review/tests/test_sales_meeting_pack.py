# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date, datetime

from freezegun import freeze_time

from odoo.tests import tagged
from odoo.tools import is_html_empty

from .common_meeting import SalesMeetingCommon


@tagged("post_install", "-at_install")
class TestSalesMeetingPack(SalesMeetingCommon):
    def _line(self, meeting, section, target=None):
        lines = meeting.line_ids.filtered(lambda line: line.section == section)
        return lines.filtered(lambda line: not target or line.target_id == target)

    # Figures

    @freeze_time("2026-08-03 06:00:00")
    def test_the_pack_has_the_results_of_the_month(self):
        self._start()
        self._sell(24_000, "2026-07-10")
        meeting = self._create_meeting()
        meeting.action_generate_pack()
        # 360,000 a year are 30,000 a month. By 3 August, 210,000 are expected for seven
        # months and 24,000 achieved, which projects to 24,000 ÷ 210,000 × 360,000.
        self.assertRecordValues(
            self._line(meeting, "person", self.person_target),
            [
                {
                    "name": "Test Salesperson",
                    "metric_id": self.ordered.id,
                    "user_id": self.salesperson.id,
                    "amount": 30_000,
                    "actual": 24_000,
                    "attainment": 80,
                    "deviation": -6_000,
                    "status": "behind",
                    "period_name": "July 2026",
                    "year_amount": 360_000,
                }
            ],
        )
        projected = self._line(meeting, "person", self.person_target).projected
        self.assertAlmostEqual(projected, 24_000 / 210_000 * 360_000, places=2)
        line = self._line(meeting, "product", self.line_target)
        self.assertEqual((line.amount, line.actual), (20_000, 24_000))
        total = self._line(meeting, "total")
        self.assertEqual(total.target_id, self.team_target)
        self.assertEqual((total.amount, total.actual), (50_000, 24_000))

    @freeze_time("2026-08-03 06:00:00")
    def test_the_figures_of_the_day_stay_whatever_comes_later(self):
        self._start()
        self._sell(24_000, "2026-07-10")
        meeting = self._create_meeting()
        meeting.action_generate_pack()
        self._sell(9_000, "2026-07-11")
        line = self._line(meeting, "person", self.person_target)
        self.assertEqual(line.actual, 24_000)
        meeting.action_generate_pack()
        line = self._line(meeting, "person", self.person_target)
        self.assertEqual(line.actual, 33_000)
        with freeze_time("2026-08-03 12:00:00"):
            meeting.action_hold()
            self._sell(1_000, "2026-07-12")
        self.assertEqual(line.actual, 33_000)
        self.assertEqual(meeting.pack_date, datetime(2026, 8, 3, 6))

    @freeze_time("2026-08-03 06:00:00")
    def test_the_largest_deviations_come_first_good_or_bad(self):
        self._start()
        self._sell(24_000, "2026-07-10")
        self._sell(25_000, "2026-07-10", user=self.colleague)
        meeting = self._create_meeting()
        meeting.action_generate_pack()
        deviations = self._line(meeting, "deviation").sorted("sequence")
        self.assertEqual(
            [(line.target_id, line.deviation) for line in deviations],
            [
                (self.line_target, 29_000),
                (self.colleague_target, 15_000),
                (self.person_target, -6_000),
            ],
        )

    @freeze_time("2026-08-03 06:00:00")
    def test_a_printed_row_has_the_figures_of_one_period(self):
        self._start()
        self._sell(24_000, "2026-07-10")
        meeting = self._create_meeting()
        meeting.action_generate_pack()
        year = self._line(meeting, "person", self.person_target)._format_figure(
            "projected"
        )
        html = self.env["ir.qweb"]._render(
            "sales_efficiency_review.sales_meeting_page",
            {"doc": meeting, "is_html_empty": is_html_empty},
        )
        self.assertIn("July 2026</span>", html)
        self.assertNotIn(year, html)

    @freeze_time("2026-08-03 06:00:00")
    def test_rates_deviate_by_points(self):
        rate = self._create_target(
            metric_id=self.margin_rate.id, user_id=self.salesperson.id, amount=30
        )
        self._start()
        self._sell(60, "2026-07-10")
        meeting = self._create_meeting()
        meeting.action_generate_pack()
        line = self._line(meeting, "person", rate)
        self.assertRegex(line._format_figure("deviation"), r" points$")
        self.assertRegex(line._format_figure("actual"), r" %$")

    @freeze_time("2026-08-03 06:00:00")
    def test_a_rate_without_an_actual_says_so(self):
        rate = self._create_target(
            metric_id=self.margin_rate.id, team_id=self.team_department.id, amount=30
        )
        self._start()
        meeting = self._create_meeting()
        meeting.action_generate_pack()
        line = self._line(meeting, "total", rate)
        self.assertEqual(line._format_figure("amount"), "30.0 %")
        self.assertEqual(line._format_figure("actual"), "–")
        self.assertEqual(line._format_percent("attainment"), "–")

    @freeze_time("2026-08-03 06:00:00")
    def test_only_the_company_s_meeting_has_the_targets_of_all(self):
        other = self._create_target(team_id=self.team_other.id, amount=100)
        self._start()
        meeting = self._create_meeting()
        everybody = self._create_meeting(user=self.director, team_id=False)
        (meeting.sudo() + everybody).action_generate_pack()
        self.assertNotIn(other, meeting.line_ids.target_id)
        self.assertNotIn(self.root, meeting.line_ids.target_id)
        self.assertEqual(everybody.line_ids.target_id, self.plan.target_ids)

    @freeze_time("2026-08-03 06:00:00")
    def test_without_targets_the_pack_is_empty_and_the_meeting_can_be_held(self):
        meeting = self._create_meeting()
        meeting.action_generate_pack()
        self.assertFalse(meeting.line_ids)
        self.assertTrue(meeting.pack_date)
        meeting.action_hold()
        self.assertEqual(meeting.state, "held")

    # Warnings and problems

    @freeze_time("2026-08-03 06:00:00")
    def test_open_warnings_of_the_team_are_in_the_pack(self):
        self._start()
        rule = self.env["sales.alert.rule"].create(
            {"name": "Behind", "period": "quarter"}
        )
        alerts = self.env["sales.alert"].create(
            [
                {
                    "rule_id": rule.id,
                    **self.env["sales.alert"]._prepare_key(
                        target, "quarter", "2026-07-01"
                    ),
                    "plan_id": self.plan.id,
                    "company_id": self.company.id,
                    "metric_id": target.metric_id.id,
                    "team_id": target.team_id.id,
                    "user_id": target.user_id.id,
                    "responsible_id": target.responsible_id.id,
                    "date_to": "2026-09-30",
                    "severity": "critical",
                    "state": state,
                    "amount": 30_000,
                    "actual": 15_000,
                    "pace": 50,
                    "cause": "market",
                    "analysis": "Two projects moved.",
                }
                for target, state in (
                    (self.person_target, "answered"),
                    (self.colleague_target, "closed"),
                    (self.root, "open"),
                )
            ]
        )
        meeting = self._create_meeting()
        meeting.action_generate_pack()
        alerts[0].pace = 60
        self.assertRecordValues(
            meeting.warning_line_ids,
            [
                {
                    "alert_id": alerts[0].id,
                    "name": "Test Salesperson",
                    "period_name": "Q3 2026",
                    "severity": "critical",
                    "pace": 50,
                    "cause": "market",
                    "analysis": "Two projects moved.",
                }
            ],
        )

    @freeze_time("2026-08-03 06:00:00")
    def test_problems_since_the_last_meeting_are_in_the_pack(self):
        with freeze_time("2026-07-06 09:00:00"):
            self._hold(self._create_meeting("2026-07-06"))
        self._report_problem(self.salesperson, "2026-07-03 12:00:00", "Heard before")
        self._report_problem(self.salesperson, "2026-07-10 12:00:00", "Too\ndear")
        self._report_problem(self.outsider, "2026-07-10 12:00:00", "Elsewhere")
        meeting = self._create_meeting()
        meeting.action_generate_pack()
        self.assertRecordValues(
            meeting.problem_line_ids,
            [{"name": "Too dear", "solution": "Ask", "user_id": self.salesperson.id}],
        )

    @freeze_time("2026-08-03 06:00:00")
    def test_the_first_meeting_hears_the_problems_of_its_month(self):
        self._report_problem(self.salesperson, "2026-06-26 12:00:00", "Long ago")
        self._report_problem(self.salesperson, "2026-07-03 12:00:00", "In July")
        meeting = self._create_meeting()
        meeting.action_generate_pack()
        self.assertEqual(meeting.problem_line_ids.mapped("name"), ["In July"])

    # Action items

    @freeze_time("2026-08-03 12:00:00")
    def test_action_items_come_back_until_they_are_done(self):
        july = self._create_meeting("2026-07-06")
        action, done, dropped = (self._agree(july, name=name) for name in "ABC")
        self._hold(july)
        done.action_done()
        dropped.action_cancel()
        august = self._create_meeting("2026-08-03")
        self._hold(august)
        self.assertRecordValues(
            august.carried_line_ids,
            [
                {
                    "name": "A",
                    "action_id": action.id,
                    "user_id": self.salesperson.id,
                    "date_deadline": date(2026, 8, 20),
                    "carried_count": 1,
                    "action_state": "open",
                }
            ],
        )
        with freeze_time("2026-09-07 12:00:00"):
            september = self._create_meeting("2026-09-07")
            self._hold(september)
            self.assertEqual(september.carried_line_ids.carried_count, 2)
        action.invalidate_recordset()
        self.assertEqual(action.carried_count, 2)
        action.with_user(self.salesperson).action_done()
        with freeze_time("2026-10-05 12:00:00"):
            october = self._create_meeting("2026-10-05")
            self._hold(october)
        self.assertFalse(october.carried_line_ids)
        self.assertEqual(september.carried_line_ids.action_state, "done")

    @freeze_time("2026-08-03 12:00:00")
    def test_a_meeting_held_without_a_pack_hands_on_what_is_open(self):
        july = self._create_meeting("2026-07-06")
        self._agree(july)
        july.action_hold()
        august = self._create_meeting("2026-08-03")
        august.action_hold()
        self.assertEqual(august.carried_line_ids.mapped("carried_count"), [1])

    @freeze_time("2026-08-03 12:00:00")
    def test_action_items_of_another_team_stay_there(self):
        july = self._create_meeting("2026-07-06")
        self._agree(july)
        self._hold(july)
        other = self._create_meeting(user=self.director, team_id=False)
        other.action_generate_pack()
        self.assertFalse(other.carried_line_ids)

    @freeze_time("2026-08-03 12:00:00")
    def test_the_owner_of_an_action_item_has_a_to_do(self):
        action = self._agree(self._create_meeting())
        self.assertRecordValues(
            action.activity_ids,
            [{"user_id": self.salesperson.id, "date_deadline": date(2026, 8, 20)}],
        )

    # Batches

    @freeze_time("2026-08-03 06:00:00")
    def test_packs_are_made_on_the_morning_of_the_meeting_once(self):
        self._start()
        meeting = self._create_meeting()
        later = self._create_meeting("2026-09-07")
        with freeze_time("2026-08-03 02:00:00"):
            self.env["sales.meeting"]._cron_prepare()
        self.assertFalse(meeting.pack_date)
        self.env["sales.meeting"]._cron_prepare()
        self.assertEqual(meeting.pack_date, datetime(2026, 8, 3, 6))
        self.assertFalse(later.pack_date)
        with freeze_time("2026-08-03 07:00:00"):
            self.env["sales.meeting"]._cron_prepare()
        self.assertEqual(meeting.pack_date, datetime(2026, 8, 3, 6))

    def _count_queries(self, meetings):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        meetings._generate_pack()
        self.env.flush_all()
        return self.env.cr.sql_log_count - before

    @freeze_time("2026-08-03 12:00:00")
    def test_packs_take_the_same_queries_however_much_is_in_them(self):
        for user in (self.outsider, self.leader):
            self._create_target(user_id=user.id, amount=100)
            self._create_target(user_id=user.id, metric_id=self.quantity.id, amount=100)
        self._start()
        few = self._create_meeting(user=self.director, team_id=False)
        few += self._create_meeting(user=self.director, team_id=self.team_other.id)
        many = few + self._create_meeting()
        many += self._create_meeting(user=self.director, team_id=self.team_field.id)
        for meeting in many:
            values = {"team_id": meeting.team_id.id}
            earlier = self._create_meeting("2026-07-06", self.director, **values)
            self._agree(earlier)
            self._hold(earlier)
        self._report_problem(self.salesperson, "2026-07-10 12:00:00", "Too dear")
        many._generate_pack()
        count = self._count_queries(few)
        self.assertGreater(len(many.line_ids), len(few.line_ids) + 5)
        self.assertLessEqual(self._count_queries(many), count)
