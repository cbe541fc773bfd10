# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from dateutil.relativedelta import relativedelta

from odoo import Command, api, fields, models
from odoo.fields import Domain
from odoo.tools import LazyTranslate

from odoo.addons.sales_efficiency_base.demo import enter_demo

# Constants have no environment: their language is that of whoever asks.
# pylint: disable=prefer-env-translation
_lt = LazyTranslate(__name__)

# Milestones of the project: days from today, weight, share of the target, responsible
MILESTONES = (
    (_lt("Specification agreed"), -80, 20, 0.2, "amy"),
    (_lt("Prototype accepted"), -8, 30, 0.3, "jason"),
    (_lt("First line delivered"), 9, 30, 0.3, "amy"),
    (_lt("Final acceptance"), 100, 20, 0.2, "jason"),
)
# This year's target relative to orders so far, and next year's relative to that target
GROWTH = 1.5
NEXT_GROWTH = 1.1


class SalesProjectDemo(models.AbstractModel):
    """Creates a major project of the demo company, for its largest customer."""

    _name = "sales.project.demo"
    _description = "Sales Project Demo Data"

    @api.model
    def _load(self):
        """Set targets for this year and next year, with a milestone that slipped."""
        demo = enter_demo(self, tracking_disable=True)
        plans = demo.env["sales.target.plan"].search(
            [("company_id", "=", demo.env.company.id), ("purpose", "=", "sales")]
        )
        plan = plans.filtered(lambda plan: plan.state == "running")[:1]
        customer = plan and demo._get_customer(plan)
        if not customer or plans.target_ids.project_id:
            return  # Odoo can load demo data repeatedly
        project = demo._create_project(customer)
        ordered = demo._count_for(project, plan)
        target = demo._create_target(plan, project, ordered * GROWTH)
        for draft in plans.filtered(lambda plan: plan.state == "draft"):
            demo._create_target(draft, project, ordered * GROWTH * NEXT_GROWTH)
        demo.env["sales.target.result"]._refresh(target)
        demo._load_milestones(project, target)

    def _count_for(self, project, plan):
        """Attribute the customer's orders and two opportunities to the project.

        :return: the amount ordered in the year of the plan
        """
        customer = project.partner_id
        orders = self.env["sale.order"].search(self._get_domain(plan, customer))
        orders.project_id = project
        self.env["crm.lead"].search(
            [("partner_id", "child_of", customer.id), ("won_status", "=", "pending")],
            limit=2,
        ).sales_project_id = project
        self.env["sales.mart"]._refresh()
        return sum(order.amount_untaxed / order.currency_rate for order in orders)

    def _create_target(self, plan, project, amount):
        """Add a target to a plan as if it had existed when the plan started."""
        state = plan.state
        plan.state = "draft"
        target = self.env["sales.target"].create(
            {
                "plan_id": plan.id,
                "metric_id": self.env.ref(
                    "sales_efficiency_base.sales_metric_ordered_amount"
                ).id,
                "project_id": project.id,
                "amount": round(amount, -4),
            }
        )
        plan.state = state
        if state == "running":
            target._keep_original()
        return target

    def _load_milestones(self, project, target):
        """Set planned values, let a milestone slip, and warn the responsible user."""
        milestones = project.milestone_ids.sorted("deadline")
        for milestone, (_name, _days, _weight, share, _login) in zip(
            milestones, MILESTONES, strict=True
        ):
            milestone.sales_value = target.amount * share
        milestones[2].deadline += relativedelta(weeks=3)
        milestones._cron_warn_sales()

    def _get_domain(self, plan, customer=None):
        domain = Domain("company_id", "=", plan.company_id.id)
        domain &= Domain("state", "=", "sale")
        domain &= Domain("date_order", ">=", plan.date_from)
        if customer:
            domain &= Domain("partner_id", "child_of", customer.id)
        return domain

    def _get_customer(self, plan):
        """:return: the customer with the highest order amount in the plan's year"""
        [[customer]] = self.env["sale.order"]._read_group(
            self._get_domain(plan),
            ["partner_id"],
            order="amount_untaxed:sum desc",
            limit=1,
        ) or [[None]]
        return customer and customer.commercial_partner_id

    def _create_project(self, customer):
        today = fields.Date.context_today(self)
        return self.env["project.project"].create(
            {
                "name": self.env._("Inspection Line for %s", customer.name),
                "partner_id": customer.id,
                "user_id": self._user("linda").id,
                "company_id": self.env.company.id,
                "allow_billable": True,
                "allow_milestones": True,
                "milestone_ids": [
                    Command.create(
                        {
                            "name": self.env._(name),
                            "deadline": today + relativedelta(days=days),
                            "sales_weight": weight,
                            "sales_user_id": self._user(login).id,
                            "is_reached": days < -30,
                        }
                    )
                    for name, days, weight, _share, login in MILESTONES
                ],
            }
        )

    def _user(self, login):
        return self.env.ref(f"sales_efficiency_base.user_{login}_demo")
