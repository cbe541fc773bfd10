# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields
from odoo.tools import SQL

from odoo.addons.sales_efficiency_base.engine import FactColumns, Measure


class Pipeline:
    """The open opportunities that are expected to close today or later in a period.

    Their scope is that of their figures.

    :param env: environment of the requesting user
    """

    def __init__(self, env):
        self.env = env

    def sum(self, scopes, periods):
        """:return: a column of amounts and one of amounts × probability, in the order
        of scopes × periods"""
        self.env["crm.lead"].flush_model(
            ["active", "won_status", "date_deadline", "probability"]
        )
        figures = FactColumns(self.env, scopes, periods)
        relation = SQL(
            """
            (SELECT 'pipeline' AS event, l.date_deadline AS date, %(columns)s,
                    f.amount, f.amount * l.probability / 100 AS weighted
               FROM crm_lead l
               JOIN sales_fact f ON f.source = 'opportunity' AND f.res_id = l.id
                AND f.event = 'created'
               JOIN res_company c ON c.id = f.company_id
              CROSS JOIN LATERAL (
                SELECT %(now)s::timestamp AT TIME ZONE 'UTC' AT TIME ZONE c.sales_tz
                    AS now
              ) here
              WHERE l.active AND l.won_status = 'pending'
                AND l.date_deadline >= here.now::date
            ) AS pipeline
            """,
            columns=SQL(", ").join(
                SQL.identifier("f", name) for name in ("company_id", *figures.names)
            ),
            now=fields.Datetime.now(),
        )
        measures = [
            Measure(events=("pipeline",), column=column, type="float8")
            for column in ("amount", "weighted")
        ]
        return figures.sums_of(relation, measures)
