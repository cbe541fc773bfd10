# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import RedirectWarning, UserError

from odoo.addons.sales_efficiency_base.tools import open_records

from ..engine import DisputeNotice, DisputeOpening

OFFICER = "sales_efficiency_incentive.group_incentive_officer"
DIRECTOR = "sales_efficiency_base.group_sales_director"


class SalesIncentiveDispute(models.Model):
    """Somebody holds a line of a published month for wrong, or misses a sale.

    A month is computed again and again until it is approved, so a dispute keeps the key
    and the text of its line, never the entry itself. Only code opens and decides it;
    officers write what they answer.
    """

    _name = "sales.incentive.dispute"
    _inherit = ["sales.guard.mixin", "mail.thread", "mail.activity.mixin"]
    _description = "Incentive Dispute"
    _order = "state, date_deadline, id desc"
    # People only read their disputes, yet they talk about them.
    _mail_post_access = "read"

    period_id = fields.Many2one(
        comodel_name="sales.incentive.period",
        string="Month",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    assignment_id = fields.Many2one(
        comodel_name="sales.incentive.assignment",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    company_id = fields.Many2one(related="period_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    user_id = fields.Many2one(
        related="assignment_id.user_id", string="Person", store=True, index=True
    )
    partner_id = fields.Many2one(
        related="assignment_id.partner_id", string="Agent", store=True
    )
    kind = fields.Selection(
        selection=[("line", "A line is wrong"), ("missing", "A sale is missing")],
        string="About",
        required=True,
        readonly=True,
    )
    state = fields.Selection(
        selection=[
            ("open", "Open"),
            ("upheld", "Upheld"),
            ("refused", "Refused"),
            ("withdrawn", "Withdrawn"),
        ],
        default="open",
        required=True,
        readonly=True,
        index=True,
        group_expand=True,
        tracking=True,
    )
    description = fields.Text(string="What Is Wrong", required=True, readonly=True)

    # The line, as it was on that day
    line_key = fields.Json(readonly=True)
    reference = fields.Char(
        string="Document", readonly=True, help="Order, invoice or document named."
    )
    customer = fields.Char(readonly=True)
    date = fields.Date(string="Sold On", readonly=True)
    rule_id = fields.Many2one(
        comodel_name="sales.incentive.rule", readonly=True, ondelete="set null"
    )
    explanation = fields.Char(string="Reason of the Line", readonly=True)
    amount = fields.Monetary(
        string="Disputed Amount", readonly=True, help="As it was when disputed."
    )

    date_deadline = fields.Date(string="Answer By", required=True, readonly=True)
    escalated_at = fields.Datetime(string="Escalated On", readonly=True)
    answer = fields.Text(help="The reason of the decision, for the person to read.")
    remedy = fields.Selection(
        selection=[
            ("credit", "Correct the credit of the order"),
            ("adjustment", "Adjust the pay"),
        ],
        help="How it is corrected if the dispute is upheld.",
    )
    decided_by_id = fields.Many2one(
        comodel_name="res.users", string="Decided By", readonly=True
    )
    decided_at = fields.Datetime(string="Decided On", readonly=True)
    adjustment_ids = fields.One2many(
        comodel_name="sales.incentive.adjustment",
        inverse_name="dispute_id",
        string="Adjustments",
        readonly=True,
    )
    is_overruled = fields.Boolean(
        string="Overruled",
        readonly=True,
        tracking=True,
        help="It no longer stops the approval of the month.",
    )
    overrule_reason = fields.Text(
        string="Why the Month Does Not Wait",
        help="Why the month is approved although the dispute is open.",
    )
    overruled_by_id = fields.Many2one(
        comodel_name="res.users", string="Overruled By", readonly=True
    )
    can_decide = fields.Boolean(compute="_compute_can_decide")
    can_overrule = fields.Boolean(compute="_compute_can_decide")
    can_withdraw = fields.Boolean(compute="_compute_can_decide")

    # ------------------------------------------------------------------
    # Computed fields
    # ------------------------------------------------------------------

    @api.depends("assignment_id", "reference")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for dispute in self:
            # sudo: who sees a dispute sees whose it is.
            payee = dispute.sudo().assignment_id
            dispute.display_name = payee and self.env._(
                "Dispute of %(person)s: %(document)s",
                person=payee._get_payee_name(),
                document=dispute.reference or dispute.sudo().rule_id.name or "",
            )

    @api.depends("state", "user_id", "is_overruled")
    @api.depends_context("uid")
    def _compute_can_decide(self):
        decides = self._is_officer()
        is_director = self.env.user.has_group(DIRECTOR)
        for dispute in self:
            is_open = dispute.state == "open"
            own = self.env.user in dispute._get_paid_users()
            dispute.can_decide = is_open and decides and not own
            dispute.can_overrule = (
                dispute.can_decide and is_director and not dispute.is_overruled
            )
            dispute.can_withdraw = is_open and self._may_open(dispute.user_id)

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    def write(self, vals):
        content = self._get_content(vals)
        if content and not self.env.su:
            self._check_can_decide()
            if "overrule_reason" in content and any(d.is_overruled for d in self):
                raise UserError(self.env._("The dispute is overruled already."))
        return super().write(vals)

    # ------------------------------------------------------------------
    # Opening
    # ------------------------------------------------------------------

    @api.model
    def _may_open(self, user):
        """Return whether the user may dispute what somebody is paid.

        :param user: who is paid; none for agents, who have no access: an incentive
            officer does it for them
        """
        return user == self.env.user if user else self._is_officer()

    @api.model
    def _open_line(self, entry, description):
        """Dispute a line of a published month."""
        entry = entry.with_env(self.env)
        entry.ensure_one()
        entry.check_access("read")
        opening = DisputeOpening(self.env, entry.assignment_id, entry.period_id)
        return opening.open_line(entry, description)._announce(self.env)

    @api.model
    def _open_missing(self, assignment, period, reference, description):
        """Tell of a sale that a published month does not pay."""
        opening = DisputeOpening(self.env, assignment, period)
        return opening.open_missing(reference, description)._announce(self.env)

    def _announce(self, env):
        self.message_subscribe(self.user_id.partner_id.ids)
        DisputeNotice(self).ask_officers()
        return self.with_env(env)

    # ------------------------------------------------------------------
    # Deciding
    # ------------------------------------------------------------------

    def action_uphold(self):
        """Agree, and go on to what has to be corrected."""
        self.ensure_one()
        if not self.remedy:
            raise UserError(
                self.env._("Choose how it is settled: by the credit or by the pay.")
            )
        self._decide("upheld")
        if self.remedy == "adjustment":
            return self.action_adjust()
        # Who may not open the order asks a sales administrator, see the button.
        return bool(self._find_readable_orders()) and self.action_correct_credit()

    def action_refuse(self):
        for dispute in self:
            if not (dispute.answer or "").strip():
                raise UserError(
                    self.env._("Give the person the reason why you refuse it.")
                )
        self._decide("refused")

    def action_withdraw(self):
        """Take back one's own dispute."""
        self.check_access("read")
        for dispute in self:
            dispute._check_is_open()
            if not self._may_open(dispute.user_id):
                raise UserError(
                    self.env._("Only who has opened the dispute can withdraw it.")
                )
        # sudo: people only read their disputes; that it is theirs has been checked.
        self.sudo().state = "withdrawn"
        for dispute in self:
            DisputeNotice(dispute).withdraw()

    def action_overrule(self):
        """Let the month be approved although the dispute is open."""
        self.check_access("write")
        if not self.env.user.has_group(DIRECTOR):
            raise UserError(self.env._("Only a sales director can overrule this."))
        self._check_can_decide()
        if any(not (dispute.overrule_reason or "").strip() for dispute in self):
            raise UserError(self.env._("Say why the month does not wait."))
        # sudo: users do not write it, it is they.
        self.sudo().write({"is_overruled": True, "overruled_by_id": self.env.uid})
        for dispute in self:
            DisputeNotice(dispute).tell_overruling()

    def action_adjust(self):
        self.ensure_one()
        self._check_is_upheld()
        return self.env["sales.incentive.adjustment"]._open_new(
            default_assignment_id=self.assignment_id.id,
            default_dispute_id=self.id,
            default_reason=self.reference or self.description,
        )

    def action_correct_credit(self):
        """Open the order, whose page *Credit* says who has sold it."""
        self.ensure_one()
        self._check_is_upheld()
        orders = self._find_readable_orders()
        if not orders:
            raise UserError(
                self.env._(
                    "There is no order of %s that you may open. Adjust the pay, or"
                    " ask a sales administrator to correct the credit.",
                    self.reference or self.display_name,
                )
            )
        if len(orders) == 1:
            return orders._get_records_action()
        return orders._get_records_action(view_mode="list,form")

    def _decide(self, state):
        self.check_access("write")
        self._check_can_decide()
        # sudo: users do not write the decision, it is they.
        self.sudo().write(
            {
                "state": state,
                "decided_by_id": self.env.uid,
                "decided_at": fields.Datetime.now(),
            }
        )
        for dispute in self:
            notice = DisputeNotice(dispute)
            notice.withdraw()
            notice.tell_answer()

    def _find_readable_orders(self):
        return self._find_orders()._filtered_access("read")

    def _find_orders(self):
        """:return: the orders of the document, if it can be found by key or by name"""
        key = self.line_key or {}
        model = (
            self.env["sales.incentive.entry"]
            ._get_document_models()
            .get(key.get("source"))
        )
        # sudo: only finds the orders; access to them is checked by the caller.
        orders, moves = self.env["sale.order"].sudo(), self.env["account.move"].sudo()
        if model == orders._name:
            orders = orders.browse(key["res_id"]).exists()
        elif model == moves._name:
            moves = moves.browse(key["res_id"]).exists()
        elif self.reference:
            domain = [
                ("name", "=", self.reference),
                ("company_id", "=", self.company_id.id),
            ]
            orders, moves = orders.search(domain), moves.search(domain)
        orders |= moves.invoice_line_ids.sale_line_ids.order_id
        return orders.with_env(self.env)

    def _get_paid_users(self):
        """:return: the users whose pay is disputed, whoever may see it"""
        # sudo: only compares people
        return self.sudo().assignment_id._get_paid_users().with_env(self.env)

    @api.model
    def _is_officer(self):
        return self.env.user.has_group(OFFICER) or self.env.user.has_group(DIRECTOR)

    def _check_is_open(self):
        if any(dispute.state != "open" for dispute in self):
            raise UserError(
                self.env._("This dispute is decided or withdrawn. Reload the page.")
            )

    def _check_is_upheld(self):
        self.check_access("write")
        if self.state != "upheld":
            raise UserError(self.env._("Only an upheld dispute corrects anything."))

    def _check_can_decide(self):
        self._check_is_open()
        if not self._is_officer():
            raise UserError(
                self.env._("Only incentive officers and sales directors decide this.")
            )
        if self.env.user in self._get_paid_users():
            raise UserError(
                self.env._("Nobody decides on their own pay. Ask a colleague to do it.")
            )

    # ------------------------------------------------------------------
    # The month
    # ------------------------------------------------------------------

    @api.model
    def _check_settled(self, period):
        """Refuse to approve a month while somebody waits for an answer.

        :raise RedirectWarning: which opens the disputes
        """
        domain = [
            ("period_id", "in", period.ids),
            ("state", "=", "open"),
            ("is_overruled", "=", False),
        ]
        # sudo: also of people whom the approver does not see.
        count = self.sudo().search_count(domain)
        if count:
            raise RedirectWarning(
                self.env._(
                    "Open disputes: %(count)s. Decide on them before %(month)s is"
                    " approved, or overrule them with a reason.",
                    count=count,
                    month=period[:1].display_name,
                ),
                open_records(
                    self.env,
                    "sales_efficiency_incentive.sales_incentive_dispute_action",
                    domain,
                ),
                self.env._("Show Disputes"),
            )

    # ------------------------------------------------------------------
    # Escalation
    # ------------------------------------------------------------------

    @api.model
    def _cron_escalate(self):
        """Tell a sales director of disputes that were not answered in time."""
        waiting = self.search([("state", "=", "open"), ("escalated_at", "=", False)])
        for company, disputes in waiting.grouped("company_id").items():
            today = company._get_sales_today()
            for dispute in disputes:
                if dispute.date_deadline < today:
                    DisputeNotice(dispute).escalate()
                    dispute.escalated_at = fields.Datetime.now()
