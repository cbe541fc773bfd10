# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class CrmLead(models.Model):
    _inherit = "crm.lead"

    sales_project_id = fields.Many2one(
        comodel_name="project.project",
        string="Project",
        index="btree_not_null",
        tracking=True,
        domain="[('is_template', '=', False),"
        " ('company_id', 'in', [False, company_id])]",
        help="Project of the opportunity and its quotations.",
    )

    def _prepare_opportunity_quotation_context(self):
        context = super()._prepare_opportunity_quotation_context()
        if self.sales_project_id:
            context["default_project_id"] = self.sales_project_id.id
        return context

    def _merge_get_fields_specific(self):
        return super()._merge_get_fields_specific() | {
            "sales_project_id": lambda fname, leads: leads[fname][:1].id,
        }
