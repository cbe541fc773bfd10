# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class SalesSelectionCriterion(models.Model):
    """What interviewers of a job look at, and what it counts (policy 4.1.3)."""

    _name = "sales.selection.criterion"
    _inherit = "sales.selection.weight.mixin"
    _description = "Interview Criterion"
    _order = "job_id, sequence, id"

    job_id = fields.Many2one(
        comodel_name="hr.job", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(default=10)
    name = fields.Char(string="Criterion", required=True)
    weight = fields.Float(string="Weight (%)", digits=(16, 2), required=True)

    _name_uniq = models.UniqueIndex(
        "(job_id, name)", "Each criterion of a job has a name of its own."
    )
    _weight_range = models.Constraint(
        "CHECK (weight > 0 AND weight <= 100)",
        "The weight of a criterion is above 0 and at most 100 %.",
    )
