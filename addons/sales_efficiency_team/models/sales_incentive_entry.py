# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models

from ..engine import AWARD, AwardSum, AwardText


class SalesIncentiveEntry(models.Model):
    """Entries of awards explain themselves, and open the line of the person."""

    _inherit = "sales.incentive.entry"

    @api.model
    def _get_document_models(self):
        return super()._get_document_models() | {AWARD: "sales.incentive.award.line"}

    @api.model
    def _selection_document(self):
        lines = self.env["sales.incentive.award.line"]
        return [*super()._selection_document(), (lines._name, self.env._("Award"))]

    def _compute_explanation(self):
        res = super()._compute_explanation()
        for entry in self.filtered(lambda entry: entry.reason == AWARD):
            entry.explanation = entry._explain_award()
        return res

    def _explain_award(self):
        terms = AwardSum.of(
            self.target,
            self.rate,
            self.actual,
            int(self.cumulated_before),
            int(self.cumulated_after),
        )
        # sudo: the terms by which one is paid are no secret, also replaced ones.
        is_share = self.rule_id.sudo().award_base == "incentive"
        text = AwardText(self.env, is_share)
        formula = text.write_formula(terms, self.currency_id)
        difference = self.amount - float(terms.round())
        if self.currency_id.is_zero(difference):
            return formula
        return self.env._("%s, less what was awarded before", formula)
