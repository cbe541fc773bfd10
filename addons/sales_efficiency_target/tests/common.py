# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from odoo.addons.sales_efficiency_base.tests.common import SalesEfficiencyCommon


class SalesTargetCommon(SalesEfficiencyCommon):
    """A draft plan for 2026 with a company target of 1,200,000."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ordered = cls.env.ref("sales_efficiency_base.sales_metric_ordered_amount")
        cls.quantity = cls.env.ref(
            "sales_efficiency_base.sales_metric_ordered_quantity"
        )
        cls.margin_rate = cls.env.ref("sales_efficiency_base.sales_metric_margin_rate")
        cls.plan = cls.env["sales.target.plan"].create(
            {
                "company_id": cls.company.id,
                "date_from": date(2026, 1, 1),
                "user_id": cls.director.id,
            }
        )
        cls.root = cls._create_target(amount=1_200_000)

    @classmethod
    def _create_target(cls, **values):
        return cls.env["sales.target"].create(
            {"plan_id": cls.plan.id, "metric_id": cls.ordered.id, **values}
        )

    @classmethod
    def _create_history(cls, *sales):
        """Record past sales: (day, amount, values)."""
        cls.env["sales.history.line"].create(
            [
                {"date": day, "amount": amount, "company_id": cls.company.id, **values}
                for day, amount, values in sales
            ]
        )
        cls.env["sales.mart"]._refresh()

    @classmethod
    def _start(cls):
        """Start the plan as if on its first day, with a reason for all open gaps."""
        cls.plan.target_ids.gap_reason = "Test"
        cls.plan.action_submit()
        cls.plan.action_start()
        cls.plan.date_started = cls.plan.date_from
        return cls.plan

    @classmethod
    def _refresh(cls):
        """Measure the targets of the plan by current figures."""
        cls.env["sales.mart"]._refresh()
        cls.env["sales.target.result"]._refresh(cls.plan.target_ids)

    def _open_gap(self, action):
        """Return the analysis that an action opens: none is stored."""
        return self.env["sales.target.gap"].with_context(**action["context"]).new()

    def _amounts(self, target):
        return target.month_ids.sorted("month").mapped("amount")
