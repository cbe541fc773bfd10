# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class SalesVisitPoint(models.Model):
    """A goal or a question of the plan of a visit (policy 3.1.3)."""

    _name = "sales.visit.point"
    _inherit = "sales.visit.part.mixin"
    _description = "Goal or Question of a Visit"
    _order = "visit_id, kind, sequence, id"

    kind = fields.Selection(
        selection=[("goal", "Goal"), ("question", "Question")],
        required=True,
        default="goal",
    )
    sequence = fields.Integer(default=10)
    name = fields.Char(string="Goal or Question", required=True)
    is_done = fields.Boolean(string="Reached")
    answer = fields.Text()
