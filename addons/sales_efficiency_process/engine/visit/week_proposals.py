# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from dataclasses import dataclass

from odoo import fields, models
from odoo.tools import SQL

# Customers proposed for a week
MOST = 40


@dataclass(slots=True)
class Proposal:
    """A customer whom to visit.

    :param reasons: codes, the weightiest first
    :param money: the largest amount that a reason is about, or None
    :param weight: sum of the weights of the reasons
    :param last: day of the last contact, or None
    :param lead: opportunity to talk about, the most valuable one
    """

    partner: models.Model
    reasons: list
    money: float | None
    weight: float
    last: object
    lead: models.Model


class WeekProposals:
    """Finds whom a salesperson should visit in a week, and why (policy 3.1.3).

    The reasons come from ``_get_week_candidates`` of ``sales.visit``. Several reasons
    add up; a reason that is found twice counts once. Left out is whoever has a visit to
    come, or one in that week. A fixed number of queries.

    :param VisitWeek week: the week
    """

    def __init__(self, week):
        self.env = week.env
        self._week = week

    def find(self):
        """:return: list of :class:`Proposal`, the weightiest first"""
        self.env.flush_all()
        rows = self.env.execute_query(self._sql())
        partners = self.env["res.partner"].browse(row[0] for row in rows)
        readable = partners._filtered_access("read")
        leads = self._get_leads(readable)
        none = self.env["crm.lead"]
        return [
            Proposal(
                partner,
                reasons,
                None if money is None else float(money),
                float(weight),
                last,
                leads.get(partner.id, none),
            )
            for partner, (_id, reasons, weight, money, last) in zip(
                partners, rows, strict=True
            )
            if partner in readable
        ]

    def _sql(self):
        selects = self.env["sales.visit"]._get_week_candidates(self._week)
        return SQL(
            """
            WITH candidate (partner_id, reason, money, weight) AS (%(candidates)s),
            known AS (
                SELECT customer.id AS partner_id, candidate.reason,
                       MAX(candidate.money) AS money, MAX(candidate.weight) AS weight
                  FROM candidate
                  JOIN res_partner p ON p.id = candidate.partner_id
                  JOIN res_partner customer
                    ON customer.id = COALESCE(p.commercial_partner_id, p.id)
                   AND customer.active
                   AND COALESCE(customer.company_id, %(company)s) = %(company)s
                 WHERE NOT EXISTS (
                       SELECT FROM res_company own WHERE own.partner_id = customer.id)
                 GROUP BY customer.id, candidate.reason)
            SELECT known.partner_id,
                   ARRAY_AGG(known.reason ORDER BY known.weight DESC, known.reason),
                   SUM(known.weight) AS weight, MAX(known.money) AS money,
                   (SELECT MAX(c.date) FROM sales_contact c
                     WHERE c.partner_id = known.partner_id
                       AND c.company_id = %(company)s) AS last
              FROM known
             WHERE NOT EXISTS (
                   SELECT FROM sales_visit v
                    WHERE v.partner_id = known.partner_id
                      AND v.company_id = %(company)s
                      AND ((v.state IN ('planned', 'visiting') AND v.stop >= %(now)s)
                           OR (v.state <> 'cancelled'
                               AND v.date BETWEEN %(monday)s AND %(end)s)))
             GROUP BY known.partner_id
             ORDER BY 3 DESC, 4 DESC NULLS LAST, 1
             LIMIT %(most)s
            """,
            candidates=SQL(" UNION ALL ").join(SQL("(%s)", s) for s in selects),
            company=self._week.company.id,
            now=fields.Datetime.now(),
            monday=self._week.monday,
            end=self._week.end,
            most=MOST,
        )

    def _get_leads(self, partners):
        """:return: dict id of a customer -> the most valuable open opportunity of the
        salesperson there"""
        leads = self.env["crm.lead"].search(
            [
                ("type", "=", "opportunity"),
                ("won_status", "=", "pending"),
                ("user_id", "=", self._week.user.id),
                ("company_id", "in", (False, self._week.company.id)),
                ("partner_id.commercial_partner_id", "in", partners.ids),
            ],
            order="expected_revenue, id DESC",
        )
        return {lead.partner_id.commercial_partner_id.id: lead for lead in leads}
