# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo.tools import SQL

from odoo.addons.sales_efficiency_base.tools import Scope, grow

from ..customers import Customers

COMMA = SQL(", ")
DAY = timedelta(days=1)


class Scoring:
    """Grades the customers of a run in one statement, with one method per part of it.

    Bin = 1 + ⌊bins × number strictly worse ÷ number with a value⌋, and score = 100 × Σ
    weight × (bin − 1) ÷ (bins − 1) ÷ Σ weight, over the criteria with a value. Scores
    have two decimals before they are compared with thresholds.

    :param run: ``sales.grading.run``, with its criteria
    """

    def __init__(self, run):
        # sudo: customers are graded by the figures of all, whoever starts the run.
        self._run = run.sudo().with_company(run.company_id)
        self.env = self._run.env
        self._grading = self._run.grading_id
        self._grades = self.env["sales.grade"]._find_grades(self._run.company_id)
        self._period = self._grading._get_window(self._run.date)

    def store(self):
        """Write a ``sales.grading.result`` for each customer who ever ordered."""
        for name in ("sales.grade", "sales.grade.override", "sales.customer.grade"):
            self.env[name].flush_model()
        self.env["res.partner"].flush_model()
        self._run.flush_recordset()
        self._run.criterion_ids.flush_recordset()
        # The planner takes all customers for a handful, and would compare each with
        # every other.
        self.env["sales.mart"]._tune()
        self.env.cr.execute("SET LOCAL enable_nestloop = off")
        self.env.cr.execute(
            SQL(
                """
                WITH customer AS (%(customer)s),
                     value AS (%(value)s),
                     ranked AS (%(ranked)s),
                     scored AS MATERIALIZED (%(scored)s),
                     graded AS (%(graded)s)
                INSERT INTO sales_grading_result (
                    run_id, partner_id, last_order, amount, parts, weight,
                    score, overridden_grade_id, from_grade_id, to_grade_id, override_id,
                    is_kept, move)
                %(results)s
                """,
                customer=self._sql_customer(),
                value=self._sql_value(),
                ranked=self._sql_ranked(),
                scored=self._sql_scored(),
                graded=self._sql_graded(),
                results=self._sql_results(),
            )
        )
        self.env.cr.execute("SET LOCAL enable_nestloop TO DEFAULT")
        self.env["sales.grading.result"].invalidate_model()

    # ------------------------------------------------------------------
    # Figures of customers
    # ------------------------------------------------------------------

    def _sql_customer(self):
        """Return the SELECT of those who ever ordered, with their figures."""
        return SQL(
            """
            SELECT bought.*, orders + COALESCE(uncounted.documents, 0) AS frequency,
                   %(potential)s AS potential
              FROM (%(bought)s) AS bought
              LEFT JOIN (%(uncounted)s) AS uncounted USING (partner_id)
              JOIN res_partner AS partner ON partner.id = bought.partner_id
             WHERE %(is_graded)s
            """,
            potential=self._grading._sql_potential("partner"),
            bought=self._sql_bought(),
            uncounted=self._sql_uncounted(),
            is_graded=self._sql_is_graded(),
        )

    def _sql_bought(self):
        """Return the SELECT of what customers bought, as far as a criterion asks."""
        before = self._grading._get_window(self._period.start - DAY)
        # There are no orders after the last day of the window.
        now = SQL("date >= %s", self._period.start)
        kinds = self._run.criterion_ids.mapped("kind")
        figures = [
            SQL("MAX(date) AS last_order"),
            SQL("COALESCE(SUM(documents) FILTER (WHERE %s), 0) AS orders", now),
            SQL("COALESCE(SUM(amount) FILTER (WHERE %s), 0) AS amount", now),
        ]
        if "margin" in kinds:
            figures.append(
                SQL(
                    "CASE WHEN COUNT(*) FILTER (WHERE %(now)s) = 0 THEN 0"
                    " ELSE SUM(margin) FILTER (WHERE %(now)s) END AS margin",
                    now=now,
                )
            )
        if "growth" in kinds:
            figures.append(
                SQL(
                    "SUM(amount) FILTER (WHERE %s) AS amount_before",
                    self._sql_within(before),
                )
            )
        return SQL(
            "SELECT partner_id, %s FROM sales_fact WHERE %s GROUP BY partner_id",
            COMMA.join(figures),
            self._sql_orders(),
        )

    def _sql_uncounted(self):
        """Return the SELECT of the orders that have to be looked up to be counted once,
        see ``documents`` of the figures."""
        return SQL(
            """
            SELECT partner_id, COUNT(DISTINCT (source, res_id)) AS documents
              FROM sales_fact
             WHERE documents IS NULL AND %s AND %s
             GROUP BY partner_id
            """,
            self._sql_orders(),
            self._sql_within(self._period),
        )

    def _sql_orders(self):
        """Return the condition of the figures of orders up to the day of the run."""
        return SQL(
            "event IN %s AND company_id = %s AND partner_id IS NOT NULL AND date <= %s",
            self._grading._get_order_events(),
            self._run.company_id.id,
            self._run.date,
        )

    @staticmethod
    def _sql_within(period):
        return SQL("date BETWEEN %s AND %s", period.start, period.end)

    def _sql_is_graded(self):
        """Return the condition of the customers who are graded: those in use, of the
        class that the grading is for."""
        return SQL(
            "partner.active AND %s AND %s",
            Customers(self._run.company_id).sql_is_outside("partner"),
            self._sql_is_of_class(),
        )

    def _sql_is_of_class(self):
        class_id = SQL(
            "(partner.sales_class_id->>%s)::int", str(self._run.company_id.id)
        )
        if self._grading.class_id:
            return SQL("%s = %s", class_id, self._grading.class_id.id)
        if others := self._grading._get_other_classes():
            return SQL("COALESCE(%s <> ALL(%s), TRUE)", class_id, others.ids)
        return SQL("TRUE")

    # ------------------------------------------------------------------
    # Values, bins and scores
    # ------------------------------------------------------------------

    def _sql_value(self):
        """Return the SELECT of the values: a row per customer, a column per criterion.

        A row per value would have to be ranked, sorted and put together again.
        """
        criteria = self._run.criterion_ids
        given = {
            criterion: self._measure(criterion)
            for criterion in criteria
            if criterion.kind == "metric"
        }
        return SQL(
            """
            SELECT customer.partner_id, customer.last_order, customer.amount, %(values)s
              FROM customer %(given)s
            """,
            values=COMMA.join(
                SQL(
                    "(%s)::numeric AS %s",
                    getattr(self, f"_sql_{criterion.kind}")(criterion),
                    self._value(criterion),
                )
                for criterion in criteria
            ),
            given=SQL(" ").join(
                SQL(
                    "LEFT JOIN UNNEST(%s::int[], %s::float8[])"
                    " AS %s (partner_id, value) USING (partner_id)",
                    list(values),
                    list(values.values()),
                    SQL.identifier(f"given_{criterion.id}"),
                )
                for criterion, values in given.items()
            ),
        )

    @staticmethod
    def _value(criterion):
        return SQL.identifier(f"value_{criterion.id}")

    @staticmethod
    def _bin(criterion):
        return SQL.identifier(f"bin_{criterion.id}")

    def _sql_recency(self, _criterion):
        return SQL("%s - customer.last_order", self._run.date)

    def _sql_frequency(self, _criterion):
        return SQL("customer.frequency")

    def _sql_amount(self, _criterion):
        return SQL("customer.amount")

    def _sql_margin(self, _criterion):
        return SQL("customer.margin")

    def _sql_growth(self, _criterion):
        return grow.sql(
            SQL("customer.amount"), SQL("customer.amount_before"), SQL("FALSE")
        )

    def _sql_potential(self, _criterion):
        return SQL("NULLIF(GREATEST(customer.potential, 0), 0)")

    def _sql_wallet(self, criterion):
        # The potential is that of a year, whatever the window.
        return SQL(
            "100 * customer.amount * 12 / %s / %s",
            self._grading.window_months,
            self._sql_potential(criterion),
        )

    def _sql_metric(self, criterion):
        return SQL.identifier(f"given_{criterion.id}", "value")

    def _measure(self, criterion):
        """:return: dict of customer id → value of the metric, of those who have one"""
        customers, company = self._get_customers(), self._run.company_id
        scopes = {id_: Scope(company.id, partner_id=id_) for id_ in customers}
        metric = criterion.metric_id
        values = metric._evaluate(list(scopes.values()), [self._period])
        measured = {
            id_: values[metric.id, scope, self._period] for id_, scope in scopes.items()
        }
        return {id_: value for id_, value in measured.items() if value is not None}

    def _get_customers(self):
        """:return: ids of those who ever ordered, and are graded here"""
        rows = self.env.execute_query(
            SQL(
                """
                SELECT partner.id FROM res_partner AS partner
                 WHERE %s AND partner.id IN (
                       SELECT partner_id FROM sales_fact WHERE %s)
                """,
                self._sql_is_graded(),
                self._sql_orders(),
            )
        )
        return [id_ for [id_] in rows]

    def _sql_ranked(self):
        """Return the SELECT of the bins: equal values share one. Without a value, a
        customer comes last and has none, and is none of those with a value."""
        return SQL(
            "SELECT value.*, %s FROM value",
            COMMA.join(
                SQL(
                    """
                    CASE WHEN %(value)s IS NOT NULL THEN
                        1 + %(bins)s * (RANK() OVER (ORDER BY %(value)s %(order)s) - 1)
                        / COUNT(%(value)s) OVER () END AS %(bin)s
                    """,
                    value=self._value(criterion),
                    bins=criterion.bins,
                    order=SQL(
                        "ASC NULLS LAST"
                        if criterion.higher_is_better
                        else "DESC NULLS LAST"
                    ),
                    bin=self._bin(criterion),
                )
                for criterion in self._run.criterion_ids
            ),
        )

    def _sql_scored(self):
        """Return the SELECT of the scores of those who have a value of a criterion."""
        return SQL(
            """
            SELECT partner_id, last_order, amount, weight,
                   ROUND(100 * gained / weight, 2) AS score, parts
              FROM (SELECT partner_id, last_order, amount, %(weight)s AS weight,
                           %(gained)s AS gained, %(parts)s AS parts
                      FROM ranked) AS summed
             WHERE weight > 0
            """,
            weight=self._sql_add("%(weight)s"),
            gained=self._sql_add("%(weight)s * (%(bin)s - 1) / %(steps)s"),
            parts=self._sql_parts(),
        )

    def _sql_add(self, term):
        """Return the sum of a term over the criteria with a value."""
        return SQL(" + ").join(
            SQL(
                "CASE WHEN %(bin)s IS NULL THEN 0 ELSE %(term)s END",
                bin=self._bin(criterion),
                term=SQL(
                    term,
                    weight=SQL("%s::numeric", f"{criterion.weight:.2f}"),
                    bin=self._bin(criterion),
                    steps=criterion.bins - 1,
                ),
            )
            for criterion in self._run.criterion_ids
        )

    def _sql_parts(self):
        """Return criterion, value and bin of each value, as JSON. Put together as text:
        that is faster by far than a function call for each of them."""
        return SQL(
            "('[' || CONCAT_WS(',', %s) || ']')::jsonb",
            COMMA.join(
                SQL(
                    "%s || %s || ',' || %s || ']'",
                    f"[{criterion.id},",
                    self._value(criterion),
                    self._bin(criterion),
                )
                for criterion in self._run.criterion_ids
            ),
        )

    # ------------------------------------------------------------------
    # Grades
    # ------------------------------------------------------------------

    def _sql_graded(self):
        """Return the SELECT of the grades by score: up at once, down only below the
        threshold of the grade so far less the tolerance."""
        return SQL(
            """
            SELECT scored.*, so_far.grade_id AS from_grade_id,
                   CASE WHEN kept.is_kept THEN held.id ELSE %(grade)s END
                       AS computed_grade_id,
                   COALESCE(kept.is_kept AND held.id <> %(lowest)s, FALSE) AS is_kept
              FROM scored
              LEFT JOIN sales_customer_grade AS so_far
                ON so_far.partner_id = scored.partner_id
               AND so_far.company_id = %(company)s AND so_far.active
               AND so_far.date_from < %(day)s
               AND (so_far.date_to IS NULL OR so_far.date_to >= %(day)s - 1)
              LEFT JOIN sales_grade AS held
                ON held.id = so_far.computed_grade_id AND held.active
             CROSS JOIN LATERAL (
                SELECT scored.score < held.threshold
                       AND scored.score >= held.threshold - %(tolerance)s::numeric
                       AS is_kept
             ) AS kept
            """,
            lowest=self._grades[-1:].id,
            tolerance=f"{self._grading.tolerance:.2f}",
            grade=self._sql_grade(),
            company=self._run.company_id.id,
            day=self._run.date,
        )

    def _sql_grade(self):
        *better, lowest = self._grades
        cases = [
            SQL("WHEN scored.score >= %s::numeric THEN %s", f"{g.threshold:.2f}", g.id)
            for g in better
        ]
        return SQL("CASE %s ELSE %s END", SQL(" ").join(cases), lowest.id)

    def _sql_results(self):
        return SQL(
            """
            SELECT %(run)s, partner_id, graded.last_order, graded.amount, graded.parts,
                   graded.weight, graded.score,
                   NULLIF(graded.computed_grade_id, to_grade.id),
                   graded.from_grade_id, to_grade.id, override.id, graded.is_kept,
                   CASE WHEN from_grade.id IS NULL THEN 'new'
                        WHEN to_grade.threshold > from_grade.threshold THEN 'up'
                        WHEN to_grade.threshold < from_grade.threshold THEN 'down'
                        ELSE 'same' END
              FROM graded
              LEFT JOIN (%(overrides)s) AS override USING (partner_id)
              JOIN sales_grade AS to_grade
                ON to_grade.id = COALESCE(override.grade_id, graded.computed_grade_id)
              LEFT JOIN sales_grade AS from_grade ON from_grade.id = from_grade_id
            """,
            run=self._run.id,
            overrides=self.env["sales.grade.override"]._sql_in_force(
                self._run.company_id, SQL("%s", self._run.date)
            ),
        )
