# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models


class SalesMart(models.AbstractModel):
    """Notes for exports which months have changed."""

    _inherit = "sales.mart"

    def _get_followers(self, facts, sign):
        note = self.env["sales.mart.export.change"]._sql_note(facts, sign)
        return [*super()._get_followers(facts, sign), note]

    def _tell_of_repair(self):
        res = super()._tell_of_repair()
        self.env["sales.mart.export"]._note_everything()
        return res
