# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.fields import Domain

from ..section import ListSection


class TrainingPlans(ListSection):
    """What trainings of the year cost beside what was planned, by team."""

    key = "training_plans"
    action = "sales_efficiency_team.sales_training_plan_action"

    def is_visible(self):
        return self.env["sales.training.plan"].has_access("read")

    def get_title(self):
        return self.env._("Training Plans and Cost")

    def get_empty(self):
        return self.env._("No team has a training plan for this year.")

    def get_domain(self):
        today = self.page.today
        domain = self.page.get_domain() & Domain("date_from", "<=", today)
        return domain & Domain("date_to", ">=", today)

    def get_count(self):
        return self.env["sales.training.plan"].search_count(self.get_domain())

    def get_rows(self):
        plans = self.env["sales.training.plan"].search(
            self.get_domain(), limit=self.length
        )
        return [self._describe(plan) for plan in plans]

    def _describe(self, plan):
        share = plan.planned_cost and 100 * plan.spent / plan.planned_cost
        return {
            "id": plan.id,
            "name": plan.display_name,
            "detail": self.env._(
                "%(spent)s of %(planned)s spent · %(passed)s of %(needed)s courses"
                " passed",
                spent=self.format_money(plan.spent),
                planned=self.format_money(plan.planned_cost),
                passed=plan.trained_count,
                needed=plan.need_count,
            ),
            "figure": self.format_percent(share) if plan.planned_cost else "–",
            "progress": min(share, 100),
            "bar": {
                "kind": "training_cost",
                "value": "exceeded" if plan.spent > plan.planned_cost else "within",
            },
            "status": self.describe_status("training_plan", plan, "state"),
        }
