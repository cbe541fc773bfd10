# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.sales_efficiency_base.tools import open_records

from ..engine import ADJUSTMENT
from .sales_incentive_period import FOLLOWING

# What is asked for, as opposed to what becomes of it
CONTENT = {"assignment_id", "period_id", "amount", "reason", "dispute_id"}


class SalesIncentiveAdjustment(models.Model):
    """An amount that somebody gets by decision, not by rule (policy 4.4.1).

    It is booked in its month, or in the first one after it that is still open: see
    :class:`..engine.AdjustmentReader`.
    """

    _name = "sales.incentive.adjustment"
    _inherit = [
        "sales.guard.mixin",
        "sales.state.mixin",
        "sales.incentive.approval.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _description = "Incentive Adjustment"
    _order = "id desc"
    _rec_name = "reason"
    _rec_names_search = ["reason", "assignment_id"]
    _check_company_auto = True
    _state_from = ["submitted"]
    _state_to = ["approved"]
    _cancel_state = "cancelled"

    assignment_id = fields.Many2one(
        comodel_name="sales.incentive.assignment",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    company_id = fields.Many2one(
        related="assignment_id.company_id", store=True, index=True
    )
    # By the assignment: so the amount is rounded before it is stored.
    currency_id = fields.Many2one(related="assignment_id.currency_id")
    user_id = fields.Many2one(
        related="assignment_id.user_id", string="Person", store=True, index=True
    )
    partner_id = fields.Many2one(
        related="assignment_id.partner_id", string="Agent", store=True
    )
    period_id = fields.Many2one(
        comodel_name="sales.incentive.period",
        string="Month",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
        default=lambda self: self._default_period_id(),
        domain="[('state', 'in', ('open', 'published'))]",
        tracking=True,
        help="Month in which it is paid. If that is closed before it is approved, it"
        " is booked in the next open month.",
    )
    booked_period_id = fields.Many2one(
        comodel_name="sales.incentive.period",
        string="Booked In",
        compute="_compute_booked_period_id",
    )
    amount = fields.Monetary(
        required=True,
        help="Paid on top of what is earned. Negative amounts are deducted.",
    )
    reason = fields.Char(required=True, help="Shown to the person beside the amount.")
    dispute_id = fields.Many2one(
        comodel_name="sales.incentive.dispute",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        domain="[('assignment_id', '=', assignment_id), ('state', '=', 'upheld')]",
    )
    state = fields.Selection(
        selection=[
            ("draft", "Draft"),
            ("submitted", "Submitted"),
            ("approved", "Approved"),
            ("rejected", "Rejected"),
            ("cancelled", "Cancelled"),
        ],
        default="draft",
        required=True,
        readonly=True,
        index=True,
        copy=False,
        tracking=True,
    )
    can_cancel = fields.Boolean(compute="_compute_can_cancel")

    _amount_not_zero = models.Constraint(
        "CHECK (amount <> 0)", "An adjustment of 0 changes nothing. Enter its amount."
    )

    # ------------------------------------------------------------------
    # Computed fields and constraints
    # ------------------------------------------------------------------

    @api.model
    def _default_period_id(self):
        """:return: the first month that is not approved yet"""
        return self.env["sales.incentive.period"].search(
            [("company_id", "=", self.env.company.id), ("state", "in", FOLLOWING)],
            order="month",
            limit=1,
        )

    @api.depends("assignment_id", "period_id")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for adjustment in self:
            assignment = adjustment.assignment_id
            adjustment.display_name = assignment and self.env._(
                "Adjustment of %(person)s, %(month)s",
                person=assignment._get_payee_name(),
                month=adjustment.period_id.display_name or "",
            )

    @api.depends("state", "period_id")
    def _compute_booked_period_id(self):
        booked = self._get_booked_periods()
        for adjustment in self:
            adjustment.booked_period_id = booked.get(adjustment.id)

    @api.depends("state", "period_id")
    @api.depends_context("uid")
    def _compute_can_cancel(self):
        is_director = self._is_director()
        final = self._filter_final()
        for adjustment in self:
            waits = adjustment.state in ("draft", "submitted")
            undone = adjustment.state == "approved" and is_director
            adjustment.can_cancel = waits or (undone and adjustment not in final)

    @api.constrains("assignment_id", "period_id")
    def _check_period(self):
        for adjustment in self:
            assignment, period = adjustment.assignment_id, adjustment.period_id
            # sudo: whether there are terms, whoever may read them.
            versions = assignment.sudo().plan_id.version_ids
            known = versions.filtered(lambda v: v.state == "approved")
            if period.date_to < assignment.date_from or not known._get_in_effect(
                period.month
            ):
                raise ValidationError(
                    self.env._(
                        "%(plan)s does not pay %(person)s in %(month)s yet. Choose a"
                        " later month.",
                        plan=assignment.plan_id.name,
                        person=assignment._get_payee_name(),
                        month=period.display_name,
                    )
                )

    @api.constrains("assignment_id")
    def _check_is_open_plan(self):
        for adjustment in self:
            # sudo: whether the plan is confidential, whoever may read it.
            plan = adjustment.assignment_id.sudo().plan_id
            if plan.is_confidential:
                raise ValidationError(
                    self.env._(
                        "%s is confidential: nobody adjusts what they may not read."
                        " Choose another plan of the person.",
                        plan.name,
                    )
                )

    @api.constrains("dispute_id", "assignment_id")
    def _check_dispute(self):
        for adjustment in self.filtered("dispute_id"):
            dispute = adjustment.dispute_id
            if (
                dispute.state != "upheld"
                or dispute.assignment_id != adjustment.assignment_id
            ):
                raise ValidationError(
                    self.env._(
                        "%s is not an upheld dispute of this person.",
                        dispute.display_name,
                    )
                )

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        adjustments = super().create(vals_list)
        adjustments._check_is_not_paid()
        adjustments._check_month_is_open()
        return adjustments

    def write(self, vals):
        content = not CONTENT.isdisjoint(vals)
        if content and not self.env.su:
            self.check_access("write")
            self._check_is_draft()
        res = super().write(vals)
        if content and not self.env.su:
            self._check_is_not_paid()
            self._check_month_is_open()
        return res

    @api.ondelete(at_uninstall=False)
    def _unlink_except_draft(self):
        self._check_is_draft()
        self._check_is_not_paid()

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_cancel(self):
        """Withdraw it, as long as the month in which it is booked can change."""
        self.check_access("write")
        self._check_is_not_paid()
        for adjustment in self:
            if adjustment.state not in ("draft", "submitted", "approved"):
                adjustment._check_state_is("approved")
            if adjustment.state == "approved" and not self._is_director():
                raise UserError(
                    self.env._(
                        "A sales director has approved this. Only a sales director"
                        " can cancel it."
                    )
                )
        if final := self._filter_final():
            raise UserError(final._explain_final())
        # Withdrawing a request does not change its reviewed content.
        self.with_context(skip_validation_check=True)._set_state("cancelled")
        # sudo: whoever decides need not see all terms of the assignment.
        self.env["sales.incentive.change"]._note_assignments(self.sudo().assignment_id)

    def action_counter(self):
        """Prepare the adjustment that takes this one back in an open month."""
        self.ensure_one()
        return self._open_new(
            default_assignment_id=self.assignment_id.id,
            default_amount=-self.amount,
            default_reason=self.env._("Takes back: %s", self.reason),
        )

    @api.model
    def _open_new(self, **context):
        """:return: action of the form of a new adjustment"""
        action = open_records(
            self.env,
            "sales_efficiency_incentive.sales_incentive_adjustment_action",
            context=context,
        )
        return action | {"views": [(False, "form")], "view_mode": "form"}

    # ------------------------------------------------------------------
    # Approval
    # ------------------------------------------------------------------

    def _get_paid_users(self):
        """:return: the users whom it pays, whoever may see it"""
        # sudo: only compares people
        return self.sudo().assignment_id._get_paid_users().with_env(self.env)

    def _check_is_not_paid(self):
        if not self.env.su and self.env.user in self._get_paid_users():
            raise UserError(
                self.env._("Nobody decides on their own pay. Ask a colleague to do it.")
            )

    @api.model
    def _is_director(self):
        return self.env.user.has_group("sales_efficiency_base.group_sales_director")

    # ------------------------------------------------------------------
    # Checks
    # ------------------------------------------------------------------

    def _check_is_draft(self):
        if any(adjustment.state != "draft" for adjustment in self):
            raise UserError(
                self.env._(
                    "A submitted adjustment neither changes nor disappears. Cancel it,"
                    " or make a counter-adjustment once it is paid."
                )
            )

    def _check_month_is_open(self):
        for adjustment in self:
            period = adjustment.period_id
            if period.state not in FOLLOWING:
                raise ValidationError(
                    self.env._(
                        "%s is closed and does not change any more. Book the"
                        " adjustment in the open month.",
                        period.display_name,
                    )
                )

    def _filter_final(self):
        """:return: those booked in a month that no longer follows"""
        booked = self._get_booked_periods()
        return self.filtered(
            lambda adjustment: (
                (period := booked.get(adjustment.id)) and period.state not in FOLLOWING
            )
        )

    def _explain_final(self):
        first = self[0]
        period = first._get_booked_periods()[first.id]
        return self.env._(
            "%(adjustment)s is paid in %(month)s, which is closed. Take it back by a"
            " counter-adjustment.",
            adjustment=first.display_name,
            month=period.display_name,
        )

    def _get_booked_periods(self):
        """:return: dict id → month in which the adjustment is booked"""
        # sudo: which month it is, for those who see the adjustment.
        entries = self.env["sales.incentive.entry"].sudo()
        groups = entries._read_group(
            [("source", "=", ADJUSTMENT), ("res_id", "in", self.ids)],
            ["res_id", "period_id"],
            # Months are in descending order: the first month comes last, and stays.
            order="res_id, period_id",
        )
        return {id_: period.sudo(self.env.su) for id_, period in groups}
