# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models


class SalesMartSource(models.Model):
    _inherit = "sales.mart.source"

    @api.model
    @api.readonly
    def get_freshness(self):
        """Tell finance, too, how up to date the figures are that it reconciles."""
        if not self.env["sales.expense.reconciliation"].has_access("read"):
            return super().get_freshness()
        # sudo: the age of figures that the user may read
        freshness = super(SalesMartSource, self.sudo()).get_freshness()
        return freshness | {"can_refresh": self.has_access("write")}
