# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models

MARKS = ("1", "2", "3", "4", "5")


class SalesAppraisalRatingLine(models.Model):
    """A criterion that a rater rates, until the round closes."""

    _name = "sales.appraisal.rating.line"
    _inherit = "sales.guard.mixin"
    _description = "Rated Criterion"
    _order = "rating_id, sequence, id"
    _rec_name = "name"

    rating_id = fields.Many2one(
        comodel_name="sales.appraisal.rating",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    criterion_id = fields.Many2one(
        comodel_name="sales.appraisal.criterion",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    name = fields.Char(related="criterion_id.name")
    description = fields.Char(related="criterion_id.description")
    sequence = fields.Integer(readonly=True)
    mark = fields.Selection(
        selection=[(mark, mark) for mark in MARKS],
        help="From 1, poor, to 5, excellent. Leave empty what you cannot judge.",
    )

    _criterion_uniq = models.UniqueIndex(
        "(rating_id, criterion_id)", "A rater rates each criterion once."
    )

    def write(self, vals):
        if not self.env.su:
            self.rating_id._check_is_running()
        return super().write(vals)
