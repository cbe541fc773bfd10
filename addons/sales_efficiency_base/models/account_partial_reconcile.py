# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models


class AccountPartialReconcile(models.Model):
    _inherit = "account.partial.reconcile"

    @api.model_create_multi
    def create(self, vals_list):
        self.env["sales.mart"]._wake()
        return super().create(vals_list)

    def unlink(self):
        # Odoo also calls this for unreconciled lines, with an empty recordset.
        if self:
            self.env["sales.mart"]._wake()
        return super().unlink()
