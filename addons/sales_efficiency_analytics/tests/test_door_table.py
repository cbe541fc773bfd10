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
    extended = ("sales.action",)

    @classmethod
    def _create_foreign(cls, company, user):
        return [
            *super()._create_foreign(company, user),
            *cls._create_findings(company),
            *cls._create_studies(company, user),
            *cls._create_forecast(company, user),
            *cls._create_decisions(company, user),
            cls.env["sales.data.rule"].create(
                {"name": "Foreign", "field_name": "phone", "company_id": company.id}
            ),
        ]

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
