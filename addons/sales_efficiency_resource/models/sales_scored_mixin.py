# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models

from odoo.addons.sales_efficiency_base.tools import open_records

SALES = "sales_efficiency_base.group_sales_person"


class SalesScoredMixin(models.AbstractModel):
    """What is judged by scorecards: channels and their members (policy 5.2.3).

    ``_scored_as`` is the field of ``sales.scorecard.result`` that names it.
    """

    _name = "sales.scored.mixin"
    _description = "Scored"
    _scored_as = None

    scorecard_total = fields.Float(
        string="Score",
        digits=(5, 2),
        compute="_compute_scorecard",
        aggregator=None,
        groups=SALES,
        help="The last one in force.",
    )
    scorecard_level_id = fields.Many2one(
        comodel_name="sales.scorecard.level",
        string="Level",
        compute="_compute_scorecard",
        groups=SALES,
    )
    is_scored = fields.Boolean(
        compute="_compute_scorecard", groups=SALES, export_string_translation=False
    )

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_scorecard(self):
        """The last score that the user may see."""
        results = self.env["sales.scorecard.result"].search_fetch(
            [
                (self._scored_as, "in", self.ids),
                ("state", "=", "done"),
                ("is_scored", "=", True),
            ],
            [self._scored_as, "total", "level_id"],
            order="date_to",
        )
        latest = {result[self._scored_as].id: result for result in results}
        for record in self:
            result = latest.get(record._origin.id, results.browse())
            record.is_scored = bool(result)
            record.scorecard_total = result.total
            record.scorecard_level_id = result.level_id

    @api.readonly
    def action_open_scores(self):
        self.ensure_one()
        return open_records(
            self.env,
            "sales_efficiency_resource.sales_scorecard_result_action",
            [(self._scored_as, "=", self.id)],
            name=self.display_name,
        )
