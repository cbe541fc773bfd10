# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tools import SQL

from odoo.addons.sales_efficiency_base.engine import FactColumns, Measure

MEASURES = [
    Measure(events=("score",), column=name, type="bigint")
    for name in ("checked", "issues")
]


class DataScoreMetric:
    """The share of checks without an issue.

    Records of no company, such as most customers, count for each of them.

    :param env: environment of the requesting user
    :param str source: the data that counts; by default all
    """

    def __init__(self, env, source=""):
        self.env = env
        self._source = source

    def measure(self, scopes, periods):
        """:return: values in the order of scopes × periods; None without checks"""
        columns = FactColumns(self.env, scopes, periods)
        self.env["sales.data.score"].flush_model()
        relation = SQL("(%s) AS score", self._sql_scores(columns.names))
        checked, issues = columns.sums_of(relation, MEASURES)
        return [
            100 * (some - wrong) / some if some else None
            for some, wrong in zip(checked, issues, strict=True)
        ]

    def _sql_scores(self, names):
        places = {
            "user_id": SQL("score.user_id"),
            "team_id": SQL("member.crm_team_id"),
        }
        columns = (
            SQL("%s AS %s, ", places.get(name, SQL("NULL::int")), SQL.identifier(name))
            for name in names
        )
        return SQL(
            """
            SELECT %(columns)s company.id AS company_id, score.date,
                   'score' AS event, score.checked, score.issues
              FROM sales_data_score AS score
              JOIN res_company AS company
                ON company.id = COALESCE(score.company_id, company.id)
              LEFT JOIN LATERAL (
                   SELECT crm_team_id FROM crm_team_member
                    WHERE user_id = score.user_id AND active
                    ORDER BY id LIMIT 1) AS member ON TRUE
             WHERE %(condition)s
            """,
            columns=SQL("").join(columns),
            condition=SQL("score.source = %s", self._source)
            if self._source
            else SQL("TRUE"),
        )
