# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class SalesAppraisalAnswer(models.Model):
    """What raters have said, without saying which of them (policy 4.3.2).

    A row is a mark of one criterion, or the note of one rater, which may be empty: as
    many notes, as many raters. Rows are written once, at the end of a round, in the
    order of a hash, and keep no user and no time. See ``RatingClosing``.
    """

    _name = "sales.appraisal.answer"
    _inherit = ["sales.guard.mixin", "sales.appraisal.kind.mixin"]
    _description = "Anonymous Answer"
    _order = "appraisal_id, kind, id"
    _log_access = False

    appraisal_id = fields.Many2one(
        comodel_name="sales.appraisal",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    kind = fields.Selection(readonly=True)
    criterion_id = fields.Many2one(
        comodel_name="sales.appraisal.criterion",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    mark = fields.Integer(readonly=True, aggregator="avg")
    note = fields.Text(readonly=True)

    _mark_range = models.Constraint(
        "CHECK (mark BETWEEN 1 AND 5)", "A mark is between 1 and 5."
    )
