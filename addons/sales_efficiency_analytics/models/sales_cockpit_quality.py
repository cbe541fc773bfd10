# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models

from ..engine import DataIssuesPanel


class SalesCockpit(models.AbstractModel):
    """The cockpit of what data there is to correct (policy 6.1.2)."""

    _inherit = "sales.cockpit"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _get_panels(self):
        return [*super()._get_panels(), DataIssuesPanel]
