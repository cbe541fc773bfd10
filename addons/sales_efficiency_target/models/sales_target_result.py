# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.sales_efficiency_base.tools import Period, select_period_kinds

from ..engine import DERIVED, Measurement, Results

# Figures derived from the sums of a group -> fields that must be equal in all its rows,
# in addition to those required for any sum: the days left depend on the period's dates.
QUOTIENTS = {
    "attainment": (),
    "pace": (),
    "growth": (),
    "projected_growth": (),
    "gap_per_day": ("date_from",),
}


class SalesTargetResult(models.Model):
    """The result of a target in a month, a quarter or the year (policy 2.2.2).

    :class:`.Measurement` writes the rows.

    - expected: target to date: past months, and the elapsed share of the current month
      by working days;
    - pace: actual ÷ expected;
    - projected: actual + pace × target of the remaining time: the run rate, with the
      seasonality of the target's own months;
    - pipeline: weighted revenue of open opportunities, independent of the run rate.
    """

    _name = "sales.target.result"
    _inherit = ["sales.target.scope", "sales.mart.table"]
    _auto = False
    _log_access = False
    _description = "Result of a Sales Target"
    _order = "date_from desc, target_id"
    _rec_name = "target_id"

    target_id = fields.Many2one(
        comodel_name="sales.target",
        string="Scope",
        required=True,
        readonly=True,
        ondelete="cascade",
    )
    tree_name = fields.Char(related="target_id.tree_name", string="Scope by Level")
    parent_id = fields.Many2one(related="target_id.parent_id")
    period = fields.Selection(
        selection=select_period_kinds,
        required=True,
        readonly=True,
    )
    date_from = fields.Date(string="From", required=True, readonly=True)
    date_to = fields.Date(string="To", required=True, readonly=True)
    is_measured = fields.Boolean(
        readonly=True,
        help="False for a rate without any sales.",
    )
    higher_is_better = fields.Boolean(readonly=True)
    is_rate = fields.Boolean(
        string="Rate", readonly=True, help="It changes by percentage points."
    )
    amount = fields.Float(string="Target", digits=0, readonly=True)
    original_amount = fields.Float(
        string="Original Target",
        digits=0,
        readonly=True,
        help="Target at the start of the plan, before adjustments.",
    )
    is_adjusted = fields.Boolean(string="Adjusted", compute="_compute_is_adjusted")
    actual = fields.Float(digits=0, readonly=True)
    known = fields.Char(
        compute="_compute_known",
        help="Share of the sales whose margin is known, if not all: the others count"
        " neither in a margin nor in its rate.",
    )
    expected = fields.Float(
        string="Expected to Date",
        digits=0,
        readonly=True,
        help="Targets of past months plus the elapsed share of the current month, by"
        " working days.",
    )
    projected = fields.Float(
        string="Projected Landing",
        digits=0,
        readonly=True,
        help="Actual + actual ÷ expected × target of the remaining time.",
    )
    pipeline = fields.Float(
        string="Weighted Pipeline",
        digits=0,
        readonly=True,
        help="Expected revenue × probability of the open opportunities that are"
        " expected to close in the rest of the period. One whose expected closing is"
        " over, or not known, does not count: date it anew. Only for targets of"
        " amounts, not of margins or quantities.",
    )
    with_pipeline = fields.Float(
        string="Actual + Pipeline",
        digits=0,
        readonly=True,
        help="Actual plus weighted pipeline. Do not add it to the projected landing,"
        " which is based on pace: both include future sales.",
    )
    last_year = fields.Float(
        string="Last Year, Same Days",
        digits=0,
        readonly=True,
        help="A year before; for a running period, up to the same day.",
    )
    last_year_whole = fields.Float(
        string="Last Year",
        digits=0,
        readonly=True,
        help="The whole period a year before.",
    )
    gap = fields.Float(
        string="Still to Go", digits=0, readonly=True, help="Target less actual."
    )
    remaining_days = fields.Float(
        string="Working Days Left",
        digits=(16, 1),
        readonly=True,
        aggregator=None,
        help="Working days left in the period, including today.",
    )
    gap_per_day = fields.Float(
        string="Gap per Day",
        digits=0,
        readonly=True,
        help="Gap to go ÷ working days left. Empty if the target is reached, no day"
        " is left, parts do not add up, or less is better.",
    )
    deviation = fields.Float(
        digits=0,
        readonly=True,
        help="Actual less expected to date, which may be 0.",
    )
    attainment = fields.Float(
        string="Attainment (%)",
        digits=(16, 1),
        readonly=True,
        help="Actual ÷ target; target ÷ actual where less is better. For a group:"
        " sum ÷ sum.",
    )
    pace = fields.Float(
        string="Pace (%)",
        digits=(16, 1),
        readonly=True,
        help="Actual ÷ expected to date; inverted where less is better.",
    )
    growth = fields.Float(
        digits=(16, 1),
        readonly=True,
        help="(Actual − last year) ÷ |last year| in percent, for the same days. For"
        " rates, the difference in points.",
    )
    projected_growth = fields.Float(
        digits=(16, 1),
        readonly=True,
        help="Projected landing against the whole period a year before, in percent;"
        " for rates in points.",
    )
    status = fields.Selection(
        selection=[
            ("reached", "Reached"),
            ("on_track", "On track"),
            ("behind", "Behind"),
            ("open", "To come"),
        ],
        readonly=True,
        help="Behind expected to date.",
    )
    closed_actual = fields.Float(
        string="Actual at Closing",
        digits=0,
        readonly=True,
        help="Actual as first measured after the period ended.",
    )
    moved = fields.Float(
        string="Changed after Closing",
        digits=0,
        readonly=True,
        help="Change of the actual since the period ended, e.g. by a back-dated or"
        " cancelled order.",
    )
    refreshed_at = fields.Datetime(
        related="plan_id.measured_at",
        string="As Of",
        help="The results show the figures as they were then.",
    )

    _key = models.UniqueIndex(
        "(target_id, period, date_from)",
        "A target has one result of each period.",
    )
    _plan_period = models.Index("(plan_id, period)")
    _responsible = models.Index("(responsible_id) WHERE responsible_id IS NOT NULL")

    # ------------------------------------------------------------------
    # Computed fields
    # ------------------------------------------------------------------

    @api.depends("amount", "original_amount")
    def _compute_is_adjusted(self):
        for result in self:
            difference = result.amount - result.original_amount
            result.is_adjusted = bool(result.target_id._round(difference))

    @api.depends_context("lang")
    def _compute_known(self):
        known = self._get_known()
        for result in self:
            result.known = result.metric_id._describe_known(known.get(result))

    # ------------------------------------------------------------------
    # ORM
    # ------------------------------------------------------------------

    def _fill_new_columns(self, names):
        """Fill the original target of existing results from the months."""
        res = super()._fill_new_columns(names)
        self.env.cr.execute(
            SQL(
                """
                UPDATE sales_target_result r SET original_amount = o.amount
                  FROM (SELECT r.id, (CASE WHEN r.is_additive
                                           THEN SUM(m.original_amount)
                                           ELSE AVG(m.original_amount) END) AS amount
                          FROM sales_target_result r
                          JOIN sales_target_month m ON m.target_id = r.target_id
                           AND m.month BETWEEN r.date_from AND r.date_to
                         GROUP BY r.id, r.is_additive) o
                 WHERE o.id = r.id AND r.original_amount IS NULL
                """
            )
        )
        return res

    def _read_group_select(self, aggregate_spec, query):
        """Divide sums by sums, and add up only additive rows.

        Rates have no sum; neither do figures of several metrics or periods, nor a
        target together with its parts.
        """
        name, _colon, function = aggregate_spec.partition(":")
        if function != "sum":
            return super()._read_group_select(aggregate_spec, query)
        column = self._field_to_sql(self._table, name, query)
        value = SQL("SUM(%s)", column)
        if name in QUOTIENTS:
            formula, *figures = DERIVED[name]
            value = formula.sql(*(self._sum_up(figure, query) for figure in figures))
        same = ("period", "higher_is_better", *QUOTIENTS.get(name, ()))
        return SQL(
            "CASE WHEN COUNT(*) = 1 THEN SUM(%s) WHEN %s THEN %s END",
            column,
            self._add_up(query, *same),
            value,
        )

    def _sum_up(self, name, query):
        """Return the SQL aggregate of a figure, for the formulas of ``DERIVED``."""
        column = self._field_to_sql(self._table, name, query)
        if self._fields[name].type == "boolean":
            return SQL("BOOL_AND(%s)", column)
        if name == "remaining_days":
            return SQL("MAX(%s)", column)
        return SQL("SUM(%s)", column)

    # ------------------------------------------------------------------
    # Measurement
    # ------------------------------------------------------------------

    @api.model
    def _cron_refresh(self):
        """Refresh the results of all running plans, in a transaction that sees what
        users have measured meanwhile.

        Pending adjustment requests follow in another transaction: a user deciding one
        of them may be waiting for the results.
        """
        self.env["ir.cron"]._commit_progress()
        self.env["sales.mart"]._lock(self._table)
        plans = self._refresh_running()
        self.env["ir.cron"]._commit_progress()
        self.env["sales.target.adjustment"]._refresh_waiting(plans)

    @api.model
    def _refresh_running(self):
        """See :meth:`.Measurement.refresh_running`."""
        return Measurement(self.env).refresh_running()

    @api.model
    def _refresh(self, targets):
        """Measure targets at once, see :meth:`.Measurement.refresh`."""
        Measurement(self.env).refresh(targets)

    @api.model
    def _tune(self):
        """See :meth:`.Measurement.tune`."""
        Measurement(self.env).tune()

    # ------------------------------------------------------------------
    # Queries
    # ------------------------------------------------------------------

    @api.model
    @api.private
    def ask(self, scopes, metrics, periods, as_of="now"):
        """Return targets and actuals by scope × metric × period, as far as the user
        may see them, see :meth:`.Results.ask`.

        Other add-ons call this method, or ask for a figure by its name with
        ``sales.metric.ask``.
        """
        return Results(self.env).ask(scopes, metrics, periods, as_of)

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    @api.readonly
    def action_open_target(self):
        self.ensure_one()
        return self.target_id._get_records_action()

    @api.readonly
    def action_open_figures(self):
        """Show the figures behind the actual, down to their documents."""
        self.ensure_one()
        return self.target_id._get_figures_action(self.date_from, self.date_to)

    @api.readonly
    def action_open_gap_analysis(self):
        """Show where the deviation comes from (policy 2.2.2)."""
        return self._get_gap_action()

    def _get_gap_action(self):
        """:return: the action that analyses the gap of the target in the period"""
        self.ensure_one()
        return self.target_id._get_gap_action(self.period, self.date_from)

    def _get_known(self):
        """Return how much of the sales has a known margin today.

        :return: dict result -> :class:`Known`, for measured results of metrics that
            involve margins
        """
        asked = {
            result: (result.metric_id.id, result._get_scope(), result._get_span())
            for result in self
            if result.is_measured and result.metric_id._get_margin_part()
        }
        known = self.metric_id._get_known(
            [scope for _metric_id, scope, _span in asked.values()],
            [span for _metric_id, _scope, span in asked.values()],
        )
        return {result: known[key] for result, key in asked.items()}

    def _get_span(self):
        """:return: the :class:`Period` that the actual covers"""
        if self.period == "to_date":
            return self.plan_id._get_span_to_date()
        return Period(self.date_from, self.date_to)

    def _get_pipeline(self):
        """:return: the opportunities behind the weighted pipelines"""
        leads = self.env["crm.lead"]
        for result in self:
            target = result.target_id
            open_leads = leads.search(
                [
                    ("won_status", "=", "pending"),
                    ("date_deadline", ">=", target.plan_id._get_today()),
                    ("date_deadline", ">=", result.date_from),
                    ("date_deadline", "<=", result.date_to),
                ]
            )
            created = self.env["sales.fact"].search(
                target._get_scope_domain(date.min, date.max)
                & Domain("source", "=", "opportunity")
                & Domain("event", "=", "created")
                & Domain("res_id", "in", open_leads.ids)
            )
            leads |= leads.browse(created.mapped("res_id"))
        return leads
