# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models
from odoo.tools import SQL

from odoo.addons.sales_efficiency_base.engine import UPDATE, Watch


class SalesFactSourceInvoice(models.AbstractModel):
    """Attributes invoices and their collections to the member of the order."""

    _inherit = "sales.fact.source.invoice"
    _watches = [
        Watch(
            table="sale_order",
            origin="sold_order",
            key="id",
            columns=("channel_member_id",),
            events=UPDATE,
        )
    ]

    def _get_document_columns(self):
        return super()._get_document_columns() | {
            "channel_member_id": SQL("o.channel_member_id")
        }
