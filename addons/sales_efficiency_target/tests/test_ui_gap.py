# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from dateutil.relativedelta import relativedelta

from odoo import fields
from odoo.tests import HttpCase, tagged

from .common import SalesTargetCommon


@tagged("post_install", "-at_install")
class TestUiGap(SalesTargetCommon, HttpCase):
    """A leader finds out why a target is missed. The browser uses the real date."""

    def test_leader_puts_a_gap_down_to_a_cause(self):
        today = fields.Date.today()
        plan = self.env["sales.target.plan"].create(
            {"date_from": today.replace(day=1) - relativedelta(months=6)}
        )
        target = self._create_target(
            plan_id=plan.id, user_id=self.salesperson.id, amount=1_200_000
        )
        plan.action_submit()
        plan.action_start()
        for years, quantity, price in ((0, 9, 90), (1, 20, 100)):
            order = self._create_order(quantity=quantity, price=price)
            order.action_confirm()
            order.date_order = today - relativedelta(years=years, months=3)
        self.env["sales.mart"]._refresh()
        self.env["sales.target.result"]._refresh(plan.target_ids)
        self.start_tour(
            "/odoo/action-sales_efficiency_target.sales_target_result_action",
            "sales_gap_of_leader",
            login="test_leader",
        )
        self.assertRecordValues(
            target.cause_ids,
            [
                {
                    "partner_id": self.customer_north.id,
                    "comparison": "last_year",
                    "amount": 9 * 90 - 20 * 100,
                    "cause": "competition",
                    "analysis": "A competitor gives 20 % off",
                    "create_uid": self.leader.id,
                }
            ],
        )
