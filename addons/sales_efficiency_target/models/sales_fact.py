# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models


class SalesFact(models.Model):
    _inherit = "sales.fact"

    @api.model
    def _get_facts_action(self, name, domain):
        """:return: the action that shows figures, down to their documents"""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "sales_efficiency_base.sales_fact_action"
        )
        return action | {
            "name": name,
            "domain": list(domain),
            "context": {},
            "view_mode": "list,pivot,graph",
            "views": [(False, "list"), (False, "pivot"), (False, "graph")],
        }
