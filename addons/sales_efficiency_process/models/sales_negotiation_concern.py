# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError


class SalesNegotiationConcern(models.Model):
    """What keeps the customer from agreeing, and our answer (policy 3.3.2)."""

    _name = "sales.negotiation.concern"
    _inherit = ["sales.guard.mixin"]
    _description = "Concern in a Negotiation"
    _order = "is_settled, id"

    negotiation_id = fields.Many2one(
        comodel_name="sales.negotiation",
        required=True,
        index=True,
        ondelete="cascade",
        compute="_compute_negotiation_id",
        store=True,
        readonly=False,
        precompute=True,
    )
    company_id = fields.Many2one(related="negotiation_id.company_id", store=True)
    round_id = fields.Many2one(
        comodel_name="sales.negotiation.round",
        string="Round",
        index="btree_not_null",
        ondelete="set null",
        domain="[('negotiation_id', '=', negotiation_id)]",
    )
    partner_id = fields.Many2one(related="negotiation_id.partner_id", string="Customer")
    user_id = fields.Many2one(related="negotiation_id.user_id", string="Salesperson")
    state = fields.Selection(
        related="negotiation_id.state", string="Negotiation Status"
    )
    name = fields.Char(string="Concern", required=True)
    kind = fields.Selection(
        selection=[
            ("price", "Price"),
            ("payment", "Payment"),
            ("delivery", "Delivery"),
            ("quality", "Quality"),
            ("service", "Service"),
            ("risk", "Risk"),
            ("contract", "Contract terms"),
            ("relation", "Relationship"),
            ("other", "Other"),
        ],
        default="price",
        required=True,
        index=True,
    )
    answer = fields.Text(string="Our Answer")
    is_settled = fields.Boolean(string="Settled")

    @api.depends("round_id")
    def _compute_negotiation_id(self):
        """Rounds can be written down together with their concerns."""
        for concern in self:
            negotiation = concern.round_id.negotiation_id
            concern.negotiation_id = concern.negotiation_id or negotiation

    @api.constrains("round_id", "negotiation_id")
    def _check_round(self):
        for concern in self:
            round_ = concern.round_id
            if round_ and round_.negotiation_id != concern.negotiation_id:
                raise ValidationError(
                    self.env._("The round belongs to another negotiation.")
                )
