# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo import fields, models
from odoo.tools import SQL

from ..tools import select_documents


class SalesIncentiveChange(models.Model):
    """Documents and terms that have changed since incentives were computed.

    A change is noted by the statement that changes the figures, and only ever added:
    nothing is lost, and the data mart never waits. It is kept until the month in which
    it is booked is locked, because an open month is computed again and again.
    """

    _name = "sales.incentive.change"
    _inherit = "sales.mart.table"
    _auto = False
    _log_access = False
    _description = "Changed Figures of Incentives"
    _order = "id"

    company_id = fields.Integer(help="None: every company.")
    source = fields.Char(help="Type of the document; none: terms, or everything.")
    res_id = fields.Integer(string="Document ID")
    date_from = fields.Date(string="First Day")
    date_to = fields.Date(string="Last Day")
    plan_id = fields.Integer(string="Plan ID", help="Its terms have changed.")
    assignment_id = fields.Integer(string="Assignment ID")
    is_new = fields.Boolean(help="Not yet computed.")
    taken_at = fields.Datetime(help="When it was computed.")

    _new = models.Index("(id) WHERE is_new")

    def init(self):
        res = super().init()
        self.env.cr.execute("""
            ALTER TABLE sales_incentive_change
                ALTER COLUMN is_new SET DEFAULT TRUE,
                ALTER COLUMN id TYPE bigint;
            ALTER SEQUENCE sales_incentive_change_id_seq AS bigint;
        """)
        return res

    # ------------------------------------------------------------------
    # Noting
    # ------------------------------------------------------------------

    def _sql_note(self, facts):
        """Return the INSERT that notes the documents of changed facts.

        Without an approved plan nobody earns, and nothing is noted.
        """
        return SQL(
            """
            INSERT INTO sales_incentive_change
                   (company_id, source, res_id, date_from, date_to)
            SELECT company_id, source, res_id, MIN(date), MAX(date)
              FROM %s fact
             WHERE EXISTS (SELECT FROM sales_incentive_version v
                            WHERE v.company_id = fact.company_id
                              AND v.state = 'approved')
             GROUP BY company_id, source, res_id
            """,
            facts,
        )

    def _note_plans(self, plans):
        """Have everybody in some plans computed again."""
        self._note([(plan.company_id.id, plan.id, None) for plan in plans])

    def _note_assignments(self, assignments):
        self._note([(a.company_id.id, a.plan_id.id, a.id) for a in assignments])

    def _note_everything(self):
        """Have every document compared with what is booked."""
        self._note([(None, None, None)])

    def _note(self, rows):
        if rows:
            self.env.cr.execute(
                SQL(
                    "INSERT INTO sales_incentive_change"
                    " (company_id, plan_id, assignment_id) VALUES %s",
                    SQL(", ").join(SQL("%s", row) for row in rows),
                )
            )
            self._trigger_computation()

    def _trigger_computation(self):
        """Compute right after this transaction."""
        # While the add-on is installed, its job may not be there yet.
        job = self.env.ref(
            "sales_efficiency_incentive.ir_cron_incentives", raise_if_not_found=False
        )
        if job:
            job._trigger()

    # ------------------------------------------------------------------
    # Reading
    # ------------------------------------------------------------------

    def _take(self):
        """Take the changes that are new; in one transaction with their computation.

        :return: list of dicts
        """
        rows = self.env.execute_query_dict(
            SQL(
                """
                WITH taken AS (
                    UPDATE sales_incentive_change
                       SET is_new = FALSE,
                           taken_at = clock_timestamp() AT TIME ZONE 'UTC'
                     WHERE is_new RETURNING *
                )
                SELECT DISTINCT company_id, source, res_id, plan_id, assignment_id
                  FROM taken
                """
            )
        )
        self.env.cr.execute(
            "DELETE FROM sales_incentive_change WHERE NOT is_new AND source IS NULL"
        )
        return rows

    def _keep(self, period, documents):
        """Keep documents of earlier months that differ from what is booked."""
        rows = sorted(documents)
        if rows:
            self.env.cr.execute(
                SQL(
                    """
                    INSERT INTO sales_incentive_change
                           (company_id, source, res_id, date_from, date_to, is_new,
                            taken_at)
                    SELECT %(company)s, source, res_id, %(day)s, %(day)s, FALSE,
                           clock_timestamp() AT TIME ZONE 'UTC'
                      FROM (%(documents)s) document
                    """,
                    company=period.company_id.id,
                    day=period.month - timedelta(days=1),
                    documents=select_documents(rows),
                )
            )

    def _get_documents(self, company, month):
        """Return the documents that changed, and have figures of earlier months.

        :return: set of pairs source, id of the document
        """
        return set(
            self.env.execute_query(
                SQL(
                    "SELECT DISTINCT source, res_id FROM sales_incentive_change"
                    " WHERE company_id = %s AND date_from < %s",
                    company.id,
                    month,
                )
            )
        )

    def _forget(self, period):
        """Forget what is booked for good once a month is locked."""
        self.env.cr.execute(
            SQL(
                "DELETE FROM sales_incentive_change WHERE NOT is_new"
                " AND company_id = %s AND date_to <= %s AND taken_at <= %s",
                period.company_id.id,
                period.date_to,
                period.computed_at,
            )
        )
