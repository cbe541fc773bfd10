# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date, datetime, timedelta

from freezegun import freeze_time

from odoo.tests import tagged

from .weekly_common import MONDAY, SalesWeeklyCommon

FRIDAY = date(2026, 11, 27)


@tagged("post_install", "-at_install")
class TestSalesWeeklyReportSchedule(SalesWeeklyCommon):
    """Schedule of reports: cron, deadlines, holidays, reminders (policy 2.2.1)."""

    # The cron

    @freeze_time("2026-11-23 06:00:00")
    def test_each_member_gets_one_report_however_often_it_runs(self):
        for _time in range(2):
            self.reports._cron_schedule()
        people = self.salesperson + self.colleague + self.outsider
        reports = self.reports.search([("user_id", "in", people.ids)])
        self.assertEqual(len(reports), 3)
        self.assertRecordValues(
            self._report(self.salesperson),
            [
                {
                    "week": "2026-W48",
                    "date_to": date(2026, 11, 29),
                    "deadline": datetime(2026, 11, 27, 18),
                    "team_id": self.team_field.id,
                    "leader_id": self.leader.id,
                    "status": "draft",
                }
            ],
        )
        self.assertFalse(self._report(self.leader), "leads a team, but is in none")

    @freeze_time("2026-11-23 06:00:00")
    def test_what_was_left_out_is_made_at_the_next_run(self):
        self._create_reports()
        kept = self._report(self.salesperson)
        self._report(self.colleague).sudo().unlink()
        self._create_reports()
        self.assertTrue(self._report(self.colleague).figure_ids)
        self.assertEqual(self._report(self.salesperson), kept)

    def test_nobody_is_asked_for_a_report_that_is_due_already(self):
        with freeze_time("2026-11-27 17:59:00"):
            self.team_other.member_ids -= self.outsider
            self._create_reports()
            self.assertTrue(self._report(self.salesperson))
        with freeze_time("2026-11-28 06:00:00"):
            self.team_other.member_ids += self.outsider
            self.reports._cron_schedule()
            self.assertFalse(self._report(self.outsider), "joined on Saturday")
        with freeze_time("2026-11-30 06:00:00"):
            self.reports._cron_schedule()
            following = MONDAY + timedelta(days=7)
            self.assertTrue(self._report(self.outsider, following))

    @freeze_time("2026-11-23 06:00:00")
    def test_it_runs_by_itself_at_the_deadline(self):
        cron = self.env.ref("sales_efficiency_review.ir_cron_weekly_reports")
        triggers = self.env["ir.cron.trigger"]
        triggers.search([("cron_id", "=", cron.id)]).unlink()
        self._create_reports()
        moments = triggers.search([("cron_id", "=", cron.id)]).mapped("call_at")
        self.assertEqual(
            sorted(moments),
            [datetime(2026, 11, 27, 14), datetime(2026, 11, 27, 18, 0, 1)],
        )

    @freeze_time("2026-11-23 06:00:00")
    def test_who_has_left_or_is_in_no_team_is_not_asked(self):
        self.colleague.action_archive()
        self.team_other.member_ids -= self.outsider
        self._create_reports()
        self.assertTrue(self._report(self.salesperson))
        self.assertFalse(self._report(self.colleague) + self._report(self.outsider))

    @freeze_time("2026-11-23 06:00:00")
    def test_sales_support_is_asked_if_the_company_wants_it(self):
        support = self._create_support(self.team_field)
        presales = self._create_user("support", login="presales")
        self.team_other.member_ids += presales
        both = support + presales
        self.assertFalse(self._create_reports().user_id & both)
        self.company.sales_weekly_support_reports = True
        self.assertEqual(self._create_reports().user_id, both)
        self.assertEqual(self._report(support).team_id, self.team_field)
        self.assertEqual(self._report(support).leader_id, self.leader)
        self.assertEqual(self._report(presales).team_id, self.team_other)

    @freeze_time("2026-11-23 06:00:00")
    def test_who_serves_a_team_without_the_role_is_not_asked(self):
        self.company.sales_weekly_support_reports = True
        self.team_field.sales_support_ids = self.outsider
        self.team_other.member_ids -= self.outsider
        former = self._create_support(self.team_other)
        former.action_archive()
        asked = self._create_reports().user_id
        self.assertIn(self.salesperson, asked)
        self.assertFalse(asked & (former + self.outsider))

    @freeze_time("2026-11-23 06:00:00")
    def test_a_member_without_a_sales_role_is_not_asked(self):
        role = self.env.ref("sales_efficiency_base.group_sales_person")
        self.colleague.group_ids -= role
        asked = self._create_reports().user_id
        self.assertIn(self.salesperson, asked)
        self.assertNotIn(self.colleague, asked)

    def test_who_leaves_during_the_week_owes_nothing(self):
        with freeze_time("2026-11-23 06:00:00"):
            self.reports._cron_schedule()
        with freeze_time("2026-11-25 06:00:00"):
            report = self._report(self.salesperson)
            self.salesperson.action_archive()
            self.reports._cron_schedule()
        with freeze_time("2026-11-30 06:00:00"):
            self.reports._cron_schedule()
            self.assertEqual(report.sudo().status, "excused")

    @freeze_time("2026-11-23 06:00:00")
    def test_a_company_that_does_not_want_reports_gets_none(self):
        self.company.sales_weekly_reports = False
        self.reports._cron_schedule()
        self.assertFalse(self._report(self.salesperson))

    def test_the_week_is_that_of_the_companys_clock(self):
        for tz, now, monday in (
            ("Asia/Taipei", "2026-11-22 15:59:59", date(2026, 11, 16)),
            ("Asia/Taipei", "2026-11-22 16:00:00", MONDAY),
            ("America/Los_Angeles", "2026-11-23 07:59:59", date(2026, 11, 16)),
            ("America/Los_Angeles", "2026-11-23 08:00:00", MONDAY),
        ):
            with self.subTest(tz=tz, now=now), freeze_time(now):
                self.company.sales_tz = tz
                self.assertEqual(self.company._get_sales_week(), monday)

    def test_the_week_around_new_year_has_the_year_of_its_thursday(self):
        for now, week, monday in (
            ("2027-01-01 12:00:00", "2026-W53", date(2026, 12, 28)),
            ("2025-12-31 12:00:00", "2026-W01", date(2025, 12, 29)),
        ):
            with self.subTest(week=week), freeze_time(now):
                self._create_reports()
                self.assertEqual(self._report(self.salesperson, monday).week, week)

    @freeze_time("2026-11-23 06:00:00")
    def test_two_companies_have_their_own_reports(self):
        other = self.env["res.company"].create(
            {"name": "Second", "sales_tz": "UTC", "sales_weekly_hour": 12}
        )
        (self.salesperson + self.director).company_ids += other
        self.team_other.company_id = False
        team = self.env["crm.team"].create(
            {
                "name": "Second",
                "company_id": other.id,
                "user_id": self.director.id,
                "crm_team_member_ids": [],
            }
        )
        self.env["ir.config_parameter"].sudo().set_param(
            "sales_team.membership_multi", True
        )
        self.env["crm.team.member"].create(
            {"crm_team_id": team.id, "user_id": self.salesperson.id}
        )
        self._create_reports(self.company + other)
        reports = self.reports.search([("user_id", "=", self.salesperson.id)])
        self.assertEqual(reports.company_id, self.company + other)
        second = reports.filtered(lambda report: report.company_id == other)
        self.assertRecordValues(
            second,
            [{"team_id": team.id, "deadline": datetime(2026, 11, 27, 12)}],
        )
        outsiders = self.reports.search([("user_id", "=", self.outsider.id)])
        self.assertEqual(
            outsiders.company_id, self.company, "by the member, not by the shared team"
        )
        seen = self.reports.with_user(self.salesperson).with_context(
            allowed_company_ids=self.company.ids
        )
        self.assertEqual(seen.search([]), reports - second)

    def _count_queries(self):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        self._create_reports()
        self.env.flush_all()
        return self.cr.sql_log_count - before

    @freeze_time("2026-11-23 06:00:00")
    def test_the_number_of_queries_does_not_depend_on_that_of_people(self):
        self._create_employee(self.salesperson)
        self._count_queries()  # fills the caches
        self.reports.search([]).unlink()
        few = self._count_queries()
        self.reports.search([]).unlink()
        people = self.env["res.users"]
        for number in range(12):
            people += self._create_user("salesperson", login=f"person{number}")
            self._create_employee(people[-1])
        self.team_other.member_ids += people
        self._count_queries()
        self.reports.search([]).unlink()
        many = self._count_queries()
        self.assertEqual(self.reports.search_count([("user_id", "in", people.ids)]), 12)
        self.assertEqual(many, few)

    # Deadlines, holidays and leave

    @freeze_time("2026-11-23 06:00:00")
    def test_the_deadline_is_that_of_the_settings_and_the_companys_clock(self):
        self.company.write(
            {
                "sales_tz": "Asia/Taipei",
                "sales_weekly_weekday": "7",
                "sales_weekly_hour": 9.5,
            }
        )
        self._create_reports()
        report = self._report(self.salesperson)
        self.assertEqual(report.deadline, datetime(2026, 11, 30, 1, 30))
        self.assertEqual(report.deadline_date, date(2026, 11, 30))

    @freeze_time("2026-11-23 06:00:00")
    def test_a_deadline_on_a_holiday_moves_to_the_next_working_day(self):
        self._take_leave(FRIDAY, FRIDAY)
        self._create_reports()
        self.assertEqual(
            self._report(self.salesperson).deadline, datetime(2026, 11, 30, 18)
        )

    @freeze_time("2026-11-23 06:00:00")
    def test_a_deadline_on_leave_moves_for_that_person_only(self):
        employee = self._create_employee(self.salesperson)
        self._create_employee(self.colleague)
        self._take_leave(FRIDAY, date(2026, 12, 1), employee)
        self._create_reports()
        self.assertEqual(
            self._report(self.salesperson).deadline, datetime(2026, 12, 2, 18)
        )
        for user in (self.colleague, self.outsider):
            self.assertEqual(self._report(user).deadline, datetime(2026, 11, 27, 18))

    @freeze_time("2026-11-23 06:00:00")
    def test_a_week_without_a_working_day_asks_for_no_report(self):
        employee = self._create_employee(self.salesperson)
        self._take_leave(MONDAY, FRIDAY, employee)
        self._create_reports()
        self.assertFalse(self._report(self.salesperson))
        self.assertTrue(self._report(self.colleague))

    @freeze_time("2026-11-23 06:00:00")
    def test_a_week_of_public_holidays_asks_nobody(self):
        self._create_employee(self.salesperson)
        self._take_leave(MONDAY, FRIDAY)
        self._create_reports()
        people = self.salesperson + self.colleague + self.outsider
        self.assertFalse(self.reports.search([("user_id", "in", people.ids)]))

    def test_a_holiday_of_another_company_is_none_here(self):
        other = self.env["res.company"].create({"name": "Second"})
        leave = (
            self.env["resource.calendar.leaves"]
            .with_company(other)
            .create({"date_from": "2026-11-22", "date_to": "2026-12-31"})
        )
        self.assertEqual((leave.company_id, leave.calendar_id.id), (other, False))
        with freeze_time("2026-11-23 06:00:00"):
            self._create_reports()
        self.assertTrue(self._report(self.salesperson))

    def test_leave_taken_later_excuses_what_is_not_submitted(self):
        with freeze_time("2026-11-23 06:00:00"):
            self.reports._cron_schedule()
        employee = self._create_employee(self.salesperson)
        with freeze_time("2026-11-28 06:00:00"):
            self.reports._cron_schedule()
            self.assertEqual(self._report(self.salesperson).status, "missing")
            self._take_leave(MONDAY, FRIDAY, employee)
            self.reports._cron_schedule()
            self.assertEqual(self._report(self.salesperson).status, "excused")
            self.assertEqual(self._report(self.colleague).status, "missing")

    @freeze_time("2026-11-23 06:00:00")
    def test_without_working_hours_every_day_is_a_working_day(self):
        self.company.write({"resource_calendar_id": False, "sales_weekly_weekday": "6"})
        self._create_reports()
        self.assertEqual(
            self._report(self.salesperson).deadline, datetime(2026, 11, 29, 18)
        )

    @freeze_time("2026-11-23 06:00:00")
    def test_one_working_day_is_enough_to_be_asked(self):
        employee = self._create_employee(self.salesperson)
        self._take_leave(MONDAY, FRIDAY - timedelta(days=1), employee)
        self._create_reports()
        self.assertTrue(self._report(self.salesperson).is_expected)

    # On time and late

    def test_the_deadline_itself_is_in_time_and_a_second_later_is_late(self):
        with freeze_time("2026-11-23 06:00:00"):
            self.reports._cron_schedule()
        with freeze_time("2026-11-27 18:00:00"):
            self.reports._cron_schedule()
            self.assertEqual(self._report(self.colleague).status, "draft")
            on_time = self._submit(self.salesperson)
        with freeze_time("2026-11-27 18:00:01"):
            self.reports._cron_schedule()
            self.assertEqual(self._report(self.colleague).status, "missing")
            late = self._submit(self.colleague)
        self.assertEqual((on_time.status, late.status), ("submitted", "late"))
        # Frozen: later changes of settings or holidays have no effect.
        self.company.sales_weekly_hour = 23
        self._take_leave(FRIDAY, FRIDAY)
        with freeze_time("2026-11-30 06:00:00"):
            self.reports._cron_schedule()
        self.assertEqual((on_time.is_late, late.is_late), (False, True))
        self.assertEqual(late.deadline, datetime(2026, 11, 27, 18))

    # Reminders

    def _mails(self, user):
        return self.env["mail.mail"].search(
            [
                ("model", "=", "sales.weekly.report"),
                ("recipient_ids", "in", user.partner_id.ids),
            ]
        )

    def test_people_are_reminded_before_and_after_the_deadline_once_each(self):
        with freeze_time("2026-11-23 06:00:00"):
            self.reports._cron_schedule()
        report = self._report(self.salesperson)
        with freeze_time("2026-11-25 06:00:00"):
            self._submit(self.colleague)
        with freeze_time("2026-11-27 13:59:59"):
            self.reports._cron_schedule()
            self.assertFalse(self._mails(self.salesperson))
        for now in ("2026-11-27 14:00:00", "2026-11-27 15:00:00"):
            with freeze_time(now):
                self.reports._cron_schedule()
        self.assertEqual(
            self._mails(self.salesperson).mapped("subject"),
            ["Your weekly report 2026-W48 is due soon"],
        )
        todo = self._todos(report, self.salesperson)
        self.assertEqual((len(todo), todo.date_deadline), (1, FRIDAY))
        for now in ("2026-11-27 18:00:01", "2026-11-28 18:00:00"):
            with freeze_time(now):
                self.reports._cron_schedule()
        self.assertEqual(
            sorted(self._mails(self.salesperson).mapped("subject")),
            [
                "Your weekly report 2026-W48 is due soon",
                "Your weekly report 2026-W48 is missing",
            ],
        )
        self.assertEqual(self._todos(report, self.salesperson), todo, "one to-do")
        self.assertFalse(self._mails(self.colleague), "has submitted")
        with freeze_time("2026-11-29 06:00:00"):
            self._submit(self.salesperson)
        self.assertFalse(self._todos(report, self.salesperson))

    def test_a_reminder_speaks_the_language_of_the_person(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.salesperson.lang = "fr_FR"
        template = self.env.ref(
            "sales_efficiency_review.mail_template_weekly_report_missing"
        )
        template.with_context(lang="fr_FR").subject = "Rapport {{ object.week }}"
        with freeze_time("2026-11-23 06:00:00"):
            self.reports._cron_schedule()
        with freeze_time("2026-11-30 06:00:00"):
            self.reports._cron_schedule()
        self.assertEqual(
            self._mails(self.salesperson).mapped("subject"), ["Rapport 2026-W48"]
        )

    def test_who_is_excused_is_not_reminded(self):
        with freeze_time("2026-11-23 06:00:00"):
            self.reports._cron_schedule()
        self._take_leave(MONDAY, FRIDAY, self._create_employee(self.salesperson))
        for now in ("2026-11-27 15:00:00", "2026-11-28 15:00:00"):
            with freeze_time(now):
                self.reports._cron_schedule()
        self.assertFalse(self._mails(self.salesperson))

    def test_the_board_is_in_the_order_of_work(self):
        with freeze_time("2026-11-23 06:00:00"):
            self.reports._cron_schedule()
        with freeze_time("2026-11-26 06:00:00"):
            self._submit(self.colleague)
            self._submit(self.outsider)
            self._report(self.outsider).sudo().state = "read"
        with freeze_time("2026-11-30 06:00:00"):
            self.reports._cron_schedule()
            groups = self.reports.with_context(read_group_expand=True)
            columns = groups.formatted_read_group([], ["status"], ["__count"])
        self.assertEqual(
            [column["status"] for column in columns],
            ["missing", "draft", "submitted", "read"],
        )
