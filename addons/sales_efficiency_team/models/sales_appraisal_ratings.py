# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models


class SalesAppraisal(models.Model):
    """What raters have said about a person, once the round is closed."""

    _inherit = "sales.appraisal"  # pylint: disable=consider-merging-classes-inherited

    note_ids = fields.Many2many(
        comodel_name="sales.appraisal.answer",
        string="Notes of Raters",
        compute="_compute_note_ids",
        help="In no order, and without their authors.",
    )

    @api.depends("state")
    def _compute_note_ids(self):
        """A correction keeps the notes of the appraisal that it corrects."""
        first = {appraisal: appraisal._get_first() for appraisal in self}
        notes = self.env["sales.appraisal.answer"].search(
            [
                ("appraisal_id", "in", self.browse().union(*first.values()).ids),
                ("note", "!=", False),
            ]
        )
        of_first = notes.grouped("appraisal_id")
        for appraisal in self:
            appraisal.note_ids = of_first.get(first[appraisal], notes.browse())

    def _get_ratings(self):
        ratings = super()._get_ratings()
        # sudo: computing scores needs the marks of everybody; no rater is among them.
        groups = (
            self.env["sales.appraisal.answer"]
            .sudo()
            ._read_group(
                [("appraisal_id", "in", self.ids), ("criterion_id", "!=", False)],
                ["appraisal_id", "kind", "criterion_id"],
                ["mark:array_agg"],
            )
        )
        for appraisal, kind, criterion, marks in groups:
            of_kind = ratings.setdefault(appraisal.id, {}).setdefault(kind, {})
            of_kind[criterion.id] = sorted(marks)
        return ratings
