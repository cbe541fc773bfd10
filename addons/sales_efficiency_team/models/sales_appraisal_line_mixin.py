# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models


class SalesAppraisalLineMixin(models.AbstractModel):
    """A weighted line of a template. The weights of a template add up to 100.00.

    Lines change one after the other, so their template checks them when all are
    saved: the form at once, other callers before their transaction ends.
    """

    _name = "sales.appraisal.line.mixin"
    _inherit = "sales.guard.mixin"
    _description = "Line of an Appraisal Template"
    _order = "sequence, id"
    _fixed_fields = ("template_id",)

    template_id = fields.Many2one(
        comodel_name="sales.appraisal.template",
        required=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(related="template_id.company_id")
    sequence = fields.Integer(default=10)
    weight = fields.Float(string="Weight (%)", digits=(5, 2), aggregator=None)

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines.template_id._after_change()
        return lines

    def write(self, vals):
        res = super().write(vals)
        if vals.keys() - {"sequence"}:
            self.template_id._after_change()
        return res

    def unlink(self):
        templates = self.template_id
        res = super().unlink()
        templates.exists()._after_change()
        return res
