# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class SalesConductStatement(models.TransientModel):
    """What a person says to a report, or against a decision."""

    _name = "sales.conduct.statement"
    _inherit = "sales.guard.mixin"
    _description = "Statement in a Conduct Case"

    case_id = fields.Many2one(comodel_name="sales.conduct.case", required=True)
    description = fields.Text(related="case_id.description")
    case_state = fields.Selection(related="case_id.state")
    text = fields.Text(string="What You Say", required=True)

    def action_send(self):
        """Hand it in. It does not change afterwards."""
        self.ensure_one()
        self.case_id._say(self.text)
        return {"type": "ir.actions.act_window_close"}
