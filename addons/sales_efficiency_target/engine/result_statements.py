# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tools import SQL

from odoo.addons.sales_efficiency_base.tools import to_array

from .attainment import DERIVED, average_unless_additive

# Measured figures of a target in a period, see ``Measurement.measure_figures``
MEASURED = ("actual", "last_year", "last_year_whole", "pipeline")
# Figures to which changes of facts are added, see ``Measurement.sum_changes``
FOLLOWED = ("actual", "last_year", "last_year_whole")
# Figures not affected by changes of facts, from which others are derived
KEPT = ("amount", "expected", "remaining_days", "pipeline", "closed_actual")

COMMA = SQL(", ")


def _gather(total, weight):
    """Aggregate a planned figure over the months of a target `t`."""
    return average_unless_additive.sql(SQL(total), SQL(weight), SQL("t.is_additive"))


# Planned and measured figures, from target `t`, its metric `k`, span `s`, planned
# figures `p`, measured figures `f` and the previously stored row `o`
FIGURES = {
    "date_to": SQL("s.date_to"),
    "higher_is_better": SQL("k.higher_is_better"),
    "is_rate": SQL("k.unit IN ('percent', 'points')"),
    "amount": _gather("p.amount", "p.months"),
    "original_amount": _gather("p.original", "p.months"),
    # NULL, not 0, for future periods
    "expected": SQL(
        "CASE WHEN s.has_begun THEN %s END", _gather("p.expected", "p.share")
    ),
    "remaining_days": SQL("s.remaining_days"),
    **{name: SQL.identifier("f", name) for name in MEASURED},
    "closed_actual": SQL(
        "CASE WHEN s.is_closed THEN COALESCE(o.closed_actual::float8, f.actual) END"
    ),
}
# Derived figures that are stored
FOLLOWING = ("is_measured", *DERIVED)


