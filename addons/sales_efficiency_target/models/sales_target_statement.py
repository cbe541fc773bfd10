# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models
from odoo.tools import SQL

from odoo.addons.sales_efficiency_base.tools import GROWTH

from ..tools import to_array

# What is measured of a target in a period, see ``_measure_figures``
MEASURED = ("actual", "last_year", "last_year_whole", "pipeline")
# What changes of the facts say, see ``_sum_changes``
FOLLOWED = ("actual", "last_year", "last_year_whole")

# What is planned and measured: of a target `t`, its metric `k`, a span `s`, what is
# planned `p`, a figure `f`, and the row `o` that was there before.
FIGURES = {
    "date_to": "s.date_to",
    "higher_is_better": "k.higher_is_better",
    "is_rate": "k.unit IN ('percent', 'points')",
    "amount": "CASE WHEN t.is_additive THEN p.amount ELSE p.amount / p.months END",
    "original_amount": """
        CASE WHEN t.is_additive THEN p.original ELSE p.original / p.months END
    """,
    # Nothing, and not 0, of what has not begun
    "expected": """
        CASE WHEN s.has_begun
             THEN CASE WHEN t.is_additive THEN p.expected
                       ELSE p.expected / NULLIF(p.share, 0) END END
    """,
    "remaining_days": "s.remaining_days",
    **{name: f"f.{name}" for name in MEASURED},
    "closed_actual": """
        CASE WHEN s.is_over THEN COALESCE(o.closed_actual::float8, f.actual) END
    """,
}
PROJECTED = """
    CASE WHEN NOT r.is_additive THEN r.actual
         WHEN r.expected > 0
         THEN r.actual + r.actual / r.expected * (r.amount - r.expected)
         WHEN r.expected_to_date > 0
         THEN r.actual + r.actual_to_date / r.expected_to_date * r.amount END
"""


def _growth(now, before):
    """Return the growth of a row; rates grow by percentage points."""
    percent = GROWTH % {"now": now, "before": before}
    return f"CASE WHEN r.is_rate THEN {now} - {before} ELSE {percent} END"


# What follows from the figures of a row `r`
DERIVED = {
    "is_measured": "r.actual IS NOT NULL",
    "projected": PROJECTED,
    "with_pipeline": "r.actual + r.pipeline",
    "gap": "r.amount - r.actual",
    "gap_per_day": """
        CASE WHEN r.is_additive AND r.direction = 1 AND r.amount > r.actual
             THEN (r.amount - r.actual) / NULLIF(r.remaining_days, 0) END
    """,
    # Also what is there ahead of time or of a target of 0: months add up to the year.
    "deviation": """
        CASE WHEN r.is_additive THEN r.actual - COALESCE(r.expected, 0)
             ELSE r.actual - r.expected END
    """,
    "attainment": """
        100 * CASE r.direction WHEN 1 THEN r.actual / NULLIF(r.amount, 0)
                               ELSE r.amount / NULLIF(r.actual, 0) END
    """,
    "pace": """
        100 * CASE r.direction WHEN 1 THEN r.actual / NULLIF(r.expected, 0)
                               ELSE r.expected / NULLIF(r.actual, 0) END
    """,
    "growth": _growth("r.actual", "r.last_year"),
    "projected_growth": _growth(f"({PROJECTED})", "r.last_year_whole"),
    "moved": "COALESCE(r.actual - r.closed_actual, 0)",
    "status": """
        CASE WHEN r.actual IS NULL OR r.expected IS NULL THEN 'open'
             WHEN r.direction * r.actual >= r.direction * r.amount THEN 'reached'
             WHEN r.direction * r.actual >= r.direction * r.expected THEN 'on_track'
             ELSE 'behind' END
    """,
}


