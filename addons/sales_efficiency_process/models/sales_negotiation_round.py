# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models

from ..engine.deal.concession import Concession


class SalesNegotiationRound(models.Model):
    """A round: who met, what they asked for, what we offered, and what we got for it
    (policy 3.3.2)."""

    _name = "sales.negotiation.round"
    _inherit = ["sales.guard.mixin"]
    _description = "Round of Negotiation"
    _order = "date, id"
    _check_company_auto = True

    negotiation_id = fields.Many2one(
        comodel_name="sales.negotiation",
        required=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(related="negotiation_id.company_id", store=True)
    currency_id = fields.Many2one(related="negotiation_id.currency_id")
    partner_id = fields.Many2one(
        related="negotiation_id.partner_id.commercial_partner_id", string="Customer"
    )
    lead_id = fields.Many2one(related="negotiation_id.lead_id")
    date = fields.Date(
        required=True, default=lambda self: self.env.user._get_sales_today()
    )
    kind = fields.Selection(
        selection=[
            ("meeting", "Meeting"),
            ("video", "Video call"),
            ("call", "Phone call"),
            ("mail", "E-mail"),
        ],
        string="How",
        default="meeting",
        required=True,
    )
    contact_ids = fields.Many2many(
        comodel_name="res.partner",
        relation="sales_negotiation_round_contact_rel",
        column1="round_id",
        column2="partner_id",
        string="Their People",
        check_company=True,
        domain="[('commercial_partner_id', '=', partner_id)]",
    )
    user_ids = fields.Many2many(
        comodel_name="res.users",
        relation="sales_negotiation_round_user_rel",
        column1="round_id",
        column2="user_id",
        string="Our People",
        default=lambda self: self.env.user,
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
    )
    demand = fields.Text(string="Their Demand")
    demand_amount = fields.Monetary(string="They Demand")
    offer = fields.Text(string="Our Offer")
    version_id = fields.Many2one(
        comodel_name="sales.quotation.version",
        string="Sent Version",
        index="btree_not_null",
        ondelete="set null",
        check_company=True,
        domain="[('order_id.opportunity_id', '=', lead_id)]",
        help="The offer, if it was sent. Else enter its amount.",
    )
    offer_amount = fields.Monetary(
        string="Offered in Words", help="Untaxed, if no quotation was sent."
    )
    offered_amount = fields.Monetary(
        string="We Offer", compute="_compute_concession", help="Untaxed."
    )
    has_offer = fields.Boolean(compute="_compute_has_offer")
    concession_amount = fields.Monetary(
        string="Conceded",
        compute="_compute_concession",
        help="Against the first offer, for the quantities of this one.",
    )
    concession_percent = fields.Float(
        string="Conceded (%)", digits=(7, 2), compute="_compute_concession"
    )
    counterpart = fields.Text(
        string="What We Got for It",
        help="What they give for our concession, such as volume, a longer term or a"
        " reference.",
    )
    is_for_nothing = fields.Boolean(
        string="For Nothing", compute="_compute_is_for_nothing"
    )
    next_step = fields.Text()
    concern_ids = fields.One2many(
        comodel_name="sales.negotiation.concern",
        inverse_name="round_id",
        string="Concerns",
    )

    _amounts_positive = models.Constraint(
        "CHECK (LEAST(demand_amount, offer_amount) >= 0)",
        "What is demanded and offered cannot be negative.",
    )

    @api.depends("date", "negotiation_id")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for round_ in self:
            day = round_.date and fields.Date.to_string(round_.date)
            kind = kinds.get(round_.kind)
            round_.display_name = ", ".join(filter(None, (day, kind)))

    @api.depends("version_id", "offer_amount")
    def _compute_has_offer(self):
        for round_ in self:
            round_.has_offer = bool(round_.version_id or round_.offer_amount)

    @api.depends("version_id", "offer_amount", "negotiation_id.first_version_id")
    @api.depends_context("uid")
    def _compute_concession(self):
        for round_ in self:
            negotiation, version = round_.negotiation_id, round_.version_id
            round_.offered_amount = (
                negotiation._convert(version) if version else round_.offer_amount
            )
            concession = round_._get_concession()
            rate = negotiation._get_rate(version) if version else 1.0
            round_.concession_amount = concession.amount * rate
            round_.concession_percent = concession.percent

    def _get_concession(self):
        """:return: what the offer gives way; line by line if it was sent"""
        self.ensure_one()
        negotiation = self.negotiation_id
        if not (self.has_offer and negotiation.first_version_id):
            return Concession(0.0, 0.0)
        if self.version_id:
            return negotiation._get_concession(self.version_id)
        first = negotiation.first_amount
        return Concession(first - self.offer_amount, first)

    @api.depends("concession_amount", "counterpart")
    @api.depends_context("uid")
    def _compute_is_for_nothing(self):
        for round_ in self:
            is_more = round_._get_further_concession() > 0.005
            has_nothing = not (round_.counterpart or "").strip()
            round_.is_for_nothing = is_more and has_nothing

    def _get_further_concession(self):
        """:return: how much more is given way than in the round before"""
        self.ensure_one()
        before = self.browse()
        for round_ in self.negotiation_id.round_ids._get_offers():
            if round_ == self or (self._origin and round_._origin == self._origin):
                break
            before = round_
        return self.concession_amount - before.concession_amount

    def _get_offers(self):
        """:return: the rounds with an offer, in their order; new ones come last"""
        return self.filtered("has_offer").sorted(
            lambda r: (str(r.date or ""), r._origin.id or float("inf"))
        )