class ResultStatements:
    """Builds the SQL statements that write results, with a method for each part.

    :param results: the model ``sales.target.result``
    """

    def __init__(self, results):
        self._fields = results._fields
        self._scope = results._get_scope_columns()

    # ------------------------------------------------------------------
    # Full measurement
    # ------------------------------------------------------------------

    def upsert(self, plan, periods, targets, figures):
        """Return the statement that writes planned and measured figures.

        :param list periods: what ``_get_periods`` of the plan returns
        :param figures: a list of each of ``MEASURED``, in the order of targets ×
            periods
        """
        columns = ("target_id", "period", "date_from", *self._scope)
        columns += (*FIGURES, *FOLLOWING)
        return SQL(
            """
            WITH figure AS (%(figure)s), span AS (%(span)s), part AS (%(part)s),
            planned AS (%(planned)s), result AS (%(result)s)
            INSERT INTO sales_target_result (%(columns)s)
            SELECT %(values)s FROM (%(with_to_date)s) r
             WHERE NOT r.is_same
                OR r.old_projected IS DISTINCT FROM (%(projected)s)::numeric
                ON CONFLICT (target_id, period, date_from) DO UPDATE SET %(updates)s
            """,
            figure=self._figure(targets, len(periods), figures),
            span=self._span(plan, periods),
            part=self._part(plan, periods),
            planned=self._planned(targets),
            result=self._result(),
            with_to_date=self._with_to_date(),
            columns=COMMA.join(map(SQL.identifier, columns)),
            values=COMMA.join(map(self.value, columns)),
            updates=COMMA.join(
                SQL("%(c)s = excluded.%(c)s", c=SQL.identifier(name))
                for name in columns[3:]
            ),
            projected=self.value("projected"),
        )

    def _figure(self, targets, width, figures):
        """SELECT the measured figures, by target and number of the period."""
        return SQL(
            """
            SELECT (%(target_ids)s::int[])[1 + (n - 1) / %(width)s] AS target_id,
                   (n - 1) %% %(width)s AS number, %(measured)s
              FROM unnest(%(measures)s) WITH ORDINALITY AS f (%(measured)s, n)
            """,
            width=width,
            target_ids=to_array(targets.ids),
            measured=COMMA.join(map(SQL.identifier, MEASURED)),
            measures=COMMA.join(
                SQL("%s::float8[]", to_array(column)) for column in figures
            ),
        )

    def _span(self, plan, periods):
        """SELECT the periods and their progress."""
        today = plan._get_today()
        first = plan._get_first_closing() or today
        spans = [period for _kind, period, _span in periods]
        return SQL(
            "SELECT * FROM unnest(%s) AS span (number, period, date_from, date_to,"
            " has_begun, is_closed, remaining_days)",
            self._arrays(
                ("int", "text", "date", "date", "bool", "bool", "float8"),
                [
                    (
                        number,
                        kind,
                        period.start,
                        period.end,
                        period.start <= today,
                        kind != "to_date" and first <= period.end < today,
                        days,
                    )
                    for number, ((kind, period, _span), days) in enumerate(
                        zip(periods, plan._get_remaining_days(spans), strict=True)
                    )
                ],
            ),
        )

    def _part(self, plan, periods):
        """SELECT the months of the periods, with the elapsed share of each."""
        shares = plan._get_elapsed_shares()
        return SQL(
            "SELECT * FROM unnest(%s) AS part (number, month, share)",
            self._arrays(
                ("int", "date", "float8"),
                [
                    (number, month, shares[month])
                    for number, (_kind, period, _span) in enumerate(periods)
                    for month in period.months()
                ],
            ),
        )

    def _planned(self, targets):
        """SELECT the planned totals, by target and number of the period."""
        return SQL(
            """
            SELECT m.target_id, part.number, SUM(m.amount::float8) AS amount,
                   SUM(m.original_amount::float8) AS original,
                   -- In one order, lest their last digit depend on it
                   SUM(m.amount::float8 * part.share ORDER BY m.month) AS expected,
                   COUNT(*) AS months, SUM(part.share ORDER BY m.month) AS share
              FROM sales_target_month m
              JOIN part ON part.month = m.month
             WHERE m.target_id = ANY(%s::int[])
             GROUP BY m.target_id, part.number
            """,
            to_array(targets.ids),
        )

    def _result(self):
        """SELECT the figures of results, and whether they equal the stored ones."""
        return SQL(
            """
            SELECT f.target_id, s.period, s.date_from, %(scope)s, %(figures)s,
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
            """,
            scope=self._columns("t", self._scope),
            figures=COMMA.join(
                SQL(
                    "(%s)%s AS %s",
                    value,
                    self._cast(name, "::numeric::float8"),
                    SQL.identifier(name),
                )
                for name, value in FIGURES.items()
            ),
            old=self._columns("o", (*self._scope, *FIGURES)),
            new=COMMA.join(
                [
                    self._columns("t", self._scope),
                    *(
                        SQL("(%s)%s", value, self._cast(name))
                        for name, value in FIGURES.items()
                    ),
                ]
            ),
        )

    # ------------------------------------------------------------------
    # Changes
    # ------------------------------------------------------------------

    def add(self, periods, figures):
        """Return the statement that adds changes to the figures of results.

        :param list periods: what ``_get_periods`` of the plan returns
        :param figures: list of (target id, number of the period, change of each of
            ``FOLLOWED``)
        """
        names = (*FOLLOWED, *FOLLOWING)
        return SQL(
            """
            WITH figure AS (%(figure)s), span AS (%(span)s), result AS (%(result)s)
            UPDATE sales_target_result o SET %(updates)s
              FROM (SELECT r.id, %(values)s FROM (%(with_to_date)s) r
                     WHERE r.is_concerned) n
             WHERE n.id = o.id AND (%(old)s) IS DISTINCT FROM (%(new)s)
            """,
            figure=self._change(figures),
            span=self._changed_span(periods),
            result=self._changed_result(figures),
            with_to_date=self._with_to_date(),
            values=COMMA.join(
                SQL(
                    "(%s)%s AS %s",
                    self.value(name),
                    self._cast(name),
                    SQL.identifier(name),
                )
                for name in names
            ),
            updates=COMMA.join(
                SQL("%(c)s = n.%(c)s", c=SQL.identifier(name)) for name in names
            ),
            old=self._columns("o", names),
            new=self._columns("n", names),
        )

    def _change(self, figures):
        """SELECT the changes of figures, by target and number of the period."""
        return SQL(
            "SELECT * FROM unnest(%s) AS figure (target_id, number, %s)",
            self._arrays(("int", "int", *("numeric" for _name in FOLLOWED)), figures),
            COMMA.join(map(SQL.identifier, FOLLOWED)),
        )

    def _changed_span(self, periods):
        """SELECT the periods, to find the stored results."""
        return SQL(
            "SELECT * FROM unnest(%s) AS span (number, period, date_from)",
            self._arrays(
                ("int", "text", "date"),
                [
                    (number, kind, period.start)
                    for number, (kind, period, _span) in enumerate(periods)
                ],
            ),
        )

    def _changed_result(self, figures):
        """SELECT the changed results, and those projected at the pace of the year to
        date."""
        return SQL(
            """
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
            """,
            added=COMMA.join(
                SQL(
                    "(o.%(name)s + COALESCE(f.%(name)s, 0))::float8 AS %(name)s",
                    name=SQL.identifier(name),
                )
                for name in FOLLOWED
            ),
            kept=COMMA.join(
                SQL("%s::float8", SQL.identifier("o", name)) for name in KEPT
            ),
            target_ids=list({target_id for target_id, *_change in figures}),
        )

    # ------------------------------------------------------------------
    # Shared parts
    # ------------------------------------------------------------------

    def value(self, name):
        """Return a figure of a row `r`: a column, or a formula of other figures."""
        if name == "is_measured":
            return SQL("r.actual IS NOT NULL")
        if name not in DERIVED:
            return SQL.identifier("r", name)
        function, *names = DERIVED[name]
        return SQL("(%s)", function.sql(*map(self.value, names)))

    def _with_to_date(self):
        """SELECT the results, each with its target's figures of the year to date."""
        return SQL(
            """
            SELECT *, MAX(actual) FILTER (WHERE period = 'to_date')
                          OVER (PARTITION BY target_id) AS actual_to_date,
                   MAX(expected) FILTER (WHERE period = 'to_date')
                       OVER (PARTITION BY target_id) AS expected_to_date
              FROM result
            """
        )

    def _cast(self, name, cast="::numeric"):
        """Return the cast to the stored precision of 15 digits.

        Derived figures always start from the stored value, whichever statement writes.
        """
        return SQL(cast) if self._fields[name].type == "float" else SQL()

    @staticmethod
    def _columns(alias, names):
        return COMMA.join(SQL.identifier(alias, name) for name in names)

    @staticmethod
    def _arrays(types, rows):
        """Return rows as array arguments of ``unnest``."""
        return COMMA.join(
            SQL("%s::%s[]", to_array(column), SQL(type_))
            for column, type_ in zip(zip(*rows, strict=True), types, strict=True)
        )
