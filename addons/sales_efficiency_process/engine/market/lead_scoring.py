# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from dateutil.relativedelta import relativedelta

from odoo import fields
from odoo.tools import SQL

from odoo.addons.sales_efficiency_base.engine import LEADS

# Won deals of so many months say what similar ones are worth.
MONTHS = 24
# The state of a lead: rows that were written by SQL may have no date.
STATE = SQL("COALESCE(lead.write_date, TIMESTAMP '1970-01-01')")
# Leads whose score is not that of their present state; closed ones keep theirs, which
# tells what such leads were worth.
IS_DUE = SQL(
    """
    lead.sales_scored_of IS NULL
    OR lead.active AND lead.won_status = 'pending' AND lead.sales_scored_of <> %s
    """,
    STATE,
)


class LeadScoring:
    """Points, class, potential and priority of leads, in batch.

    The number of queries depends on that of rules, not on that of leads.
    """

    # What is written
    SCORES = (
        "sales_points",
        "sales_class",
        "sales_potential",
        "sales_potential_origin",
        "sales_priority",
        "sales_scored_of",
    )

    def __init__(self, env):
        # sudo: the same for everybody; the fields are for salespeople only.
        self.env = env(su=True)

    # ------------------------------------------------------------------
    # Which leads
    # ------------------------------------------------------------------

    def count_due(self):
        [[count]] = self.env.execute_query(
            SQL("SELECT COUNT(*) FROM crm_lead lead WHERE %s", IS_DUE)
        )
        return count

    def find_due(self, limit):
        """:return: ids of leads to score, which nobody else is changing now"""
        rows = self.env.execute_query(
            SQL(
                """
                SELECT lead.id FROM crm_lead lead WHERE %s
                 ORDER BY lead.id LIMIT %s
                   FOR NO KEY UPDATE SKIP LOCKED
                """,
                IS_DUE,
                limit,
            )
        )
        return [row[0] for row in rows]

    def find_scored(self):
        """:return: ids of the open leads that have scores"""
        self.env["crm.lead"].flush_model(["active", "won_status"])
        rows = self.env.execute_query(
            SQL(
                """
                SELECT id FROM crm_lead
                 WHERE active AND won_status = 'pending' AND sales_scored_of IS NOT NULL
                 ORDER BY id
                """
            )
        )
        return [row[0] for row in rows]

    def forget(self, lead_ids):
        """Have leads scored again. Nobody waits: what somebody is changing now is due
        afterwards in any case."""
        self.env.cr.execute(
            SQL(
                """
                UPDATE crm_lead SET sales_scored_of = NULL
                 WHERE id IN (
                    SELECT id FROM crm_lead
                     WHERE id = ANY(%s) AND sales_scored_of IS NOT NULL
                       FOR NO KEY UPDATE SKIP LOCKED)
                """,
                lead_ids,
            )
        )

    # ------------------------------------------------------------------
    # Scores
    # ------------------------------------------------------------------

    def score(self, lead_ids):
        """Write the scores of leads where they have changed."""
        if not lead_ids:
            return
        leads = self.env["crm.lead"].browse(lead_ids)
        self.env.flush_all()
        self._write_points(lead_ids)
        self.env.cr.execute(self._sql_classes(lead_ids))
        self.env.cr.execute(self._sql_potentials(lead_ids))
        # Also of leads that belong to no company, so that no run meets them again
        self.env.cr.execute(
            SQL(
                """
                UPDATE crm_lead lead SET sales_scored_of = %(state)s
                 WHERE id = ANY(%(ids)s)
                   AND sales_scored_of IS DISTINCT FROM %(state)s
                """,
                state=STATE,
                ids=lead_ids,
            )
        )
        leads.invalidate_recordset([*self.SCORES, "sales_point_ids"], flush=False)

    def _write_points(self, lead_ids):
        """Replace the points of leads."""
        companies = self._read_companies(lead_ids)
        leads = self.env["crm.lead"].browse(lead_ids)
        rows = [
            (lead_id, rule.id, rule.points)
            for rule in self.env["sales.lead.rule"].search([])
            for lead_id in rule._find(leads).ids
            if not rule.company_id or rule.company_id.id == companies.get(lead_id)
        ]
        self.env.cr.execute(
            SQL("DELETE FROM sales_lead_point WHERE lead_id = ANY(%s)", lead_ids)
        )
        if rows:
            self.env.cr.execute(
                SQL(
                    "INSERT INTO sales_lead_point (lead_id, rule_id, points)"
                    " SELECT * FROM unnest(%s::int[], %s::int[], %s::int[])",
                    *map(list, zip(*rows, strict=True)),
                )
            )

    def _read_companies(self, lead_ids):
        """:return: dict lead id → id of the company that the figures attribute it to"""
        return dict(
            self.env.execute_query(
                SQL("SELECT l.id, c.id FROM %s WHERE l.id = ANY(%s)", LEADS, lead_ids)
            )
        )

    def _sql_classes(self, lead_ids):
        """Add up the points, and compare them with the limits of the company."""
        return SQL(
            """
            UPDATE crm_lead lead
               SET sales_points = score.points, sales_class = score.class
              FROM (
                SELECT total.id, total.points,
                       CASE WHEN total.points >= total.limit_a THEN 'a'
                            WHEN total.points >= total.limit_b THEN 'b'
                            ELSE 'c' END AS class
                  FROM (
                    SELECT l.id, c.sales_lead_limit_a AS limit_a,
                           c.sales_lead_limit_b AS limit_b,
                           COALESCE((SELECT SUM(point.points)
                                       FROM sales_lead_point point
                                      WHERE point.lead_id = l.id), 0) AS points
                      FROM %(leads)s
                     WHERE l.id = ANY(%(ids)s)
                  ) AS total
              ) AS score
             WHERE lead.id = score.id
               AND (lead.sales_points, lead.sales_class)
                   IS DISTINCT FROM (score.points, score.class)
            """,
            leads=LEADS,
            ids=lead_ids,
        )

    def _sql_potentials(self, lead_ids):
        """Value leads by their revenue, by similar deals, or as entered."""
        since = fields.Date.today() - relativedelta(months=MONTHS)
        return SQL(
            """
            WITH deal_value AS (
                SELECT won.company_id, won.categ_id, deal.sales_class,
                       PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY won.amount)
                           AS median
                  FROM sales_fact won
                  JOIN crm_lead deal ON deal.id = won.res_id
                 WHERE won.source = 'opportunity' AND won.event = 'won'
                   AND won.date >= %(since)s AND won.amount > 0
                   AND won.categ_id IS NOT NULL
                 GROUP BY won.company_id, won.categ_id, deal.sales_class
            ), worth AS (
                SELECT l.id, l.probability,
                       NULLIF(GREATEST(l.expected_revenue, 0), 0) AS revenue,
                       ROUND(deal_value.median::numeric, currency.decimal_places)
                           AS alike,
                       NULLIF(l.sales_potential_manual, 0) AS manual,
                       currency.decimal_places AS digits
                  FROM %(leads)s
                  JOIN res_currency currency ON currency.id = c.currency_id
                  LEFT JOIN deal_value ON deal_value.company_id = c.id
                   AND deal_value.categ_id = l.sales_categ_id
                   AND deal_value.sales_class = l.sales_class
                 WHERE l.id = ANY(%(ids)s)
            ), score AS (
                SELECT id, COALESCE(revenue, alike, manual) AS potential,
                       CASE WHEN revenue IS NOT NULL THEN 'revenue'
                            WHEN alike IS NOT NULL THEN 'similar'
                            WHEN manual IS NOT NULL THEN 'manual' END AS origin,
                       -- 0 rather than NULL, which would come first
                       ROUND(COALESCE(revenue, alike, manual, 0)
                             * COALESCE(probability, 0)::numeric / 100, digits)
                           AS priority
                  FROM worth
            )
            UPDATE crm_lead lead
               SET sales_potential = score.potential,
                   sales_potential_origin = score.origin,
                   sales_priority = score.priority
              FROM score
             WHERE lead.id = score.id
               AND (lead.sales_potential, lead.sales_potential_origin,
                    lead.sales_priority)
                   IS DISTINCT FROM (score.potential, score.origin, score.priority)
            """,
            since=since,
            leads=LEADS,
            ids=lead_ids,
        )
