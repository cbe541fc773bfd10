# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class SalesAppraisalCorrection(models.TransientModel):
    """Asks why a closed appraisal is corrected."""

    _name = "sales.appraisal.correction"
    _inherit = "sales.guard.mixin"
    _description = "Correction of an Appraisal"

    appraisal_id = fields.Many2one(
        comodel_name="sales.appraisal", required=True, ondelete="cascade"
    )
    reason = fields.Char(required=True)

    def action_correct(self):
        self.ensure_one()
        return self.appraisal_id._correct(self.reason)._get_records_action()
