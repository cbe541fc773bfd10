# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models
from odoo.tools import SQL


class SalesFactSourceLead(models.AbstractModel):
    """Attributes leads to the channel member who brought them. Opportunities watch it
    in the same table."""

    _inherit = "sales.fact.source.lead"

    def _get_columns(self):
        return super()._get_columns() | {
            "channel_member_id": SQL("l.channel_member_id")
        }
