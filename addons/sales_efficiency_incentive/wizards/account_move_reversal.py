# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models


class AccountMoveReversal(models.TransientModel):
    _inherit = "account.move.reversal"

    def reverse_moves(self, is_modify=False):
        """Leave reversals of what incentives have posted to payouts: the ledger would
        not follow one made by hand."""
        self.move_ids._check_no_incentives()
        return super().reverse_moves(is_modify)
