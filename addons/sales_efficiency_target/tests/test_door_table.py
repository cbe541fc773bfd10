# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from odoo.tests import freeze_time, tagged

from odoo.addons.sales_efficiency_base.tests import door_table


@tagged("post_install", "-at_install")
@freeze_time("2026-10-15 12:00:00")
class TestDoorTable(door_table.DoorTableCommon):
    addon = "sales_efficiency_target"
    extended = (
        "sales.action",
        "sales.alert",
        "sales.alert.event",
        "sales.alert.rule",
    )
    # Settings, and values computed only from targets that the user may read
    open_fields = {
        "res.company": {
            "sales_target_show_above",
            "sales_target_tolerance",
        },
        "res.users": {"sales_target_attainment", "sales_target_count"},
    }

    @classmethod
    def _create_foreign(cls, company, user):
        """Add a running plan with a target, its dependent records, and wizards."""
        env = cls.env
        metric = env.ref("sales_efficiency_base.sales_metric_ordered_amount")
        plan = env["sales.target.plan"].create(
            {
                "company_id": company.id,
                "date_from": date(2026, 1, 1),
                "user_id": user.id,
            }
        )
        target = env["sales.target"].create(
            {
                "plan_id": plan.id,
                "metric_id": metric.id,
                "user_id": user.id,
                "amount": 120_000,
            }
        )
        forecast = env["sales.target.forecast"].create(
            {"plan_id": plan.id, "growth": 5, "source": "Report"}
        )
        env["sales.target.plan.version"]._take(plan)
        plan._set_state("submitted")
        plan.action_start()
        env["sales.target.result"]._refresh(target)
        rule = env["sales.alert.rule"].create(
            {"name": "Behind", "company_id": company.id}
        )
        alert = env["sales.alert"].create(
            {
                "rule_id": rule.id,
                "plan_id": plan.id,
                "company_id": company.id,
                "metric_id": metric.id,
                **env["sales.alert"]._prepare_key(target, "month", date(2026, 9, 1)),
                "responsible_id": user.id,
                "user_id": user.id,
                "date_to": date(2026, 9, 30),
                "severity": "warning",
            }
        )
        adjustment = env["sales.target.adjustment"].create(
            {
                "target_id": target.id,
                "ground": "market",
                "reason": "Closed",
                "user_id": user.id,
            }
        )
        cause = env["sales.target.cause"].create(
            {
                "target_id": target.id,
                "period": "month",
                "date_from": date(2026, 9, 1),
                "date_to": date(2026, 9, 30),
                "kind": "price",
                "cause": "market",
            }
        )
        return [
            *super()._create_foreign(company, user),
            plan,
            target,
            target.month_ids[0],
            alert,
            adjustment,
            adjustment.line_ids[0],
            cause,
            forecast,
            env["sales.target.plan.version"].search([("plan_id", "=", plan.id)]),
            env["sales.target.distribution"].create(
                {"name": "Foreign", "company_id": company.id}
            ),
            *cls._create_foreign_wizards(target),
        ]

    @classmethod
    def _create_foreign_wizards(cls, target):
        env, plan = cls.env, target.plan_id
        cascade = env["sales.target.cascade"].create({"target_id": target.id})
        gap = env["sales.target.gap"].create({"target_id": target.id})
        draft = plan.copy({"date_from": date(2027, 1, 1)})
        return [
            cascade,
            gap,
            env["sales.target.commitment"].create({"target_id": target.id}),
            env["sales.target.import"].create({"plan_id": draft.id}),
            env["sales.target.plan.copy"].create({"plan_id": plan.id}),
        ]
