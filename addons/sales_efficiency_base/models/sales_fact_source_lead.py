# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models
from odoo.tools import SQL

from ..engine import LEADS, Watch, get_lead_columns


class SalesFactSourceLead(models.AbstractModel):
    """What marketing brings: leads of any type, by campaign, source and medium (policy
    6.1.1).

    A lead counts on the day on which its sales cycle starts, also once it has become an
    opportunity: that is never before. It has no amount, opportunities have.
    """

    _name = "sales.fact.source.lead"
    _inherit = "sales.fact.source"
    _description = "Sales Facts of Leads"
    _code = "lead"
    _title = "Leads"
    _subject = "marketing"
    _summary = "Leads and opportunities that came in, by campaign, source and medium."
    _sequence = 35
    _document = "crm.lead"
    # Shared with opportunities: one change refreshes the figures of both, and what
    # they say of teams, customers, etc. is the same for all leads.
    _origin = "crm_lead"
    _watches = [
        Watch(
            table="crm_lead",
            origin="crm_lead",
            key="id",
            columns=(
                "company_id",
                "partner_id",
                "user_id",
                "team_id",
                "sales_region_id",
                "sales_channel_id",
                "sales_categ_id",
                "sales_opened_date",
                "create_date",
                "create_uid",
                "campaign_id",
                "source_id",
                "medium_id",
            ),
        ),
    ]

    def _get_label(self):
        return self.env._("Lead")

    def _get_events(self):
        return {"lead": self.env._("Lead received")}

    def _get_columns(self):
        return {
            **get_lead_columns(),
            "event": SQL("'lead'"),
            "date": SQL("opened.date"),
            "utm_source_id": SQL("l.source_id"),
            "utm_medium_id": SQL("l.medium_id"),
            "amount": SQL("0"),
        }

    def _from(self, ids=None):
        return SQL(
            "%s WHERE %s",
            LEADS,
            SQL("TRUE") if ids is None else SQL("l.id = ANY(%s)", ids),
        )
