# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models


class SalesMartSource(models.Model):
    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "sales.mart.source"

    @api.model
    def _read_lead_sources(self):
        """Read again what came of leads, with the sources of the leads: the columns are
        older than this add-on."""
        codes = ("opportunity", "order", "invoice", "payment")
        sources = self.search([("code", "in", codes)])
        sources._queue_rebuild()
        self.env["sales.mart"]._wake()
