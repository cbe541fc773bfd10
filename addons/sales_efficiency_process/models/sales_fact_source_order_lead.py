# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models
from odoo.tools import SQL

from odoo.addons.sales_efficiency_base.engine import UPDATE, Watch


class SalesFactSourceOrder(models.AbstractModel):
    """Orders by the source and medium of their lead (policy 3.1.2)."""

    _inherit = "sales.fact.source.order"
    _watches = [
        Watch(
            table="sale_order",
            origin="sale_order",
            key="id",
            columns=("source_id", "medium_id"),
            condition="r.state = 'sale'",
            events=UPDATE,
        )
    ]

    def _get_columns(self):
        return super()._get_columns() | {
            "utm_source_id": SQL("o.source_id"),
            "utm_medium_id": SQL("o.medium_id"),
        }
