# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models
from odoo.exceptions import ValidationError


class SalesIncentiveVersion(models.Model):
    """Terms that pay by wages tell nobody what these are."""

    _inherit = "sales.incentive.version"

    def _check_is_complete(self):
        res = super()._check_is_complete()
        self.rule_ids._check_award()
        return res

    def _check_pays_by_wage(self):
        """:raise ValidationError: unless all that the plan pays is confidential, and
        nothing but awards"""
        for version in self:
            if not version.plan_id.is_confidential:
                raise ValidationError(
                    self.env._(
                        "%s is read by many, who could work out wages from awards. Make"
                        " a confidential plan for awards by wages.",
                        version.plan_id.name,
                    )
                )
            if set(version.rule_ids.mapped("kind")) - {"award"}:
                raise ValidationError(
                    self.env._(
                        "A plan with awards by wages has no other rules. Put those into"
                        " another plan."
                    )
                )
