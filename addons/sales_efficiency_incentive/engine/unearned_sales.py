# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tools import SQL

from .credit import Credits
from .credited_lines import KEY, CreditedLines

COMMA = SQL(", ")


class UnearnedSales:
    """Finds the figures that rules ask for, but that are credited to nobody.

    :param env: environment that may read all figures and terms
    :param dict versions: plan → its approved versions
    :param assignments: those that may earn in the days
    """

    def __init__(self, env, versions, assignments):
        self.env = env
        credits = Credits(versions)
        self._asked = CreditedLines(env, credits.of_rules(env))
        self._credited = CreditedLines(env, credits.of_assignments(assignments))

    def find(self, start, end):
        """:return: list of pairs: id of a figure, its document (type and id)"""
        asked = self._asked.select(start, end)
        if not asked:
            return []
        missing = self._select_keys(asked)
        if credited := self._credited.select(start, end):
            missing = SQL("%s EXCEPT %s", missing, self._select_keys(credited))
        rows = self.env.execute_query(
            SQL(
                """
                SELECT sales_fact.id, sales_fact.source, sales_fact.res_id
                  FROM sales_fact JOIN (%(missing)s) missing
                    ON (%(fact_key)s) = (%(key)s)
                 WHERE sales_fact.date BETWEEN %(start)s AND %(end)s
                """,
                missing=missing,
                fact_key=self._columns("sales_fact"),
                key=self._columns("missing"),
                start=start,
                end=end,
            )
        )
        return [(id_, document) for id_, *document in rows]

    def _select_keys(self, statement):
        columns = COMMA.join(map(SQL.identifier, KEY))
        return SQL("SELECT %s FROM (%s) line", columns, statement)

    @staticmethod
    def _columns(alias):
        return COMMA.join(SQL.identifier(alias, name) for name in KEY)