class SalesTargetStatement(models.AbstractModel):
    """The statements that write what has become of targets, see
    ``sales.target.measurement``."""

    _name = "sales.target.statement"
    _description = "Statements that Measure Sales Targets"

    def _sql_upsert(self, plan, periods, targets, figures):
        """Return the statement that writes what was planned and measured.

        :param list periods: what ``_get_periods`` of the plan returns
        :param figures: a list of each of ``MEASURED``, in the order of targets ×
            periods
        """
        scope = self._get_scope_columns()
        columns = ("target_id", "period", "date_from", *scope, *FIGURES, *DERIVED)
        shares = plan._get_elapsed_shares()
        spans = [period for _kind, period, _span in periods]
        today = plan._get_today()
        return SQL(
            """
            WITH figure AS (
                SELECT (%(target_ids)s::int[])[1 + (n - 1) / %(width)s] AS target_id,
                       (n - 1) %% %(width)s AS number, %(measured)s
                  FROM unnest(%(measures)s) WITH ORDINALITY AS f (%(measured)s, n)
            ), span (number, period, date_from, date_to, has_begun, is_over,
                     remaining_days) AS (
                SELECT * FROM unnest(%(spans)s)
            ), part (number, month, share) AS (SELECT * FROM unnest(%(parts)s)
            ), planned AS (
                SELECT m.target_id, part.number, SUM(m.amount::float8) AS amount,
                       SUM(m.original_amount::float8) AS original,
                       SUM(m.amount::float8 * part.share) AS expected,
                       COUNT(*) AS months, SUM(part.share) AS share
                  FROM sales_target_month m
                  JOIN part ON part.month = m.month
                 WHERE m.target_id = ANY(%(target_ids)s::int[])
                 GROUP BY m.target_id, part.number
            ), result AS (
                SELECT f.target_id, s.period, s.date_from, %(copied)s, %(figures)s,
                       CASE WHEN k.higher_is_better THEN 1 ELSE -1 END AS direction,
                       (%(old)s) IS NOT DISTINCT FROM (%(new)s) AS is_same,
                       o.projected AS old_projected
                  FROM figure f
                  JOIN sales_target t ON t.id = f.target_id
                  JOIN sales_metric k ON k.id = t.metric_id
                  JOIN span s ON s.number = f.number
                  JOIN planned p ON p.target_id = f.target_id AND p.number = f.number
                  LEFT JOIN sales_target_result o
                    ON o.target_id = f.target_id AND o.period = s.period
                   AND o.date_from = s.date_from
            )
            INSERT INTO sales_target_result (%(columns)s)
            SELECT %(values)s FROM (%(with_to_date)s) r
             WHERE NOT r.is_same
                OR r.old_projected IS DISTINCT FROM (%(projected)s)::numeric
                ON CONFLICT (target_id, period, date_from) DO UPDATE SET %(updates)s
            """,
            width=len(periods),
            target_ids=to_array(targets.ids),
            measured=SQL(", ").join(map(SQL.identifier, MEASURED)),
            measures=SQL(", ").join(
                SQL("%s::float8[]", to_array(column)) for column in figures
            ),
            spans=self._sql_arrays(
                ("int", "text", "date", "date", "bool", "bool", "float8"),
                [
                    (
                        number,
                        kind,
                        period.start,
                        period.end,
                        period.start <= today,
                        kind != "to_date" and period.end < today,
                        days,
                    )
                    for number, ((kind, period, _span), days) in enumerate(
                        zip(periods, plan._get_remaining_days(spans), strict=True)
                    )
                ],
            ),
            parts=self._sql_arrays(
                ("int", "date", "float8"),
                [
                    (number, month, shares[month])
                    for number, period in enumerate(spans)
                    for month in period.months()
                ],
            ),
            copied=self._sql_columns("t", scope),
            with_to_date=self._sql_with_to_date(SQL("SELECT * FROM result")),
            columns=SQL(", ").join(map(SQL.identifier, columns)),
            values=SQL(", ").join(
                SQL(DERIVED[name]) if name in DERIVED else SQL.identifier("r", name)
                for name in columns
            ),
            updates=SQL(", ").join(
                SQL("%(c)s = excluded.%(c)s", c=SQL.identifier(name))
                for name in columns[3:]
            ),
            old=self._sql_columns("o", (*scope, *FIGURES)),
            new=SQL(
                "%s, %s",
                self._sql_columns("t", scope),
                SQL(", ").join(
                    SQL("(%s)%s", SQL(value), self._sql_cast(name))
                    for name, value in FIGURES.items()
                ),
            ),
            figures=SQL(", ").join(
                SQL(
                    "(%s)%s AS %s",
                    SQL(value),
                    self._sql_cast(name, "::numeric::float8"),
                    SQL.identifier(name),
                )
                for name, value in FIGURES.items()
            ),
            projected=SQL(PROJECTED),
        )

    def _sql_cast(self, name, cast="::numeric"):
        """Return the cast to what is stored: numbers of 15 digits.

        What follows from a figure follows from the stored one, whoever writes it.
        """
        return SQL(cast) if self._fields[name].type == "float" else SQL()

    def _sql_add(self, periods, figures):
        """Return the statement that adds changes to the figures of results.

        :param figures: list of (target id, number of the period, change of each of
            ``FOLLOWED``)
        """
        names = (*FOLLOWED, *DERIVED)
        return SQL(
            """
            WITH figure (target_id, number, %(followed)s) AS (
                SELECT * FROM unnest(%(figures)s)
            ), span (number, period, date_from) AS (SELECT * FROM unnest(%(spans)s)
            ), result AS (
                SELECT o.id, o.target_id, o.period, o.date_from, o.is_additive,
                       o.is_rate, %(added)s, %(kept)s,
                       CASE WHEN o.higher_is_better THEN 1 ELSE -1 END AS direction,
                       f.target_id IS NOT NULL OR COALESCE(o.expected, 0) = 0
                       AS is_concerned
                  FROM sales_target_result o
                  JOIN span s USING (period, date_from)
                  LEFT JOIN figure f
                    ON f.target_id = o.target_id AND f.number = s.number
                 WHERE o.target_id = ANY(%(target_ids)s)
                   AND (f.target_id IS NOT NULL OR COALESCE(o.expected, 0) = 0
                        OR o.period = 'to_date')
            )
            UPDATE sales_target_result o SET %(updates)s
              FROM (SELECT r.id, %(values)s FROM (%(with_to_date)s) r
                     WHERE r.is_concerned) n
             WHERE n.id = o.id AND (%(old)s) IS DISTINCT FROM (%(new)s)
            """,
            figures=self._sql_arrays(
                ("int", "int", *("numeric" for _name in FOLLOWED)), figures
            ),
            followed=SQL(", ").join(map(SQL.identifier, FOLLOWED)),
            added=SQL(", ").join(
                SQL(
                    "(o.%(name)s + COALESCE(f.%(name)s, 0))::float8 AS %(name)s",
                    name=SQL.identifier(name),
                )
                for name in FOLLOWED
            ),
            spans=self._sql_arrays(
                ("int", "text", "date"),
                [
                    (number, kind, period.start)
                    for number, (kind, period, _span) in enumerate(periods)
                ],
            ),
            target_ids=list({target_id for target_id, *_change in figures}),
            kept=SQL(", ").join(
                SQL("%s::float8", SQL.identifier("o", name))
                for name in (
                    "amount",
                    "expected",
                    "remaining_days",
                    "pipeline",
                    "closed_actual",
                )
            ),
            with_to_date=self._sql_with_to_date(SQL("SELECT * FROM result")),
            values=SQL(", ").join(
                SQL(
                    "(%s)%s AS %s",
                    SQL(DERIVED.get(name, f"r.{name}")),
                    self._sql_cast(name),
                    SQL.identifier(name),
                )
                for name in names
            ),
            updates=SQL(", ").join(
                SQL("%(c)s = n.%(c)s", c=SQL.identifier(name)) for name in names
            ),
            old=self._sql_columns("o", names),
            new=self._sql_columns("n", names),
        )

    def _sql_with_to_date(self, results):
        """SELECT the results, each with those of its target for the year to date."""
        return SQL(
            """
            SELECT *, MAX(actual) FILTER (WHERE period = 'to_date')
                          OVER (PARTITION BY target_id) AS actual_to_date,
                   MAX(expected) FILTER (WHERE period = 'to_date')
                       OVER (PARTITION BY target_id) AS expected_to_date
              FROM (%s) result
            """,
            results,
        )

    def _sql_columns(self, alias, names):
        return SQL(", ").join(SQL.identifier(alias, name) for name in names)

    def _sql_arrays(self, types, rows):
        """Return the arguments by which ``unnest`` makes some rows."""
        return SQL(", ").join(
            SQL("%s::%s[]", to_array(column), SQL(type_))
            for column, type_ in zip(zip(*rows, strict=True), types, strict=True)
        )
