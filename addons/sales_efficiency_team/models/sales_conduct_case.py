# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

DECISIONS = [("upheld", "The rule was broken"), ("dismissed", "Nothing follows")]
APPEAL_DECISIONS = [
    ("kept", "The decision stands"),
    ("reduced", "Fewer points off"),
    ("lifted", "The decision is lifted"),
]


class SalesConductCase(models.Model):
    """A breach of a rule of conduct: the person is heard, a superior who has not
    reported it decides, others approve, and the person may appeal once.

    Only the person, their superiors and HR see it, and none of those who have reported
    it; see ``security/sales_conduct_rules.xml``. It tells nobody else: no mails, no
    followers, to-dos only for those who read it.

    The person reads it from the hearing on, but neither what others write about it nor
    a decision that they have not been told, see ``sales.conduct.draft``.
    """

    _name = "sales.conduct.case"
    _inherit = [
        "sales.guard.mixin",
        "sales.state.mixin",
        "sales.approval.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _description = "Conduct Case"
    _order = "id desc"
    _state_from = ["proposed"]
    _state_to = ["in_force", "dismissed"]
    _cancel_state = "hearing"

    company_id = fields.Many2one(
        comodel_name="res.company", required=True, readonly=True, index=True
    )
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Person",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    rule_id = fields.Many2one(
        comodel_name="sales.conduct.rule",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    severity = fields.Selection(related="rule_id.severity", store=True)
    report_ids = fields.One2many(
        comodel_name="sales.conduct.report",
        inverse_name="case_id",
        string="Reports",
        readonly=True,
        groups="hr.group_hr_user",
    )
    date = fields.Date(string="Happened On", required=True, readonly=True)
    description = fields.Text(string="What Happened", required=True, readonly=True)
    proof = fields.Text(required=True, readonly=True)
    attachment_ids = fields.Many2many(
        comodel_name="ir.attachment", string="Documents", readonly=True
    )
    state = fields.Selection(
        selection=[
            ("reported", "Reported"),
            ("hearing", "Hearing"),
            ("proposed", "To Approve"),
            ("in_force", "In Force"),
            ("appealed", "Appealed"),
            ("dismissed", "Dismissed"),
            ("lapsed", "Lapsed"),
        ],
        default="reported",
        required=True,
        readonly=True,
        index=True,
        tracking=True,
    )

    # Hearing
    hearing_deadline = fields.Date(string="To Be Heard By", readonly=True)
    statement = fields.Text(
        string="Their Statement",
        readonly=True,
        help="What the person says to it at the hearing.",
    )
    answered_at = fields.Datetime(string="Heard On", readonly=True)

    # Decision
    decision = fields.Selection(selection=DECISIONS, readonly=True, tracking=True)
    decision_reason = fields.Text(string="Reason", readonly=True)
    points = fields.Float(
        string="Points Off", digits=(16, 2), readonly=True, tracking=True
    )
    decided_by_id = fields.Many2one(
        comodel_name="res.users", string="Decided By", readonly=True
    )
    date_effective = fields.Date(
        string="In Force Since",
        readonly=True,
        help="Its points enter the appraisal of the period with this day.",
    )
    date_lapse = fields.Date(string="Lapses On", readonly=True)
    hold_until = fields.Date(
        string="Held Back Until",
        readonly=True,
        help="Until when honours or pay are held back.",
    )

    # Appeal
    appeal_deadline = fields.Date(string="Appeal By", readonly=True)
    appeal = fields.Text(readonly=True, help="Why the person appeals.")
    appealed_at = fields.Datetime(string="Appealed On", readonly=True)
    appeal_decision = fields.Selection(
        string="Decision on the Appeal",
        selection=APPEAL_DECISIONS,
        readonly=True,
        tracking=True,
    )
    appeal_points = fields.Float(
        string="Points Off After the Appeal", digits=(16, 2), readonly=True
    )
    appeal_answer = fields.Text(string="Answer to the Appeal", readonly=True)
    appeal_decided_by_id = fields.Many2one(
        comodel_name="res.users", string="Appeal Decided By", readonly=True
    )

    # Pay held back. The adjustment does not name the case: more people read it.
    adjustment_ids = fields.Many2many(
        comodel_name="sales.incentive.adjustment",
        string="Pay Held Back",
        readonly=True,
        groups="sales_efficiency_base.group_sales_director,hr.group_hr_manager",
    )

    # A condition on these must not tell the person what they may not read.
    message_ids = fields.One2many(bypass_search_access=False)
    activity_ids = fields.One2many(bypass_search_access=False)
    review_ids = fields.One2many(bypass_search_access=False)

    is_mine = fields.Boolean(compute="_compute_may")
    may_decide = fields.Boolean(compute="_compute_may")
    may_decide_appeal = fields.Boolean(compute="_compute_may")
    may_appeal = fields.Boolean(compute="_compute_may")
    may_hold_pay = fields.Boolean(compute="_compute_may")

    _points_in_range = models.Constraint(
        "CHECK (points BETWEEN 0 AND 100)", "Points are between 0 and 100."
    )
    _appeal_points_in_range = models.Constraint(
        "CHECK (appeal_points BETWEEN 0 AND points)",
        "An appeal does not take off more points than the decision.",
    )

    # ------------------------------------------------------------------
    # Computed fields
    # ------------------------------------------------------------------

    @api.depends("user_id", "date")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for case in self:
            case.display_name = case.user_id and self.env._(
                "Case of %(person)s, %(day)s",
                person=case.user_id.name,
                day=fields.Date.to_string(case.date),
            )

    @api.depends(
        "state",
        "user_id",
        "draft_ids.decided_by_id",
        "appealed_at",
        "appeal_deadline",
    )
    @api.depends_context("uid")
    def _compute_may(self):
        is_director = self._is_director()
        for case in self:
            judges = self.env.user in case._get_judges()
            case.is_mine = case.user_id == self.env.user
            case.may_decide = judges and case.state in ("reported", "hearing")
            case.may_decide_appeal = case.state == "appealed" and (
                self.env.user in case._get_appeal_judges()
            )
            case.may_appeal = (
                case.is_mine and case.state == "in_force" and case._is_open_to_appeal()
            )
            case.may_hold_pay = (
                is_director
                and case.state == "in_force"
                and case.rule_id.holds_pay
                and not case.is_mine
            )

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    def _message_subscribe(self, partner_ids=None, subtype_ids=None, customer_ids=None):
        """Followers get what others write, so neither the person nor who has reported
        the case is one."""
        outsiders = set((self.user_id | self._get_reporters()).partner_id.ids)
        partner_ids = [id_ for id_ in partner_ids or [] if id_ not in outsiders]
        return super()._message_subscribe(partner_ids, subtype_ids, customer_ids)

    def _mail_get_operation_for_mail_message_operation(self, message_operation):
        """The person reads the case, not what others write about it."""
        # sudo: only compares people, of cases that the user may not read either
        own = self.sudo().filtered(lambda case: case.user_id == self.env.user)
        return {case: "unlink" if case in own else "read" for case in self}

    @api.model
    def _get_hidden_files_domain(self):
        """:return: the files that others attach to what they write about the user"""
        # sudo: their own cases; the documents of the report are for them.
        cases = self.sudo().search([("user_id", "=", self.env.uid)])
        if not cases:
            return Domain.FALSE
        return (
            Domain("res_model", "=", self._name)
            & Domain("res_id", "in", cases.ids)
            & Domain("id", "not in", cases.attachment_ids.ids)
        )

    # ------------------------------------------------------------------
    # Hearing
    # ------------------------------------------------------------------

    def action_hear(self):
        """Tell the person, and ask what they have to say."""
        self.check_access("write")
        self._check_state_is("reported")
        self._check_may_decide()
        for case in self:
            deadline = case.company_id._get_sales_today() + timedelta(
                days=case.rule_id.version_id.hearing_days
            )
            # sudo: users do not write it, the action does.
            case.sudo().write({"state": "hearing", "hearing_deadline": deadline})
            case._done_with_to_dos()
            case._ask_person(self._text(case.user_id, "hearing"), deadline)

    @api.readonly
    def action_open_statement(self):
        """:return: action of the dialog in which the person is heard, or appeals"""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Appeal")
            if self.state == "in_force"
            else self.env._("My Statement"),
            "res_model": "sales.conduct.statement",
            "view_mode": "form",
            "target": "new",
            "context": {"default_case_id": self.id},
        }

    def _say(self, text):
        """Take down what the person says: at the hearing, or as appeal."""
        self.ensure_one()
        self.check_access("read")
        if self.user_id != self.env.user:
            raise UserError(self.env._("Only the person speaks for themselves."))
        if self.state == "hearing":
            values = self._prepare_hearing(text)
        else:
            values = self._prepare_appeal(text)
        # sudo: the person only reads the case; that it is theirs has been checked.
        self.sudo().write(values)
        self._done_with_to_dos()
        self.sudo()._ask_superior()

    def _prepare_hearing(self, text):
        if self.hearing_deadline < self.company_id._get_sales_today():
            raise UserError(
                self.env._(
                    "You could be heard until %s. You can appeal against the decision.",
                    fields.Date.to_string(self.hearing_deadline),
                )
            )
        return {"statement": text, "answered_at": fields.Datetime.now()}

    def _prepare_appeal(self, text):
        self._check_state_is("in_force")
        if self.appealed_at:
            raise UserError(
                self.env._("You have appealed already. There is one appeal.")
            )
        if not self._is_open_to_appeal():
            raise UserError(
                self.env._(
                    "The appeal had to be made until %s.",
                    fields.Date.to_string(self.appeal_deadline),
                )
            )
        return {
            "appeal": text,
            "appealed_at": fields.Datetime.now(),
            "state": "appealed",
        }

    def _is_open_to_appeal(self):
        return (
            not self.appealed_at
            and bool(self.appeal_deadline)
            and self.appeal_deadline >= self.company_id._get_sales_today()
        )

    # ------------------------------------------------------------------
    # Decision
    # ------------------------------------------------------------------

    def action_submit(self):
        """Decide, and send the decision to those who approve it."""
        self.check_access("write")
        self._check_state_is("hearing")
        self._check_may_decide()
        for case in self:
            case._check_is_complete()
            case._write_draft({"decided_by_id": self.env.uid})
            case._done_with_to_dos()
        self._set_state("proposed")
        return self._request_approval()

    def action_approve(self):
        """Approve where no approval rule applies."""
        self.check_access("read")
        for case in self:
            case._check_approver(case._get_decider())
            case._check_can_decide()
            case._conclude()

    def action_decide_appeal(self):
        self.check_access("read")
        self._check_state_is("appealed")
        for case in self:
            case._check_may_decide_appeal()
            case._check_appeal_is_complete()
            # sudo: users do not write the outcome; that they decide has been checked.
            case.sudo().write(case._prepare_appeal_outcome())
            case._done_with_to_dos()
            case._ask_person(self._text(case.user_id, "appeal"))

    def _prepare_appeal_outcome(self):
        draft = self._get_draft()
        points = {
            "kept": self.points,
            "reduced": draft.appeal_points,
            "lifted": 0,
        }[draft.appeal_decision]
        lifted = draft.appeal_decision == "lifted"
        return {
            "appeal_decision": draft.appeal_decision,
            "appeal_answer": draft.appeal_answer,
            "points": points,
            "appeal_points": points,
            "appeal_decided_by_id": self.env.uid,
            "state": "dismissed" if lifted else "in_force",
            **({"hold_until": False} if lifted else {}),
        }

    def _after_validation(self):
        self._conclude()

    def _after_rejection(self):
        """The superior decides anew, by the comment of the reviewer."""
        # sudo: reviewers may not write it; that it is their turn has been checked.
        case = self.sudo().with_context(skip_validation_check=True)
        decider = case._get_decider()
        case.state = "hearing"
        case._write_draft({"decided_by_id": False})
        case._ask(decider, self._text(decider, "rejected"))

    def _conclude(self):
        """Put the approved decision into force, and tell the person."""
        self._check_state_is("proposed")
        today = self.company_id._get_sales_today()
        rule, draft = self.rule_id, self._get_draft()
        values = {
            "state": "dismissed",
            "decision": draft.decision,
            "decision_reason": draft.reason,
            "decided_by_id": draft.decided_by_id.id,
        }
        if draft.decision == "upheld":
            holds = rule.holds_honour or rule.holds_pay
            values |= {
                "state": "in_force",
                "points": draft.points,
                "date_effective": today,
                "date_lapse": today + relativedelta(months=rule.lapse_months),
                "hold_until": holds and today + relativedelta(months=rule.hold_months),
                "appeal_deadline": today + timedelta(days=rule.version_id.appeal_days),
                "appeal_points": draft.points,
            }
            self._write_draft({"appeal_points": draft.points})
        # sudo: approvers may not write it; that they may approve has been checked.
        self.sudo().with_context(skip_validation_check=True).write(values)
        self.sudo()._ask_person(
            self._text(self.user_id, "decision"), self.appeal_deadline
        )
