# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError


class SalesScorecardLevel(models.Model):
    """What a total earns a channel or member, e.g. gold (policy 5.2.3)."""

    _name = "sales.scorecard.level"
    _inherit = "sales.guard.mixin"
    _description = "Level of a Scorecard"
    _order = "scorecard_id, threshold desc, id"
    _fixed_fields = ("scorecard_id",)

    name = fields.Char(required=True, translate=True)
    scorecard_id = fields.Many2one(
        comodel_name="sales.scorecard",
        required=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(related="scorecard_id.company_id")
    threshold = fields.Float(string="From Total", digits=(5, 2), aggregator=None)
    color = fields.Integer()

    _threshold_uniq = models.UniqueIndex(
        "(scorecard_id, threshold)", "Two levels cannot begin with the same total."
    )
    _threshold_range = models.Constraint(
        "CHECK (threshold >= 0 AND threshold <= 100)",
        "A level begins with a total between 0 and 100.",
    )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_given(self):
        # sudo: only whether anybody has had it
        results = self.env["sales.scorecard.result"].sudo()
        for level in self:
            if results.search_count(
                [
                    "|",
                    "|",
                    ("level_id", "=", level.id),
                    ("former_level_id", "=", level.id),
                    ("scored_level_id", "=", level.id),
                ],
                limit=1,
            ):
                raise UserError(
                    self.env._(
                        "%s has been given. Rename it or change its total instead.",
                        level.name,
                    )
                )
