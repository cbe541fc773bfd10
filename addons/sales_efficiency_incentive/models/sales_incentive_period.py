# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import format_date

from odoo.addons.sales_efficiency_base.tools import format_period, open_records

from ..engine import MonthChecklist, MonthOrder

FOLLOWING = ("open", "published")
# Nothing of it ever changes any more, but that it is paid out
LOCKED = ("locked", "paid")
APPROVED = ("approved", *LOCKED)
DIRECTOR = "sales_efficiency_base.group_sales_director"
FINANCE = "account.group_account_user,account.group_account_manager"
# Those who compute, approve, lock and pay months, and see what others get
DECIDERS = f"sales_efficiency_incentive.group_incentive_officer,{DIRECTOR},{FINANCE}"


class SalesIncentivePeriod(models.Model):
    """A month of incentives of a company (policy 4.4.1).

    Until somebody approves it its entries follow the figures. From its lock on nothing
    of it ever changes: what would be different is booked in the next open month.

    Officers and directors compute and publish it, those named by the approval rules
    approve it, finance locks it.
    """

    _name = "sales.incentive.period"
    _inherit = [
        "sales.guard.mixin",
        "sales.state.mixin",
        "sales.incentive.approval.mixin",
        "sales.incentive.dispute.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _description = "Incentive Month"
    _order = "month desc, company_id"
    _fixed_fields = ("company_id", "month")
    _state_from = ["published"]
    _state_to = ["approved"]
    _cancel_state = "open"
    _dispute_link = "period_id"

    company_id = fields.Many2one(
        comodel_name="res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    month = fields.Date(required=True, help="First day of the month.")
    date_to = fields.Date(string="Last Day", compute="_compute_date_to")
    state = fields.Selection(
        selection=[
            ("open", "Open"),
            ("published", "Published"),
            ("approved", "Approved"),
            ("locked", "Locked"),
            ("paid", "Paid"),
        ],
        default="open",
        required=True,
        readonly=True,
        copy=False,
        tracking=True,
    )
    computed_at = fields.Datetime(string="Computed On", readonly=True, copy=False)
    published_at = fields.Datetime(string="Published On", readonly=True, copy=False)
    published_by_id = fields.Many2one(
        comodel_name="res.users", string="Published By", readonly=True, copy=False
    )
    approved_at = fields.Datetime(string="Approved On", readonly=True, copy=False)
    approved_by_id = fields.Many2one(
        comodel_name="res.users", string="Approved By", readonly=True, copy=False
    )
    locked_at = fields.Datetime(string="Locked On", readonly=True, copy=False)

    checklist = fields.Json(compute="_compute_checklist", groups=DECIDERS)
    next_step = fields.Char(compute="_compute_next_step")

    dispute_deadline = fields.Date(
        string="Disputes Until",
        compute="_compute_dispute_deadline",
        help="Last day on which people can dispute what the month pays them.",
    )
    can_dispute = fields.Boolean(compute="_compute_dispute_deadline")

    _month_uniq = models.Constraint(
        "unique(company_id, month)", "The company has this month already."
    )
    _first_of_month = models.Constraint(
        "CHECK (EXTRACT(day FROM month) = 1)", "A month begins on its first day."
    )

    # ------------------------------------------------------------------
    # Computed fields
    # ------------------------------------------------------------------

    @api.depends("month")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for period in self:
            period.display_name = period.month and format_period(self.env, period.month)

    @api.depends("month")
    def _compute_date_to(self):
        for period in self:
            period.date_to = period.month and period.month + relativedelta(
                months=1, days=-1
            )

    @api.depends("computed_at", "locked_at")
    @api.depends_context("uid", "lang")
    def _compute_checklist(self):
        for period in self:
            is_done = period.locked_at or not period._origin
            period.checklist = [] if is_done else MonthChecklist(period).describe()

    @api.depends("state", "approval_message", "date_to", "company_id")
    @api.depends_context("lang")
    def _compute_next_step(self):
        for period in self:
            period.next_step = period.date_to and period._get_next_step()

    def _get_next_step(self):
        if self.state == "open":
            if MonthOrder(self).is_over:
                return self.env._("Publish it")
            return self.env._("Runs until %s", format_date(self.env, self.date_to))
        if self.state == "published":
            return self.approval_message or self.env._("Approve it")
        steps = {"approved": self.env._("Lock it"), "locked": self.env._("Pay it")}
        return steps.get(self.state, False)

    @api.depends("state", "published_at")
    def _compute_dispute_deadline(self):
        for period in self:
            company, last = period.company_id, False
            if period.state == "published" and period.published_at:
                day = fields.Datetime.context_timestamp(
                    period.with_context(tz=company.sales_tz), period.published_at
                ).date()
                last = company._get_sales_working_day_after(
                    day, company.sales_incentive_dispute_days
                )
            period.dispute_deadline = last
            period.can_dispute = last and company._get_sales_today() <= last

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    @api.ondelete(at_uninstall=False)
    def _unlink_except_locked(self):
        if any(period.state in LOCKED for period in self):
            raise UserError(self.env._("A locked month cannot be deleted."))

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_compute(self):
        """Compute the month anew, while the user waits."""
        self.check_access("write")
        # sudo: whether somebody has approved it
        if done := self - self.sudo()._get_following():
            raise UserError(
                self.env._(
                    "%s is approved, so its entries do not change any more.",
                    done[0].display_name,
                )
            )
        self._compute_now()

    def action_publish(self):
        """Let people see and check what they have earned, and ask for approval."""
        self.check_access("write")
        for period in self:
            period._check_state_is("open")
            MonthOrder(period).check_is_over()
            MonthOrder(period).check_before(("published", *APPROVED))
        self._compute_now()
        # sudo: users do not write it, it is they.
        self.sudo().write(
            {"published_at": fields.Datetime.now(), "published_by_id": self.env.uid}
        )
        self._set_state("published")
        self._request_approval()
        self._tell_payees()

    def action_approve(self):
        """Approve the month by the approval rules, or where none applies alone."""
        for period in self:
            period._check_can_decide()
            if period.sudo().review_ids:  # sudo: only whether there are rules
                period._check_is_turn()
                period._validate_tier()
            else:
                period._compute_now()
                period._check_can_approve_alone()
                period._approve()

    def action_reopen(self):
        """Let the month follow the figures again, as long as it is not locked."""
        self.check_access("write")
        for period in self:
            if period.state not in ("published", "approved"):
                period._check_state_is("published")
            MonthOrder(period).check_after()
        self._set_state("open")
        # sudo: as in action_publish
        self.sudo().write(
            {
                "published_at": False,
                "published_by_id": False,
                "approved_at": False,
                "approved_by_id": False,
            }
        )
        self.env["sales.incentive.entry"]._forget_changes(self)

    def action_lock(self):
        """Lock the month for good."""
        self._check_may_lock()
        for period in self.sorted("month"):
            period._check_state_is("approved")
            period._lock()

    @api.readonly
    def action_open_people(self):
        """Show what each person gets, by statement."""
        return open_records(
            self.env,
            "sales_efficiency_incentive.sales_incentive_statement_action",
            [("period_id", "in", self.ids)],
        )

    @api.readonly
    def action_open_as_of_today(self):
        """Show what each person would earn by what is known today, beside what the
        month has booked."""
        return open_records(
            self.env,
            "sales_efficiency_incentive.sales_incentive_statement_today_action",
            [("period_id", "in", self.ids)],
        )

    @api.readonly
    def action_open_entries(self):
        self.ensure_one()
        return open_records(
            self.env,
            "sales_efficiency_incentive.sales_incentive_entry_action",
            [("period_id", "=", self.id)],
            context={"search_default_group_assignment": 1},
        )

    @api.readonly
    def action_open_check(self, code):
        """Open what a line of the checklist has counted."""
        self.ensure_one()
        self.check_access("read")
        if not self.env.user.has_groups(DECIDERS):
            self._refuse_reading()
        return MonthChecklist(self).open(code)

    # ------------------------------------------------------------------
    # Checks
    # ------------------------------------------------------------------

    def _check_may_lock(self):
        self.check_access("read")
        if not self.env.su and not self.env.user.has_groups(f"{DIRECTOR},{FINANCE}"):
            raise AccessError(
                self.env._("Only finance or a sales director can lock a month.")
            )

    # ------------------------------------------------------------------
    # Approval
    # ------------------------------------------------------------------

    def _get_paid_users(self):
        """:return: the users who have entries in the month, whoever may see them"""
        self.ensure_one()
        # sudo: approvers need not see whom the month pays.
        [[assignments]] = (
            self.env["sales.incentive.entry"]
            .sudo()
            ._read_group([("period_id", "=", self.id)], [], ["assignment_id:recordset"])
        )
        return assignments._get_paid_users().with_env(self.env)

    def _get_requester(self):
        return self.sudo().published_by_id  # sudo: only compares a person

    def _choose_reviewers(self, reviewers, requester):
        """Where the month pays all who could approve it, finance decides."""
        chosen = super()._choose_reviewers(reviewers, requester)
        if chosen:
            return chosen
        # sudo: who works in finance is no secret.
        finance = self.env.ref("account.group_account_manager").sudo().all_user_ids
        return self._filter_reviewers(finance.with_env(self.env))

    def _get_under_validation_exceptions(self):
        """A month follows the figures until somebody has approved it."""
        return [*super()._get_under_validation_exceptions(), "computed_at"]

    def _check_can_decide(self):
        res = super()._check_can_decide()
        for period in self:
            period._check_state_is("published")
            MonthOrder(period).check_before(APPROVED)
            self.env["sales.incentive.dispute"]._check_settled(period)
        return res

    def _check_is_turn(self):
        if not self._get_own_tiers(None):
            raise UserError(
                self.env._(
                    "You cannot approve %(month)s. %(progress)s.",
                    month=self.display_name,
                    progress=self.approval_message,
                )
            )

    def _validate_tier(self, tiers=False):
        """Decide on the figures of now."""
        if self._get_own_tiers(tiers):
            self._check_can_decide()
            self._compute_now()
            self._as_program()._add_reviews()
        return super()._validate_tier(tiers)

    def _add_reviews(self):
        """Ask those whom the rules name since the figures have changed."""
        rules = self.env["tier.definition"].search(
            Domain("model", "=", self._name)
            & Domain("company_id", "in", [False, self.company_id.id])
            & Domain("id", "not in", self.review_ids.definition_id.ids),
            order="sequence desc",
        )
        sequence = max(self.review_ids.mapped("sequence"), default=0)
        new = self.env["tier.review"].create(
            [
                self._prepare_tier_review_vals(rule, sequence + number)
                | {"requested_by": self.published_by_id.id}
                for number, rule in enumerate(filter(self.evaluate_tier, rules), 1)
            ]
        )
        new._update_review_status()
        self._check_has_reviewers()

    def _after_validation(self):
        self._approve()

    def _after_rejection(self):
        """Tell who has published the month; the reason is in the review."""
        month = self._as_program()
        publisher = month.published_by_id
        month = month.with_context(lang=publisher.lang)
        month.message_notify(
            partner_ids=publisher.partner_id.ids,
            subject=month.display_name,
            body=month.env._(
                "%s was not approved. Read the reason in the month, correct it, and"
                " restart the approval.",
                month.display_name,
            ),
        )

    def _approve(self):
        # sudo: approvers may not write the month; who may approve has been checked.
        approved = self.sudo()
        approved._set_state("approved")
        approved.write(
            {"approved_at": fields.Datetime.now(), "approved_by_id": self.env.uid}
        )

    # ------------------------------------------------------------------
    # Statements
    # ------------------------------------------------------------------

    def _tell_payees(self):
        """Mail to each person where to read the statement, without amounts."""
        # sudo: whoever publishes may not write mails of others.
        statements = self.env["sales.incentive.statement"].sudo()
        statements.search(
            [("period_id", "in", self.ids), ("user_id", "!=", False)]
        )._send()
