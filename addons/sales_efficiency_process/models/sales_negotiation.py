# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.sales_efficiency_base.tools import open_records

from ..engine.deal import get_concession

AMOUNTS = ("goal_amount", "bottom_amount", "their_goal_amount", "their_limit_amount")
TEXTS = ("goal", "their_goal", "alternative", "lesson")


class SalesNegotiation(models.Model):
    """What both sides want in an opportunity, and how they come together (3.3.2).

    Only the salesperson concerned, their leaders and the directors read it.
    """

    _name = "sales.negotiation"
    _inherit = [
        "sales.guard.mixin",
        "sales.house.thread.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _description = "Negotiation"
    _order = "id desc"
    _rec_name = "lead_id"
    _check_company_auto = True
    _fixed_fields = ("lead_id",)

    lead_id = fields.Many2one(
        comodel_name="crm.lead",
        string="Opportunity",
        required=True,
        index=True,
        ondelete="cascade",
        domain="[('type', '=', 'opportunity')]",
    )
    company_id = fields.Many2one(
        comodel_name="res.company",
        required=True,
        index=True,
        compute="_compute_company_id",
        store=True,
        precompute=True,
    )
    currency_id = fields.Many2one(
        comodel_name="res.currency",
        required=True,
        compute="_compute_currency_id",
        store=True,
        readonly=False,
        precompute=True,
    )
    partner_id = fields.Many2one(related="lead_id.partner_id", string="Customer")
    user_id = fields.Many2one(related="lead_id.user_id", string="Salesperson")
    team_id = fields.Many2one(related="lead_id.team_id", string="Sales Team")
    state = fields.Selection(
        selection=[
            ("open", "Open"),
            ("agreed", "Agreed"),
            ("failed", "Broken Off"),
        ],
        string="Status",
        default="open",
        required=True,
        readonly=True,
        index=True,
        copy=False,
        tracking=True,
        group_expand=True,
    )
    closed_on = fields.Date(string="Ended On", readonly=True, copy=False)
    goal_amount = fields.Monetary(
        string="Our Goal", help="The untaxed amount that we aim at."
    )
    bottom_amount = fields.Monetary(
        string="Our Bottom Line", help="The untaxed amount below which we walk away."
    )
    their_goal_amount = fields.Monetary(
        string="Their Supposed Goal", help="What we think they aim at."
    )
    their_limit_amount = fields.Monetary(
        string="Their Supposed Limit", help="What we think they pay at most."
    )
    goal = fields.Text(string="What We Want", help="Besides the price.")
    their_goal = fields.Text(string="What They Want", help="Besides the price.")
    alternative = fields.Text(
        string="If We Do Not Agree", help="What each side does then."
    )
    lesson = fields.Text(string="What We Learnt")
    round_ids = fields.One2many(
        comodel_name="sales.negotiation.round",
        inverse_name="negotiation_id",
        string="Rounds",
    )
    concern_ids = fields.One2many(
        comodel_name="sales.negotiation.concern",
        inverse_name="negotiation_id",
        string="Concerns",
    )
    round_count = fields.Integer(
        string="Number of Rounds", compute="_compute_round_count"
    )
    open_concern_count = fields.Integer(
        string="Open Concerns", compute="_compute_open_concern_count"
    )
    first_version_id = fields.Many2one(
        comodel_name="sales.quotation.version",
        string="First Offer",
        compute="_compute_first_version_id",
        help="The first version of a quotation that was sent for the opportunity.",
    )
    first_amount = fields.Monetary(
        string="First Offered", compute="_compute_first_version_id"
    )
    last_round_id = fields.Many2one(
        comodel_name="sales.negotiation.round", compute="_compute_offer"
    )
    offer_amount = fields.Monetary(string="Last Offered", compute="_compute_offer")
    concession_amount = fields.Monetary(
        string="Conceded", compute="_compute_offer", help="Against the first offer."
    )
    concession_percent = fields.Float(
        string="Conceded (%)", digits=(7, 2), compute="_compute_offer"
    )
    room_amount = fields.Monetary(
        string="Room Left",
        compute="_compute_offer",
        help="What was offered last less our bottom line.",
    )
    is_below_bottom = fields.Boolean(
        string="Below the Bottom Line", compute="_compute_offer"
    )

    _lead_uniq = models.UniqueIndex(
        "(lead_id)", "There is a negotiation for this opportunity already."
    )
    _amounts_positive = models.Constraint(
        "CHECK (LEAST(goal_amount, bottom_amount, their_goal_amount,"
        " their_limit_amount) >= 0)",
        "Goals and bottom lines cannot be negative.",
    )
    _bottom_below_goal = models.Constraint(
        "CHECK (COALESCE(goal_amount, 0) = 0 OR COALESCE(bottom_amount, 0)"
        " <= goal_amount)",
        "Our bottom line is not above our goal.",
    )

    # ------------------------------------------------------------------
    # Computed fields
    # ------------------------------------------------------------------

    @api.depends("lead_id.company_id")
    def _compute_company_id(self):
        for negotiation in self:
            negotiation.company_id = (
                negotiation.lead_id.company_id
                or negotiation.company_id
                or self.env.company
            )

    @api.depends("company_id")
    def _compute_currency_id(self):
        for negotiation in self:
            negotiation.currency_id = (
                negotiation.currency_id or negotiation.company_id.currency_id
            )

    @api.depends("round_ids")
    def _compute_round_count(self):
        for negotiation in self:
            negotiation.round_count = len(negotiation.round_ids)

    @api.depends("concern_ids.is_settled")
    def _compute_open_concern_count(self):
        for negotiation in self:
            concerns = negotiation.concern_ids
            negotiation.open_concern_count = len(
                concerns.filtered(lambda concern: not concern.is_settled)
            )

    @api.depends("lead_id", "currency_id")
    @api.depends_context("uid")
    def _compute_first_version_id(self):
        # The first one of each quotation
        versions = self.env["sales.quotation.version"].search(
            [
                ("order_id.opportunity_id", "in", self.lead_id.ids),
                ("number", "=", 1),
            ],
            order="sent_on desc, id desc",
        )
        # The first one comes last and stays.
        first = {version.opportunity_id.id: version for version in versions}
        for negotiation in self:
            version = first.get(negotiation.lead_id.id)
            negotiation.first_version_id = version
            negotiation.first_amount = negotiation._convert(version)

    @api.depends(
        "bottom_amount",
        "first_version_id",
        "round_ids.date",
        "round_ids.offer_amount",
        "round_ids.version_id",
    )
    @api.depends_context("uid")
    def _compute_offer(self):
        for negotiation in self:
            last = negotiation.round_ids._get_offers()[-1:]
            offer = last.offered_amount if last else negotiation.first_amount
            negotiation.last_round_id = last
            negotiation.offer_amount = offer
            negotiation.concession_amount = last.concession_amount
            negotiation.concession_percent = last.concession_percent
            bottom = negotiation.bottom_amount
            is_known = bool(bottom and (last or negotiation.first_version_id))
            room = offer - bottom if is_known else 0.0
            negotiation.room_amount = room
            negotiation.is_below_bottom = is_known and room < 0

    def _convert(self, version):
        """:return: the untaxed amount of a version in the currency of the negotiation,
        at the rate of that version"""
        self.ensure_one()
        return version.amount_untaxed * self._get_rate(version) if version else 0.0

    def _get_rate(self, version):
        """:return: units of the currency of the negotiation for one of the version"""
        self.ensure_one()
        if version.currency_id == self.currency_id:
            return 1.0
        day = fields.Date.to_date(version.sent_on) or fields.Date.today()
        return self.env["res.currency"]._get_conversion_rate(
            version.currency_id, self.currency_id, self.company_id, day
        )

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        negotiations = super().create(vals_list)
        for negotiation in negotiations:
            negotiation.lead_id.check_access("write")
        return negotiations

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_agree(self):
        """Close it: both sides agree. The contract is next."""
        self._close("agreed")

    def action_fail(self):
        self._close("failed")

    def action_reopen(self):
        self.check_access("write")
        # sudo: users cannot write the status; the action may.
        self.sudo().write({"state": "open", "closed_on": False})

    def _close(self, state):
        self.check_access("write")
        for negotiation in self:
            if negotiation.state != "open":
                raise UserError(
                    self.env._(
                        "%s is closed already. Reload the page.",
                        negotiation.display_name,
                    )
                )
            today = negotiation.company_id._get_sales_today()
            # sudo: as above
            negotiation.sudo().write({"state": state, "closed_on": today})

    @api.readonly
    def action_open_lead(self):
        self.ensure_one()
        self.check_access("read")
        return self.lead_id._get_records_action()

    @api.readonly
    def action_open_versions(self):
        """Open what was sent for the opportunity."""
        self.ensure_one()
        self.check_access("read")
        return open_records(
            self.env,
            "sales_efficiency_process.sales_quotation_version_action",
            [("order_id.opportunity_id", "=", self.lead_id.id)],
        )

    def action_make_contract(self):
        """Write down what was agreed."""
        self.ensure_one()
        self.check_access("read")
        return self.lead_id.action_make_contract()

    # ------------------------------------------------------------------
    # Business methods
    # ------------------------------------------------------------------

    def _get_concession(self, version):
        """:return: what a version gives way against the first offer"""
        self.ensure_one()
        first = self.first_version_id
        rate = version.currency_rate / (first.currency_rate or 1.0) or 1.0
        return get_concession(
            first._get_offer_lines(), version._get_offer_lines(), rate
        )

    def _move_to(self, other):
        """Hand rounds and concerns over to the negotiation of an opportunity into which
        this one's was merged; what only this one knows is kept."""
        self.ensure_one()
        rounds = self.round_ids
        rounds.negotiation_id = other
        if self.currency_id != other.currency_id:
            for round_ in rounds:
                for name in ("demand_amount", "offer_amount"):
                    round_[name] = self._convert_to(other, round_[name])
        self.concern_ids.negotiation_id = other
        other.write(self._prepare_merged(other))
        self.unlink()

    def _prepare_merged(self, other):
        """:return: values of the other negotiation that knows what this one does"""
        values = {}
        for name in TEXTS:
            texts = filter(None, (other[name], self[name]))
            values[name] = "\n".join(texts) or False
        for name in AMOUNTS:
            values[name] = other[name] or self._convert_to(other, self[name])
        if values["goal_amount"]:
            # The bottom line of one may be above the goal of the other.
            values["goal_amount"] = max(values["goal_amount"], values["bottom_amount"])
        return values

    def _convert_to(self, other, amount):
        """:return: an amount in the currency of another negotiation, at today's rate"""
        today = other.company_id._get_sales_today()
        return self.currency_id._convert(
            amount, other.currency_id, other.company_id, today
        )
