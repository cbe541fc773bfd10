# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models
from odoo.fields import Domain


class SalesGuardMixin(models.AbstractModel):
    _inherit = "sales.guard.mixin"

    @api.model
    def _filter_known(self, records):
        """Users who see a target may know the records of its scope."""
        known = super()._filter_known(records)
        targets = self.env["sales.target"]
        names = [
            name
            for name in targets._get_dimensions()
            if targets._fields[name].comodel_name == records._name
        ]
        if names and targets.has_access("read"):
            about = Domain.OR(Domain(name, "in", records.ids) for name in names)
            found = targets.search(about)
            for name in names:
                known |= records & found[name]
        return known
