# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from dateutil.relativedelta import relativedelta

from odoo.tools import SQL

from odoo.addons.sales_efficiency_base.tools import get_monday

from .drop_statistics import CLOSING

# Earlier weeks keep only those who were watched, for so long.
KEPT = relativedelta(years=2)
# Columns filled from the findings: name and type
COLUMNS = {
    "partner_id": "int",
    "earlier_orders": "int",
    "recent_orders": "int",
    "expected_orders": "numeric",
    "probability": "numeric",
    "is_tested": "bool",
    "state": "varchar",
    "average_order": "numeric",
    "amount_at_risk": "numeric",
}
COMMA = SQL(", ")


class DropResults:
    """Stores the results of a week, in place of those of an earlier test of that week.

    The number of statements does not depend on that of customers.

    :param company: the company
    :param day: day of the test
    """

    def __init__(self, company, day):
        self._company = company
        self._env = company.env
        self._day = day
        self._week = get_monday(day)

    def find_doubtful(self):
        """:return: the ids of the customers whose warning may still be open"""
        rows = self._env.execute_query(
            SQL(
                "SELECT partner_id FROM sales_customer_drop"
                " WHERE company_id = %s AND is_latest AND probability <= %s",
                self._company.id,
                CLOSING,
            )
        )
        return {partner_id for [partner_id] in rows}

    def store(self, findings, share):
        """Replace the results of the week.

        :param list findings: :class:`Finding` objects to keep
        :param float share: of all orders, those in the recent days
        """
        ids = [finding.partner_id for finding in findings]
        self._env.cr.execute(self._sql_forget(ids))
        self._env.cr.execute(self._sql_prune())
        if findings:
            self._env.cr.execute(self._sql_store(findings, share))
        self._env["sales.customer.drop"].invalidate_model()

    def _sql_forget(self, ids):
        """Return the DELETE of results that an earlier test of the week has left."""
        return SQL(
            "DELETE FROM sales_customer_drop"
            " WHERE company_id = %s AND week = %s"
            " AND partner_id NOT IN (SELECT UNNEST(%s::int[]))",
            self._company.id,
            self._week,
            ids,
        )

    def _sql_prune(self):
        """Return the statement that makes other weeks history."""
        return SQL(
            """
            WITH pruned AS (
                DELETE FROM sales_customer_drop
                 WHERE company_id = %(company)s AND week <> %(week)s
                   AND (state = 'none' OR week < %(oldest)s)
            )
            UPDATE sales_customer_drop SET is_latest = FALSE
             WHERE company_id = %(company)s AND week <> %(week)s AND is_latest
               AND state <> 'none' AND week >= %(oldest)s
            """,
            company=self._company.id,
            week=self._week,
            oldest=self._week - KEPT,
        )

    def _sql_store(self, findings, share):
        """Return the INSERT of the results; records of the week keep their ids."""
        names = list(map(SQL.identifier, COLUMNS))
        constants = {
            "company_id": SQL("%s", self._company.id),
            "week": SQL("%s::date", self._week),
            "date": SQL("%s::date", self._day),
            "recent_share": SQL("%s::numeric", share),
            "is_latest": SQL("TRUE"),
            "create_uid": SQL("%s", self._env.uid),
            "create_date": SQL("now() AT TIME ZONE 'UTC'"),
            "write_uid": SQL("%s", self._env.uid),
            "write_date": SQL("now() AT TIME ZONE 'UTC'"),
        }
        updated = set(COLUMNS) | set(constants)
        updated -= {"company_id", "partner_id", "week", "create_uid", "create_date"}
        return SQL(
            """
            INSERT INTO sales_customer_drop (%(columns)s)
            SELECT %(values)s
              FROM unnest(%(arrays)s) AS found (%(names)s)
                ON CONFLICT (company_id, partner_id, week) DO UPDATE SET %(updates)s
            """,
            columns=COMMA.join([*names, *map(SQL.identifier, constants)]),
            values=COMMA.join([*names, *constants.values()]),
            arrays=COMMA.join(
                SQL("%s::%s[]", list(values), SQL(type_))
                for values, type_ in zip(
                    zip(*map(self._get_row, findings), strict=True),
                    COLUMNS.values(),
                    strict=True,
                )
            ),
            names=COMMA.join(names),
            updates=COMMA.join(
                SQL("%(name)s = excluded.%(name)s", name=SQL.identifier(name))
                for name in sorted(updated)
            ),
        )

    def _get_row(self, finding):
        """:return: the values of ``COLUMNS``"""
        currency = self._company.currency_id
        return (
            finding.partner_id,
            finding.earlier,
            finding.recent,
            finding.expected,
            finding.probability,
            finding.is_tested,
            finding.state,
            currency.round(finding.average),
            currency.round(finding.at_risk),
        )
