# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models
from odoo.tools import formatLang


class SalesFinding(models.Model):
    """Findings in words."""

    _inherit = "sales.finding"  # pylint: disable=consider-merging-classes-inherited

    @api.depends("cause", "basis", "actual", "expected", "growth", "share")
    @api.depends_context("lang")
    def _compute_explanation(self):
        for finding in self:
            finding.explanation = (
                finding.cause and getattr(finding, f"_explain_{finding.cause}")()
            )

    def _explain_slow(self):
        values = {
            "actual": self._money(self.actual),
            "expected": self._money(self.expected),
            "percent": formatLang(self.env, abs(self.deviation), digits=1),
        }
        if self.basis == "target":
            return self.env._(
                "%(percent)s %% behind target, two months in a row: %(actual)s instead"
                " of %(expected)s.",
                **values,
            )
        return self.env._(
            "%(percent)s %% behind last year and growth, two months in a row:"
            " %(actual)s instead of %(expected)s.",
            **values,
        )

    def _explain_growth(self):
        return self.env._(
            "Grew by %(growth)s %%, the company by %(company)s %%.",
            growth=formatLang(self.env, self.growth, digits=1),
            company=formatLang(self.env, self.company_growth, digits=1),
        )

    def _explain_wallet(self):
        return self.env._(
            "Customers buy %(share)s %% of what they could; in the middle, they buy"
            " %(peers)s %%.",
            share=formatLang(self.env, self.share, digits=1),
            peers=formatLang(self.env, self.peer_share, digits=1),
        )

    def _money(self, amount):
        return self.currency_id.format(amount)
