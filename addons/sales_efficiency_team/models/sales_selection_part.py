# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.tools import format_list


class SalesSelectionPart(models.Model):
    """A part of the selection for a job, and what it counts (policy 4.1.3)."""

    _name = "sales.selection.part"
    _inherit = "sales.selection.weight.mixin"
    _description = "Part of the Selection"
    _order = "job_id, sequence, id"

    job_id = fields.Many2one(
        comodel_name="hr.job", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(default=10)
    kind = fields.Selection(
        selection=[
            ("screening", "CV Screening"),
            ("test", "Written Test"),
            ("interview", "Interviews"),
            ("check", "Background Check"),
        ],
        string="Part",
        required=True,
    )
    weight = fields.Float(
        string="Weight (%)",
        digits=(16, 2),
        help="What the part counts in the score. A part that an applicant lacks drops"
        " out, and the others are weighted anew.",
    )
    is_required = fields.Boolean(
        string="Required", help="Without it there is neither an offer nor a contract."
    )

    _kind_uniq = models.UniqueIndex(
        "(job_id, kind)", "Each part belongs to the selection of a job once."
    )
    _weight_range = models.Constraint(
        "CHECK (weight >= 0 AND weight <= 100)",
        "The weight of a part is between 0 and 100 %.",
    )
    _check_unweighted = models.Constraint(
        "CHECK (kind <> 'check' OR weight = 0)",
        "A background check is passed or not, and confidential. Its weight is 0 %.",
    )

    @api.depends("kind")
    @api.depends_context("lang")
    def _compute_display_name(self):
        names = dict(self._fields["kind"]._description_selection(self.env))
        for part in self:
            part.display_name = names.get(part.kind)

    def _filter_weighted(self):
        return self.filtered(lambda part: part.kind != "check")

    def _format_names(self):
        return format_list(self.env, [part.display_name for part in self])
