# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models

from ..engine import RuleTrial

# What chart and calculator show
SHOWN = (
    "kind",
    "metric_id",
    "share",
    "rate_by",
    "rate_mode",
    "reach",
    "rate_unit",
    "rate",
    "tier_ids.bound",
    "tier_ids.rate",
    "curve",
    "pool_basis",
    "trial_base",
    "trial_target",
    "trial_incentive",
)


class SalesIncentiveRule(models.Model):
    """The calculator and the chart of a rule: they show what it pays, saved or not."""

    _inherit = "sales.incentive.rule"  # pylint: disable=consider-merging-classes-inherited

    trial_base = fields.Float(
        string="Sales",
        compute="_compute_trial_base",
        readonly=False,
        digits=0,
        help="Try the rule on sales of so much.",
    )
    trial_target = fields.Float(
        string="Target",
        compute="_compute_trial_base",
        readonly=False,
        digits=0,
    )
    trial_measure = fields.Float(
        string="Margin Rate or Days",
        compute="_compute_trial_base",
        readonly=False,
        digits=0,
    )
    trial_incentive = fields.Monetary(
        string="Target Incentive", compute="_compute_trial_base", readonly=False
    )
    trial_earned = fields.Monetary(string="Earned", compute="_compute_trial_earned")
    trial_rate = fields.Float(
        string="In Percent of the Sales",
        compute="_compute_trial_earned",
        digits=(16, 2),
    )
    chart = fields.Json(compute="_compute_chart", export_string_translation=False)

    @api.depends("rate_by", "kind")
    def _compute_trial_base(self):
        """Propose what to try. What is entered stays while the table changes."""
        for rule in self:
            for name, value in RuleTrial(rule).propose().items():
                rule[name] = rule[name] or value

    @api.depends(*SHOWN, "condition_attainment", "trial_measure")
    def _compute_trial_earned(self):
        for rule in self:
            rule.trial_earned = RuleTrial(rule).earn()
            rule.trial_rate = (
                100 * rule.trial_earned / rule.trial_base if rule.trial_base else 0.0
            )

    @api.depends(*SHOWN)
    def _compute_chart(self):
        for rule in self:
            rule.chart = RuleTrial(rule).draw()
