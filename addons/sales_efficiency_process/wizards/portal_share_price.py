# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models


class PortalShare(models.TransientModel):
    _inherit = "portal.share"

    def action_send_mail(self):
        if self.res_model == "sale.order":
            order = self.env["sale.order"].browse(self.res_id)
            order._filter_price_shown()._pass_price_gate()
        return super().action_send_mail()
