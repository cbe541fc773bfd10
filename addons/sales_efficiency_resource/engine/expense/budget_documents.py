# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tools import SQL

from .documents import ExpenseDocuments


class BudgetDocuments(ExpenseDocuments):
    """The documents that count, added up before it is looked up what they count for.

    Many claims of a team name the same product in a month. Only what analytic accounts
    split stays line by line, because each line is rounded.
    """

    def select_sums(self, company_ids, date_from, date_to, claim_ids):
        """Return the SELECT of what counts within whole months, by month.

        :param list claim_ids: claims that are told apart, by ``res_id``
        """
        asked = (company_ids, date_from, date_to)
        return self._counted(
            SQL(
                "%s UNION ALL %s",
                self._add_up(
                    self._items(self._sql_items_within(*asked)),
                    source="expense",
                    event=SQL.identifier("event"),
                    own_id=SQL("0"),
                    line_id=SQL.identifier("line_id"),
                ),
                self._add_up(
                    self._claims(self._sql_claims_within(*asked)),
                    source="claim",
                    event=SQL("'committed'"),
                    own_id=SQL(
                        "CASE WHEN res_id = ANY(%s) THEN res_id ELSE 0 END", claim_ids
                    ),
                    line_id=SQL.identifier("res_id"),
                ),
            )
        )

    def _add_up(self, lines, source, event, own_id, line_id):
        """Return lines by month. A claim that is told apart, or a line that is split,
        stays alone."""
        return SQL(
            """
            SELECT %(source)s AS source, %(event)s AS event,
                   DATE_TRUNC('month', date::timestamp)::date AS date, company_id,
                   user_id, team_id, region_id, channel_id, campaign_id, product_id,
                   account_id, SUM(amount) AS amount,
                   %(own_id)s AS res_id,
                   CASE WHEN distribution IS NULL THEN 0 ELSE %(line_id)s END
                       AS line_id,
                   CASE WHEN distribution IS NULL THEN 0 ELSE piece END AS piece,
                   distribution
              FROM (%(lines)s) AS line
             GROUP BY 2, 3, company_id, user_id, team_id, region_id, channel_id,
                   campaign_id, product_id, account_id, 13, 14, 15, distribution
            """,
            source=source,
            event=event,
            own_id=own_id,
            line_id=line_id,
            lines=lines,
        )
