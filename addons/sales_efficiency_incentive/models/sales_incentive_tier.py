# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models

from ..tools import WHOLE


class SalesIncentiveTier(models.Model):
    """A tier of a table, or a point of a bonus curve: from a bound on, a rate."""

    _name = "sales.incentive.tier"
    _inherit = "sales.incentive.terms.mixin"
    _description = "Tier of an Incentive Rule"
    _order = "bound, id"
    _fixed_fields = ("rule_id",)

    rule_id = fields.Many2one(
        comodel_name="sales.incentive.rule",
        required=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(related="rule_id.company_id")
    currency_id = fields.Many2one(related="rule_id.currency_id")
    metric_unit = fields.Selection(related="rule_id.unit_of_bound")
    unit_of_rate = fields.Selection(related="rule_id.unit_of_rate")
    bound = fields.Float(
        string="From",
        digits=0,
        help="The rate applies from here up to the next tier.",
    )
    rate = fields.Float(digits=0)

    _bound_positive = models.Constraint(
        "CHECK (bound >= 0)",
        "Tiers start at 0. Less than 0 has the rate of the first tier.",
    )
    _rate_positive = models.Constraint(
        "CHECK (rate >= 0)", "A rate cannot be negative: enter 0 or more."
    )

    @api.constrains("bound", "rule_id")
    def _check_table(self):
        # A rule that is written with its tiers checks them at the end.
        if self.env.context.get("sales_incentive_tiers") is not WHOLE:
            self.rule_id._check_tiers()

    @api.ondelete(at_uninstall=False)
    def _unlink_except_first(self):
        """A table keeps its first tier, whose rate starts at 0."""
        if self.env.context.get("sales_incentive_tiers") is not WHOLE:
            for rule, tiers in self.grouped("rule_id").items():
                rule._check_bounds((rule.tier_ids - tiers).mapped("bound"))

    def _get_versions(self):
        return self.rule_id.version_id
