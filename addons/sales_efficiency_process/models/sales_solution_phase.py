# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError


class SalesSolutionPhase(models.Model):
    """A phase of the plan by which a solution is put into practice (policy 3.2.3)."""

    _name = "sales.solution.phase"
    _inherit = "sales.solution.part.mixin"
    _description = "Phase of a Solution"
    _order = "solution_id, sequence, date_from, id"

    name = fields.Char(string="Phase", required=True)
    result = fields.Text(help="What is there at the end of the phase.")
    date_from = fields.Date(string="Start")
    date_to = fields.Date(string="End")
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Responsible: We",
        index="btree_not_null",
        ondelete="set null",
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
    )
    contact_id = fields.Many2one(
        comodel_name="res.partner",
        string="Responsible: Customer",
        index="btree_not_null",
        ondelete="set null",
        domain="[('commercial_partner_id', '=', partner_id), ('id', '!=', partner_id)]",
    )

    _dates_ordered = models.Constraint(
        "CHECK (date_to >= date_from)", "A phase cannot end before it starts."
    )
    _name_given = models.Constraint(
        "CHECK (BTRIM(name) <> '')", "Give each phase of the plan a name."
    )

    @api.constrains("contact_id", "solution_id")
    def _check_contact(self):
        for phase in self:
            # sudo: only whose it is, which the message does not tell
            contact = phase.contact_id.sudo()
            if contact.commercial_partner_id - phase.solution_id.partner_id:
                raise ValidationError(
                    self.env._(
                        "The responsible person must be one of %s.",
                        phase.solution_id.partner_id.display_name,
                    )
                )
