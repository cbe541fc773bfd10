# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models


class SalesAction(models.Model):
    """Actions on a score; the next score stands beside them (policy 5.2.3)."""

    _inherit = "sales.action"

    scorecard_result_id = fields.Many2one(
        comodel_name="sales.scorecard.result",
        string="Score",
        index="btree_not_null",
        ondelete="set null",
        check_company=True,
    )
    scorecard_rule_id = fields.Many2one(
        comodel_name="sales.scorecard.rule",
        string="Proposed By",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        groups="sales_efficiency_base.group_sales_director",
    )
    score_then = fields.Float(digits=(5, 2), compute="_compute_scores")
    score_next = fields.Float(
        string="Next Score", digits=(5, 2), compute="_compute_scores"
    )
    has_score_next = fields.Boolean(
        compute="_compute_scores", export_string_translation=False
    )

    @api.depends("scorecard_result_id")
    @api.depends_context("uid")
    def _compute_scores(self):
        """Only of scores that the user may see."""
        shown = self.scorecard_result_id._filtered_access("read")
        for item in self:
            result = item.scorecard_result_id & shown
            item.score_then = result.total
            item.score_next = result.next_total
            item.has_score_next = result.has_next

    @api.model
    def _get_origin_fields(self):
        return [*super()._get_origin_fields(), "scorecard_result_id"]

    def _check_may_agree(self, origin):
        """Whoever sees a score may agree on what to do about it."""
        if origin._name == "sales.scorecard.result":
            origin.check_access("read")
            return
        super()._check_may_agree(origin)

    @api.model
    def _get_effect_access(self, model):
        if model == "sales.scorecard.result":
            return "read"
        return super()._get_effect_access(model)
