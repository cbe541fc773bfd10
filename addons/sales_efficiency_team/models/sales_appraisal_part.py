# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class SalesAppraisalPart(models.Model):
    """What a part of an appraisal gives: the figures, or one kind of raters."""

    _name = "sales.appraisal.part"
    _inherit = ["sales.appraisal.result.mixin", "sales.appraisal.kind.mixin"]
    _description = "Part of an Appraisal"
    _order = "appraisal_id, sequence, id"
    _rec_name = "kind"

    sequence = fields.Integer(readonly=True)
    kind = fields.Selection(readonly=True)
    share = fields.Float(
        string="Counts For (%)",
        digits=(5, 2),
        readonly=True,
        aggregator=None,
        help="Weight among the parts that count.",
    )
    raters = fields.Integer(readonly=True, aggregator="sum")
    missing = fields.Selection(
        selection=[
            ("none", "Nothing yet"),
            ("few", "Too few raters"),
            ("shown", "Shown only"),
        ],
        readonly=True,
        help="Why it does not count.",
    )

    _kind_uniq = models.UniqueIndex(
        "(appraisal_id, kind)", "An appraisal has each part once."
    )

    def _get_kept_columns(self):
        return (*super()._get_kept_columns(), "kind", "raters", "share", "missing")
