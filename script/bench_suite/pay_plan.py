# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.fields import Command

from .order import Sale

TIERS = ((0, 3), (20_000, 5), (40_000, 8))


def create_plan(env, people, date_from):
    """Put a plan into effect.

    :return: the assignments of the people
    """
    metric = env.ref("sales_efficiency_base.sales_metric_invoiced_amount")
    rule = {
        "name": "Commission",
        "metric_id": metric.id,
        "rate_by": "interval",
        "interval": "quarter",
        "condition_attainment": 80,
        "paid": "collected",
        "tier_ids": [
            Command.create({"bound": bound, "rate": rate}) for bound, rate in TIERS
        ],
    }
    version = {"date_from": date_from, "rule_ids": [Command.create(rule)]}
    plan = env["sales.incentive.plan"].create(
        {"name": "Commission", "version_ids": [Command.create(version)]}
    )
    plan.version_ids.state = "approved"
    assignments = env["sales.incentive.assignment"].with_context(tracking_disable=True)
    return assignments.create(
        [
            {"plan_id": plan.id, "user_id": person.id, "date_from": date_from}
            for person in people
        ]
    )


class PaidSale(Sale):
    def sell(self):
        super().sell()
        invoice = self.env["account.move"].search(
            [("partner_id", "=", self.customer.id)], order="id desc", limit=1
        )
        self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=invoice.ids
        ).create({})._create_payments()
        self.env.cr.commit()
