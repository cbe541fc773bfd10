# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tools import SQL

from odoo.addons.sales_efficiency_base.engine import FactColumns, MetricFigures

# Cost that was typed of campaigns whose expenses are known
IS_REPLACED = SQL(
    """
    EXISTS (
        SELECT FROM sales_fact AS expense
         WHERE expense.event = 'spent'
           AND expense.campaign_id = sales_fact.campaign_id
           AND expense.company_id = sales_fact.company_id
    )
    """
)


class LeadCosts:
    """What leads cost: what was entered, and the expenses of campaigns. A campaign with
    expenses costs these alone, so nothing is counted twice."""

    def __init__(self, env):
        self.env = env

    def relation(self, names, condition=None):
        """Return the FROM item of what counts as cost.

        :param names: columns of figures to keep
        :param SQL condition: restricts ``sales_fact``
        """
        columns = [
            SQL("%s AS %s", self._column(name), SQL.identifier(name)) for name in names
        ]
        return SQL(
            """
            (SELECT sales_fact.company_id, sales_fact.date, %(columns)s
                    sales_fact.amount
               FROM sales_fact
               LEFT JOIN utm_campaign campaign
                 ON campaign.id = sales_fact.campaign_id
              WHERE (sales_fact.event = 'spent'
                     AND sales_fact.campaign_id IS NOT NULL
                     OR sales_fact.event = 'lead_cost' AND NOT %(replaced)s)
                AND %(condition)s) AS lead_cost
            """,
            columns=SQL("").join(SQL("%s, ", column) for column in columns),
            replaced=IS_REPLACED,
            condition=condition or SQL("TRUE"),
        )

    @staticmethod
    def _column(name):
        """Expenses lie where the leads of their campaign come from."""
        own = {"utm_source_id": "sales_source_id", "utm_medium_id": "sales_medium_id"}
        column = SQL.identifier("sales_fact", name)
        if name not in own:
            return column
        return SQL("COALESCE(%s, %s)", column, SQL.identifier("campaign", own[name]))

    def measure(self, metric, scopes, periods):
        """Sum the cost, where any is known: no cost is not a cost of 0.

        :return: amounts or None, in the order of scopes × periods
        """
        figures = FactColumns(self.env, scopes, periods)
        relation = self.relation(figures.names, MetricFigures(metric).get_condition())
        sums = figures.by_key(relation, (), SQL("amount"))
        [column] = figures.tabulate(sums, 1)
        return [None if value is None else float(value) for value in column]

    def sum_by(self, name, condition):
        """Sum the cost by a column of figures.

        :param SQL condition: restricts ``sales_fact``
        :return: dict id or None → amount
        """
        rows = self.env.execute_query(
            SQL(
                "SELECT %(name)s, SUM(amount) FROM %(relation)s GROUP BY %(name)s",
                name=SQL.identifier(name),
                relation=self.relation([name], condition),
            )
        )
        return {id_: float(amount) for id_, amount in rows}

    def get_campaigns_with_expenses(self, campaigns):
        """:return: set of (company id, campaign id)"""
        return set(
            self.env.execute_query(
                SQL(
                    "SELECT DISTINCT company_id, campaign_id FROM sales_fact"
                    " WHERE event = 'spent' AND campaign_id = ANY(%s)",
                    campaigns.ids,
                )
            )
        )

    @staticmethod
    def sql_replaced():
        """:return: SELECT of the typed costs that do not count"""
        return SQL(
            """(
            SELECT cost.id
              FROM sales_lead_cost cost
             WHERE EXISTS (
                SELECT FROM sales_fact AS expense
                 WHERE expense.event = 'spent'
                   AND expense.campaign_id = cost.campaign_id
                   AND expense.company_id = cost.company_id
             ))
            """
        )
