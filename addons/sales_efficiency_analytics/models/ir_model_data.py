# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models


class IrModelData(models.Model):
    _inherit = "ir.model.data"

    @api.model
    def _process_end(self, modules):
        """Make the views for BI tools anew: an add-on that was installed or updated may
        have brought columns, one that was uninstalled has taken views along."""
        res = super()._process_end(modules)
        self.env["sales.bi.role"]._renew_views()
        return res
