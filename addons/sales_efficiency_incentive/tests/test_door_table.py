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
                    )
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
        rules = env["tier.definition"].search([("model", "=", version._name)])
        rules.active = False
        version._set_state("submitted")
        version._approve()
        period = env["sales.incentive.period"].create(
            {"company_id": company.id, "month": date(2026, 1, 1)}
        )
        return [
            *super()._create_foreign(company, user),
            plan,
            period,
            version,
            version.rule_ids,
            version.rule_ids.tier_ids,
            version.return_step_ids,
            assignment,
            assignment.letter_ids,
            env["sales.incentive.plan.template"].create({"name": "Foreign"}),
        ]
