# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from .weekly_common import SalesWeeklyCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-11-25 12:00:00")
class TestDirectCallsOnWeeklyReports(SalesWeeklyCommon):
    def test_what_follows_from_the_report_is_not_written_by_hand(self):
        self._create_reports()
        report = self._report(self.salesperson)
        for values in (
            {"status": "submitted"},
            {"on_time_count": 1},
            {"deadline_date": "2027-01-01"},
            {"moved_count": 99},
        ):
            with self.subTest(values), self.assertRaises(AccessError):
                report.write(values)

    def test_nobody_takes_away_the_to_do_of_others(self):
        activity = self.customer_north.activity_schedule(
            "mail.mail_activity_data_todo", user_id=self.director.id
        )
        self._create_reports()
        report = self._report(self.salesperson)
        self._fill(report)
        with self.assertRaises(AccessError):
            report.line_ids[0].help_activity_id = activity.id
        with self.assertRaises(AccessError):
            self._fill(report, {"name": "Trap", "kind": "done", "help_asked_id": 1})
        lines = report.line_ids.with_context(default_help_activity_id=activity.id)
        lines.create({"report_id": report.id, "name": "Trap"}).unlink()
        self.assertTrue(activity.exists())

    def test_no_default_writes_what_others_decide(self):
        """Neither defaults sent by the client nor a user's own ones, seen by nobody."""
        reports = self.reports.with_user(self.salesperson)
        forged = {
            "comment": "Excellent work",
            "state": "read",
            "read_at": "2026-11-20 12:00:00",
            "read_by_id": self.leader.id,
            "submitted_at": "2026-11-20 12:00:00",
            "leader_id": self.colleague.id,
        }
        for name, value in forged.items():
            self.env["ir.default"].with_user(self.salesperson).set(
                "sales.weekly.report", name, value, user_id=True
            )
        report = reports.create({"date_from": date(2026, 11, 16)})
        defaults = {f"default_{name}": value for name, value in forged.items()}
        other = reports.with_context(**defaults).create(
            {"date_from": date(2026, 11, 9)}
        )
        for made in report, other:
            self.assertRecordValues(
                made,
                [
                    {
                        "comment": False,
                        "state": "draft",
                        "read_at": False,
                        "read_by_id": False,
                        "submitted_at": False,
                        "leader_id": self.leader.id,
                    }
                ],
            )
        shown = reports.with_context(**defaults).onchange(
            {}, [], {name: {} for name in forged}
        )
        self.assertFalse(shown["value"]["comment"])
        self.assertEqual(shown["value"]["state"], "draft")

    def test_no_default_makes_a_figure(self):
        """Figures are created as superuser, with the context of the submitting user."""
        forged = {"has_target": True, "amount": 1.0, "attainment": 999.0}
        self._create_reports()
        report = self._report(self.salesperson)
        self._fill(report)
        for name, value in forged.items():
            self.env["ir.default"].with_user(self.salesperson).set(
                "sales.weekly.report.figure", name, value, user_id=True
            )
        context = {f"default_{name}": value for name, value in forged.items()}
        for act in (
            report.action_refresh,
            report.with_context(**context).action_submit,
        ):
            act()
            figures = report.figure_ids.filtered(lambda f: f.metric_id == self.won)
            self.assertRecordValues(
                figures, [{"has_target": False, "amount": 0.0, "attainment": 0.0}]
            )

    def test_no_default_gives_a_task_the_to_do_of_others(self):
        """Planned tasks are carried over as superuser."""
        to_do = self.customer_north.activity_schedule(
            "mail.mail_activity_data_todo", user_id=self.director.id
        )
        self.env["ir.default"].with_user(self.salesperson).set(
            "sales.weekly.report.line", "help_activity_id", to_do.id, user_id=True
        )
        self._create_reports()
        self._submit(self.salesperson)
        with freeze_time("2026-11-30 12:00:00"):
            self._create_reports()
            report = self._report(self.salesperson, date(2026, 11, 30))
            report.done_ids.sudo().unlink()
            self._report(self.salesperson).sudo().plan_ids.is_carried = False
            report.with_context(
                default_help_activity_id=to_do.id,
                default_activity_ids=[Command.link(to_do.id)],
            ).action_refresh()
        task = report.done_ids
        self.assertEqual(task.name, "Send the offer")
        self.assertFalse(task.help_activity_id)
        self.assertFalse(task.sudo().activity_ids)
        task.unlink()
        self.assertTrue(to_do.exists())
        self.assertEqual(to_do.res_id, self.customer_north.id)

    def test_the_to_do_of_a_leader_has_no_default_of_who_submits(self):
        self._create_reports()
        report = self._report(self.salesperson)
        self._fill(report)
        self.env["ir.default"].with_user(self.salesperson).set(
            "mail.activity", "active", False, user_id=True
        )
        report.with_context(
            default_active=False, default_note="Nothing to see here"
        ).action_submit()
        to_do = self._todos(report, report.sudo().leader_id)
        self.assertEqual(len(to_do), 1)
        self.assertFalse(to_do.note)

    def test_no_default_makes_a_report_of_somebody_else(self):
        defaults = {
            "default_user_id": self.colleague.id,
            "default_date_from": date(2026, 11, 16),
        }
        reports = self.reports.with_user(self.salesperson).with_context(**defaults)
        with self.assertRaises(AccessError):
            reports.create({})

    def test_a_company_that_wants_no_reports_reminds_of_none(self):
        self._create_reports()
        self.company.sales_weekly_reports = False
        with freeze_time("2026-11-30 12:00:00"):
            self.assertFalse(self.reports._get_open_reports())

    def test_the_figures_behind_a_figure_are_filtered_like_it(self):
        metric = self.env["sales.metric"].create(
            {
                "name": "Ordered from the north",
                "code": "ordered_north",
                "kind": "sum",
                "measure": "amount",
                "event_ids": [Command.set(self.ordered.event_ids.ids)],
                "domain": f"[('partner_id', '=', {self.customer_north.id})]",
            }
        )
        self.company.sales_weekly_metric_ids = metric
        self._create_reports()
        figure = self._report(self.salesperson).figure_ids
        self.assertEqual(figure.metric_id, metric)
        domain = str(figure.action_open_figures()["domain"])
        self.assertIn("partner_id", domain)
