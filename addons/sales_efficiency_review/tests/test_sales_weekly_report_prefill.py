# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from freezegun import freeze_time

from odoo import Command
from odoo.tests import tagged
from odoo.tools import SQL

from .weekly_common import MONDAY, SalesWeeklyCommon


@tagged("post_install", "-at_install")
class TestSalesWeeklyReportPrefill(SalesWeeklyCommon):
    """Prefilled values match the documents (policy 2.2.1)."""

    def _sell(self, price, moment, user=None):
        order = self._create_order(user=user, price=price)
        order.action_confirm()
        order.date_order = moment
        return order

    def _start(self, *targets):
        (self.root + self.env["sales.target"].union(*targets)).gap_reason = "Test"
        self.plan.action_submit()
        self.plan.action_start()

    def _measure(self):
        self.env["sales.mart"]._refresh()
        self.env["sales.target.result"]._refresh(self.plan.target_ids)

    def _date_creation(self, records, moment):
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                "UPDATE %s SET create_date = %s WHERE id = ANY(%s)",
                SQL.identifier(records._table),
                moment,
                records.ids,
            )
        )
        records.invalidate_recordset(["create_date"])

    def _figure(self, report, metric):
        return report.figure_ids.filtered(lambda f: f.metric_id == metric)

    # Figures

    @freeze_time("2026-11-27 12:00:00")
    def test_figures_are_those_of_the_orders_of_person_and_week(self):
        self._sell(1000, "2026-11-23 00:00:00")
        self._sell(200, "2026-11-27 11:00:00")
        self._sell(30, "2026-11-22 23:59:59")
        self._sell(4, "2026-10-31 12:00:00")
        self._sell(50_000, "2026-11-25 12:00:00", user=self.colleague)
        cancelled = self._sell(9999, "2026-11-25 12:00:00")
        cancelled._action_cancel()
        self._measure()
        self._create_reports()
        ordered = self._figure(self._report(self.salesperson), self.ordered)
        self.assertRecordValues(
            ordered,
            [
                {
                    "week_actual": 1200,
                    "actual": 1230,
                    "has_target": False,
                    "is_measured": True,
                }
            ],
        )
        other = self._figure(self._report(self.colleague), self.ordered)
        self.assertEqual(other.week_actual, 50_000)

    @freeze_time("2026-11-27 08:00:00")
    def test_the_week_begins_by_the_clock_of_the_company(self):
        self.company.sales_tz = "Asia/Taipei"
        self._sell(1000, "2026-11-22 16:00:00")  # Monday 00:00 in Taipei
        self._sell(30, "2026-11-22 15:59:59")
        self._measure()
        self._create_reports()
        figure = self._figure(self._report(self.salesperson), self.ordered)
        self.assertEqual(figure.week_actual, 1000)

    @freeze_time("2026-11-27 12:00:00")
    def test_new_customers_and_won_opportunities_are_counted(self):
        self._sell(1000, "2026-11-24 12:00:00")
        won = self.env["crm.lead"].create(
            {
                "name": "Won",
                "type": "opportunity",
                "user_id": self.salesperson.id,
                "partner_id": self.customer_south.id,
            }
        )
        won.action_set_won()
        won.date_closed = "2026-11-26 12:00:00"
        self._measure()
        self._create_reports()
        report = self._report(self.salesperson)
        self.assertEqual(self._figure(report, self.new_customers).week_actual, 1)
        self.assertEqual(self._figure(report, self.won).week_actual, 1)
        self.assertEqual(self._figure(report, self.won).actual, 1)

    @freeze_time("2026-11-27 12:00:00")
    def test_attainment_is_that_of_the_persons_own_target_of_the_month(self):
        person = self._create_target(user_id=self.salesperson.id, amount=120_000)
        narrow = self._create_target(
            user_id=self.salesperson.id, categ_id=self.category.id, amount=12_000
        )
        self._start(person, narrow)
        self._sell(4000, "2026-11-24 12:00:00")
        self._sell(3000, "2026-11-02 12:00:00")
        self._measure()
        self._create_reports()
        self.assertRecordValues(
            self._figure(self._report(self.salesperson), self.ordered),
            [
                {
                    "week_actual": 4000,
                    "has_target": True,
                    "amount": 10_000,
                    "actual": 7000,
                    "attainment": 70,
                }
            ],
        )
        figure = self._figure(self._report(self.colleague), self.ordered)
        self.assertFalse(figure.has_target)

    @freeze_time("2026-11-27 12:00:00")
    def test_several_targets_of_the_person_add_up_unless_they_are_rates(self):
        metrics = self.ordered | self.margin_rate
        self.company.sales_weekly_metric_ids = [Command.set(metrics.ids)]
        self._start(
            *(
                self._create_target(
                    user_id=self.salesperson.id,
                    team_id=team.id,
                    metric_id=metric.id,
                    amount=amount,
                )
                for team, amount in ((self.team_field, 12_000), (self.team_other, 24))
                for metric in metrics
            )
        )
        self._sell(2004, "2026-11-24 12:00:00")
        self._measure()
        self._create_reports()
        report = self._report(self.salesperson)
        self.assertRecordValues(
            self._figure(report, self.ordered),
            [{"amount": 1002, "actual": 2004, "attainment": 200}],
        )
        self.assertFalse(self._figure(report, self.margin_rate).has_target)

    def test_the_month_to_date_is_as_of_the_end_of_its_week(self):
        person = self._create_target(user_id=self.salesperson.id, amount=120_000)
        mondays = [date(2026, 11, day) for day in (2, 9, 16)]
        with freeze_time("2026-11-02 12:00:00"):
            self._start(person)
            for day, price in ((3, 1000), (10, 200), (17, 30), (24, 4)):
                self._sell(price, f"2026-11-{day:02} 12:00:00")
        with freeze_time("2026-11-27 12:00:00"):
            self._measure()
            late = self.reports.with_user(self.salesperson).create(
                [
                    {"user_id": self.salesperson.id, "date_from": monday}
                    for monday in mondays
                ]
            )
            figures = self._figure(late.sorted("date_from"), self.ordered)
        self.assertEqual(
            [
                (figure.week_actual, figure.actual, figure.attainment)
                for figure in figures.sorted(lambda f: f.report_id.date_from)
            ],
            [(1000, 1000, 10), (200, 1200, 12), (30, 1230, 12.3)],
        )

    @freeze_time("2026-11-27 12:00:00")
    def test_the_month_to_date_is_that_of_the_target_where_it_is_narrower(self):
        self.company.sales_weekly_metric_ids = [Command.set(self.ordered.ids)]
        self._start(
            self._create_target(
                user_id=self.salesperson.id,
                region_id=self.region_world.id,
                amount=120_000,
            )
        )
        self._sell(1000, "2026-11-24 12:00:00")
        elsewhere = self._create_order(price=50, partner=self.customer_nowhere)
        elsewhere.action_confirm()
        elsewhere.date_order = "2026-11-24 12:00:00"
        self._measure()
        self._create_reports()
        figure = self._figure(self._report(self.salesperson), self.ordered)
        result = self.env["sales.target.result"].search(
            [
                ("user_id", "=", self.salesperson.id),
                ("period", "=", "month"),
                ("date_from", "=", date(2026, 11, 1)),
            ]
        )
        self.assertEqual(figure.week_actual, 1050)
        self.assertEqual(
            (figure.actual, figure.attainment), (result.actual, result.attainment)
        )

    @freeze_time("2026-12-02 12:00:00")
    def test_a_week_across_months_shows_the_month_that_it_has_come_to(self):
        person = self._create_target(
            user_id=self.salesperson.id, amount=120_000, spread="equal"
        )
        self._start(person)
        self._sell(500, "2026-11-30 12:00:00")
        self._sell(70, "2026-12-01 12:00:00")
        self._measure()
        self._create_reports()
        figure = self._figure(
            self._report(self.salesperson, date(2026, 11, 30)), self.ordered
        )
        self.assertEqual((figure.week_actual, figure.actual), (570, 70))

    @freeze_time("2026-11-27 12:00:00")
    def test_a_rate_of_nothing_is_no_figure(self):
        self.company.sales_weekly_metric_ids = [Command.set(self.margin_rate.ids)]
        self._create_reports()
        figure = self._report(self.salesperson).figure_ids
        self.assertEqual(figure.metric_id, self.margin_rate)
        self.assertFalse(figure.is_week_measured)

    @freeze_time("2026-11-27 12:00:00")
    def test_figures_follow_the_data_until_the_report_is_submitted(self):
        self._create_reports()
        report = self._report(self.salesperson)
        self.assertEqual(self._figure(report, self.ordered).week_actual, 0)
        self._sell(100, "2026-11-24 12:00:00")
        self._measure()
        report.action_refresh()
        self.assertEqual(self._figure(report, self.ordered).week_actual, 100)
        self._sell(20, "2026-11-24 12:00:00")
        self._measure()
        self._fill(report)
        report.action_submit()
        self.assertEqual(self._figure(report, self.ordered).week_actual, 120)
        self._sell(3, "2026-11-24 12:00:00")
        self._measure()
        self.reports._cron_schedule()
        self.assertEqual(self._figure(report, self.ordered).week_actual, 120)

    @freeze_time("2026-11-27 12:00:00")
    def test_a_figure_opens_its_documents(self):
        order = self._sell(100, "2026-11-24 12:00:00")
        self._sell(20, "2026-11-20 12:00:00")
        self._sell(3, "2026-11-24 12:00:00", user=self.colleague)
        self._measure()
        self._create_reports()
        figure = self._figure(self._report(self.salesperson), self.ordered)
        action = figure.action_open_figures()
        facts = self.env["sales.fact"].with_user(self.salesperson)
        self.assertEqual(facts.search(action["domain"]).mapped("res_id"), order.ids)

    # Counts

    def _open(self, report, name):
        action = report.with_context(count=name).action_open_records()
        records = self.env[action["res_model"]].with_user(report.env.user)
        return records.with_context(**action["context"]).search(action["domain"])

    @freeze_time("2026-11-27 12:00:00")
    def test_meetings_are_those_of_the_week_that_were_not_declined(self):
        events = self.env["calendar.event"].with_context(no_mail_to_attendees=True)
        meeting, declined, _before, _other = events.create(
            [
                {
                    "name": name,
                    "user_id": user.id,
                    "partner_ids": [Command.set(user.partner_id.ids)],
                    "start": start,
                    "stop": start,
                }
                for name, user, start in (
                    ("Visit", self.salesperson, "2026-11-23 00:00:00"),
                    ("Declined", self.salesperson, "2026-11-24 09:00:00"),
                    ("Before", self.salesperson, "2026-11-22 23:59:59"),
                    ("Other", self.colleague, "2026-11-24 09:00:00"),
                )
            ]
        )
        declined.attendee_ids.state = "declined"
        self._create_reports()
        report = self._report(self.salesperson)
        self.assertEqual(report.meeting_count, 1)
        self.assertEqual(self._open(report, "meeting_count"), meeting)

    def test_activities_done_in_the_week_and_overdue_ones_are_counted(self):
        activities = self.env["mail.activity"]
        for day, name in ((20, "Old"), (24, "Done"), (25, "Overdue"), (27, "Today")):
            activities += self.customer_north.activity_schedule(
                "mail.mail_activity_data_todo",
                date_deadline=date(2026, 11, day),
                summary=name,
                user_id=self.salesperson.id,
            )
        old, done, overdue, _today = activities
        with freeze_time("2026-11-22 12:00:00"):
            old.action_feedback()
            self.env.flush_all()
        with freeze_time("2026-11-24 12:00:00"):
            done.action_feedback()
            self.env.flush_all()
        with freeze_time("2026-11-27 12:00:00"):
            self._create_reports()
            report = self._report(self.salesperson)
            self.assertEqual(report.activity_done_count, 1)
            self.assertEqual(report.activity_overdue_count, 1)
            self.assertEqual(self._open(report, "activity_done_count"), done)
            self.assertEqual(self._open(report, "activity_overdue_count"), overdue)
            self.assertEqual(self._report(self.colleague).activity_done_count, 0)

    def test_the_reminder_to_report_is_no_work_that_is_overdue(self):
        with freeze_time("2026-11-23 06:00:00"):
            self.reports._cron_schedule()
        with freeze_time("2026-11-30 06:00:00"):
            self.reports._cron_schedule()
            report = self._report(self.salesperson)
            self.assertTrue(self._todos(report, self.salesperson))
            report.action_refresh()
            self.assertEqual(report.activity_overdue_count, 0)

    @freeze_time("2026-11-27 12:00:00")
    def test_opportunities_that_moved_on_are_counted(self):
        moved, new, lost, still, imported = self.env["crm.lead"].create(
            [
                {
                    "name": name,
                    "type": "opportunity",
                    "user_id": self.salesperson.id,
                    "sales_opened_date": opened,
                }
                for name, opened in (
                    ("Moved", "2026-11-02"),
                    ("New", "2026-11-24"),
                    ("Lost", "2026-11-02"),
                    ("Still", "2026-11-02"),
                    ("Imported", "2026-11-02"),
                )
            ]
        )
        self._date_creation(moved + lost + still, "2026-11-02 12:00:00")
        # It was opened earlier, but has not moved since it was imported.
        self._date_creation(new + imported, "2026-11-24 12:00:00")
        imported.date_last_stage_update = "2026-11-24 12:00:00"
        lost.action_set_lost()
        (moved + new + lost).date_last_stage_update = "2026-11-25 12:00:00"
        still.date_last_stage_update = "2026-11-20 12:00:00"
        self._create_reports()
        report = self._report(self.salesperson)
        self.assertEqual(report.moved_count, 1)
        self.assertEqual(self._open(report, "moved_count"), moved)

    # Customers

    def _sell_to(self, customer, moment, user=None, price=100):
        order = self._create_order(user=user, price=price, partner=customer)
        order.action_confirm()
        order.date_order = moment
        self.env["sales.mart"]._refresh()
        return order

    def _propose(self, user=None):
        """:return: the customer lines of the report, as its author finds them"""
        self._create_reports()
        report = self._report(user or self.salesperson)
        report.action_refresh()
        return report.customer_ids

    def _create_lead(self, name, **values):
        return self.env["crm.lead"].create(
            {
                "name": name,
                "type": "opportunity",
                "user_id": self.salesperson.id,
                "sales_opened_date": "2026-11-02",
                **values,
            }
        )

    @freeze_time("2026-11-27 12:00:00")
    def test_customers_who_order_for_the_first_time_are_proposed(self):
        self._sell_to(self.customer_south, "2026-10-05 12:00:00")
        for customer in (self.customer_north, self.customer_south):
            self._sell_to(customer, "2026-11-24 12:00:00", price=1_234)
        lines = self._propose()
        self.assertRecordValues(
            lines, [{"partner_id": self.customer_north.id, "is_proposed": True}]
        )
        self.assertIn("First order", lines.name)
        self.assertIn("1,234", lines.name)
        self.assertFalse(self._propose(self.colleague), "sold by somebody else")

    @freeze_time("2026-11-27 12:00:00")
    def test_opportunities_are_proposed_with_what_happened_and_what_is_planned(self):
        stage = self.env["crm.stage"].create({"name": "Test Talks", "sequence": 2})
        moved, won, lost, _still = leads = self.env["crm.lead"].union(
            *(self._create_lead(name) for name in ("Moved", "Won", "Lost", "Still"))
        )
        self._date_creation(leads, "2026-11-02 12:00:00")
        leads.date_last_stage_update = "2026-11-02 12:00:00"
        self._create_lead("New", sales_opened_date="2026-11-24")
        moved.partner_id = self.customer_north
        moved.stage_id = stage
        # Odoo dates it by the transaction, which began today.
        self.env.flush_all()
        moved.date_last_stage_update = "2026-11-26 12:00:00"
        moved.activity_schedule(
            "mail.mail_activity_data_todo",
            date_deadline=date(2026, 12, 1),
            summary="Send the samples",
            user_id=self.salesperson.id,
        )
        won.action_set_won()
        reason = self.env["crm.lost.reason"].create({"name": "Too dear"})
        lost.action_set_lost(lost_reason_id=reason.id)
        lines = self._propose()
        self.assertEqual(
            {line.opportunity_id.name: line.name for line in lines},
            {
                "Moved": "Opportunity moved to Test Talks",
                "Won": "Opportunity won",
                "Lost": "Opportunity lost: Too dear",
                "New": "New opportunity",
            },
        )
        self.assertRecordValues(
            lines.filtered(lambda line: line.opportunity_id == moved),
            [{"partner_id": self.customer_north.id, "next_step": "Send the samples"}],
        )

    @freeze_time("2026-11-27 12:00:00")
    def test_customers_without_an_order_for_long_are_proposed_once(self):
        # Ninety days before Wednesday of the week
        self._sell_to(self.customer_north, "2026-08-27 12:00:00")
        self._sell_to(self.customer_south, "2026-08-27 12:00:00")
        self._sell_to(self.customer_south, "2026-11-02 12:00:00")
        self.customer_north.user_id = self.colleague
        lines = self._propose(self.colleague)
        self.assertRecordValues(lines, [{"partner_id": self.customer_north.id}])
        self.assertIn("No order since", lines.name)
        self.assertFalse(self._propose(), "a customer of somebody else")
        with freeze_time("2026-12-04 12:00:00"):
            self._create_reports()
            report = self._report(self.colleague, date(2026, 11, 30))
            self.assertFalse(report.customer_ids)

    @freeze_time("2026-11-27 12:00:00")
    def test_a_proposal_that_was_removed_does_not_come_back(self):
        self._sell_to(self.customer_north, "2026-11-24 12:00:00")
        self._propose().unlink()
        report = self._report(self.salesperson)
        report.action_refresh()
        self.assertFalse(report.customer_ids)

    @freeze_time("2026-11-27 12:00:00")
    def test_only_the_largest_of_many_are_proposed(self):
        for number in range(7):
            self._create_lead(
                f"Lead {number}",
                sales_opened_date="2026-11-24",
                expected_revenue=number,
            )
        lines = self._propose()
        self.assertEqual(
            lines.opportunity_id.mapped("name"), [f"Lead {n}" for n in (6, 5, 4, 3, 2)]
        )
        lines[0].unlink()
        self.assertEqual(len(self._propose()), 4)

    @freeze_time("2026-11-27 12:00:00")
    def test_open_drafts_are_told_by_the_job_and_nothing_comes_in_unseen(self):
        self._create_reports()
        report = self._report(self.salesperson)
        self._create_lead("Known", sales_opened_date="2026-11-24")
        self.reports._cron_schedule()
        self.assertEqual(report.customer_ids.opportunity_id.name, "Known")
        self._create_lead("Unseen", sales_opened_date="2026-11-24")
        self._fill(report)
        report.action_submit()
        self.assertEqual(report.customer_ids.opportunity_id.name, "Known")

    # Plans

    def test_last_weeks_plan_is_proposed_as_tasks_of_this_week(self):
        with freeze_time("2026-11-20 12:00:00"):
            self._create_reports()
            self._submit(self.salesperson, date(2026, 11, 16))
        with freeze_time("2026-11-23 06:00:00"):
            self._create_reports()
            report = self._report(self.salesperson)
            self.assertRecordValues(
                report.done_ids,
                [{"name": "Send the offer", "is_done": False, "is_proposed": True}],
            )
            # Proposed only once: removed lines do not come back.
            report.done_ids.unlink()
            report.action_refresh()
            self.assertFalse(report.done_ids)

    def test_a_plan_that_is_submitted_late_is_proposed_then(self):
        with freeze_time("2026-11-20 12:00:00"):
            self._create_reports()
        with freeze_time("2026-11-24 12:00:00"):
            self._create_reports()
            report = self._report(self.salesperson)
            self.assertFalse(report.done_ids)
            self._submit(self.salesperson, date(2026, 11, 16))
            self.assertEqual(report.done_ids.mapped("name"), ["Send the offer"])

    def test_a_plan_waits_for_who_is_away(self):
        with freeze_time("2026-11-20 12:00:00"):
            self._create_reports()
            self._submit(self.salesperson, date(2026, 11, 16))
        employee = self._create_employee(self.salesperson)
        self._take_leave(MONDAY, date(2026, 11, 29), employee)
        for now in ("2026-11-24 12:00:00", "2026-11-30 12:00:00"):
            with freeze_time(now):
                self._create_reports()
        report = self._report(self.salesperson, date(2026, 11, 30))
        self.assertEqual(report.done_ids.mapped("name"), ["Send the offer"])
