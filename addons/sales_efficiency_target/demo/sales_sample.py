# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models


class SalesSample(models.AbstractModel):
    _inherit = "sales.sample"

    def _load_plan(self):
        """Plan this year above the last one, as it would have been from the start."""
        res = super()._load_plan()
        director = self.env.user
        [plan] = self._add("sales.target.plan", [{"user_id": director.id}])
        demo = self.env["sales.target.demo"]
        metric = self.env.ref("sales_efficiency_base.sales_metric_ordered_amount")
        root = demo._create_target(plan, metric, spread="seasonality")
        demo._break_down_all(root)
        plan.target_ids.filtered("is_gap_open").gap_reason = self.env._("Sample year")
        plan.action_submit()
        plan.action_start()
        plan.date_started = plan.date_from
        return res

    def _remove_plan(self):
        res = super()._remove_plan()
        plans = self._get_records("sales.target.plan").exists()
        plans.state = "draft"
        plans.unlink()
        self._find_records("sales.target.plan").unlink()
        return res
