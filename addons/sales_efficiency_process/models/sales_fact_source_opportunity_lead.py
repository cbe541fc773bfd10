# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models
from odoo.tools import SQL

from odoo.addons.sales_efficiency_base.engine import UPDATE, Watch


class SalesFactSourceOpportunity(models.AbstractModel):
    """Opportunities won and lost by lead source and medium (policy 3.1.2)."""

    _inherit = "sales.fact.source.opportunity"
    _watches = [
        Watch(
            table="crm_lead",
            origin="crm_lead",
            key="id",
            columns=("source_id", "medium_id"),
            condition="r.type = 'opportunity'",
            events=UPDATE,
        )
    ]

    def _get_columns(self):
        return super()._get_columns() | {
            "utm_source_id": SQL("l.source_id"),
            "utm_medium_id": SQL("l.medium_id"),
        }
