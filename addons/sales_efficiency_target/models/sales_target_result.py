# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models
from odoo.tools import SQL

from .sales_target_scope import SCOPE

# What is measured and derived from it, over the results `r`.
MEASURED = {
    "date_to": "r.date_to",
    "is_measured": "r.actual IS NOT NULL",
    "higher_is_better": "r.direction = 1",
    "amount": "r.amount",
    "actual": "r.actual",
    "last_year": "r.last_year",
    "expected": "COALESCE(r.expected, 0)",
    "projected": """
        CASE WHEN NOT r.is_additive THEN r.actual
             WHEN r.has_begun
             THEN r.actual + r.actual / r.expected * (r.amount - r.expected)
             WHEN r.expected_to_date > 0
             THEN r.actual + r.actual_to_date / r.expected_to_date * r.amount END
    """,
    "gap": "r.amount - r.actual",
    "deviation": "CASE WHEN r.has_begun THEN r.actual - r.expected END",
    "attainment": """
        100 * CASE r.direction WHEN 1 THEN r.actual / NULLIF(r.amount, 0)
                               ELSE r.amount / NULLIF(r.actual, 0) END
    """,
    "pace": """
        100 * CASE r.direction WHEN 1 THEN r.actual / NULLIF(r.expected, 0)
                               ELSE r.expected / NULLIF(r.actual, 0) END
    """,
    "growth": "100 * r.actual / NULLIF(r.last_year, 0) - 100",
    "status": """
        CASE WHEN r.actual IS NULL OR NOT COALESCE(r.has_begun, FALSE) THEN 'open'
             WHEN r.direction * r.actual >= r.direction * r.amount THEN 'reached'
             WHEN r.direction * r.actual >= r.direction * r.expected THEN 'on_track'
             ELSE 'behind' END
    """,
    "refreshed_at": "now() AT TIME ZONE 'UTC'",
}
# Of a group they are the quotients of the sums
RATIOS = {
    "attainment": ("actual", "amount"),
    "pace": ("actual", "expected"),
    "growth": ("actual", "last_year"),
}


