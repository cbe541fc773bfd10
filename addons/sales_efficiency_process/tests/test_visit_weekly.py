# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date, timedelta

from odoo import Command
from odoo.tests import freeze_time, tagged

from odoo.addons.sales_efficiency_review.tests.weekly_common import (
    MONDAY,
    SalesWeeklyCommon,
)

NEXT_MONDAY = MONDAY + timedelta(weeks=1)


@tagged("post_install", "-at_install")
@freeze_time("2026-11-26 12:00:00")
class TestVisitWeekly(SalesWeeklyCommon):
    """Done visits stand in the weekly report, once (policy 2.2.1, 3.1.3)."""

    def _visit(self, day=25, user=None, is_done=True, partner=None, **values):
        user = user or self.salesperson
        visit = (
            self.env["sales.visit"]
            .with_user(user)
            .create(
                {
                    "partner_id": (partner or self.customer_north).id,
                    "start": f"2026-11-{day} 09:00:00",
                    "duration": 1,
                    "result": "They want\n an offer",
                    **values,
                }
            )
        )
        if is_done:
            visit.action_done()
        return visit

    def _lines(self, user=None, monday=MONDAY):
        report = self._report(user or self.salesperson, monday)
        return report.customer_ids.filtered("is_proposed")

    def test_a_done_visit_is_a_line_and_counts_once(self):
        lead = self.env["crm.lead"].create(
            {
                "name": "Machine",
                "type": "opportunity",
                "partner_id": self.customer_north.id,
                "user_id": self.salesperson.id,
                "company_id": self.company.id,
            }
        )
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE crm_lead SET create_date = '2026-01-05',"
            " date_last_stage_update = '2026-01-05',"
            " sales_opened_date = '2026-01-05' WHERE id = %s",
            [lead.id],
        )
        self.env.invalidate_all()
        visit = self._visit(lead_id=lead.id)
        self.env["sales.action"].with_user(self.salesperson).create(
            {
                "name": "Send the offer",
                "visit_id": visit.id,
                "date_deadline": "2026-12-01",
            }
        )
        self._visit(24, is_done=False)
        self._visit(user=self.colleague)
        self._create_reports()
        self.assertRecordValues(
            self._lines(),
            [
                {
                    "name": "Visit: They want an offer",
                    "partner_id": self.customer_north.id,
                    "opportunity_id": lead.id,
                    "next_step": "Send the offer",
                }
            ],
        )
        report = self._report(self.salesperson)
        self.assertEqual((report.visit_count, report.meeting_count), (1, 0))
        self.assertEqual(visit.weekly_report_id, report)
        action = report.with_context(count="visit_count").action_open_records()
        found = visit.search(action["domain"])
        self.assertEqual((action["res_model"], found), ("sales.visit", visit))
        self.reports._cron_schedule()
        report.action_refresh()
        self.assertEqual(len(self._lines()), 1)

    def test_a_line_that_was_removed_does_not_come_back(self):
        self._visit()
        self._create_reports()
        self._lines().unlink()
        self._report(self.salesperson).action_refresh()
        self.assertFalse(self._lines())

    def test_all_visits_are_told_not_only_the_largest(self):
        for _number in range(8):
            self._visit()
        self._create_reports()
        self.assertEqual(len(self._lines()), 8)

    def test_a_visit_reported_late_is_told_in_the_next_report(self):
        late = self._visit(is_done=False)
        self._create_reports()
        self._submit(self.salesperson)
        with freeze_time("2026-11-30 12:00:00"):
            late.action_done()
            self._create_reports()
            self.assertEqual(
                self._lines(monday=NEXT_MONDAY).mapped("name"),
                ["Visit: They want an offer"],
            )
            report = self._report(self.salesperson, NEXT_MONDAY)
            report.action_refresh()
            self.assertEqual(report.visit_count, 1)
            self.assertEqual(late.weekly_report_id, report)

    def test_a_draft_of_its_own_week_comes_first(self):
        visit = self._visit(is_done=False)
        self._create_reports()
        with freeze_time("2026-11-30 08:00:00"):
            visit.action_done()
            self._create_reports()
            self.assertFalse(self._lines(monday=NEXT_MONDAY))
            self.reports._cron_schedule()
            self.assertEqual(len(self._lines()), 1)
            self.assertFalse(self._lines(monday=NEXT_MONDAY))

    def test_what_is_no_visit_counts_as_meeting(self):
        self.env["calendar.event"].create(
            {
                "name": "Team",
                "start": "2026-11-25 09:00:00",
                "stop": "2026-11-25 10:00:00",
                "user_id": self.salesperson.id,
                "partner_ids": [Command.set(self.salesperson.partner_id.ids)],
            }
        )
        self._visit()
        self._create_reports()
        report = self._report(self.salesperson)
        self.assertEqual((report.visit_count, report.meeting_count), (1, 1))

    def test_the_language_is_that_of_the_author(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.salesperson.lang = "fr_FR"
        self._visit()
        self._create_reports()
        self.assertIn("They want an offer", self._lines().name)

    def test_a_fixed_number_of_queries_however_many_visits_there_are(self):
        self._visit()
        self._create_reports()
        report = self._report(self.salesperson).sudo()

        def count():
            report.proposed_keys = False
            self.env["sales.visit"].search([]).weekly_report_id = False
            report.line_ids.unlink()
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            finder = self.reports._get_news_finders()[0](report)
            found = list(finder.find())
            self.env.flush_all()
            return len(found), self.env.cr.sql_log_count - before

        few = count()
        for _number in range(5):
            self._visit()
        many = count()
        self.assertEqual((few[0], many[0]), (1, 6))
        self.assertLessEqual(many[1], few[1])

    def test_the_week_of_a_visit_is_that_of_its_day(self):
        with freeze_time("2026-11-23 00:30:00"):
            visit = self._visit(22)
        self.assertEqual(visit.date, date(2026, 11, 22))
        self._create_reports()
        self.assertEqual(len(self._lines()), 1, "no report of that week: told now")
