# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models


class MailTemplate(models.Model):
    _inherit = "mail.template"

    def _send_check_access(self, res_ids):
        """Programs send mails from templates without the composer.

        Jobs may remind customers of what they left in a web shop: its prices are there
        for all to see.
        """
        res = super()._send_check_access(res_ids)
        if self.model == "sale.order":
            orders = self.env["sale.order"].browse(res_ids)._filter_price_shown()
            if self.env.su:
                orders = orders.filtered(lambda order: not order._is_of_web())
            orders._pass_price_gate()
        return res
