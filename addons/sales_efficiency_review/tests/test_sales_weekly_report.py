# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date, datetime

from freezegun import freeze_time
from psycopg2 import IntegrityError

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .weekly_common import MONDAY, SalesWeeklyCommon

WEDNESDAY = "2026-11-25 12:00:00"


@tagged("post_install", "-at_install")
@freeze_time(WEDNESDAY)
class TestSalesWeeklyReport(SalesWeeklyCommon):
    """Reports submitted by salespeople and read by their leaders (policy 2.2.1)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with freeze_time(WEDNESDAY):
            cls.reports._create_reports(cls.company)

    # Writing, submitting and reading

    def test_a_report_goes_from_the_salesperson_to_the_leader(self):
        report = self._report(self.salesperson)
        self._fill(report)
        self.assertEqual((report.status, report.can_edit), ("draft", True))
        report.action_submit()
        self.assertEqual((report.status, report.can_edit), ("submitted", False))
        self.assertEqual(report.submitted_at, datetime(2026, 11, 25, 12))
        self.assertEqual(len(self._todos(report, self.leader)), 1)
        read = report.with_user(self.leader)
        self.assertTrue(read.can_review)
        read.comment = "Well done"
        read.action_read()
        self.assertRecordValues(
            report,
            [
                {
                    "status": "read",
                    "read_by_id": self.leader.id,
                    "read_at": datetime(2026, 11, 25, 12),
                    "comment": "Well done",
                }
            ],
        )
        self.assertFalse(self._todos(report, self.leader))
        message = report.message_ids.filtered(lambda m: "Well done" in (m.body or ""))
        self.assertEqual(message.author_id, self.leader.partner_id)
        self.assertIn(self.salesperson.partner_id, message.partner_ids)

    def test_a_report_that_is_not_complete_is_not_submitted(self):
        report = self._report(self.salesperson)
        with self.assertRaisesRegex(UserError, "at least one task"):
            report.action_submit()
        report.line_ids = [Command.create({"kind": "customer", "name": "Visit"})]
        with self.assertRaisesRegex(UserError, "plan for the next week"):
            report.action_submit()
        self.assertEqual(report.state, "draft")

    def test_only_whose_report_it_is_writes_and_submits_it(self):
        report = self._report(self.salesperson)
        self._fill(report)
        for user in (self.leader, self.director):
            other = report.with_user(user)
            with self.assertRaises(AccessError):
                other.action_submit()
            with self.assertRaises(AccessError):
                other.action_refresh()
            with self.assertRaises(AccessError):
                other.write({"line_ids": [Command.create({"name": "Not mine"})]})
            with self.assertRaises(AccessError):
                other.line_ids[0].name = "Not mine"

    def test_only_the_leader_or_above_reads_and_comments(self):
        report = self._submit(self.salesperson)
        with self.assertRaises(AccessError):
            report.action_read()
        with self.assertRaises(AccessError):
            report.comment = "I praise myself"
        for user in (self.colleague, self.outsider):
            with self.assertRaises(AccessError):
                report.with_user(user).action_read()
        report.with_user(self.director).action_read()
        self.assertEqual(report.read_by_id, self.director)

    def test_status_deadline_and_figures_are_nobodys_to_write(self):
        report = self._report(self.salesperson)
        for vals in (
            {"state": "submitted"},
            {"is_late": False},
            {"deadline": "2027-01-01 00:00:00"},
            {"is_expected": False},
            {"user_id": self.colleague.id},
            {"date_from": date(2026, 11, 16)},
        ):
            with self.subTest(vals=vals), self.assertRaises(AccessError):
                report.write(vals)
        with self.assertRaises(AccessError):
            report.figure_ids[0].week_actual = 1_000_000
        with self.assertRaises(AccessError):
            self.reports.with_user(self.salesperson).create(
                {"date_from": date(2026, 11, 16), "state": "submitted"}
            )

    def test_what_was_submitted_does_not_change(self):
        report = self._submit(self.salesperson)
        with self.assertRaisesRegex(UserError, "cannot change"):
            report.line_ids[0].name = "Something else"
        with self.assertRaisesRegex(UserError, "cannot change"):
            report.line_ids[0].unlink()
        with self.assertRaisesRegex(UserError, "cannot change"):
            report.write({"line_ids": [Command.create({"name": "One more"})]})
        with self.assertRaisesRegex(UserError, "cannot change"):
            report.action_submit()
        with self.assertRaises(AccessError):
            report.unlink()
        with self.assertRaisesRegex(UserError, "cannot be deleted"):
            report.with_user(self.director).unlink()

    # Sending back

    def test_a_report_that_is_sent_back_is_completed_and_stays_on_time(self):
        report = self._submit(self.salesperson)
        leader = report.with_user(self.leader)
        with self.assertRaisesRegex(UserError, "Say in the comment"):
            leader.action_send_back()
        leader.comment = "Which customers?"
        leader.action_send_back()
        self.assertEqual(report.status, "returned")
        self.assertEqual(
            self._todos(report, self.salesperson).summary, "Complete your weekly report"
        )
        with freeze_time("2026-11-28 12:00:00"):
            self.reports._cron_schedule()
            self.assertEqual(report.status, "returned", "submitted once, not missing")
            report.line_ids = [Command.create({"kind": "customer", "name": "Visit"})]
            report.action_submit()
        self.assertFalse(report.is_late, "it was on time when it was first submitted")
        self.assertEqual(report.submitted_at, datetime(2026, 11, 25, 12))
        self.assertFalse(self._todos(report, self.salesperson))
        self.assertEqual(len(self._todos(report, self.leader)), 1)

    def test_a_draft_is_neither_read_nor_sent_back(self):
        report = self._report(self.salesperson).with_user(self.leader)
        report.comment = "Where is it?"
        with self.assertRaisesRegex(UserError, "Only a submitted report"):
            report.action_read()
        with self.assertRaisesRegex(UserError, "Only a submitted report"):
            report.action_send_back()

    # Recipients

    def test_the_report_of_a_leader_goes_above(self):
        above = self._create_user("leader", login="above")
        self.team_field.user_id = self.leader
        self.team_department.user_id = above
        self.team_field.member_ids += self.leader
        self._create_reports()
        self.assertEqual(self._report(self.leader).leader_id, above)
        self.assertEqual(self._report(self.salesperson).leader_id, self.leader)

    def test_the_report_of_the_highest_leader_goes_to_a_director(self):
        self.team_department.member_ids = self.leader
        self._create_reports()
        report = self._report(self.leader)
        directors = self.env.ref("sales_efficiency_base.group_sales_director")
        self.assertIn(report.leader_id, directors.all_user_ids)
        report.invalidate_recordset()
        self._fill(report)
        report.action_submit()
        with self.assertRaises(AccessError):
            report.action_read()
        report.with_user(self.director).action_read()
        self.assertEqual(report.status, "read")

    def test_a_new_leader_is_given_what_is_not_read(self):
        read, unread = self._submit(self.salesperson), self._submit(self.colleague)
        read.with_user(self.leader).action_read()
        self.team_department.user_id = self.director
        self.assertEqual(read.leader_id, self.leader)
        self.assertEqual(unread.leader_id, self.director)

    # Help

    def _ask(self, report, helper, name="No parts"):
        report.write(
            {
                "line_ids": [
                    Command.create(
                        {
                            "kind": "problem",
                            "name": name,
                            "solution": "Order early",
                            "helper_id": helper.id,
                        }
                    )
                ]
            }
        )
        return report.problem_ids.filtered(lambda line: line.name == name)

    def test_who_is_asked_for_help_gets_one_todo(self):
        report = self._report(self.salesperson)
        problem = self._ask(report, self.outsider)
        self.assertFalse(self._todos(problem, self.outsider), "not before submission")
        self._fill(report)
        report.action_submit()
        todo = self._todos(problem, self.outsider)
        self.assertRecordValues(
            todo,
            [
                {
                    "summary": "Test Salesperson asks for your help",
                    "date_deadline": date(2026, 12, 4),
                }
            ],
        )
        self.assertEqual(problem.help_state, "asked")
        # Sent back and submitted again
        report.with_user(self.leader).comment = "More, please"
        report.with_user(self.leader).action_send_back()
        report.action_submit()
        self.assertEqual(self._todos(problem, self.outsider), todo)
        todo.with_user(self.outsider).action_feedback("Take ours")
        problem.invalidate_recordset()
        self.assertEqual(problem.help_state, "done")
        self.assertIn("Take ours", str(problem.message_ids.mapped("body")))

    def test_help_that_is_no_longer_asked_is_taken_back(self):
        report = self._report(self.salesperson)
        moved = self._ask(report, self.outsider, "Moved")
        gone = self._ask(report, self.outsider, "Gone")
        self._fill(report)
        report.action_submit()
        report.with_user(self.leader).comment = "Ask somebody else"
        report.with_user(self.leader).action_send_back()
        moved.helper_id = self.colleague
        activities = gone.sudo().help_activity_id
        gone.unlink()
        self.assertFalse(activities.exists())
        report.action_submit()
        self.assertFalse(self._todos(moved, self.outsider))
        self.assertEqual(len(self._todos(moved, self.colleague)), 1)

    def test_a_problem_changed_before_submission_asks_nobody(self):
        report = self._report(self.salesperson)
        first, second = (
            self._ask(report, self.outsider, "1"),
            self._ask(report, self.outsider, "2"),
        )
        first.unlink()
        second.helper_id = False
        self._fill(report)
        report.action_submit()
        self.assertFalse(
            self.env["mail.activity"].search_count(
                [("user_id", "=", self.outsider.id), ("res_model", "=", second._name)]
            )
        )

    def test_an_employee_who_helps_sees_the_problem_and_nothing_else(self):
        employee = new_test_user(
            self.env,
            "test_support",
            groups="base.group_user",
            company_id=self.company.id,
        )
        report = self._report(self.salesperson)
        problem = self._ask(report, employee)
        problem.opportunity_id = self.env["crm.lead"].create(
            {
                "name": "Second line",
                "type": "opportunity",
                "user_id": self.salesperson.id,
            }
        )
        with self.assertRaises(AccessError):
            problem.with_user(employee).read(["name"])
        self._fill(report)
        report.action_submit()
        self.env.invalidate_all()
        lines = self.env["sales.weekly.report.line"].with_user(employee)
        self.assertEqual(lines.search([]), problem)
        # The content of the form, including the name of an opportunity
        name = {"fields": {"display_name": {}}}
        [values] = problem.with_user(employee).web_read(
            {"name": {}, "user_id": name, "opportunity_id": name, "help_state": {}}
        )
        self.assertEqual(values["name"], "No parts")
        self.assertEqual(values["opportunity_id"]["display_name"], "Second line")
        with self.assertRaises(AccessError):
            problem.with_user(employee).solution = "Mine"
        with self.assertRaises(AccessError):
            report.with_user(employee).read(["comment"])
        self._todos(problem, employee).with_user(employee).action_feedback("Done")
        problem.invalidate_recordset()
        self.assertEqual(problem.help_state, "done")

    # Visibility

    def test_each_role_sees_its_own_reports(self):
        outsiders = self._report(self.outsider)
        mine, colleagues = self._report(self.salesperson), self._report(self.colleague)
        everybody = mine + colleagues + outsiders
        for user, seen in (
            (self.salesperson, mine),
            (self.leader, mine + colleagues),
            (self.director, everybody),
        ):
            with self.subTest(user=user.name):
                found = self.reports.with_user(user).search([])
                self.assertEqual(found & everybody, seen)
                for model in ("figure", "line"):
                    records = self.env[f"sales.weekly.report.{model}"].with_user(user)
                    reports = records.search([]).report_id
                    self.assertFalse((reports & everybody) - seen)

    def test_a_leader_writes_neither_figures_nor_lines_of_the_team(self):
        report = self._report(self.salesperson)
        self._fill(report)
        for record in (report.figure_ids[0], report.line_ids[0]):
            with self.assertRaises(AccessError):
                record.with_user(self.leader).unlink()
        with self.assertRaises(AccessError):
            self.reports.with_user(self.leader).create(
                {"user_id": self.salesperson.id, "date_from": date(2026, 11, 16)}
            )

    # Reports created by hand

    def test_a_report_made_by_hand_has_figures_and_a_deadline(self):
        report = self.reports.with_user(self.salesperson).create(
            {"date_from": date(2026, 11, 16)}
        )
        self.assertRecordValues(
            report,
            [
                {
                    "user_id": self.salesperson.id,
                    "week": "2026-W47",
                    "deadline": datetime(2026, 11, 20, 18),
                    "status": "missing",
                }
            ],
        )
        self.assertEqual(len(report.figure_ids), 3)

    def test_wrong_weeks_are_refused(self):
        own = self.reports.with_user(self.salesperson)
        with self.assertRaisesRegex(ValidationError, "has not begun"):
            own.create({"date_from": date(2026, 11, 30)})
        with mute_logger("odoo.sql_db"):
            with self.assertRaises(IntegrityError), self.cr.savepoint():
                own.create({"date_from": date(2026, 11, 17)})
            with self.assertRaises(IntegrityError), self.cr.savepoint():
                own.create({"date_from": MONDAY})
