# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields
from odoo.tools import SQL


class DataLog:
    """Writes what the rules have found beside the reconciliations of the figures.

    There is one row for each source and company, on the nights that change something.

    :param env: environment of the superuser
    """

    def __init__(self, env):
        self.env = env

    def keep(self):
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """
                WITH score AS (
                    SELECT source, company_id, MAX(month) AS month,
                           SUM(checked) AS checked, SUM(issues) AS issues
                      FROM sales_data_score
                     WHERE (rule_id, month) IN (
                           SELECT rule_id, MAX(month) FROM sales_data_score
                            GROUP BY rule_id)
                     GROUP BY source, company_id
                ),
                last AS (
                    SELECT DISTINCT ON (source, company_id)
                           source, company_id, month, checked, issues
                      FROM sales_mart_reconciliation
                     WHERE checked > 0
                     ORDER BY source, company_id, id DESC
                )
                INSERT INTO sales_mart_reconciliation (
                       date, source, company_id, month, documents, checked, issues)
                SELECT %s, score.source, score.company_id, score.month, 0,
                       score.checked, score.issues
                  FROM score
                  LEFT JOIN last
                    ON last.source = score.source
                   AND last.company_id IS NOT DISTINCT FROM score.company_id
                 WHERE (last.month, last.checked, last.issues)
                       IS DISTINCT FROM (score.month, score.checked, score.issues)
                """,
                fields.Datetime.now(),
            )
        )
        self.env["sales.mart.reconciliation"].invalidate_model()
