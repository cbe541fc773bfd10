# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError


class SalesSolutionAnswer(models.Model):
    """A need, our answer, and what the answer is worth (policy 3.2.3)."""

    _name = "sales.solution.answer"
    _inherit = "sales.solution.part.mixin"
    _description = "Answer to a Need"
    _order = "solution_id, sequence, id"

    need_id = fields.Many2one(
        comodel_name="sales.need",
        string="Need",
        index="btree_not_null",
        ondelete="set null",
        domain="[('partner_id', '=', partner_id)]",
    )
    # Kept: a version stays as the customer has it, whatever becomes of the need.
    name = fields.Char(
        string="What Is Needed",
        compute="_compute_name",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
    )
    answer = fields.Text(string="Our Answer")
    benefit = fields.Monetary(
        string="Benefit per Year", help="What it brings the customer in a year."
    )
    running_cost = fields.Monetary(
        string="Cost per Year", help="What it costs the customer in a year."
    )
    value_note = fields.Text(string="How It Adds Up")

    _figures_positive = models.Constraint(
        "CHECK (benefit >= 0 AND running_cost >= 0)",
        "Benefits and costs cannot be negative.",
    )
    _name_given = models.Constraint(
        "CHECK (BTRIM(name) <> '')", "Say in a few words what is needed."
    )

    @api.depends("need_id")
    def _compute_name(self):
        for answer in self:
            answer.name = answer.need_id.display_name or answer.name

    @api.constrains("need_id", "solution_id")
    def _check_need(self):
        for answer in self:
            # sudo: only whose it is, which the message does not tell
            need, solution = answer.need_id.sudo(), answer.solution_id
            if need and (
                need.partner_id != solution.partner_id
                or need.company_id != solution.company_id
            ):
                raise ValidationError(
                    self.env._(
                        "The solution answers needs of %s only.",
                        solution.partner_id.display_name,
                    )
                )
