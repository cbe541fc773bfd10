# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models

from ..engine.visit import VisitsPanel


class SalesCockpit(models.AbstractModel):
    """Today's visits, in the cockpit."""

    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "sales.cockpit"

    @api.model
    def _get_panels(self):
        return [*super()._get_panels(), VisitsPanel]
