# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models


class TierDefinition(models.Model):
    _inherit = "tier.definition"

    activity_deadline_days = fields.Integer(
        string="Days to Approve",
        default=lambda self: self._default_activity_deadline_days(),
        help="The to-do of a reviewer is due so many days after it is their turn.",
    )

    _activity_deadline_days_positive = models.Constraint(
        "CHECK (activity_deadline_days >= 0)",
        "The days to approve cannot be negative.",
    )

    @api.model
    def _get_default_name(self):
        return self.env._("New Approval Rule")

    @api.model
    def _default_activity_deadline_days(self):
        parameters = self.env["ir.config_parameter"].sudo()
        return int(
            parameters.get_param("sales_efficiency_base.approval_deadline_days", 3)
        )

    @api.model
    def _get_sales_approval_model_names(self):
        """:return: names of the models that inherit ``sales.approval.mixin``"""
        registry = self.env.registry
        names = registry.descendants(["sales.approval.mixin"], "_inherit")
        return [name for name in names if not registry[name]._abstract]

    @api.model
    def _get_tier_validation_model_names(self):
        names = super()._get_tier_validation_model_names()
        return names + self._get_sales_approval_model_names()
