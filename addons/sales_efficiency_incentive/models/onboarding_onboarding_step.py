# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models


class OnboardingOnboardingStep(models.Model):
    _inherit = "onboarding.onboarding.step"

    @api.model
    def _get_sales_step_incentive(self):
        plans = self.env["sales.incentive.plan"].search(
            [("company_id", "=", self.env.company.id)]
        )
        approved = plans.filtered("version_id")
        plan = (approved or plans)[:1]
        return {"is_done": bool(approved), "state": plan.name}

    @api.model
    @api.readonly
    def action_open_sales_incentive(self):
        plan = self.env["sales.incentive.plan"].search(
            [("company_id", "=", self.env.company.id)], limit=1
        )
        if plan:
            return plan._get_records_action()
        return self.env["ir.actions.act_window"]._for_xml_id(
            "sales_efficiency_incentive.sales_incentive_plan_template_action"
        )
