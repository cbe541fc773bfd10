# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models


class SalesInterviewScore(models.Model):
    """What an interviewer gives an applicant by a criterion.

    Name and weight are those of the day on which the interview was planned.
    """

    _name = "sales.interview.score"
    _inherit = "sales.guard.mixin"
    _description = "Interview Score"
    _order = "scorecard_id, sequence, id"

    scorecard_id = fields.Many2one(
        comodel_name="sales.interview.scorecard",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(related="scorecard_id.company_id", store=True)
    sequence = fields.Integer(readonly=True)
    name = fields.Char(string="Criterion", required=True, readonly=True)
    weight = fields.Float(
        string="Weight (%)", digits=(16, 2), readonly=True, aggregator=None
    )
    rating = fields.Selection(
        selection=[("1", "1"), ("2", "2"), ("3", "3"), ("4", "4"), ("5", "5")],
        help="From 1 (poor) to 5 (outstanding). Leave it empty if you cannot tell.",
    )
    note = fields.Char(help="What you saw or heard.")

    @api.model_create_multi
    def create(self, vals_list):
        scores = super().create(vals_list)
        if not self.env.su:
            scores.scorecard_id._check_is_own_draft()
        return scores

    def write(self, vals):
        if not self.env.su:
            # sudo: whoever may not read a score is told why it cannot be changed.
            self.sudo().scorecard_id.with_env(self.env)._check_is_own_draft()
        return super().write(vals)
