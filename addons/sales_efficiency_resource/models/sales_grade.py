# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class SalesGrade(models.Model):
    """A grade of customers, by the score of the grading (policy 5.1.2)."""

    _name = "sales.grade"
    _inherit = "sales.guard.mixin"
    _description = "Customer Grade"
    _order = "threshold desc, id"

    name = fields.Char(required=True)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        comodel_name="res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    threshold = fields.Float(
        string="From Score",
        digits=(5, 2),
        aggregator=None,
        help="The lowest grade takes every customer below.",
    )
    color = fields.Integer()

    _threshold_uniq = models.UniqueIndex(
        "(company_id, threshold) WHERE active",
        "Two grades cannot begin with the same score.",
    )
    _threshold_range = models.Constraint(
        "CHECK (threshold >= 0 AND threshold <= 100)",
        "A grade begins with a score between 0 and 100.",
    )
