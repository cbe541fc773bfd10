# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""All customers graded by recency, frequency and amount, beside plain SQL.

The plain SQL gives the same bins, scores and grades, and stores them in a table with a
key and references to customers and grades: who writes it by hand needs these, too.
"""

from datetime import date

from odoo.tools import SQL

from .clock import interleave, ratio, seconds
from .database import environment
from .result import Result

DAY = date(2025, 12, 31)
WEIGHTS = {"recency": 30, "frequency": 30, "amount": 40}
FEW = 10

TABLE = """
    CREATE TABLE bench_score (
        id serial PRIMARY KEY,
        partner_id int NOT NULL REFERENCES res_partner ON DELETE CASCADE,
        last_order date, orders bigint, amount numeric, r bigint, f bigint, m bigint,
        score numeric,
        grade_id int REFERENCES sales_grade,
        from_grade_id int REFERENCES sales_grade)
"""

PLAIN = """
    INSERT INTO bench_score (partner_id, last_order, orders, amount, r, f, m, score,
                             grade_id, from_grade_id)
    WITH customer AS (
        SELECT partner_id, MAX(date) AS last_order,
               COALESCE(SUM(documents) FILTER (WHERE date > %(start)s), 0) AS orders,
               COALESCE(SUM(amount) FILTER (WHERE date > %(start)s), 0) AS amount
          FROM sales_fact
         WHERE event IN ('confirmed', 'sale', 'order') AND company_id = %(company)s
           AND partner_id IS NOT NULL AND date <= %(day)s
         GROUP BY partner_id),
    binned AS (
        SELECT *, COUNT(*) OVER () AS n,
               RANK() OVER (ORDER BY last_order) - 1 AS older,
               RANK() OVER (ORDER BY orders) - 1 AS fewer,
               RANK() OVER (ORDER BY amount) - 1 AS less
          FROM customer),
    scored AS MATERIALIZED (
        SELECT partner_id, last_order, orders, amount, 1 + 5 * older / n AS r,
               1 + 5 * fewer / n AS f, 1 + 5 * less / n AS m,
               ROUND((30 * (5 * older / n) + 30 * (5 * fewer / n)
                      + 40 * (5 * less / n)) / 4.0, 2) AS score
          FROM binned),
    grade AS (
        SELECT id, threshold,
               LEAD(threshold, 1, 1000) OVER (ORDER BY threshold) AS above
          FROM sales_grade
         WHERE active AND company_id = %(company)s)
    SELECT scored.*,
           CASE WHEN scored.score < held.threshold
                 AND scored.score >= held.threshold - %(tolerance)s
                THEN held.id ELSE grade.id END,
           so_far.grade_id
      FROM scored
      JOIN grade ON scored.score >= grade.threshold AND scored.score < grade.above
      LEFT JOIN sales_customer_grade AS so_far
        ON so_far.partner_id = scored.partner_id AND so_far.active
       AND so_far.company_id = %(company)s AND so_far.date_from < %(day)s
       AND so_far.date_to IS NULL
      LEFT JOIN grade AS held ON held.id = so_far.computed_grade_id
"""


def measure(databases):
    with environment(databases.large) as env:
        yield from Grading(env).measure()


class Grading:
    """A run of the grading, computed and confirmed."""

    def __init__(self, env):
        self.env = env
        self.cr = env.cr
        self.grading = env["sales.grading"].create({"name": "Bench"})
        self.create_run()
        self.cr.execute(TABLE)

    def create_run(self):
        self.run = self.env["sales.grading.run"].create(
            {"grading_id": self.grading.id, "date": DAY}
        )
        self.run.action_compute()

    def measure(self):
        ours, theirs = interleave(self.grade, self.grade_plainly)
        yield Result(
            f"{len(self.run.result_ids):,} customers graded, times plain SQL",
            1.5,
            *ratio(ours, theirs),
        )
        yield Result(
            "the same, scores or grades that differ from those of plain SQL",
            0,
            self.count_differences(),
        )
        few, many = self.count_queries(FEW), self.count_queries()
        yield Result(
            f"the same, queries more than for {FEW} customers",
            0,
            many - few,
            f"{many} and {few} queries",
        )
        first = seconds(self.run.action_confirm)
        self.create_run()
        again = seconds(self.run.action_confirm)
        yield Result(
            "the same confirmed, seconds", 10, first, f"{again:.1f} s a month later"
        )

    def grade(self):
        """Grade anew. Without savepoints: references would be locked once in each."""
        self.run._delete_results()
        return seconds(self.write)

    def write(self):
        from odoo.addons.sales_efficiency_resource.engine.grading import Scoring

        Scoring(self.run).store()

    def grade_plainly(self):
        self.cr.execute("DELETE FROM bench_score")
        return seconds(self.write_plainly)

    def write_plainly(self):
        window = self.grading._get_window(DAY)
        self.cr.execute(
            PLAIN,
            {
                "company": self.env.company.id,
                "day": DAY,
                "start": window.previous_year().end,
                "tolerance": self.grading.tolerance,
            },
        )

    def count_differences(self):
        [[differences]] = self.env.execute_query(
            SQL(
                "SELECT COUNT(*) FROM bench_score AS plain"
                " FULL JOIN (SELECT partner_id, score, from_grade_id,"
                " COALESCE(overridden_grade_id, to_grade_id) AS grade_id"
                " FROM sales_grading_result WHERE run_id = %s)"
                " AS ours USING (partner_id)"
                " WHERE (ours.score, ours.grade_id, ours.from_grade_id)"
                " IS DISTINCT FROM (plain.score, plain.grade_id, plain.from_grade_id)",
                self.run.id,
            )
        )
        return differences

    def count_queries(self, customers=None):
        self.env.flush_all()
        with self.cr.savepoint() as savepoint:
            if customers:
                self.cr.execute(
                    "DELETE FROM sales_fact WHERE partner_id NOT IN"
                    " (SELECT partner_id FROM bench_score LIMIT %s)",
                    [customers],
                )
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            self.run.action_compute()
            queries = self.cr.sql_log_count - before
            savepoint.rollback()
        self.env.invalidate_all()
        return queries
