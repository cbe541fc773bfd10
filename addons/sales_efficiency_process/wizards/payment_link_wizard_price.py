# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models


class PaymentLinkWizard(models.TransientModel):
    _inherit = "payment.link.wizard"

    @api.depends("res_model", "res_id")
    def _compute_warning_message(self):
        res = super()._compute_warning_message()
        for wizard in self.filtered(lambda wizard: wizard.res_model == "sale.order"):
            order = self.env["sale.order"].browse(wizard.res_id)
            if order._filter_price_held():
                wizard.warning_message = self.env._(
                    "A price is below its floor. The customer can pay once it is"
                    " approved."
                )
        return res
