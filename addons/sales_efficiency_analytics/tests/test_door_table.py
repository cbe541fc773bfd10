# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from odoo import Command
from odoo.tests import freeze_time, tagged

from odoo.addons.sales_efficiency_target.tests import test_door_table

from .forecast_common import find


@tagged("post_install", "-at_install")
@freeze_time("2026-10-15 12:00:00")
class TestDoorTable(test_door_table.TestDoorTable):
    addon = "sales_efficiency_analytics"
    extended = ("sales.action", "sales.target.adjustment")

    @classmethod
    def _create_foreign(cls, company, user):
        return [
            *super()._create_foreign(company, user),
            *cls._create_findings(company),
            *cls._create_studies(company, user),
            *cls._create_forecast(company, user),
            *cls._create_decisions(company, user),
            *cls._create_allocation(company, user),
            *cls._create_exports(company),
            *cls._create_quality(company, user),
            cls._create_indicator(company),
            cls._create_snapshot(company, user),
        ]

    @classmethod
    def _create_quality(cls, company, user):
        rule = cls.env["sales.data.rule"].create(
            {"name": "Foreign", "field_name": "phone", "company_id": company.id}
        )
        partner = cls.env["res.partner"].create(
            {"name": "Foreign", "company_id": company.id}
        )
        of_user = {"company_id": company.id, "user_id": user.id}
        of_partner = {**of_user, "res_model": partner._name, "res_id": partner.id}
        return [
            rule,
            cls.env["sales.data.issue"].create(
                {**of_partner, "rule_id": rule.id, "owner_id": user.id}
            ),
            cls.env["sales.data.cleaning"].create(
                {**of_partner, "kind": "name", "field_name": "name"}
            ),
            cls.env["sales.data.score"].create(
                {
                    **of_user,
                    "rule_id": rule.id,
                    "month": "2026-10-01",
                    "date": "2026-10-15",
                }
            ),
        ]

    @classmethod
    def _create_indicator(cls, company):
        metric = cls.env["sales.metric"].create(
            {
                "name": f"Foreign {company.id}",
                "company_id": company.id,
                "kind": "distinct",
                "counted": "customer",
                "event_ids": cls.env["sales.metric.event"].search([], limit=1).ids,
            }
        )
        return cls.env["sales.indicator"].create(
            {"name": "Foreign", "metric_id": metric.id}
        )

    @classmethod
    def _create_snapshot(cls, company, user):
        values = {"company_id": company.id, "user_id": user.id, "team_id": False}
        lead = cls.env["crm.lead"].create(
            {**values, "name": "Foreign", "type": "opportunity"}
        )
        return cls.env["sales.pipeline.snapshot"].create(
            {
                **values,
                "week": "2026-10-12",
                "date": "2026-10-12",
                "lead_id": lead.id,
                "res_id": lead.id,
            }
        )

    @classmethod
    def _create_findings(cls, company):
        metric = cls.env.ref("sales_efficiency_base.sales_metric_ordered_amount")
        values = {
            "company_id": company.id,
            "metric_id": metric.id,
            "categ_id": cls.env["product.category"].create({"name": "Foreign"}).id,
            "date_from": "2026-08-01",
            "date_to": "2026-09-30",
        }
        # Only those who see it may be named as its owner.
        finding = cls.env["sales.finding"].create(
            {**values, "cause": "slow", "basis": "last_year"}
        )
        mix = cls.env["sales.product.mix"].create({**values, "month": "2026-09-01"})
        return [finding, mix]

    @classmethod
    def _create_studies(cls, company, user):
        study = (
            cls.env["sales.study"]
            .with_user(user)
            .with_company(company)
            .create(
                {
                    "name": "Foreign",
                    "company_id": company.id,
                    "metric_id": cls.env.ref(
                        "sales_efficiency_base.sales_metric_ordered_amount"
                    ).id,
                }
            )
        )
        study._ask()
        template = cls.env["sales.study.template"].create(
            {
                "name": "Foreign",
                "company_id": company.id,
                "metric_id": study.metric_id.id,
            }
        )
        return [study.sudo(), study.sudo().latest_id, template]

    @classmethod
    def _create_forecast(cls, company, user):
        forecast = cls.env["sales.forecast"]._keep(
            company,
            {"user_id": user.id},
            cls.env.ref("sales_efficiency_base.sales_metric_ordered_amount"),
            find(horizon=1),
        )
        return [forecast, forecast.month_ids]

    @classmethod
    def _create_allocation(cls, company, user):
        """Salespeople have no scenarios: the one of the own company is the
        director's."""
        owner = cls.director if company == cls.company else user
        customer = cls.env["res.partner"].create(
            {"name": "Foreign", "company_id": company.id}
        )
        allocation = cls.env["sales.allocation"].create(
            {
                "name": "Foreign",
                "company_id": company.id,
                "responsible_id": owner.id,
                "person_ids": [Command.create({"user_id": owner.id})],
                "pair_ids": [
                    Command.create({"partner_id": customer.id, "user_id": owner.id})
                ],
            }
        )
        line = cls.env["sales.allocation.line"].create(
            {"allocation_id": allocation.id, "partner_id": customer.id}
        )
        need = cls.env["sales.allocation.need"].create(
            {"allocation_id": allocation.id, "hours": 5}
        )
        change = cls.env["sales.allocation.change"].create(
            {
                "allocation_id": allocation.id,
                "res_model": customer._name,
                "res_id": customer.id,
                "new_user_id": owner.id,
            }
        )
        return [
            allocation,
            allocation.person_ids,
            allocation.pair_ids,
            line,
            need,
            change,
        ]

    @classmethod
    def _create_decisions(cls, company, user):
        """Salespeople do not decide: the one of the own company is the director's."""
        owner = cls.director if company == cls.company else user
        decision = cls.env["sales.decision"].create(
            {
                "name": "Foreign",
                "company_id": company.id,
                "responsible_id": owner.id,
                "dimension": "categ_id",
                "scope_ids": [Command.create({"categ_id": cls.category.id})],
            }
        )
        effect = cls.env["sales.decision.effect"].create(
            {"decision_id": decision.id, "version": 1}
        )
        effect._create_points([(date(2026, 9, 1), True, 1.0, True)])
        return [decision, decision.scope_ids, effect, effect.point_ids]

    @classmethod
    def _create_exports(cls, company):
        export = cls.env["sales.mart.export"].create({"company_id": company.id})
        file = cls.env["sales.mart.export.file"].create(
            {"export_id": export.id, "name": "facts/facts.parquet", "relation": "facts"}
        )
        role = cls.env["sales.bi.role"].create(
            {"name": f"reader_{company.id}", "company_ids": company.ids}
        )
        return [export, file, role]
