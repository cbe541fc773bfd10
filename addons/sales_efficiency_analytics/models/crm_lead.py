# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models


class CrmLead(models.Model):
    _inherit = "crm.lead"

    def _merge_dependences(self, opportunities):
        res = super()._merge_dependences(opportunities)
        # sudo: nobody writes what was kept; it follows to where the deal is closed.
        snapshots = self.env["sales.pipeline.snapshot"].sudo()
        snapshots.search([("lead_id", "in", opportunities.ids)]).lead_id = self
        return res
