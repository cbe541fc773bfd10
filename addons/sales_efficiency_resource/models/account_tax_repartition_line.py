# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models


class AccountTaxRepartitionLine(models.Model):
    """Which part of a tax can be deducted decides what sent claims cost (policy 5.3.2).

    Drafts follow when they are changed next, and posted entries stay as they are.
    """

    _inherit = "account.tax.repartition.line"

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines._follow_in_claims()
        return lines

    def write(self, vals):
        res = super().write(vals)
        if not {"account_id", "factor_percent", "repartition_type"}.isdisjoint(vals):
            self._follow_in_claims()
        return res

    def unlink(self):
        claims = self._find_sent_claims()
        res = super().unlink()
        claims._count_anew()
        return res

    def _follow_in_claims(self):
        self._find_sent_claims()._count_anew()

    def _find_sent_claims(self):
        """:return: the claims with these taxes that are committed, not yet spent"""
        # sudo: whoever keeps the taxes need not see claims.
        return (
            self.env["hr.expense"]
            .sudo()
            .search(
                [
                    "|",
                    ("tax_ids", "in", self.tax_id.ids),
                    ("tax_ids.children_tax_ids", "in", self.tax_id.ids),
                    ("approval_state", "in", ("submitted", "approved")),
                    ("account_move_id", "=", False),
                ]
            )
        )
