# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models
from odoo.tools import SQL

from odoo.addons.sales_efficiency_base.engine import Watch

from ..engine.market import from_months


class SalesFactSourceLeadCost(models.AbstractModel):
    """What leads cost, month by month (policy 3.1.2)."""

    _name = "sales.fact.source.lead.cost"
    _inherit = "sales.fact.source"
    _description = "Sales Facts of the Cost of Leads"
    _code = "lead_cost"
    _title = "Cost of Leads"
    _subject = "marketing"
    _summary = "What leads cost beside the expenses of campaigns, in each month."
    _sequence = 37
    _document = "sales.lead.cost"
    _origin = "sales_lead_cost"
    _watches = [
        Watch(
            table="sales_lead_cost",
            origin="sales_lead_cost",
            key="id",
            columns=(
                "company_id",
                "utm_source_id",
                "utm_medium_id",
                "campaign_id",
                "date_from",
                "date_to",
                "amount",
            ),
        )
    ]

    def _get_label(self):
        return self.env._("Cost of Leads")

    def _get_events(self):
        return {"lead_cost": self.env._("Cost of leads")}

    def _get_columns(self):
        return {
            "event": SQL("'lead_cost'"),
            "date": SQL("part.day"),
            "company_id": SQL("document.company_id"),
            "currency_id": SQL("company.currency_id"),
            "utm_source_id": SQL("document.utm_source_id"),
            "utm_medium_id": SQL("document.utm_medium_id"),
            "campaign_id": SQL("document.campaign_id"),
            "amount": SQL("part.amount"),
            "res_id": SQL("document.id"),
            "line_id": SQL("part.month"),
        }

    def _from(self, ids=None):
        return from_months(self._origin, ids)
