# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models
from odoo.exceptions import UserError


class SalesContractSign(models.TransientModel):
    """Signs a contract for the company (policy 3.3.3)."""

    _name = "sales.contract.sign"
    _inherit = ["sales.guard.mixin"]
    _description = "Sign a Contract"
    _protects_readonly = False

    agreement_id = fields.Many2one(
        comodel_name="agreement",
        string="Contract",
        required=True,
        ondelete="cascade",
    )
    name = fields.Char(default=lambda self: self.env.user.name, readonly=True)
    signature = fields.Image(max_width=1024, max_height=1024)

    def action_sign(self):
        self.ensure_one()
        if not self.signature:
            raise UserError(self.env._("Please sign first."))
        self.agreement_id._sign_for_us(self.signature)
        return {"type": "ir.actions.act_window_close"}
