# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class SalesChannelStageItem(models.Model):
    """What is to be done before a member enters a stage (policy 5.2.2)."""

    _name = "sales.channel.stage.item"
    _inherit = "sales.guard.mixin"
    _description = "Checklist of a Stage"
    _order = "stage_id, sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    stage_id = fields.Many2one(
        comodel_name="sales.channel.stage",
        required=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(related="stage_id.company_id", store=True)
