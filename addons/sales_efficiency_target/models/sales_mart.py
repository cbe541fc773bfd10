# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models


class SalesMart(models.AbstractModel):
    _inherit = "sales.mart"

    def _stamp(self, column, codes=None):
        """Have the targets measured anew after the figures have changed."""
        res = super()._stamp(column, codes)
        self.env.ref("sales_efficiency_target.ir_cron_results")._trigger()
        return res
