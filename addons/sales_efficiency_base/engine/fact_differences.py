# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tools import SQL

from .fact_terms import FACT_KEY


class FactDifferences:
    """The facts of a source that differ from its documents (policy 6.1.2).

    :param source: model of a ``sales.fact.source``
    """

    def __init__(self, source):
        self.env, self.source = source.env, source

    def select(self):
        """Return their SELECT.

        Columns: res_id, company_id, month, stored and expected amount.
        """
        source = self.source
        columns = source._fact_columns()
        return SQL(
            """
            SELECT COALESCE(e.res_id, f.res_id) AS res_id,
                   COALESCE(e.company_id, f.company_id) AS company_id,
                   date_trunc('month', COALESCE(e.date, f.date))::date AS month,
                   COALESCE(f.amount, 0) AS stored,
                   COALESCE(e.amount, 0) AS expected
              FROM (%(expected)s) e
              FULL JOIN (SELECT * FROM sales_fact WHERE source = %(code)s) f
                ON %(same_key)s
             WHERE (%(expected_columns)s) IS DISTINCT FROM (%(stored_columns)s)
            """,
            expected=source._query(),
            code=source._code,
            same_key=SQL(" AND ").join(
                SQL("e.%(c)s = f.%(c)s", c=SQL.identifier(name)) for name in FACT_KEY
            ),
            expected_columns=SQL(", ").join(SQL.identifier("e", c) for c in columns),
            stored_columns=SQL(", ").join(SQL.identifier("f", c) for c in columns),
        )

    def report(self):
        """Record them by month, and queue the documents for repair."""
        self.env.cr.execute(
            SQL(
                """
                WITH difference AS (%(differences)s), queued AS (
                    INSERT INTO sales_fact_queue (origin, res_id)
                    SELECT DISTINCT %(origin)s, res_id FROM difference
                )
                INSERT INTO sales_mart_reconciliation
                       (date, source, company_id, month, documents, stored, expected)
                SELECT now() AT TIME ZONE 'UTC', %(code)s, company_id, month,
                       COUNT(DISTINCT res_id), SUM(stored), SUM(expected)
                  FROM difference
                 GROUP BY company_id, month
                """,
                differences=self.select(),
                origin=self.source._origin,
                code=self.source._code,
            )
        )
        self.env["sales.mart.reconciliation"].invalidate_model()
