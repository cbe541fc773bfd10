# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import Command, fields
from odoo.tests import freeze_time, tagged

from odoo.addons.sales_efficiency_base.tests import screens

from .channel_common import ChannelCommon
from .expense_budget_common import BudgetCommon
from .grading_common import GradingCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-10-15 12:00:00")
class TestScreens(screens.ScreensCommon, BudgetCommon, ChannelCommon, GradingCommon):
    """Screens with a record of each kind."""

    addon = "sales_efficiency_resource"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._create_files()
        cls._create_gradings()
        cls._create_contacts()
        cls._create_drops()
        cls._create_channels()
        cls._create_scores()
        cls._create_campaigns()
        cls._create_budgets()
        cls._create_claims()

    @classmethod
    def _create_claims(cls):
        """Everybody may claim."""
        cls.env["hr.employee"].create(
            [
                {"name": role, "user_id": user.id, "company_id": user.company_id.id}
                for role, user in cls.roles.items()
            ]
        )
        cls.env["sales.expense.rule"].create({"name": "Screens"})

    @classmethod
    def _create_files(cls):
        cls.customer_north.user_id = cls.salesperson
        contact = cls.env["res.partner"].create(
            {"name": "Decider", "parent_id": cls.customer_north.id}
        )
        values = {"partner_id": cls.customer_north.id, "company_id": cls.company.id}
        cls.env["sales.stakeholder"].create({**values, "contact_id": contact.id})
        cls.env["sales.need"].create(
            {**values, "categ_id": cls.category.id, "amount": 1000}
        )
        cls.env["sales.customer.distinct"].create(
            {"partner_id": cls.customer_north.id, "other_id": cls.customer_south.id}
        )

    @classmethod
    def _create_gradings(cls):
        """A confirmed run, a preview and an override"""
        cls.env["sales.customer.class"].create({"name": "Screens"})
        customers = cls._create_customers(3)
        cls._create_sales(customers, (1, 2, 3), (1, 1, 1), (1, 2, 3))
        grading = cls._create_grading()
        cls._confirm(grading)
        cls._compute(grading)
        cls._approve(cls._create_override(customers[0], cls.grade_a))

    @classmethod
    def _create_contacts(cls):
        cls.customer_north.user_id = cls.salesperson
        cls.env["sales.service.policy"].create({})
        activity = cls.env["mail.activity"].create(
            {
                "res_model_id": cls.env["ir.model"]._get_id("res.partner"),
                "res_id": cls.customer_north.id,
                "user_id": cls.salesperson.id,
                "activity_type_id": cls.env.ref("mail.mail_activity_data_call").id,
            }
        )
        activity.action_feedback()

    @classmethod
    def _create_drops(cls):
        cls.customer_north.user_id = cls.salesperson
        cls.env["sales.customer.drop"].create(
            {
                "company_id": cls.company.id,
                "partner_id": cls.customer_north.id,
                "week": "2026-10-12",
                "date": "2026-10-15",
                "is_latest": True,
                "recent_orders": 1,
                "expected_orders": 4,
                "state": "alert",
            }
        )

    @classmethod
    def _create_channels(cls):
        """A plan, and members of each stage"""
        cls._create_plan()
        for stage in ("prospect", "active", "ended"):
            partner = cls.env["res.partner"].create({"name": stage})
            cls._create_member(partner, stage=stage)

    @classmethod
    def _create_scores(cls):
        """A member with a score in force, an action, and one that waits"""
        partner = cls.env["res.partner"].create({"name": "Screens"})
        cls._create_member(partner, stage="active")
        values = {"metric_id": cls.ordered.id, "floor": 0, "goal": 100, "weight": 100}
        scorecard = cls.env["sales.scorecard"].create(
            {
                "name": "Screens",
                "user_id": cls.director.id,
                "criterion_ids": [Command.create(values)],
                "level_ids": [Command.create({"name": "Bronze", "threshold": 0})],
                "rule_ids": [Command.create({"name": "Talk"})],
            }
        )
        runs = cls.env["sales.scorecard.run"].create(
            [
                {"scorecard_id": scorecard.id, "date": day}
                for day in ("2026-06-30", "2026-09-30")
            ]
        )
        runs[0]._put_in_force()
        runs[0].result_ids[:1].action_agree()
        # Scored before the first was in force
        runs[1].action_score()
        runs[1].action_submit()

    @classmethod
    def _create_campaigns(cls):
        cls.env["utm.campaign"].create(
            {
                "title": "Screens",
                "sales_type": "fair",
                "company_id": cls.company.id,
                "sales_date_from": "2026-10-01",
                "sales_date_to": "2026-10-31",
                "sales_planned_cost": 1000,
            }
        )

    @classmethod
    def _create_budgets(cls):
        """Running budgets, a move between them and one that follows from a target"""
        cls._start_budgets()
        cls.env["sales.budget.move"]._propose(
            cls.marketing, cls.travel, 500, fields.Date.to_date("2026-11-01"), "Screens"
        )
        cls.env["sales.target.adjustment"].create(
            {"target_id": cls.marketing.id, "ground": "market", "reason": "Screens"}
        )
        cls.env["sales.target.result"]._refresh(cls.budget_plan.target_ids)
