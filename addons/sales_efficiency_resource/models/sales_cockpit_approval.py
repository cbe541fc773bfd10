# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models

from ..engine import WaitingDocuments


class SalesCockpit(models.AbstractModel):
    """Claims, gradings and scores await decisions, too."""

    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "sales.cockpit"

    @api.model
    def _get_waiting(self):
        return [*super()._get_waiting(), *WaitingDocuments(self.env).find()]
