# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import json

from odoo.tools import SQL

from .documents import ExpenseDocuments
from .outlay import Outlay


class TypedClaims(ExpenseDocuments):
    """What claims would count for if they were submitted as they stand, saved or not.

    The statement that reads the documents reads their values here, so that a claim is
    checked by what it will be.
    """

    def get_outlays(self, claims):
        """Return the parts of claims that count as sales expenses, in one query.

        :param claims: ``hr.expense`` records, as superuser, also unsaved ones
        :return: list of :class:`.Outlay`, whose key is the claim
        """
        complete = claims.filtered(
            lambda claim: claim.company_id and claim.date and claim.product_id
        )
        if not complete:
            return []
        self._flush()
        names = [
            name
            for name in self.env["sales.fact"]._get_dimensions()
            if name in self.columns and name != "expense_kind_id"
        ]
        rows = self.env.execute_query_dict(
            SQL(
                "SELECT line_id, company_id, date, expense_kind_id, amount, %s"
                " FROM (%s) AS typed ORDER BY line_id, match_id",
                SQL(", ").join(map(SQL.identifier, names)),
                self._counted(self._sql_lines(complete)),
            )
        )
        return [
            Outlay(
                key=complete[row["line_id"]],
                company_id=row["company_id"],
                date=row["date"],
                kind_id=row["expense_kind_id"],
                amount=float(row["amount"]),
                places={name: row[name] for name in names},
                claim_id=complete[row["line_id"]]._origin.id,
            )
            for row in rows
        ]

    def get_totals(self, claims, date_from, date_to):
        """Return what the people who claim have claimed in some days, with tax.

        :param claims: ``hr.expense`` records, each of which is told apart
        :return: dict employee id -> list of (claim id or None, company id, day,
            kind id, amount)
        """
        self.env["hr.expense"].flush_model()
        self._flush()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT e.employee_id, CASE WHEN e.id = ANY(%(ids)s) THEN e.id END,
                       part.company_id, part.date, part.expense_kind_id,
                       SUM(part.amount)
                  FROM (%(parts)s) AS part
                  JOIN hr_expense e ON e.id = part.res_id
                 GROUP BY 1, 2, 3, 4, 5
                """,
                ids=claims._origin.ids,
                parts=self._counted(self._sql_sent(claims, date_from, date_to)),
            )
        )
        totals = {}
        for employee_id, *row, amount in rows:
            totals.setdefault(employee_id, []).append((*row, float(amount)))
        return totals

    def _sql_sent(self, claims, date_from, date_to):
        """Return the lines of what people have claimed, posted or not, with tax."""
        return SQL(
            """
            SELECT 'claim' AS source, 'committed' AS event, e.date, e.company_id,
                   e.sales_user_id AS user_id, e.sales_team_id AS team_id,
                   e.sales_region_id AS region_id, e.sales_channel_id AS channel_id,
                   e.campaign_id, e.product_id, e.account_id,
                   e.total_amount AS amount, e.id AS res_id, 0 AS line_id,
                   0 AS piece, e.analytic_distribution AS distribution
              FROM hr_expense e
             WHERE e.employee_id = ANY(%s) AND e.date BETWEEN %s AND %s
               AND e.approval_state IN ('submitted', 'approved')
            """,
            claims.employee_id.ids,
            date_from,
            date_to,
        )

    def _flush(self):
        for name in ("sales.expense.kind", "account.analytic.account"):
            self.env[name].flush_model()
        self.env["product.template"].flush_model(["categ_id"])

    def _sql_lines(self, claims):
        """Return the lines of the claims: the columns of ``ExpenseDocuments``."""
        return SQL(
            """
            SELECT 'claim' AS source, 'committed' AS event, given.date,
                   given.company_id, given.user_id, given.team_id, given.region_id,
                   given.channel_id, given.campaign_id, given.product_id,
                   given.account_id, given.amount, 0 AS res_id, given.line_id,
                   0 AS piece, given.distribution
              FROM (VALUES %s) AS given (
                   line_id, date, company_id, user_id, team_id, region_id, channel_id,
                   campaign_id, product_id, account_id, amount, distribution)
            """,
            SQL(", ").join(
                self._sql_line(number, claim) for number, claim in enumerate(claims)
            ),
        )

    def _sql_line(self, number, claim):
        # A claim that was sent keeps what it counts for.
        saved = claim._origin
        is_kept = (
            saved.approval_state and saved.employee_id == claim.employee_id._origin
        )
        placed = saved if is_kept else claim
        records = (
            claim.company_id,
            placed.sales_user_id,
            placed.sales_team_id,
            placed.sales_region_id,
            claim.sales_channel_id,
            claim.campaign_id,
            claim.product_id,
            claim.account_id,
        )
        distribution = claim.analytic_distribution
        return SQL(
            "(%s::int, %s::date, %s, %s::numeric, %s::jsonb)",
            number,
            claim.date,
            SQL(", ").join(
                SQL("%s::int", record._origin.id or None) for record in records
            ),
            claim.sales_expense_amount,
            json.dumps(distribution) if distribution else None,
        )
