# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models
from odoo.tools import SQL

from odoo.addons.sales_efficiency_base.tools import to_array

from ..engine import DERIVED, average_unless_additive

# What is measured of a target in a period, see ``_measure_figures``
MEASURED = ("actual", "last_year", "last_year_whole", "pipeline")
# What changes of the facts say, see ``_sum_changes``
FOLLOWED = ("actual", "last_year", "last_year_whole")


def _gather(total, weight):
    """Return what the months of a target `t` make of a figure of what is planned."""
    return average_unless_additive.sql(SQL(total), SQL(weight), SQL("t.is_additive"))


# What is planned and measured: of a target `t`, its metric `k`, a span `s`, what is
# planned `p`, a figure `f`, and the row `o` that was there before.
FIGURES = {
    "date_to": SQL("s.date_to"),
    "higher_is_better": SQL("k.higher_is_better"),
    "is_rate": SQL("k.unit IN ('percent', 'points')"),
    "amount": _gather("p.amount", "p.months"),
    "original_amount": _gather("p.original", "p.months"),
    # Nothing, and not 0, of what has not begun
    "expected": SQL(
        "CASE WHEN s.has_begun THEN %s END", _gather("p.expected", "p.share")
    ),
    "remaining_days": SQL("s.remaining_days"),
    **{name: SQL.identifier("f", name) for name in MEASURED},
    "closed_actual": SQL(
        "CASE WHEN s.is_over THEN COALESCE(o.closed_actual::float8, f.actual) END"
    ),
}
# What is stored of what follows from them
FOLLOWING = ("is_measured", *DERIVED)


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
        columns = ("target_id", "period", "date_from", *scope, *FIGURES, *FOLLOWING)
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
                       -- In one order, lest their last digit depend on it
                       SUM(m.amount::float8 * part.share ORDER BY m.month) AS expected,
                       COUNT(*) AS months, SUM(part.share ORDER BY m.month) AS share
                  FROM sales_target_month m
                  JOIN part ON part.month = m.month
                 WHERE m.target_id = ANY(%(target_ids)s::int[])
                 GROUP BY m.target_id, part.number
            ), result AS (
                SELECT f.target_id, s.period, s.date_from, %(copied)s, %(figures)s,
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
            values=SQL(", ").join(map(self._sql_figure, columns)),
            updates=SQL(", ").join(
                SQL("%(c)s = excluded.%(c)s", c=SQL.identifier(name))
                for name in columns[3:]
            ),
            old=self._sql_columns("o", (*scope, *FIGURES)),
            new=SQL(
                "%s, %s",
                self._sql_columns("t", scope),
                SQL(", ").join(
                    SQL("(%s)%s", value, self._sql_cast(name))
                    for name, value in FIGURES.items()
                ),
            ),
            figures=SQL(", ").join(
                SQL(
                    "(%s)%s AS %s",
                    value,
                    self._sql_cast(name, "::numeric::float8"),
                    SQL.identifier(name),
                )
                for name, value in FIGURES.items()
            ),
            projected=self._sql_figure("projected"),
        )

    def _sql_figure(self, name):
        """Return a figure of a row `r`: a column, or what follows from others."""
        if name == "is_measured":
            return SQL("r.actual IS NOT NULL")
        if name not in DERIVED:
            return SQL.identifier("r", name)
        function, *names = DERIVED[name]
        return SQL("(%s)", function.sql(*map(self._sql_figure, names)))

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
        names = (*FOLLOWED, *FOLLOWING)
        return SQL(
            """
            WITH figure (target_id, number, %(followed)s) AS (
                SELECT * FROM unnest(%(figures)s)
            ), span (number, period, date_from) AS (SELECT * FROM unnest(%(spans)s)
            ), result AS (
                SELECT o.id, o.target_id, o.period, o.date_from, o.is_additive,
                       o.is_rate, o.higher_is_better, %(added)s, %(kept)s,
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
                    self._sql_figure(name),
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
