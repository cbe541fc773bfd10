# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models


class SalesFact(models.Model):
    """Figures know the project that they are for (policy 2.1.2)."""

    _inherit = "sales.fact"

    project_id = fields.Many2one(help="The project of the order or of the opportunity.")

    _project_date = models.Index("(project_id, date) WHERE project_id IS NOT NULL")

    @api.model
    def _get_facts_action(self, name, domain):
        """:return: the action that shows some figures, down to their documents"""
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
