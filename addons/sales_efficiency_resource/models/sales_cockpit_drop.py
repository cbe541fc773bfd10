# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models

from ..engine import Drops


class SalesCockpit(models.AbstractModel):
    """The cockpit of customers who buy less than before (policy 5.1.3)."""

    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "sales.cockpit"

    @api.model
    def _get_panels(self):
        return [*super()._get_panels(), Drops]
