# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from odoo.addons.sales_efficiency_base.tools import format_period

# What becomes of a version is no part of its terms
LIFE_FIELDS = {
    "approved_at",
    "need_validation",
    "review_ids",
    "state",
    "submitted_by_id",
    "validation_status",
}


class SalesIncentiveVersion(models.Model):
    """The terms of a plan from a month on (policy 4.4.1).

    Approved terms never change: a change is a new version, which is made by a button
    and copies them.
    """

    _name = "sales.incentive.version"
    _inherit = [
        "sales.guard.mixin",
        "sales.state.mixin",
        "sales.incentive.approval.mixin",
        "sales.incentive.limit.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _description = "Version of an Incentive Plan"
    _order = "plan_id, date_from desc, id desc"
    _rec_names_search = ["plan_id.name"]
    _check_company_auto = True
    _fixed_fields = ("plan_id",)
    _state_from = ["submitted"]
    _state_to = ["approved"]
    _cancel_state = "draft"

    plan_id = fields.Many2one(
        comodel_name="sales.incentive.plan",
        required=True,
        index=True,
        ondelete="cascade",
        check_company=True,
    )
    company_id = fields.Many2one(related="plan_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    date_from = fields.Date(
        string="Begins",
        required=True,
        default=lambda self: self._default_date_from(),
        tracking=True,
        help="First day of the month from which the terms are valid, until the next"
        " version begins.",
    )
    state = fields.Selection(
        selection=[
            ("draft", "Draft"),
            ("submitted", "Submitted"),
            ("approved", "Approved"),
            ("replaced", "Replaced"),
        ],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        tracking=True,
        help="Approved terms are replaced by those approved later for the same month.",
    )
    submitted_by_id = fields.Many2one(
        comodel_name="res.users", string="Submitted By", readonly=True, copy=False
    )
    approved_at = fields.Datetime(string="Approved On", readonly=True, copy=False)
    note = fields.Text(
        string="Conditions",
        help="Other agreements, at the end of the plan letter.",
    )
    rule_ids = fields.One2many(
        comodel_name="sales.incentive.rule",
        inverse_name="version_id",
        string="Rules",
        copy=True,
    )

    letter_ids = fields.One2many(
        comodel_name="sales.incentive.acceptance",
        inverse_name="version_id",
        string="Plan Letters",
    )
    assignment_count = fields.Integer(
        related="plan_id.assignment_count", related_sudo=False
    )
    open_letter_count = fields.Integer(
        string="Open Letters", compute="_compute_open_letter_count"
    )

    guarantee_month = fields.Monetary(
        string="Guarantee per Month",
        help="Least pay of a month. The difference is not paid back.",
    )
    cap_month = fields.Monetary(help="At most so much is paid in a month; 0 is no cap.")
    cap_month_mode = fields.Selection(string="Above the Cap")
    cap_interval = fields.Monetary(
        help="At most so much is earned in a quarter, half-year or year; 0 is no cap."
    )
    interval = fields.Selection(string="Interval of the Cap", default="quarter")
    return_days = fields.Integer(
        string="Returns Count for Days",
        help="A credit note so many days after the invoice takes back what the sale"
        " has earned; 0: however late it comes.",
    )
    return_step_ids = fields.One2many(
        comodel_name="sales.incentive.return.step",
        inverse_name="version_id",
        string="Steps of Returns",
        copy=True,
        help="Later credit notes take back a smaller share; those after the last step"
        " nothing.",
    )
    release_days = fields.Integer(
        string="Days of Release after the End",
        default=90,
        help="Sales of somebody who has left the plan are paid out, as customers pay,"
        " for so many days more.",
    )

    _draft_uniq = models.UniqueIndex(
        "(plan_id, date_from) WHERE state IN ('draft', 'submitted')",
        "Another version from this month on is in preparation already. Change that one,"
        " or begin in another month.",
    )
    _approved_uniq = models.UniqueIndex(
        "(plan_id, date_from) WHERE state = 'approved'",
        "The plan already has approved terms from this month on. Reload the page.",
    )
    _first_of_month = models.Constraint(
        "CHECK (EXTRACT(day FROM date_from) = 1)",
        "A version begins on the first day of a month.",
    )
    _amounts_positive = models.Constraint(
        "CHECK (guarantee_month >= 0 AND cap_month >= 0 AND cap_interval >= 0)",
        "Caps and guarantees cannot be negative: enter 0 for none.",
    )
    _guarantee_below_cap = models.Constraint(
        "CHECK (cap_month = 0 OR guarantee_month <= cap_month)",
        "The guarantee of a month is above its cap. Raise the cap, or lower the"
        " guarantee.",
    )
    _days_range = models.Constraint(
        "CHECK (return_days BETWEEN 0 AND 3650 AND release_days BETWEEN 0 AND 3650)",
        "Enter 0 to 3,650 days.",
    )

    # ------------------------------------------------------------------
    # Computed fields and constraints
    # ------------------------------------------------------------------

    @api.model
    def _default_date_from(self):
        """:return: the first day of the next month"""
        today = self.env.company._get_sales_today()
        return today.replace(day=1) + relativedelta(months=1)

    @api.depends("plan_id.name", "date_from")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for version in self:
            version.display_name = version.date_from and self.env._(
                "%(plan)s from %(month)s",
                plan=version.plan_id.name or "",
                month=format_period(self.env, version.date_from),
            )

    @api.depends("letter_ids.state")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_open_letter_count(self):
        counts = dict(
            self.env["sales.incentive.acceptance"]._read_group(
                [("version_id", "in", self.ids), ("state", "=", "open")],
                ["version_id"],
                ["__count"],
            )
        )
        for version in self:
            version.open_letter_count = counts.get(version._origin, 0)

    @api.constrains("return_days", "return_step_ids")
    def _check_returns(self):
        if any(version.return_days and version.return_step_ids for version in self):
            raise ValidationError(
                self.env._(
                    "Returns count for a number of days, or by steps. Set the days to"
                    " 0, or remove the steps."
                )
            )

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    def copy(self, default=None):
        """Let the rules of the copy continue those of the version: what was booked by
        them is found again."""
        copies = super().copy(default)
        for version, copy in zip(self, copies, strict=True):
            if copy.plan_id == version.plan_id:
                pairs = zip(version.rule_ids, copy.rule_ids, strict=True)
                for rule, continued in pairs:
                    # sudo: users do not write it.
                    continued.sudo().root_id = rule.root_id
        return copies

    def write(self, vals):
        if self._get_content(vals) - LIFE_FIELDS:
            self._check_is_draft()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_draft(self):
        self._check_is_draft()

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_submit(self):
        """Send complete terms to those who approve them."""
        self.check_access("write")
        for version in self:
            version._check_can_submit()
        # sudo: users cannot write who has submitted; it is they.
        self.sudo().submitted_by_id = self.env.user
        self._set_state("submitted")
        return self._request_approval()

    def action_approve(self):
        """Approve where no approval rule applies."""
        self._check_can_approve_alone()
        for version in self:
            version._approve()

    def action_draft(self):
        """Take back what is not approved yet, to change it."""
        self._check_state_is("submitted")
        self._set_state("draft")

    def action_new_version(self):
        self.ensure_one()
        return self.plan_id.action_new_version()

    @api.readonly
    def action_open(self):
        """Open the terms from the list of a plan."""
        self.ensure_one()
        return self._get_records_action()

    @api.readonly
    def action_open_assignments(self):
        self.ensure_one()
        return self.plan_id.action_open_assignments()

    @api.readonly
    def action_open_letters(self):
        self.ensure_one()
        action = self.plan_id.action_open_letters()
        return action | {"domain": [("version_id", "=", self.id)]}

    # ------------------------------------------------------------------
    # Approval
    # ------------------------------------------------------------------

    def _after_validation(self):
        self._approve()

    def _approve(self):
        """Put the terms into effect, in place of those of the same month, and send the
        letters."""
        self._check_state_is("submitted")
        self._check_is_complete()
        # sudo: approvers may not write the terms; who may approve has been checked.
        approved = self.sudo()
        replaced = approved._get_same_month()
        replaced.state = "replaced"
        replaced.letter_ids._withdraw()
        self.flush_model(["state"])  # The index allows one approved version a month.
        approved.write({"state": "approved", "approved_at": fields.Datetime.now()})
        approved.plan_id.assignment_ids._issue_letters(approved)
        self.env["sales.incentive.change"]._note_plans(approved.plan_id)

    def _get_paid_users(self):
        """:return: the users whom the terms pay, whoever may see it"""
        self.ensure_one()
        # sudo: approvers may not see who is paid.
        assignments = self.sudo().plan_id.assignment_ids._filter_in(self)
        return assignments._get_paid_users().with_env(self.env)

    def _get_requester(self):
        return self.sudo().submitted_by_id  # sudo: only compares a person

    # ------------------------------------------------------------------
    # Business methods
    # ------------------------------------------------------------------

    def _get_in_effect(self, day):
        """:return: the version of a plan that is valid on a day, if there is one

        :param self: versions of one plan
        """
        begun = self.filtered(lambda version: version.date_from <= day)
        return begun.sorted("date_from")[-1:]

    def _get_date_to(self):
        """:return: the last day before the next approved version begins; None if none
        does"""
        self.ensure_one()
        # sudo: the end does not depend on who asks.
        later = self.sudo().search(
            Domain("plan_id", "=", self.plan_id.id)
            & Domain("state", "=", "approved")
            & Domain("date_from", ">", self.date_from),
            order="date_from",
            limit=1,
        )
        return later.date_from - relativedelta(days=1) if later else None

    def _get_same_month(self):
        """:return: the approved version that begins together with this one, if any"""
        self.ensure_one()
        return self.search(
            [
                ("plan_id", "=", self.plan_id.id),
                ("date_from", "=", self.date_from),
                ("state", "=", "approved"),
            ]
        )

    def _get_next_month(self):
        """:return: the month after that in which the version begins, or the next one"""
        self.ensure_one()
        after = self.date_from + relativedelta(months=1)
        return max(after, self._default_date_from())

    def _check_is_draft(self):
        if any(version.state != "draft" for version in self):
            raise UserError(
                self.env._(
                    "Submitted and approved terms do not change. Make a new version,"
                    " or take a submitted one back to draft."
                )
            )

    def _check_can_submit(self):
        self.ensure_one()
        self._check_state_is("draft")
        self._check_is_complete()

    def _check_is_complete(self):
        for version in self:
            if not version.rule_ids:
                raise UserError(
                    self.env._(
                        "%(version)s has no rules yet. Add what is paid, and for what.",
                        version=version.display_name,
                    )
                )
            version.rule_ids._check_definition()
            version._check_returns()
            version._check_confidential()

    def _check_confidential(self):
        """Caps and guarantees, and what a change of the past costs, would tell what
        people are paid.

        :raise UserError: if the terms of a confidential plan have some
        """
        self.ensure_one()
        if not self.plan_id.is_confidential:
            return
        if self.guarantee_month or self.cap_month or self.cap_interval:
            raise UserError(
                self.env._(
                    "%s is confidential, so it has no caps and no guarantee.",
                    self.plan_id.name,
                )
            )
        if self._get_locked_months():
            raise UserError(
                self.env._(
                    "%s is confidential, so its terms do not change locked months. Let"
                    " the version begin later.",
                    self.plan_id.name,
                )
            )
