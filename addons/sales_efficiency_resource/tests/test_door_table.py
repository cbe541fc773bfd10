# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import Command
from odoo.tests import freeze_time, tagged

from odoo.addons.sales_efficiency_target.tests import test_door_table


@tagged("post_install", "-at_install")
@freeze_time("2026-10-15 12:00:00")
class TestDoorTable(test_door_table.TestDoorTable):
    addon = "sales_efficiency_resource"
    extended = ("sales.action",)
    # Of base, computed otherwise here
    open_fields = {"account.move": {"sales_region_id"}}

    @classmethod
    def _create_foreign(cls, company, user):
        return [
            *super()._create_foreign(company, user),
            *cls._create_members(company, user),
            *cls._create_files(company, user),
            *cls._create_gradings(company, user),
            *cls._create_contacts(company, user),
            *cls._create_drops(company, user),
            *cls._create_scorecards(company),
            *cls._create_benefits(company),
            *cls._create_budgets(company, user),
            *cls._create_expense_rules(company),
            cls.env["sales.expense.kind"].create(
                {"name": "Foreign", "company_id": company.id}
            ),
        ]

    @classmethod
    def _create_expense_rules(cls, company):
        kind = cls.env["sales.expense.kind"].create(
            {"name": "Foreign Meals", "company_id": company.id}
        )
        rule = cls.env["sales.expense.rule"].create(
            {"name": "Foreign", "company_id": company.id, "kind_id": kind.id}
        )
        return [kind, rule]

    @classmethod
    def _create_members(cls, company, user):
        channel = cls.env["sales.channel"].create(
            {"name": "Foreign", "company_id": company.id}
        )
        partner = cls.env["res.partner"].create(
            {"name": "Foreign", "company_id": company.id}
        )
        values = {
            "channel_id": channel.id,
            "company_id": company.id,
            "user_id": user.id,
        }
        member = cls.env["sales.channel.member"].create(
            {**values, "partner_id": partner.id}
        )
        # Its stage asks for papers that do not matter here.
        member.state = "active"
        stage = cls.env["sales.channel.stage"].create(
            {
                "name": "Foreign",
                "company_id": company.id,
                "item_ids": [Command.create({"name": "Foreign"})],
            }
        )
        plan = cls.env["sales.channel.plan"].create(
            {**values, "date_from": "2026-01-01"}
        )
        return [member, plan, stage, stage.item_ids]

    @classmethod
    def _create_files(cls, company, user):
        customer, other, contact = cls.env["res.partner"].create(
            [
                {"name": "Foreign", "company_id": company.id, "user_id": user.id}
                for _number in range(3)
            ]
        )
        values = {"company_id": company.id, "partner_id": customer.id}
        category = cls.env["product.category"].create({"name": "Foreign"})
        foreign_class = cls.env["sales.customer.class"].create(
            {"name": "Foreign", "company_id": company.id}
        )
        need = cls.env["sales.need"].create(
            {
                **values,
                "categ_id": category.id,
                "currency_id": company.currency_id.id,
            }
        )
        stakeholder = cls.env["sales.stakeholder"].create(
            {**values, "contact_id": contact.id, "user_id": user.id}
        )
        file = cls.env["sales.customer.file"].create({**values, "preferences": "None"})
        return [
            customer,
            file,
            foreign_class,
            cls.env["sales.customer.class.field"].create(
                {"class_id": foreign_class.id, "name": "vat"}
            ),
            cls.env["sales.customer.distinct"].create(
                {"partner_id": customer.id, "other_id": other.id}
            ),
            cls.env["sales.customer.duplicate"].create(
                {"reason": "name", "partner_ids": [(6, 0, (customer | other).ids)]}
            ),
            need,
            stakeholder,
        ]

    @classmethod
    def _create_gradings(cls, company, user):
        class_ = cls.env["sales.customer.class"].create(
            {"name": "Foreign", "company_id": company.id}
        )
        customer = cls.env["res.partner"].create(
            {"name": "Foreign", "company_id": company.id, "user_id": user.id}
        )
        cls.env["sales.history.line"].create(
            {
                "date": "2026-10-01",
                "recorded_as": "order",
                "amount": 5,
                "company_id": company.id,
                "partner_id": customer.id,
            }
        )
        cls.env["sales.mart"]._refresh()
        grading = cls.env["sales.grading"].create(
            {"name": "Foreign", "company_id": company.id, "class_id": class_.id}
        )
        customer.with_company(company).sales_class_id = class_
        run = cls.env["sales.grading.run"].create({"grading_id": grading.id})
        run.action_compute()
        run.action_confirm()
        period = cls.env["sales.customer.grade"].search(
            [("partner_id", "=", customer.id)]
        )
        override = cls.env["sales.grade.override"].create(
            {
                "partner_id": customer.id,
                "company_id": company.id,
                "grade_id": period.grade_id.id,
                "reason": "Foreign",
            }
        )
        return [
            class_,
            period.grade_id,
            grading,
            grading.criterion_ids[0],
            run.criterion_ids[0],
            run.result_ids,
            period,
            override,
            cls._create_open_run(grading),
        ]

    @classmethod
    def _create_open_run(cls, grading):
        """Salespeople see confirmed runs of their company."""
        return cls.env["sales.grading.run"].create({"grading_id": grading.id})

    @classmethod
    def _create_contacts(cls, company, user):
        """A policy, and a customer who was contacted and is to be contacted again."""
        customer = cls.env["res.partner"].create(
            {"name": "Foreign", "company_id": company.id, "user_id": user.id}
        )
        call = cls.env.ref("mail.mail_activity_data_call")
        call.sales_is_contact = True
        policy = cls.env["sales.service.policy"].create(
            {"company_id": company.id, "activity_type_id": call.id}
        )
        activity = cls.env["mail.activity"].create(
            {
                "res_model_id": cls.env["ir.model"]._get_id("res.partner"),
                "res_id": customer.id,
                "user_id": user.id,
                "activity_type_id": call.id,
            }
        )
        activity.action_feedback()
        of_customer = [("partner_id", "=", customer.id)]
        return [
            policy,
            cls.env["sales.contact"].search(of_customer),
            cls.env["sales.contact.plan"].search(of_customer),
            cls.env["sales.contact.rhythm"].search(of_customer),
        ]

    @classmethod
    def _create_drops(cls, company, user):
        partner = cls.env["res.partner"].create(
            {"name": "Foreign", "company_id": company.id, "user_id": user.id}
        )
        return cls.env["sales.customer.drop"].create(
            {
                "company_id": company.id,
                "partner_id": partner.id,
                "week": "2026-10-12",
                "date": "2026-10-15",
                "is_latest": True,
                "state": "alert",
            }
        )

    @classmethod
    def _create_scorecards(cls, company):
        """A score in force of the foreign member, with an action that it proposes"""
        metric = cls.env.ref("sales_efficiency_base.sales_metric_ordered_amount")
        values = {"metric_id": metric.id, "floor": 0, "goal": 100, "weight": 100}
        scorecard = cls.env["sales.scorecard"].create(
            {
                "name": "Foreign",
                "company_id": company.id,
                "criterion_ids": [Command.create(values)],
                "level_ids": [Command.create({"name": "Foreign", "threshold": 0})],
                "rule_ids": [Command.create({"name": "Foreign"})],
            }
        )
        run = cls.env["sales.scorecard.run"].create(
            {"scorecard_id": scorecard.id, "date": "2026-09-30"}
        )
        run._put_in_force()
        result = run.result_ids[:1]
        return [
            scorecard,
            scorecard.criterion_ids,
            scorecard.level_ids,
            scorecard.rule_ids,
            run,
            result,
            result.line_ids,
        ]

    @classmethod
    def _create_benefits(cls, company):
        """A proposal of somebody else with the return of a budget"""
        plan = cls.env["sales.target.plan"].create(
            {
                "company_id": company.id,
                "date_from": "2026-01-01",
                "purpose": "budget",
            }
        )
        metric = cls.env.ref("sales_efficiency_resource.sales_metric_sales_expense")
        target = cls.env["sales.target"].create(
            {"plan_id": plan.id, "metric_id": metric.id, "amount": 10}
        )
        proposal = cls.env["sales.expense.benefit.proposal"].create(
            {
                "plan_id": plan.id,
                "date_from": "2026-11-01",
                "line_ids": [Command.create({"target_id": target.id})],
            }
        )
        return [proposal, proposal.line_ids]

    @classmethod
    def _create_budgets(cls, company, user):
        """Two foreign budgets, a move between them, and the wizard that makes some"""
        kind = cls.env["sales.expense.kind"].create(
            {"name": "Foreign", "company_id": company.id}
        )
        plan = cls.env["sales.target.plan"].create(
            {
                "purpose": "budget",
                "company_id": company.id,
                "date_from": "2026-01-01",
                "user_id": user.id,
            }
        )
        metric = cls.env.ref("sales_efficiency_resource.sales_metric_sales_expense")
        values = {"plan_id": plan.id, "metric_id": metric.id, "amount": 1200}
        source, dest = cls.env["sales.target"].create(
            [{**values, "expense_kind_id": kind.id}, values]
        )
        move = cls.env["sales.budget.move"].create(
            {
                "plan_id": plan.id,
                "reason": "Foreign",
                "line_ids": [
                    Command.create(
                        {
                            "source_id": source.id,
                            "dest_id": dest.id,
                            "month": "2026-11-01",
                            "amount": 1,
                        }
                    )
                ],
            }
        )
        sales = cls.env["sales.target.plan"].search(
            [("company_id", "=", company.id), ("purpose", "=", "sales")], limit=1
        )
        wizard = cls.env["sales.budget.create"].create(
            {"plan_id": sales.id, "metric_id": metric.id}
        )
        return [kind, move, move.line_ids, wizard]
