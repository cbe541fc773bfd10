# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tools import SQL

from odoo.addons.sales_efficiency_base.engine import FactColumns, Measure

CLOSED = ("won", "lost")


class CompetitorDeals:
    """Opportunities won and lost that named a competitor, by the figures."""

    def __init__(self, env):
        self.env = env

    def count(self, competitors, companies):
        """Count deals of all time. One query, however many competitors.

        :return: dict competitor id → (won, lost)
        """
        rows = self.env.execute_query(
            SQL(
                """
                SELECT rival.competitor_id,
                       COUNT(*) FILTER (WHERE fact.event = 'won'),
                       COUNT(*) FILTER (WHERE fact.event = 'lost')
                  FROM sales_fact fact
                  JOIN crm_lead_sales_competitor_rel rival
                    ON rival.lead_id = fact.res_id
                 WHERE fact.source = 'opportunity' AND fact.event IN %s
                   AND fact.company_id = ANY(%s)
                   AND rival.competitor_id = ANY(%s)
                 GROUP BY rival.competitor_id
                """,
                CLOSED,
                companies.ids,
                competitors.ids,
            )
        )
        return {id_: (won, lost) for id_, won, lost in rows}

    def get_rates(self, scopes, periods):
        """Return the win rates in percent where somebody else was named.

        :return: values in the order of scopes × periods, None without such deals
        """
        figures = FactColumns(self.env, scopes, periods)
        relation = SQL(
            """
            (SELECT *, 1 AS facts FROM sales_fact
              WHERE source = 'opportunity' AND EXISTS (
                    SELECT FROM crm_lead_sales_competitor_rel rival
                     WHERE rival.lead_id = sales_fact.res_id
              )) AS sales_fact
            """
        )
        won, closed = figures.sums_of(
            relation,
            [self._measure(("won",)), self._measure(CLOSED)],
        )
        return [
            100 * part / whole if whole else None
            for part, whole in zip(won, closed, strict=True)
        ]

    @staticmethod
    def _measure(events):
        # Opportunities have one figure for each event.
        return Measure(events=events, column="facts", type="bigint")
