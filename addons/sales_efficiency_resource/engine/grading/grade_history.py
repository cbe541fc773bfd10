# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tools import SQL


class GradeHistory:
    """Writes the grades that customers have from a day on.

    A customer has one grade on any day: the period so far ends on the day before, or is
    rewritten if it begins on the same day. What stays the same is left alone.

    :param company: ``res.company`` of the grades
    :param day: first day of the new grades; later for customers whose last period
        begins later
    """

    def __init__(self, company, day):
        # sudo: grades are written by the grading alone.
        self.env = company.sudo().env
        self._company = company
        self._day = day

    def take_run(self, run):
        """Take over the grades that a run has computed."""
        graded = SQL(
            "SELECT partner_id, run_id, score,"
            "       COALESCE(overridden_grade_id, to_grade_id) AS computed_grade_id"
            "  FROM sales_grading_result WHERE run_id = %s",
            run.id,
        )
        # The planner does not know the size of what has just been written, and would
        # compare every customer with every other.
        self.env["sales.mart"]._tune()
        self.env.cr.execute("SET LOCAL enable_nestloop = off")
        self._apply(graded)
        self._end_others(run)
        self.env.cr.execute("SET LOCAL enable_nestloop TO DEFAULT")

    def take_overrides(self, customers):
        """Let overrides of some customers begin or end."""
        graded = SQL(
            """
            SELECT partner.id AS partner_id, latest.computed_grade_id, latest.run_id,
                   latest.score
              FROM res_partner AS partner
              LEFT JOIN (%s) AS latest ON latest.partner_id = partner.id
             WHERE partner.id = ANY(%s)
            """,
            self._sql_latest(),
            customers.ids,
        )
        self._apply(graded)

    # ------------------------------------------------------------------
    # Steps
    # ------------------------------------------------------------------

    def _apply(self, graded):
        """:param SQL graded: SELECT of customers with their computed grades"""
        for name in ("sales.customer.grade", "sales.grade.override"):
            self.env[name].flush_model()
        self.env["res.partner"].flush_model(["sales_grade_id"])
        # Periods end before others begin: the database lets none overlap.
        self.env.cr.execute(self._sql_end(graded))
        self.env.cr.execute(self._sql_begin(graded))
        self._write_customers(SQL("SELECT partner_id FROM (%s) AS graded", graded))
        self.env["sales.customer.grade"].invalidate_model()
        self.env["sales.grade.override"].invalidate_model(["period_ids"])
        self.env["res.partner"].invalidate_model(["sales_grade_id"])

    def _sql_end(self, graded):
        """Return the UPDATE that ends or rewrites periods whose grade changes, and
        gives the others their new score."""
        return SQL(
            """
            UPDATE sales_customer_grade AS period
               SET run_id = CASE WHEN is_over THEN period.run_id ELSE new.run_id END,
                   score = CASE WHEN is_over THEN period.score ELSE new.score END,
                   date_to = CASE WHEN is_over THEN new.start - 1 END,
                   active = is_over OR new.grade_id IS NOT NULL,
                   grade_id = CASE WHEN is_over OR new.grade_id IS NULL
                                   THEN period.grade_id ELSE new.grade_id END,
                   computed_grade_id = CASE WHEN is_over THEN period.computed_grade_id
                                            ELSE new.computed_grade_id END,
                   override_id = CASE WHEN is_over THEN period.override_id
                                      ELSE new.override_id END
              FROM (%s) AS new
             WHERE period.id = new.period_id
            """,
            SQL(
                """
                SELECT wanted.*, is_changed AND date_from < start AS is_over
                  FROM (%s) AS wanted
                 WHERE period_id IS NOT NULL AND date_to IS NULL
                """,
                self._sql_wanted(graded),
            ),
        )

    def _sql_begin(self, graded):
        """Return the INSERT of the periods of those who have none that is open."""
        return SQL(
            """
            INSERT INTO sales_customer_grade (
                partner_id, company_id, date_from, computed_grade_id, grade_id,
                override_id, run_id, score, active)
            SELECT partner_id, %s, start, computed_grade_id, grade_id, override_id,
                   run_id, score, TRUE
              FROM (%s) AS wanted
             WHERE (period_id IS NULL OR date_to IS NOT NULL) AND grade_id IS NOT NULL
            """,
            self._company.id,
            self._sql_wanted(graded),
        )

    def _sql_wanted(self, graded):
        """Return the SELECT of the grades to have, beside the latest period."""
        return SQL(
            """
            SELECT placed.*, override.id AS override_id,
                   COALESCE(override.grade_id, computed_grade_id) AS grade_id,
                   ROW(computed_grade_id,
                       COALESCE(override.grade_id, computed_grade_id), override.id)
                   IS DISTINCT FROM ROW(old_computed_grade_id, old_grade_id,
                                        old_override_id) AS is_changed
              FROM (%(placed)s) AS placed
              LEFT JOIN (%(overrides)s) AS override
                ON override.partner_id = placed.partner_id
               AND placed.start BETWEEN override.date_from AND override.date_to
            """,
            placed=SQL(
                """
                SELECT graded.*, latest.id AS period_id, latest.date_from,
                       latest.date_to, latest.grade_id AS old_grade_id,
                       latest.computed_grade_id AS old_computed_grade_id,
                       latest.override_id AS old_override_id,
                       GREATEST(%s, latest.date_from, latest.date_to + 1) AS start
                  FROM (%s) AS graded
                  LEFT JOIN (%s) AS latest USING (partner_id)
                """,
                self._day,
                graded,
                self._sql_latest(),
            ),
            # Those of the day on which the grade begins, which may be later.
            overrides=self.env["sales.grade.override"]._sql_approved(self._company),
        )

    def _sql_latest(self):
        """Return the SELECT of the latest period of each customer."""
        return SQL(
            """
            SELECT DISTINCT ON (partner_id) *
              FROM sales_customer_grade
             WHERE company_id = %s AND active
             ORDER BY partner_id, date_from DESC
            """,
            self._company.id,
        )

    def _write_customers(self, customers):
        """Give customers the grade of their open period, or none.

        :param SQL customers: SELECT of their ids
        """
        self.env.cr.execute(
            SQL(
                """
                UPDATE res_partner AS partner
                   SET sales_grade_id = CASE
                       WHEN now.grade_id IS NULL
                       THEN partner.sales_grade_id - %(key)s::text
                       ELSE COALESCE(partner.sales_grade_id, '{}')
                            || jsonb_build_object(%(key)s::text, now.grade_id) END
                  FROM (SELECT customer.partner_id, period.grade_id
                          FROM (%(customers)s) AS customer
                          LEFT JOIN sales_customer_grade AS period
                            ON period.partner_id = customer.partner_id
                           AND period.company_id = %(company)s AND period.active
                           AND period.date_to IS NULL) AS now
                 WHERE partner.id = now.partner_id
                   AND (partner.sales_grade_id->>%(key)s)::int
                       IS DISTINCT FROM now.grade_id
                """,
                key=str(self._company.id),
                company=self._company.id,
                customers=customers,
            )
        )

    def _end_others(self, run):
        """End the grades of those who are graded no more: who have never ordered after
        all, e.g. because their only order was cancelled, and who are archived."""
        ended = self.env.execute_query(
            SQL(
                """
                UPDATE sales_customer_grade AS period
                   SET date_to = GREATEST(%(day)s - 1, period.date_from),
                       active = period.date_from < %(day)s
                  FROM sales_grading_run AS run
                  JOIN sales_grading AS grading ON grading.id = run.grading_id
                 WHERE run.id = period.run_id
                   AND (grading.id = %(grading)s OR NOT grading.active)
                   AND period.company_id = %(company)s AND period.active
                   AND period.date_to IS NULL AND period.override_id IS NULL
                   AND (NOT EXISTS (
                           SELECT FROM sales_fact AS fact
                            WHERE fact.partner_id = period.partner_id
                              AND fact.company_id = %(company)s
                              AND fact.event IN %(orders)s)
                        OR EXISTS (
                           SELECT FROM res_partner AS partner
                            WHERE partner.id = period.partner_id
                              AND NOT partner.active))
                RETURNING period.partner_id
                """,
                day=self._day,
                grading=run.grading_id.id,
                company=self._company.id,
                orders=run.grading_id._get_order_events(),
            )
        )
        if ended:
            ids = [id_ for [id_] in ended]
            self._write_customers(SQL("SELECT UNNEST(%s) AS partner_id", ids))
