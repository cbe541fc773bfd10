# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo.tools import SQL

# Columns of a rhythm that do not come from the plan
KEPT = {"id", "partner_id", "company_id", "date_from", "date_to"}


class ContactRhythms:
    """Keeps which rhythm of contacts a customer had, and from when to when.

    So another grade, policy or salesperson does not change the figures of the past.
    The first rhythm of a customer begins when it came under its policy.

    :param company: the company
    """

    def __init__(self, company):
        self._company = company
        self.env = company.env
        self._today = company._get_sales_today()
        self._said = [
            name
            for name, field in self.env["sales.contact.rhythm"]._fields.items()
            if field.store and field.column_type and name not in KEPT
        ]

    def record(self, partner_ids=None):
        """Take over what the plans say now.

        :param partner_ids: customers to restrict it to; None for all
        """
        rhythms = self.env["sales.contact.rhythm"]
        rhythms.flush_model()
        self.env["sales.contact.plan"].flush_model()
        for statement in (self._sql_forget, self._sql_end, self._sql_begin):
            self.env.cr.execute(statement(partner_ids))
        rhythms.invalidate_model()

    def _sql_forget(self, partner_ids):
        """Return the DELETE of rhythms that end on the day on which they began."""
        return SQL(
            "DELETE FROM sales_contact_rhythm rhythm"
            " WHERE %s AND rhythm.date_from >= %s",
            self._sql_is_over(partner_ids),
            self._today,
        )

    def _sql_end(self, partner_ids):
        return SQL(
            "UPDATE sales_contact_rhythm rhythm SET date_to = %s WHERE %s",
            self._today - timedelta(days=1),
            self._sql_is_over(partner_ids),
        )

    def _sql_begin(self, partner_ids):
        return SQL(
            """
            INSERT INTO sales_contact_rhythm (
                   partner_id, company_id, date_from, %(names)s)
            SELECT said.partner_id, %(company)s,
                   CASE WHEN EXISTS (
                        SELECT FROM sales_contact_rhythm earlier
                         WHERE earlier.company_id = %(company)s
                           AND earlier.partner_id = said.partner_id)
                        THEN %(today)s ELSE said.start_date END,
                   %(names)s
              FROM (%(said)s) AS said
             WHERE NOT EXISTS (
                   SELECT FROM sales_contact_rhythm rhythm
                    WHERE rhythm.company_id = %(company)s
                      AND rhythm.partner_id = said.partner_id
                      AND rhythm.date_to IS NULL)
            """,
            names=SQL(", ").join(map(SQL.identifier, self._said)),
            company=self._company.id,
            today=self._today,
            said=self._sql_said(partner_ids),
        )

    def _sql_is_over(self, partner_ids):
        """Return the condition that a rhythm is in force, but not planned by."""
        return SQL(
            """
            rhythm.company_id = %(company)s
            AND rhythm.date_to IS NULL
            AND %(among)s
            AND NOT EXISTS (
                SELECT FROM (%(said)s) AS said
                 WHERE said.partner_id = rhythm.partner_id
                   AND (%(new)s) IS NOT DISTINCT FROM (%(old)s))
            """,
            company=self._company.id,
            among=self._among("rhythm", partner_ids),
            said=self._sql_said(partner_ids),
            new=self._list("said"),
            old=self._list("rhythm"),
        )

    def _sql_said(self, partner_ids):
        return SQL(
            """
            SELECT plan.partner_id, plan.user_id, plan.team_id, policy.contact_days,
                   plan.date_from AS start_date
              FROM sales_contact_plan plan
              JOIN sales_service_policy policy ON policy.id = plan.policy_id
             WHERE plan.company_id = %s AND %s
            """,
            self._company.id,
            self._among("plan", partner_ids),
        )

    def _list(self, table):
        return SQL(", ").join(SQL.identifier(table, name) for name in self._said)

    def _among(self, table, partner_ids):
        if partner_ids is None:
            return SQL("TRUE")
        return SQL(
            "%s = ANY(%s)", SQL.identifier(table, "partner_id"), list(partner_ids)
        )
