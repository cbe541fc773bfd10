# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


class SalesFakeRequest(models.Model):
    """Minimal model with approvals, outside all modules, so only tests load it."""

    _module = None
    _name = "sales.fake.request"
    _description = "Fake Request"
    _inherit = ["sales.approval.mixin", "mail.thread", "mail.activity.mixin"]
    _state_from = ["draft"]
    _state_to = ["done"]

    name = fields.Char()
    amount = fields.Float()
    company_id = fields.Many2one(comodel_name="res.company")
    user_id = fields.Many2one(comodel_name="res.users")
    state = fields.Selection(
        selection=[("draft", "Draft"), ("done", "Done"), ("cancel", "Cancelled")],
        default="draft",
    )
