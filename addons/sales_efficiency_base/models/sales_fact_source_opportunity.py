# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models
from odoo.tools import SQL

from ..engine import LEADS, UPDATE, Watch, get_lead_columns


class SalesFactSourceOpportunity(models.AbstractModel):
    """Opportunities opened, won and lost, with their amount and days (policy 2.2.2).

    The amount is the expected revenue; for a won opportunity, the revenue won.
    """

    _name = "sales.fact.source.opportunity"
    _inherit = "sales.fact.source"
    _description = "Sales Facts of Opportunities"
    _code = "opportunity"
    _title = "Opportunities"
    _subject = "customer"
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
            **get_lead_columns(),
            "event": SQL("e.event"),
            "date": SQL("e.date"),
            "amount": SQL("COALESCE(l.expected_revenue, 0)"),
            "days": SQL(
                "CASE WHEN e.event <> 'created' THEN GREATEST(e.date - opened.date, 0)"
                " END"
            ),
        }

    def _from(self, ids=None):
        return SQL(
            """
            %s
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
            LEADS,
            SQL("TRUE") if ids is None else SQL("l.id = ANY(%s)", ids),
        )