class SalesTargetResult(models.Model):
    """What has become of a target in a month, a quarter, the year (policy 2.2.2).

    The rows are written by ``_refresh`` alone: by one evaluation of each metric and
    one statement, however many targets there are.

    - expected: what should be there by now: the months that are over, and of the
      current month the share of its working days that are over;
    - pace: actual ÷ expected;
    - projected: actual + pace × what is still expected: the run rate, with the
      seasonality of the target's own months.
    """

    _name = "sales.target.result"
    _inherit = "sales.target.scope"
    _description = "Result of a Sales Target"
    _order = "date_from desc, target_id"
    _rec_name = "target_id"

    target_id = fields.Many2one(
        comodel_name="sales.target",
        string="Target Of",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    tree_name = fields.Char(related="target_id.tree_name", string="Scope")
    parent_id = fields.Many2one(related="target_id.parent_id")
    period = fields.Selection(
        selection=[
            ("month", "Month"),
            ("quarter", "Quarter"),
            ("to_date", "Year to date"),
            ("year", "Year"),
        ],
        required=True,
        readonly=True,
    )
    date_from = fields.Date(string="From", required=True, readonly=True)
    date_to = fields.Date(string="To", required=True, readonly=True)
    is_measured = fields.Boolean(
        readonly=True,
        help="There is an actual: a rate has none where nothing happened.",
    )
    higher_is_better = fields.Boolean(readonly=True)
    amount = fields.Float(string="Target", digits=0, readonly=True)
    actual = fields.Float(digits=0, readonly=True)
    expected = fields.Float(
        string="Expected to Date",
        digits=0,
        readonly=True,
        help="The months that are over, and of the current month the share of its"
        " working days that are over.",
    )
    projected = fields.Float(
        string="Projected Landing",
        digits=0,
        readonly=True,
        help="What it comes to at the present pace: actual + actual ÷ expected × what"
        " is still to come by the months of the target.",
    )
    last_year = fields.Float(
        digits=0, readonly=True, help="The same period a year before."
    )
    gap = fields.Float(
        string="Gap to Go", digits=0, readonly=True, help="Target less actual."
    )
    deviation = fields.Float(
        digits=0, readonly=True, help="Actual less expected to date."
    )
    attainment = fields.Float(
        string="Attainment (%)",
        digits=(16, 1),
        readonly=True,
        help="Actual ÷ target; target ÷ actual where less is better. Of a group: sum"
        " ÷ sum.",
    )
    pace = fields.Float(
        string="Pace (%)",
        digits=(16, 1),
        readonly=True,
        help="Actual ÷ expected to date; the other way round where less is better.",
    )
    growth = fields.Float(
        string="Growth (%)",
        digits=(16, 1),
        readonly=True,
        help="Actual against the same period a year before.",
    )
    status = fields.Selection(
        selection=[
            ("reached", "Reached"),
            ("on_track", "On track"),
            ("behind", "Behind"),
            ("open", "To come"),
        ],
        readonly=True,
        help="Behind: less than expected to date.",
    )
    refreshed_at = fields.Datetime(string="Refreshed", readonly=True)
    milestone_count = fields.Integer(related="project_id.sales_milestone_count")
    milestone_reached_count = fields.Integer(
        related="project_id.sales_milestone_reached_count"
    )
    milestone_overdue_count = fields.Integer(
        related="project_id.sales_milestone_overdue_count"
    )
    milestone_slipped_count = fields.Integer(
        related="project_id.sales_milestone_slipped_count"
    )
    milestone_progress = fields.Float(related="project_id.sales_progress")
    next_milestone_id = fields.Many2one(related="project_id.sales_next_milestone_id")
    next_deadline = fields.Date(related="project_id.sales_next_deadline")

    _key = models.UniqueIndex("(target_id, period, date_from)")

    # ------------------------------------------------------------------
    # ORM
    # ------------------------------------------------------------------

    def _read_group_select(self, aggregate_spec, query):
        """Divide sums by sums, and add up only what adds up.

        Rates have no sum, nor have figures of several metrics or periods, or of a
        target together with its parts.
        """
        name, _colon, function = aggregate_spec.partition(":")
        ratio = RATIOS.get(name)
        if function != "sum":
            return super()._read_group_select(aggregate_spec, query)
        column = self._field_to_sql(self._table, name, query)
        value = SQL("SUM(%s)", column)
        if ratio:
            value = self._divide_sums(ratio, query)
        return SQL(
            "CASE WHEN COUNT(*) = 1 THEN SUM(%s) WHEN %s THEN %s END",
            column,
            self._add_up(query, "period", "higher_is_better"),
            value,
        )

    def _divide_sums(self, ratio, query):
        columns = [self._field_to_sql(self._table, name, query) for name in ratio]
        quotient, inverse = (
            SQL("100 * SUM(%s) / NULLIF(SUM(%s), 0)", *pair)
            for pair in (columns, reversed(columns))
        )
        if ratio == RATIOS["growth"]:
            return SQL("%s - 100", quotient)
        higher_is_better = self._field_to_sql(self._table, "higher_is_better", query)
        return SQL(
            "CASE WHEN BOOL_AND(%s) THEN %s ELSE %s END",
            higher_is_better,
            quotient,
            inverse,
        )

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_open_target(self):
        self.ensure_one()
        return self.target_id._get_records_action()

    def action_open_milestones(self):
        """Show the milestones of the project."""
        return self.target_id.action_open_milestones()

    def action_open_figures(self):
        """Show the figures that the actual is made of, down to their documents."""
        self.ensure_one()
        return self.target_id._get_figures_action(self.date_from, self.date_to)

    def action_open_gap_analysis(self):
        """Show where the deviation comes from (policy 2.2.2)."""
        return self._get_gap_action()

    def _get_gap_action(self):
        """:return: the action that analyses the gap of the target in the period"""
        self.ensure_one()
        return self.target_id._get_gap_action(self.period, self.date_from)

    # ------------------------------------------------------------------
    # Refresh
    # ------------------------------------------------------------------

    def _cron_refresh(self):
        """Measure the targets of all running plans."""
        plans = self.env["sales.target.plan"].search([("state", "=", "running")])
        self._refresh(plans.target_ids)

    def _refresh(self, targets):
        """Measure targets: one evaluation for each metric, one statement in all.

        :param targets: ``sales.target`` records
        """
        self.env.flush_all()
        periods = {plan: plan._get_periods() for plan in targets.plan_id}
        figures = []
        for (plan, metric), group in targets.grouped(
            lambda target: (target.plan_id, target.metric_id)
        ).items():
            figures += self._measure(metric, group, periods[plan])
        if figures:
            # Tables that were filled just now have no statistics: the planner would
            # expect a row of each and compare each with each.
            self.env.cr.execute("SET LOCAL enable_nestloop = off")
            self.env.cr.execute(self._sql_upsert(figures, periods))
            self.env.cr.execute("SET LOCAL enable_nestloop = on")
        self.invalidate_model()
        self.env["sales.alert.rule"]._trigger_evaluation()

    def _measure(self, metric, targets, periods):
        """:return: [(target id, number of the period, actual, last year)]"""
        scopes = {target.id: target._get_scope() for target in targets}
        spans = [span for _kind, _period, span in periods]
        before = [span.previous_year() for span in spans]
        values = metric._evaluate(scopes.values(), [*spans, *before])
        return [
            (
                target_id,
                number,
                values[metric.id, scope, span],
                values[metric.id, scope, before[number]],
            )
            for target_id, scope in scopes.items()
            for number, span in enumerate(spans)
        ]

    def _sql_upsert(self, figures, periods):
        """Return the statement that writes the results.

        :param list figures: what ``_measure`` returns
        :param dict periods: plan -> what ``_get_periods`` returns
        """
        columns = ("target_id", "period", "date_from", *SCOPE, *MEASURED)
        return SQL(
            """
            WITH figure AS (%(figures)s), span AS (%(spans)s), elapsed AS (%(elapsed)s),
            planned AS (
                SELECT m.target_id, s.number,
                       CASE WHEN t.is_additive THEN SUM(m.amount)
                            ELSE AVG(m.amount) END AS amount,
                       CASE WHEN t.is_additive THEN SUM(m.amount * e.share)
                            ELSE SUM(m.amount * e.share) / NULLIF(SUM(e.share), 0)
                            END AS expected
                  FROM sales_target_month m
                  JOIN sales_target t ON t.id = m.target_id
                  JOIN span s ON s.plan_id = t.plan_id
                             AND m.month BETWEEN s.date_from AND s.date_to
                  JOIN elapsed e ON e.plan_id = t.plan_id AND e.month = m.month
                 WHERE t.id = ANY(%(target_ids)s)
                 GROUP BY m.target_id, s.number, t.is_additive
            ), result AS (
                SELECT f.target_id, s.kind AS period, s.date_from, s.date_to,
                       f.actual, f.last_year, p.amount, p.expected,
                       p.expected > 0 AS has_begun,
                       CASE WHEN k.higher_is_better THEN 1 ELSE -1 END AS direction,
                       %(copied)s,
                       MAX(f.actual) FILTER (WHERE s.kind = 'to_date')
                           OVER target AS actual_to_date,
                       MAX(p.expected) FILTER (WHERE s.kind = 'to_date')
                           OVER target AS expected_to_date
                  FROM figure f
                  JOIN sales_target t ON t.id = f.target_id
                  JOIN sales_metric k ON k.id = t.metric_id
                  JOIN span s ON s.plan_id = t.plan_id AND s.number = f.number
                  JOIN planned p ON p.target_id = f.target_id AND p.number = f.number
                WINDOW target AS (PARTITION BY f.target_id)
            )
            INSERT INTO sales_target_result (%(columns)s)
            SELECT %(values)s
              FROM result r
                ON CONFLICT (target_id, period, date_from) DO UPDATE SET %(updates)s
            """,
            target_ids=list({target_id for target_id, *_figure in figures}),
            figures=self._sql_rows(
                {"target_id": "int", "number": "int"}
                | dict.fromkeys(("actual", "last_year"), "float8"),
                figures,
            ),
            spans=self._sql_rows(
                {"plan_id": "int", "number": "int", "kind": "text"}
                | dict.fromkeys(("date_from", "date_to"), "date"),
                [
                    (plan.id, number, kind, period.start, period.end)
                    for plan, spans in periods.items()
                    for number, (kind, period, _span) in enumerate(spans)
                ],
            ),
            elapsed=self._sql_rows(
                {"plan_id": "int", "month": "date", "share": "float8"},
                [
                    (plan.id, month, share)
                    for plan in periods
                    for month, share in plan._get_elapsed_shares().items()
                ],
            ),
            copied=SQL(", ").join(SQL.identifier("t", name) for name in SCOPE),
            columns=SQL(", ").join(map(SQL.identifier, columns)),
            values=SQL(", ").join(
                SQL(MEASURED[name]) if name in MEASURED else SQL.identifier("r", name)
                for name in columns
            ),
            updates=SQL(", ").join(
                SQL("%(c)s = excluded.%(c)s", c=SQL.identifier(name))
                for name in (*SCOPE, *MEASURED)
            ),
        )

    def _sql_rows(self, types, rows):
        """Return the SELECT of some rows."""
        columns = zip(*rows, strict=True)
        return SQL(
            "SELECT * FROM unnest(%s) AS row (%s)",
            SQL(", ").join(
                SQL("%s::%s[]", list(column), SQL(type_))
                for column, type_ in zip(columns, types.values(), strict=True)
            ),
            SQL(", ").join(map(SQL.identifier, types)),
        )
