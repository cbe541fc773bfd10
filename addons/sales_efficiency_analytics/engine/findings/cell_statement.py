# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tools import SQL

# Both months lack at least this share of what is expected.
SLOW = 0.1
# The gap is at least this share of that of the company.
OF_COMPANY = 0.05
# Growth exceeds that of the company by so much, as a share.
FASTER = 0.15
# What the rounding of sums may hide
ROUNDING = 1e-9
AND = SQL(" AND ")
COMMA = SQL(", ")
UNION = SQL(" UNION ALL ")
SUMS = ("now_1", "now_2", "before_1", "before_2")


class CellStatement:
    """The SELECT of the places that are slow, or grow faster than the company.

    :param company: the company
    :param metric: metric of a plain sum of amounts
    :param window: see :class:`.Window`
    :param list cuts: tuples of dimensions of the monthly cells
    """

    def __init__(self, company, metric, window, cuts):
        self.env = company.env
        self._company = company
        self._metric = metric
        self._events = tuple(metric.event_ids.mapped("event"))
        self._window = window
        # Without dimensions, the place is the company.
        self._cuts = [(), *cuts]
        self._names = list(dict.fromkeys(name for cut in cuts for name in cut))

    @property
    def keys(self):
        """Columns that say which place it is; 0 means all."""
        return [*self._names, "class_id"]

    def select(self):
        """Return the statement, with a row for each place and cause."""
        return SQL(
            """
            WITH figure AS MATERIALIZED (%(figures)s), %(paths)s,
                 promise AS (%(promises)s),
                 place AS (
                     SELECT %(keys)s, %(added)s
                       FROM (%(places)s UNION ALL %(promised)s
                             UNION ALL SELECT %(nowhere)s, 0, 0, 0, 0) AS place
                   GROUP BY %(keys)s),
                 company AS (%(of_company)s),
                 judged AS (%(judged)s)
            SELECT %(keys)s, cause.name AS cause, cause.money, has_target,
                   now_1 + now_2 AS actual, before_1 + before_2 AS last_year,
                   cause.expected, growth, company_growth, company_gap
              FROM judged,
                   LATERAL (VALUES
                       ('slow', is_slow, gap, expected_1 + expected_2),
                       ('growth', is_fast, now_1 + now_2 - usual, usual))
                   AS cause (name, holds, money, expected)
             WHERE cause.holds AND (%(keys)s) <> (%(nowhere)s)
          ORDER BY %(keys)s, cause
            """,
            keys=self._columns(self.keys),
            added=COMMA.join(
                SQL("SUM(%(name)s) AS %(name)s", name=SQL.identifier(name))
                for name in SUMS
            ),
            figures=self._figures(),
            paths=COMMA.join(map(self._path, filter(self._is_tree, self._names))),
            promises=self._promises(),
            promised=SQL(
                "SELECT %s, 0, 0, 0, 0 FROM promise", self._columns(self.keys)
            ),
            places=UNION.join([*map(self._places, self._cuts), self._classes()]),
            of_company=self._of_company(),
            judged=self._judged(),
            nowhere=self._nowhere(),
        )

    # ------------------------------------------------------------------
    # Figures
    # ------------------------------------------------------------------

    def _figures(self):
        """Return the SELECT of the four months by all dimensions of the cuts."""
        months = (*self._window.months, *self._window.months_before)
        return SQL(
            """
            SELECT %(names)s, %(sums)s FROM sales_fact_cell
             WHERE company_id = %(company)s AND event IN %(events)s
               AND month IN %(months)s
          GROUP BY %(names)s
            """,
            names=self._columns(self._names),
            sums=self._sum_months(SQL("month")),
            company=self._company.id,
            events=self._events,
            months=months,
        )

    def _path(self, name):
        """Return the CTE of a tree: each node with itself and its ancestors."""
        tree = self.env[self.env["sales.fact"]._fields[name].comodel_name]
        return SQL(
            """
            %s AS (SELECT node.id AS leaf, ancestor AS id FROM %s AS node,
                   unnest(string_to_array(rtrim(%s, '/'), '/')::int[]) AS ancestor)
            """,
            SQL.identifier(f"path_{name}"),
            SQL.identifier(tree._table),
            tree._field_to_sql("node", "parent_path"),
        )

    def _places(self, cut):
        """Return the SELECT of the sums of the places of a cut."""
        joins = [
            SQL(
                "JOIN %(path)s ON %(path)s.leaf = figure.%(name)s",
                path=SQL.identifier(f"path_{name}"),
                name=SQL.identifier(name),
            )
            for name in cut
            if self._is_tree(name)
        ]
        columns = [self._key(name, cut) for name in self.keys]
        present = [SQL("figure.%s > 0", SQL.identifier(name)) for name in cut] or [
            SQL("TRUE")
        ]
        groups = COMMA.join(SQL(str(at + 1)) for at in range(len(columns)))
        return SQL(
            "SELECT %s, %s FROM figure %s WHERE %s GROUP BY %s",
            COMMA.join(columns),
            COMMA.join(
                SQL("SUM(%(name)s) AS %(name)s", name=SQL.identifier(name))
                for name in SUMS
            ),
            SQL(" ").join(joins),
            AND.join(present),
            groups,
        )

    def _key(self, name, cut):
        if name not in cut:
            return SQL("0 AS %s", SQL.identifier(name))
        if self._is_tree(name):
            return SQL(
                "%s.id AS %s", SQL.identifier(f"path_{name}"), SQL.identifier(name)
            )
        return SQL("figure.%s", SQL.identifier(name))

    def _classes(self):
        """Return the SELECT of the sums by class of the customer.

        Cells do not know the customer, so figures are asked: once for each customer,
        since the class of a company is looked up.
        """
        window = self._window
        # sudo: only for the names of columns
        partners = self.env["res.partner"].sudo().with_company(self._company)
        return SQL(
            """
            SELECT %(zeros)s, class_id, %(added)s
              FROM (SELECT %(class)s AS class_id, fact.*
                      FROM (SELECT partner_id, %(sums)s FROM sales_fact
                             WHERE company_id = %(company)s AND event IN %(events)s
                               AND (date BETWEEN %(start)s AND %(end)s
                                    OR date BETWEEN %(start_before)s AND %(end_before)s)
                          GROUP BY partner_id) AS fact
                      JOIN res_partner partner ON partner.id = fact.partner_id
                   ) AS customer
             WHERE class_id IS NOT NULL GROUP BY class_id
            """,
            zeros=COMMA.join(SQL("0") for _name in self._names),
            added=COMMA.join(SQL("SUM(%s)", SQL.identifier(name)) for name in SUMS),
            **{"class": partners._field_to_sql("partner", "sales_class_id")},
            sums=self._sum_months(SQL("date_trunc('month', date)::date")),
            company=self._company.id,
            events=self._events,
            start=window.first,
            end=window.end,
            start_before=window.months_before[0],
            end_before=window.end_before,
        )

    def _sum_months(self, month):
        """Return the sums of the four months.

        :param SQL month: the first day of the month of a row
        """
        months = (*self._window.months, *self._window.months_before)
        return COMMA.join(
            SQL(
                "COALESCE(SUM(%s) FILTER (WHERE %s = %s), 0)::float8 AS %s",
                SQL.identifier(self._metric.measure),
                month,
                day,
                SQL.identifier(name),
            )
            for name, day in zip(SUMS, months, strict=True)
        )

    # ------------------------------------------------------------------
    # Expectations
    # ------------------------------------------------------------------

    def _promises(self):
        """Return the SELECT of the targets of exactly these places in both months.

        A target of one month alone would compare each month with something else.
        """
        names = self.env["sales.target.result"]._get_dimensions()
        return SQL(
            """
            SELECT %(keys)s, 0 AS class_id, SUM(result.amount) FILTER (
                       WHERE result.date_from = %(first)s) AS target_1,
                   SUM(result.amount) FILTER (
                       WHERE result.date_from = %(second)s) AS target_2
              FROM sales_target_result result
              JOIN sales_target_plan plan ON plan.id = result.plan_id
               AND plan.purpose = 'sales'
             WHERE result.company_id = %(company)s AND result.metric_id = %(metric)s
               AND result.period = 'month'
               AND result.date_from IN (%(first)s, %(second)s)
               AND (%(cuts)s)
          GROUP BY %(groups)s HAVING COUNT(DISTINCT result.date_from) = 2
            """,
            keys=COMMA.join(
                SQL(
                    "COALESCE(result.%(name)s, 0) AS %(name)s",
                    name=SQL.identifier(name),
                )
                for name in self._names
            ),
            groups=COMMA.join(
                SQL("result.%s", SQL.identifier(name)) for name in self._names
            ),
            first=self._window.first,
            second=self._window.second,
            company=self._company.id,
            metric=self._metric.id,
            cuts=SQL(" OR ").join(
                SQL(
                    "(%s)",
                    AND.join(
                        SQL(
                            "result.%s IS %s",
                            SQL.identifier(name),
                            SQL("NOT NULL") if name in cut else SQL("NULL"),
                        )
                        for name in names
                    ),
                )
                for cut in self._cuts
            ),
        )

    def _of_company(self):
        """Return the SELECT of the sums and the gap of the whole company."""
        return SQL(
            """
            SELECT place.*,
                   COALESCE(target_1, now_1) + COALESCE(target_2, now_2)
                   - now_1 - now_2 AS gap
              FROM place LEFT JOIN promise USING (%(keys)s)
             WHERE (%(keys)s) = (%(nowhere)s)
            """,
            keys=self._columns(self.keys),
            nowhere=self._nowhere(),
        )

    def _judged(self):
        """Return the SELECT of places with what is expected of them, and verdicts."""
        return SQL(
            """
            SELECT measured.*, expected_1 + expected_2 - now_1 - now_2 AS gap,
                   expected_1 > 0 AND expected_2 > 0
                   AND now_1 <= (1 - %(slow)s + %(rounding)s) * expected_1
                   AND now_2 <= (1 - %(slow)s + %(rounding)s) * expected_2
                   AND (company_gap <= 0
                        OR expected_1 + expected_2 - now_1 - now_2
                           >= (%(of_company)s - %(rounding)s) * company_gap) AS is_slow,
                   growth - company_growth >= 100 * (%(faster)s - %(rounding)s)
                   AS is_fast,
                   (before_1 + before_2) * (1 + company_growth / 100) AS usual
              FROM (
            SELECT %(places)s,
                   target_1 IS NOT NULL AS has_target,
                   COALESCE(target_1, CASE WHEN company.before_1 > 0
                       THEN place.before_1 * company.now_1 / company.before_1 END)
                   AS expected_1,
                   COALESCE(target_2, CASE WHEN company.before_2 > 0
                       THEN place.before_2 * company.now_2 / company.before_2 END)
                   AS expected_2,
                   CASE WHEN place.before_1 + place.before_2 > 0
                        THEN 100 * (place.now_1 + place.now_2)
                             / (place.before_1 + place.before_2) - 100 END AS growth,
                   CASE WHEN company.before_1 + company.before_2 > 0
                        THEN 100 * (company.now_1 + company.now_2)
                             / (company.before_1 + company.before_2) - 100 END
                   AS company_growth,
                   company.gap AS company_gap
              FROM place LEFT JOIN promise USING (%(keys)s) CROSS JOIN company
                   ) AS measured
            """,
            places=COMMA.join(
                SQL("place.%s", SQL.identifier(name)) for name in (*self.keys, *SUMS)
            ),
            keys=self._columns(self.keys),
            slow=SLOW,
            of_company=OF_COMPANY,
            faster=FASTER,
            rounding=ROUNDING,
        )

    # ------------------------------------------------------------------
    # Terms
    # ------------------------------------------------------------------

    def _is_tree(self, name):
        return self.env["sales.fact"]._is_tree(name)

    def _nowhere(self):
        return COMMA.join(SQL("0") for _name in self.keys)

    @staticmethod
    def _columns(names):
        return COMMA.join(map(SQL.identifier, names))
