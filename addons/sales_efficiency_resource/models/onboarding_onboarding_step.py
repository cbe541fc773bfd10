# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models

from odoo.addons.sales_efficiency_base.tools import Period, Scope, open_records

COMPLETENESS = "customer_file_completeness"


class OnboardingOnboardingStep(models.Model):
    """First steps with customers and channels (policy 5.1, 5.2)."""

    _inherit = "onboarding.onboarding.step"

    @api.model
    def _get_sales_step_service_policy(self):
        policies = self.env["sales.service.policy"]
        count = policies.search_count(
            [("company_id", "=", self.env.company.id), ("contact_days", ">", 0)]
        )
        return {
            "is_done": bool(count),
            "state": count and self.env._("Policies: %s", count),
            "is_allowed": policies.has_access("create"),
        }

    @api.model
    @api.readonly
    def action_open_sales_service_policy(self):
        return self.env["ir.actions.act_window"]._for_xml_id(
            "sales_efficiency_resource.sales_service_policy_action"
        )

    @api.model
    def _get_sales_step_files(self):
        company = self.env.company
        # sudo: only whether there are any
        is_begun = any(
            self.env[name]
            .sudo()
            .search_count([("company_id", "=", company.id)], limit=1)
            for name in ("sales.stakeholder", "sales.need")
        )
        scope, today = Scope(company.id), company._get_sales_today()
        metrics = self.env["sales.metric"]
        values = metrics.ask([COMPLETENESS], [scope], [Period(today, today)])
        percent = values.get((COMPLETENESS, scope, Period(today, today)))
        return {
            "is_done": is_begun,
            "state": percent is not None
            and self.env._("Files complete: %s %%", round(percent)),
        }

    @api.model
    @api.readonly
    def action_open_sales_files(self):
        return open_records(
            self.env,
            "sales_efficiency_resource.res_partner_action_customers",
            [("is_sales_customer", "=", True)],
        )

    @api.model
    def _get_sales_step_grading(self):
        runs = self.env["sales.grading.run"]
        last = runs.search(
            [("company_id", "=", self.env.company.id), ("state", "=", "confirmed")],
            limit=1,
        )
        return {
            "is_done": bool(last),
            "state": last.display_name,
            "is_allowed": runs.has_access("create"),
        }

    @api.model
    @api.readonly
    def action_open_sales_grading(self):
        return self.env["ir.actions.act_window"]._for_xml_id(
            "sales_efficiency_resource.sales_grading_action"
        )

    @api.model
    def _get_sales_step_scorecard(self):
        scorecard = self.env["sales.scorecard"].search(
            [("company_id", "=", self.env.company.id)], limit=1
        )
        return {"is_done": bool(scorecard), "state": scorecard.name}

    @api.model
    @api.readonly
    def action_open_sales_scorecard(self):
        return self.env["ir.actions.act_window"]._for_xml_id(
            "sales_efficiency_resource.sales_scorecard_action"
        )

    @api.model
    def _get_sales_step_budget(self):
        plans = self.env["sales.target.plan"]
        plan = plans.search(
            [
                ("purpose", "=", "budget"),
                ("company_id", "=", self.env.company.id),
                ("target_ids", "!=", False),
            ],
            limit=1,
        )
        return {
            "is_done": bool(plan),
            "state": plan.name,
            "is_allowed": plans.has_access("create"),
        }

    @api.model
    @api.readonly
    def action_open_sales_budget(self):
        return self.env["ir.actions.act_window"]._for_xml_id(
            "sales_efficiency_resource.sales_budget_plan_action"
        )
