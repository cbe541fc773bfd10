# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models

from odoo.addons.sales_efficiency_base.tools import Period, Scope, take_turns


class OnboardingOnboardingStep(models.Model):
    _inherit = "onboarding.onboarding.step"

    # ------------------------------------------------------------------
    # First plan
    # ------------------------------------------------------------------

    @api.model
    def _get_sales_step_plan(self):
        plans = self._get_sales_plans()
        planned = plans.filtered("target_ids")
        first, _last = self.env.company._get_sales_months()
        has_past = first and first < plans._default_date_from()
        return {
            "is_done": bool(planned),
            "state": (planned or plans)[:1].name,
            "proposal": not plans
            and bool(has_past)
            and self.env._("Plan This Year from Last Year's Sales"),
        }

    @api.model
    @api.readonly
    def action_open_sales_plan(self):
        return self.env["sales.target.plan"].action_make_plan()

    @api.model
    def action_accept_sales_plan(self):
        """Create a draft of this year's plan, with last year's sales of the company as
        its target, to be changed and broken down, unless there is a plan.

        :return: action that opens the plan
        """
        take_turns(self.env.company)
        if self._get_sales_plans():
            return self.action_open_sales_plan()
        plan = self.env["sales.target.plan"].create({})
        metric = self.env.ref("sales_efficiency_base.sales_metric_ordered_amount")
        scope = Scope(plan.company_id.id)
        last_year = Period(plan.date_from, plan.date_to).previous_year()
        values = metric._evaluate([scope], [last_year])
        self.env["sales.target"].create(
            {
                "plan_id": plan.id,
                "metric_id": metric.id,
                "spread": "seasonality",
                "amount": values[metric.id, scope, last_year] or 0.0,
            }
        )
        return plan._get_records_action()

    # ------------------------------------------------------------------
    # Approval
    # ------------------------------------------------------------------

    @api.model
    def _get_sales_step_approval(self):
        plans = self._get_sales_plans()
        started = plans.filtered(lambda plan: plan.state in ("running", "closed"))
        states = dict(plans._fields["state"]._description_selection(self.env))
        plan = (started or plans)[:1]
        return {
            "is_done": bool(started),
            "state": bool(plan) and f"{plan.name}: {states[plan.state]}",
        }

    @api.model
    @api.readonly
    def action_open_sales_approval(self):
        plan = self._get_sales_plans()[:1]
        return plan._get_records_action() if plan else self.action_open_sales_plan()

    @api.model
    def _is_sales_company_set_up(self):
        """Whoever follows a plan needs no first steps."""
        is_set_up = super()._is_sales_company_set_up()
        return is_set_up or self._get_sales_step_approval()["is_done"]

    @api.model
    def _get_sales_plans(self):
        """:return: the plans of the company, those with targets first"""
        plans = self.env["sales.target.plan"].search(
            [("company_id", "=", self.env.company.id), ("purpose", "=", "sales")]
        )
        return plans.filtered("target_ids") | plans
