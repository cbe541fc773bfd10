# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models


class SalesTargetPlanCopyGrowth(models.TransientModel):
    """Growth of some of the targets that are taken over into a new plan."""

    _name = "sales.target.plan.copy.growth"
    _inherit = "sales.target.growth.mixin"
    _description = "Growth in a New Plan"
    _order = "id"
    _check_company_auto = True

    copy_id = fields.Many2one(
        comodel_name="sales.target.plan.copy",
        required=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(related="copy_id.plan_id.company_id")
    metric_id = fields.Many2one(
        comodel_name="sales.metric",
        ondelete="cascade",
        check_company=True,
        help="Leave empty for all metrics whose parts add up.",
    )
    team_id = fields.Many2one(
        comodel_name="crm.team",
        string="Sales Team",
        ondelete="cascade",
        check_company=True,
        help="Leave empty for all teams.",
    )

    @api.model
    def _get_markets(self):
        return ["region_id", "team_id", "categ_id"]

    def _find(self, target):
        """Prefer the growth of the metric to that of all."""
        own = self.filtered(lambda growth: growth.metric_id == target.metric_id)
        others = self.filtered(lambda growth: not growth.metric_id)
        return super(SalesTargetPlanCopyGrowth, own)._find(target) or super(
            SalesTargetPlanCopyGrowth, others
        )._find(target)
