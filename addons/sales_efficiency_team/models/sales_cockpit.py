# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models

from ..engine import cockpit


class SalesCockpit(models.AbstractModel):
    """The sales team in the cockpit: of the company, of one's team, and oneself."""

    _inherit = "sales.cockpit"

    @api.model
    def _get_panels(self):
        return [
            *super()._get_panels(),
            cockpit.HeadCountPanel,
            cockpit.GradesPanel,
            cockpit.JudgementsPanel,
            cockpit.TeamPanel,
            cockpit.MyDevelopmentPanel,
        ]
