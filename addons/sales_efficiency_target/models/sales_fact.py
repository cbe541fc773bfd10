# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models

from odoo.addons.sales_efficiency_base.tools import open_records


class SalesFact(models.Model):
    _inherit = "sales.fact"

    @api.model
    def _get_facts_action(self, name, domain):
        """:return: the action that shows figures, down to their documents"""
        return open_records(
            self.env,
            "sales_efficiency_base.sales_fact_action",
            domain,
            name=name,
            view_mode="list,pivot,graph",
            views=[(False, "list"), (False, "pivot"), (False, "graph")],
        )
