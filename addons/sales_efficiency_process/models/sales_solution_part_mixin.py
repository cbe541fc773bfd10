# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models


class SalesSolutionPartMixin(models.AbstractModel):
    """A line of a solution, which changes as long as the solution does."""

    _name = "sales.solution.part.mixin"
    _inherit = "sales.guard.mixin"
    _description = "Part of a Solution"
    _fixed_fields = ("solution_id",)

    solution_id = fields.Many2one(
        comodel_name="sales.solution", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(default=10)
    partner_id = fields.Many2one(related="solution_id.partner_id")
    company_id = fields.Many2one(related="solution_id.company_id")
    currency_id = fields.Many2one(related="solution_id.currency_id")

    @api.model_create_multi
    def create(self, vals_list):
        parts = super().create(vals_list)
        parts.solution_id._check_content_open()
        return parts

    def write(self, vals):
        self.solution_id._check_content_open()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_presented(self):
        self.solution_id._check_content_open()
