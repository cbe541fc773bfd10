# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class SalesAppraisalMark(models.Model):
    """What the raters of one kind say about a criterion, together.

    It is shown from the smallest number of raters on, as the score of their part.
    """

    _name = "sales.appraisal.mark"
    _inherit = ["sales.appraisal.result.mixin", "sales.appraisal.kind.mixin"]
    _description = "Rated Criterion of an Appraisal"
    _order = "appraisal_id, kind, sequence, id"
    _rec_name = "name"

    sequence = fields.Integer(readonly=True)
    kind = fields.Selection(readonly=True)
    name = fields.Char(string="Criterion", required=True, readonly=True, translate=True)
    criterion_id = fields.Many2one(
        comodel_name="sales.appraisal.criterion",
        string="Criterion of the Template",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    mark = fields.Float(string="Mean", digits=(3, 2), readonly=True, aggregator="avg")

    _criterion_uniq = models.UniqueIndex(
        "(appraisal_id, kind, criterion_id)",
        "Each part of an appraisal has a criterion once.",
    )

    def _get_kept_columns(self):
        return (*super()._get_kept_columns(), "name", "kind", "mark")
