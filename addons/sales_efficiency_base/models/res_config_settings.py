# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    sales_tz = fields.Selection(related="company_id.sales_tz", readonly=False)
    sales_zero_cost_unknown = fields.Boolean(
        related="company_id.sales_zero_cost_unknown", readonly=False
    )
    sales_splits_business = fields.Boolean(string="New and Existing Business")
    sales_new_business_months = fields.Integer(
        related="company_id.sales_new_business_months", readonly=False
    )
    sales_action_effect_weeks = fields.Integer(
        related="company_id.sales_action_effect_weeks", readonly=False
    )
    sales_alert_digest = fields.Selection(
        related="company_id.sales_alert_digest", readonly=False
    )
    sales_answer_pause_days = fields.Integer(
        related="company_id.sales_answer_pause_days", readonly=False
    )
    sales_fiscalyear_last_day = fields.Integer(
        related="company_id.fiscalyear_last_day",
        readonly=False,
    )
    sales_fiscalyear_last_month = fields.Selection(
        related="company_id.fiscalyear_last_month",
        readonly=False,
    )
    sales_approval_deadline_days = fields.Integer(string="Days to Approve")

    _sales_approval_deadline_days_positive = models.Constraint(
        "CHECK (sales_approval_deadline_days >= 0)",
        "The days to approve cannot be negative.",
    )

    @api.model
    def get_values(self):
        values = super().get_values()
        days = self.env["tier.definition"]._default_activity_deadline_days()
        return {
            **values,
            "sales_approval_deadline_days": days,
            "sales_splits_business": any(self._get_business_metrics().mapped("active")),
        }

    def set_values(self):
        res = super().set_values()
        # ``config_parameter`` would delete the parameter at 0, which means "the same
        # day", and so restore the default.
        self.env["ir.config_parameter"].set_param(
            "sales_efficiency_base.approval_deadline_days",
            str(self.sales_approval_deadline_days),
        )
        metrics = self._get_business_metrics()
        if any(metrics.mapped("active")) != self.sales_splits_business:
            metrics.active = self.sales_splits_business
        return res

    @api.model
    def _get_business_metrics(self):
        """Return the metrics of new and existing business, archived or not."""
        # sudo: whoever may change the settings may switch on what they offer.
        metrics = self.env["sales.metric"].sudo().with_context(active_test=False)
        return metrics.search([("method_name", "=", "_measure_business")])
