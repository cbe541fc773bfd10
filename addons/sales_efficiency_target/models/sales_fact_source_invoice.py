# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models
from odoo.tools import SQL


class SalesFactSourceInvoice(models.AbstractModel):
    """Invoices, and with them collections, count for the project of their order."""

    _inherit = "sales.fact.source.invoice"

    def _get_expansions(self):
        expansions = super()._get_expansions()
        return expansions | {"order_project": expansions["sold_order"]}

    def _get_document_columns(self):
        return super()._get_document_columns() | {"project_id": SQL("o.project_id")}
