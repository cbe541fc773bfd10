# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from contextlib import suppress
from datetime import timedelta

from odoo import fields
from odoo.exceptions import UserError

from odoo.addons.sales_efficiency_base.tools import Period, Scope
from odoo.addons.sales_efficiency_target.engine import attain

from .news_lines import NewsLines

# Plans older than this are no longer proposed, e.g. after a long leave.
PLAN_WEEKS = timedelta(weeks=8)


class Prefill:
    """Prefills weekly reports (policy 2.2.1).

    All reports share one evaluation of metrics and one search of target results;
    records of each kind are counted once per week and company.

    :param reports: ``sales.weekly.report`` drafts, as superuser: the data are limited
        to the author of each report
    """

    def __init__(self, reports):
        self.env = reports.env
        self._reports = reports

    def fill(self):
        """Fill the drafts with figures, counts, planned tasks and customers."""
        self.measure()
        self.carry_over()
        self.propose_customers()

    def measure(self):
        """Fill the drafts with figures and counts only, not with what their authors
        have not seen."""
        if not self._reports:
            return
        self._fill_figures()
        self._fill_counts()
        self._reports.refreshed_at = fields.Datetime.now()

    # ------------------------------------------------------------------
    # Figures
    # ------------------------------------------------------------------

    def _fill_figures(self):
        self._reports.figure_ids.unlink()
        chosen = {
            company: company.sales_weekly_metric_ids
            for company in self._reports.company_id
        }
        metrics = self.env["sales.metric"].union(*chosen.values())
        scopes = {
            r: Scope(r.company_id.id, user_id=r.user_id.id) for r in self._reports
        }
        weeks = {
            report: Period(report.date_from, report.date_to) for report in self._reports
        }
        months = {report: self._get_month_to_date(report) for report in self._reports}
        results = self._get_results(metrics, scopes, months)
        # A target may cover only some sales of the user, e.g. those in a region.
        own = {
            key: [target._get_scope() for target in result["targets"]]
            for key, result in results.items()
        }
        values = metrics._evaluate(
            [*scopes.values(), *(scope for some in own.values() for scope in some)],
            [*weeks.values(), *months.values()],
        )
        lines = []
        for report in self._reports:
            scope, month = scopes[report], months[report]
            for metric in chosen[report.company_id].filtered("active"):
                key = (report, metric)
                parts = [values[metric.id, s, month] for s in own.get(key, [scope])]
                lines.append(
                    self._prepare_figure(
                        report,
                        metric,
                        values[metric.id, scope, weeks[report]],
                        None if None in parts else sum(parts),
                        results.get(key),
                    )
                )
        self.env["sales.weekly.report.figure"].create(lines)

    @staticmethod
    def _get_month_to_date(report):
        """:return: the month to date as of the end of the week, or today if earlier"""
        today = report.company_id._get_sales_today()
        day = max(report.date_from, min(report.date_to, today))
        return Period.month(day).until(day)

    def _get_results(self, metrics, scopes, months):
        """Return the results of the users' own targets in the months.

        :return: dict (report, metric) → result, see ``sales.target.result.ask``
        """
        whole = {report: Period.month(month.start) for report, month in months.items()}
        found = self.env["sales.target.result"].ask(
            scopes.values(), metrics, whole.values()
        )
        results = {}
        for report in self._reports:
            for metric in metrics:
                # A rate with several targets has no single target for the user.
                with suppress(UserError):
                    key = (metric.id, scopes[report], whole[report])
                    results[report, metric] = found[key]
        return {key: result for key, result in results.items() if result}

    @staticmethod
    def _prepare_figure(report, metric, week, month, result):
        """Prepare a figure as of the end of the week, even if computed later."""
        vals = {
            "report_id": report.id,
            "metric_id": metric.id,
            "sequence": metric.sequence,
            "week_actual": week or 0.0,
            "is_week_measured": week is not None,
            "actual": month or 0.0,
            "is_measured": month is not None,
        }
        if result:
            vals |= {
                "has_target": True,
                "amount": result["amount"],
                "attainment": attain(month, result["amount"], metric.higher_is_better),
            }
        return vals

    def _fill_counts(self):
        groups = self._reports.grouped(
            lambda report: (report.company_id, report.date_from)
        )
        for reports in groups.values():
            counted = reports[0]._get_counted(reports.user_id)
            for name, (model, key, domain) in counted.items():
                counts = dict(
                    self.env[model]
                    .with_context(active_test=False)
                    ._read_group(domain, [key], ["__count"])
                )
                for report in reports:
                    owner = report.user_id
                    report[name] = counts.get(
                        owner.partner_id if key == "partner_id" else owner, 0
                    )

    # ------------------------------------------------------------------
    # Customers
    # ------------------------------------------------------------------

    def propose_customers(self):
        """Propose what happened with customers, each news once."""
        weeks = self._reports.grouped(lambda r: (r.company_id, r.date_from))
        lines = [
            vals for reports in weeks.values() for vals in NewsLines(reports).prepare()
        ]
        self.env["sales.weekly.report.line"].create(lines)

    # ------------------------------------------------------------------
    # Plans
    # ------------------------------------------------------------------

    def carry_over(self):
        """Propose the plans of the previous report as tasks, each plan once."""
        reports = self._reports
        if not reports:
            return
        before = reports.search(
            [
                ("user_id", "in", reports.user_id.ids),
                ("company_id", "in", reports.company_id.ids),
                ("state", "!=", "draft"),
                ("date_from", ">=", min(reports.mapped("date_from")) - PLAN_WEEKS),
                ("date_from", "<", max(reports.mapped("date_from"))),
            ],
            order="date_from DESC",
        ).grouped(lambda report: (report.user_id, report.company_id))
        plans = self.env["sales.weekly.report.line"]
        commands = []
        for report in reports:
            mine = before.get((report.user_id, report.company_id), reports.browse())
            last = mine.filtered(lambda r, day=report.date_from: r.date_from < day)[:1]
            for plan in last.plan_ids.filtered(lambda line: not line.is_carried):
                plans |= plan
                commands.append(self._prepare_task(report, plan))
        self.env["sales.weekly.report.line"].create(commands)
        plans.is_carried = True

    @staticmethod
    def _prepare_task(report, plan):
        return {
            "report_id": report.id,
            "kind": "done",
            "name": plan.name,
            "sequence": plan.sequence,
            "partner_id": plan.partner_id.id,
            "opportunity_id": plan.opportunity_id.id,
            "is_proposed": True,
        }
