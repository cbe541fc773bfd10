# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models


class SalesGuardMixin(models.AbstractModel):
    _inherit = "sales.guard.mixin"

    @api.model
    def _filter_known(self, records):
        """A private project is no secret to who sees a target of it."""
        known = super()._filter_known(records)
        if records._name == "project.project":
            targets = self.env["sales.target"]
            if targets.has_access("read"):
                domain = [("project_id", "in", records.ids)]
                known |= records & targets.search(domain).project_id
        return known
