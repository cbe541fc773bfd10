# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models
from odoo.exceptions import ValidationError
from odoo.tools import formatLang

from .sales_incentive_rule import BY_TARGET, LINE_RATES


class SalesIncentiveRule(models.Model):
    """Says what a rule lacks, or which of its terms exclude each other."""

    _inherit = "sales.incentive.rule"  # pylint: disable=consider-merging-classes-inherited

    @api.constrains(
        "kind",
        "metric_id",
        "rate_by",
        "rate_mode",
        "rate_unit",
        "target_metric_id",
        "condition_attainment",
        "paid",
        "holdback",
        "holdback_months",
        "unpaid_days",
        "tier_ids",
        "pool_basis",
        "pool_split",
    )
    def _check_definition(self):
        for rule in self:
            rule._check_metric()
            rule._check_rate()
            rule._check_target()
            rule._check_payment()
        self._check_tiers()

    def _check_metric(self):
        self.ensure_one()
        if not self._needs_metric():
            return
        # sudo: who approves the terms need not see the metrics.
        metric = self.metric_id.sudo()
        if not metric:
            raise ValidationError(
                self.env._("Choose what %(rule)s is paid on.", rule=self.name)
            )
        if metric._pays(self.kind):
            return
        if self.kind == "bounty":
            raise ValidationError(
                self.env._(
                    "%(metric)s cannot be paid by piece. Choose what is counted, e.g."
                    " New Customers, or a quantity.",
                    metric=metric.name,
                )
            )
        raise ValidationError(
            self.env._(
                "%(metric)s is no sum of money, so no share of it can be paid. Choose"
                " e.g. Invoiced Amount, or make %(rule)s a bounty.",
                metric=metric.name,
                rule=self.name,
            )
        )

    def _check_rate(self):
        self.ensure_one()
        if self.kind in BY_TARGET and self.rate_by != "attainment":
            raise ValidationError(
                self.env._(
                    "Bonuses and pools are paid by the attainment of a target. Make"
                    " %(rule)s a commission to pay it by something else.",
                    rule=self.name,
                )
            )
        if self.rate_unit == "fold" and (
            self.kind != "commission" or self.rate_by != "attainment"
        ):
            raise ValidationError(
                self.env._(
                    "One's own rate follows from a target. Let %(rule)s be a commission"
                    " by attainment, or enter its rates in percent.",
                    rule=self.name,
                )
            )
        if self.rate_by in LINE_RATES and self.kind == "bounty":
            raise ValidationError(
                self.env._(
                    "Pieces have no margin rate and no days. Choose another rate for"
                    " %(rule)s, or make it a commission.",
                    rule=self.name,
                )
            )
        if self.rate_by in LINE_RATES and self.rate_mode == "marginal":
            raise ValidationError(
                self.env._(
                    "A line has one margin rate and one number of days, so it has one"
                    " rate. Let %(rule)s pay all at the rate reached.",
                    rule=self.name,
                )
            )

    def _check_target(self):
        self.ensure_one()
        if self.uses_target and not self.target_metric_id:
            raise ValidationError(
                self.env._(
                    "%(rule)s depends on a target. Choose the metric whose target it"
                    " is.",
                    rule=self.name,
                )
            )
        if self.kind == "pool" and self.condition_attainment:
            raise ValidationError(
                self.env._(
                    "The table of %(rule)s says from which attainment on it pays. Set"
                    " the condition to 0.",
                    rule=self.name,
                )
            )
        # sudo: as in _check_metric
        target = self.target_metric_id.sudo()
        if self._has_pool_of_excess() and not target._pays(self.kind):
            raise ValidationError(
                self.env._(
                    "%(metric)s is no sum of money, so no share of what exceeds its"
                    " target can be paid. Let %(rule)s hold fixed sums, or compare"
                    " another target.",
                    metric=target.name,
                    rule=self.name,
                )
            )

    def _check_tiers(self):
        for rule in self:
            rule._check_bounds(rule.tier_ids.mapped("bound"))

    def _check_bounds(self, bounds):
        """:raise ValidationError: unless a table with these bounds says what is paid
        in every case"""
        self.ensure_one()
        if self.rate_by == "fixed":
            return
        if not bounds:
            raise ValidationError(
                self.env._(
                    "The table of %(rule)s is empty. Add its first tier.",
                    rule=self.name,
                )
            )
        twice = next((bound for bound in bounds if bounds.count(bound) > 1), None)
        if twice is not None:
            raise ValidationError(
                self.env._(
                    "Two tiers of %(rule)s start at %(bound)s. Change one of them.",
                    rule=self.name,
                    bound=formatLang(self.env, twice),
                )
            )
        if self.kind != "bonus" and min(bounds) != 0:
            raise ValidationError(
                self.env._(
                    "The table of %(rule)s says nothing about less than %(bound)s. Let"
                    " its first tier start at 0; its rate may be 0.",
                    rule=self.name,
                    bound=formatLang(self.env, min(bounds)),
                )
            )
