# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models

from odoo.addons.sales_efficiency_base.engine import UPDATE, Watch


class SalesFactSourceInvoice(models.AbstractModel):
    """Invoices and their collections by the source and medium of their lead (policy
    3.1.2)."""

    _inherit = "sales.fact.source.invoice"
    _watches = [
        Watch(
            table="account_move",
            origin="account_move",
            key="id",
            columns=("source_id", "medium_id"),
            condition="r.state = 'posted'",
            events=UPDATE,
        ),
        Watch(
            table="sale_order",
            origin="sold_order",
            key="id",
            columns=("source_id", "medium_id"),
            events=UPDATE,
        ),
    ]

    def _get_document_columns(self):
        return super()._get_document_columns() | {
            "utm_source_id": self._frozen("source_id"),
            "utm_medium_id": self._frozen("medium_id"),
        }
