# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from contextlib import suppress
from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from odoo.addons.sales_efficiency_base.tools import Period, Scope
from odoo.addons.sales_efficiency_target.engine import attain

# What was planned so long ago is no longer proposed, e.g. after a long leave.
PLAN_WEEKS = timedelta(weeks=8)


class SalesWeeklyReportPrefill(models.AbstractModel):
    """What weekly reports are prefilled with (policy 2.2.1).

    For all people at once: one evaluation of the metrics, one search of the results
    of targets, one count of each kind of record for each week and company.
    """

    _name = "sales.weekly.report.prefill"
    _description = "Prefilling of Weekly Reports"

    moved_count = fields.Integer(
        string="Opportunities Moved",
        readonly=True,
        help="Older opportunities that changed stage and are still open.",
    )
    meeting_count = fields.Integer(
        string="Meetings",
        readonly=True,
        help="Meetings of the week, except declined ones.",
    )
    activity_done_count = fields.Integer(string="Activities Done", readonly=True)
    activity_overdue_count = fields.Integer(
        string="Activities Overdue",
        readonly=True,
        help="Open activities that were due by the end of the week.",
    )
    refreshed_at = fields.Datetime(string="Figures Of", readonly=True, copy=False)

    def action_open_records(self):
        """Open the records of a count, which the context names."""
        self.ensure_one()
        counted = self._get_counted(self.user_id)
        name = self.env.context.get("count")
        if name not in list(counted):
            raise UserError(self.env._("There is nothing of this kind to open."))
        model, _key, domain = counted[name]
        if model == "calendar.attendee":
            model, domain = "calendar.event", Domain("attendee_ids", "any", domain)
        return {
            "type": "ir.actions.act_window",
            "name": self._fields[name]._description_string(self.env),
            "res_model": model,
            "domain": list(domain),
            "view_mode": "list,form",
            "views": [(False, "list"), (False, "form")],
            "context": {"active_test": False, "create": False},
        }

    # ------------------------------------------------------------------
    # Prefilling
    # ------------------------------------------------------------------

    def _prefill(self):
        """Take what is known of the weeks of these drafts from the data.

        To be called as superuser: figures and plans are those of the person.
        """
        if not self:
            return
        self._fill_figures()
        self._fill_counts()
        self._carry_over()
        self.refreshed_at = fields.Datetime.now()

    def _fill_figures(self):
        self.figure_ids.unlink()
        chosen = {
            company: company.sales_weekly_metric_ids for company in self.company_id
        }
        metrics = self.env["sales.metric"].union(*chosen.values())
        scopes = {r: Scope(r.company_id.id, user_id=r.user_id.id) for r in self}
        weeks = {report: Period(report.date_from, report.date_to) for report in self}
        months = {report: report._get_month_to_date() for report in self}
        results = self._get_results(metrics, scopes, months)
        # A target may be narrower than the person, e.g. their sales in a region.
        own = {
            key: [target._get_scope() for target in result["targets"]]
            for key, result in results.items()
        }
        values = metrics._evaluate(
            [*scopes.values(), *(scope for some in own.values() for scope in some)],
            [*weeks.values(), *months.values()],
        )
        lines = []
        for report in self:
            scope, month = scopes[report], months[report]
            for metric in chosen[report.company_id].filtered("active"):
                key = (report, metric)
                parts = [values[metric.id, s, month] for s in own.get(key, [scope])]
                lines.append(
                    report._prepare_figure(
                        metric,
                        values[metric.id, scope, weeks[report]],
                        None if None in parts else sum(parts),
                        results.get(key),
                    )
                )
        self.env["sales.weekly.report.figure"].create(lines)

    def _get_month_to_date(self):
        """:return: the month that the week ends in, or is in by now, up to that day"""
        self.ensure_one()
        today = self.company_id._get_sales_today()
        day = max(self.date_from, min(self.date_to, today))
        return Period.month(day).until(day)

    def _get_results(self, metrics, scopes, months):
        """Ask what has become of the people's own targets in months.

        :return: dict (report, metric) -> result, see ``sales.target.result.ask``
        """
        whole = {report: Period.month(month.start) for report, month in months.items()}
        found = self.env["sales.target.result"].ask(
            scopes.values(), metrics, whole.values()
        )
        results = {}
        for report in self:
            for metric in metrics:
                # Of a rate with several targets none is that of the person.
                with suppress(UserError):
                    key = (metric.id, scopes[report], whole[report])
                    results[report, metric] = found[key]
        return {key: result for key, result in results.items() if result}

    def _prepare_figure(self, metric, week, month, result):
        """Prepare a figure as of the end of the week, however much later it is."""
        vals = {
            "report_id": self.id,
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
        groups = self.grouped(lambda report: (report.company_id, report.date_from))
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

    def _get_counted(self, users):
        """Return what is counted in the week of the report.

        :return: dict field -> (model, field of the person, domain)
        """
        self.ensure_one()
        company = self.company_id
        start = company._get_sales_moment(self.date_from)
        end = company._get_sales_moment(self.date_to + timedelta(days=1))
        yesterday = company._get_sales_today() - timedelta(days=1)
        person = Domain("user_id", "in", users.ids)
        # A to-do to write a report is no work that it would report.
        work = person & Domain("res_model", "!=", self._name)
        return {
            "moved_count": (
                "crm.lead",
                "user_id",
                person
                & Domain("company_id", "in", (False, company.id))
                & Domain("active", "=", True)
                & Domain("type", "=", "opportunity")
                & Domain("won_status", "=", "pending")
                & Domain("date_last_stage_update", ">=", start)
                & Domain("date_last_stage_update", "<", end)
                # Odoo takes the creation for a change of the stage, e.g. that of an
                # opportunity that began before and was imported in the week.
                & Domain("create_date", "<", start)
                & (
                    Domain("sales_opened_date", "<", self.date_from)
                    | Domain("sales_opened_date", "=", False)
                ),
            ),
            "meeting_count": (
                "calendar.attendee",
                "partner_id",
                Domain("partner_id", "in", users.partner_id.ids)
                & Domain("state", "!=", "declined")
                & Domain("event_id.active", "=", True)
                & Domain("event_id.start", ">=", start)
                & Domain("event_id.start", "<", end),
            ),
            "activity_done_count": (
                "mail.activity",
                "user_id",
                work
                & Domain("active", "=", False)
                & Domain("date_done", ">=", self.date_from)
                & Domain("date_done", "<=", self.date_to),
            ),
            "activity_overdue_count": (
                "mail.activity",
                "user_id",
                work
                & Domain("active", "=", True)
                & Domain("date_deadline", "<=", min(self.date_to, yesterday)),
            ),
        }

    # ------------------------------------------------------------------
    # Plans
    # ------------------------------------------------------------------

    def _carry_over(self):
        """Propose as tasks what the report before has planned, each plan once."""
        if not self:
            return
        before = self.search(
            [
                ("user_id", "in", self.user_id.ids),
                ("company_id", "in", self.company_id.ids),
                ("state", "!=", "draft"),
                ("date_from", ">=", min(self.mapped("date_from")) - PLAN_WEEKS),
                ("date_from", "<", max(self.mapped("date_from"))),
            ],
            order="date_from DESC",
        ).grouped(lambda report: (report.user_id, report.company_id))
        plans = self.env["sales.weekly.report.line"]
        commands = []
        for report in self:
            mine = before.get((report.user_id, report.company_id), self.browse())
            last = mine.filtered(lambda r, day=report.date_from: r.date_from < day)[:1]
            for plan in last.plan_ids.filtered(lambda line: not line.is_carried):
                plans |= plan
                commands.append(self._prepare_task(report, plan))
        self.env["sales.weekly.report.line"].create(commands)
        plans.is_carried = True

    def _prepare_task(self, report, plan):
        return {
            "report_id": report.id,
            "kind": "done",
            "name": plan.name,
            "sequence": plan.sequence,
            "partner_id": plan.partner_id.id,
            "opportunity_id": plan.opportunity_id.id,
            "is_proposed": True,
        }

    def _get_next_drafts(self):
        """:return: the drafts that these reports are the ones before of"""
        return self.search(
            [
                ("user_id", "in", self.user_id.ids),
                ("company_id", "in", self.company_id.ids),
                ("state", "=", "draft"),
                ("date_from", ">", min(self.mapped("date_from"))),
            ]
        )
