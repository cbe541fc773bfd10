# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from odoo import Command
from odoo.tests import freeze_time, tagged

from odoo.addons.sales_efficiency_target.tests import test_door_table


@tagged("post_install", "-at_install")
@freeze_time("2026-10-15 12:00:00")
class TestDoorTable(test_door_table.TestDoorTable):
    addon = "sales_efficiency_incentive"
    extended = ()
    open_fields = {}

    @classmethod
    def _create_foreign(cls, company, user):
        env = cls.env
        plan = env["sales.incentive.plan"].create(
            {"name": "Foreign", "company_id": company.id}
        )
        version = env["sales.incentive.version"].create(
            {
                "plan_id": plan.id,
                "date_from": date(2026, 1, 1),
                "rule_ids": [
                    Command.create(
                        {
                            "name": "Foreign",
                            "metric_id": env.ref(
                                "sales_efficiency_base.sales_metric_invoiced_amount"
                            ).id,
                            "rate_by": "month",
                            "tier_ids": [Command.create({"rate": 5})],
                        }
                    ),
                    Command.create(
                        {
                            "name": "Foreign Pool",
                            "kind": "pool",
                            "pool_split": "hand",
                            "target_metric_id": env.ref(
                                "sales_efficiency_base.sales_metric_ordered_amount"
                            ).id,
                            "tier_ids": [Command.create({"rate": 5})],
                        }
                    ),
                ],
                "return_step_ids": [Command.create({"days": 90})],
            }
        )
        assignment = env["sales.incentive.assignment"].create(
            {
                "plan_id": plan.id,
                "user_id": user.id,
                "date_from": date(2026, 1, 1),
                "target_incentive": 1_000,
            }
        )
        division = env["sales.incentive.pool.division"].create(
            {"rule_id": version.rule_ids[1].id, "month": date(2026, 10, 1)}
        )
        rules = env["tier.definition"].search([("model", "=", version._name)])
        rules.active = False
        version._set_state("submitted")
        version._approve()
        period = env["sales.incentive.period"].create(
            {"company_id": company.id, "month": date(2026, 1, 1)}
        )
        dispute = env["sales.incentive.dispute"].create(
            {
                "period_id": period.id,
                "assignment_id": assignment.id,
                "kind": "missing",
                "description": "Foreign",
                "date_deadline": date(2026, 2, 9),
            }
        )
        adjustment = env["sales.incentive.adjustment"].create(
            {
                "assignment_id": assignment.id,
                "period_id": period.id,
                "amount": 1,
                "reason": "Foreign",
            }
        )
        period._set_state("locked")
        payout = env["sales.incentive.payout"].create({"period_id": period.id})
        line = env["sales.incentive.payout.line"].create(
            {
                "payout_id": payout.id,
                "assignment_id": assignment.id,
                "method": "payroll",
                "payee": "Foreign",
                "pay_currency_id": company.currency_id.id,
            }
        )
        simulation = env["sales.incentive.simulation"].create(
            {
                "name": "Foreign",
                "company_id": company.id,
                "version_ids": version.ids,
                "month_from": date(2026, 1, 1),
                "month_to": date(2026, 1, 1),
            }
        )
        simulation._start()
        return [
            *super()._create_foreign(company, user),
            dispute,
            adjustment,
            payout,
            line,
            simulation,
            simulation.line_ids[:1],
            plan,
            period,
            version,
            version.rule_ids[0],
            version.rule_ids[0].tier_ids,
            division,
            division.share_ids,
            version.return_step_ids,
            assignment,
            assignment.letter_ids,
            env["sales.incentive.plan.template"].create({"name": "Foreign"}),
        ]
