# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models
from odoo.tools import SQL

from ..engine import UPDATE, Watch


class SalesFactSourceOpportunity(models.AbstractModel):
    """Opportunities opened, won and lost, with their amount and days (policy 2.2.2).

    The amount is the expected revenue; for a won opportunity, the revenue won.
    """

    _name = "sales.fact.source.opportunity"
    _inherit = "sales.fact.source"
    _description = "Sales Facts of Opportunities"
    _code = "opportunity"
    _title = "Opportunities"
    _summary = (
        "Opportunities opened, won and lost, with their amount and the days they took."
    )
    _sequence = 40
    _document = "crm.lead"
    _origin = "crm_lead"
    _watches = [
        Watch(
            table="crm_lead",
            origin="crm_lead",
            key="id",
            columns=(
                "type",
                "won_status",
                "company_id",
                "partner_id",
                "user_id",
                "team_id",
                "sales_region_id",
                "sales_channel_id",
                "sales_categ_id",
                "sales_opened_date",
                "date_closed",
                "date_last_stage_update",
                "create_date",
                "create_uid",
                "expected_revenue",
                "campaign_id",
            ),
            condition="r.type = 'opportunity'",
        ),
        # An opportunity may take its company from its team or salesperson.
        Watch(
            table="crm_team",
            origin="crm_team",
            key="id",
            columns=("company_id",),
            events=UPDATE,
        ),
        Watch(
            table="res_users",
            origin="res_users",
            key="id",
            columns=("company_id",),
            events=UPDATE,
        ),
    ]

    def _get_label(self):
        return self.env._("Opportunity")

    def _get_events(self):
        return {
            "created": self.env._("Opportunity created"),
            "won": self.env._("Opportunity won"),
            "lost": self.env._("Opportunity lost"),
        }

    def _get_expansions(self):
        return {
            "res_partner": "SELECT id FROM crm_lead WHERE partner_id = ANY(%(ids)s)",
            "res_company": "SELECT id FROM crm_lead WHERE %(ids)s IS NOT NULL",
            "crm_team": """
                SELECT id FROM crm_lead
                 WHERE team_id = ANY(%(ids)s) AND company_id IS NULL
            """,
            "res_users": """
                SELECT id FROM crm_lead
                 WHERE (user_id = ANY(%(ids)s) OR create_uid = ANY(%(ids)s))
                   AND company_id IS NULL
            """,
        }

    def _get_columns(self):
        return {
            "event": SQL("e.event"),
            "date": SQL("e.date"),
            "company_id": SQL("c.id"),
            "currency_id": SQL("c.currency_id"),
            "region_id": SQL("l.sales_region_id"),
            "team_id": SQL("l.team_id"),
            "user_id": SQL("l.user_id"),
            "channel_id": SQL("l.sales_channel_id"),
            "categ_id": SQL("l.sales_categ_id"),
            "partner_id": SQL("COALESCE(partner.commercial_partner_id, partner.id)"),
            "campaign_id": SQL("l.campaign_id"),
            "amount": SQL("COALESCE(l.expected_revenue, 0)"),
            "days": SQL(
                "CASE WHEN e.event <> 'created' THEN GREATEST(e.date - opened.date, 0)"
                " END"
            ),
            "res_id": SQL("l.id"),
        }

    def _from(self, ids=None):
        return SQL(
            """
            crm_lead l
            LEFT JOIN res_partner partner ON partner.id = l.partner_id
            LEFT JOIN crm_team t ON t.id = l.team_id
            LEFT JOIN res_users salesperson ON salesperson.id = l.user_id
            LEFT JOIN res_users creator ON creator.id = l.create_uid
            JOIN res_company c ON c.id = COALESCE(
                l.company_id, t.company_id, salesperson.company_id, creator.company_id
            )
            CROSS JOIN LATERAL (
                SELECT COALESCE(
                    l.sales_opened_date,
                    (l.create_date AT TIME ZONE 'UTC' AT TIME ZONE c.sales_tz)::date
                ) AS date
            ) opened
            CROSS JOIN LATERAL (
                SELECT 'created' AS event, opened.date
                UNION ALL
                SELECT l.won_status, (
                    COALESCE(l.date_closed, l.date_last_stage_update, l.create_date)
                    AT TIME ZONE 'UTC' AT TIME ZONE c.sales_tz
                )::date
                 WHERE l.won_status IN ('won', 'lost')
            ) e
            WHERE l.type = 'opportunity' AND %s
            """,
            SQL("TRUE") if ids is None else SQL("l.id = ANY(%s)", ids),
        )
