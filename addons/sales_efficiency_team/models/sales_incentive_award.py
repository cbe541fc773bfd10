# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.sales_efficiency_base.tools import open_records
from odoo.addons.sales_efficiency_incentive.models.sales_incentive_period import (
    FOLLOWING,
)

from ..engine import AwardProposal

# What the sums follow from; it changes only in a draft
TERMS = {"rule_id", "cycle_id", "factor", "budget"}


class SalesIncentiveAward(models.Model):
    """The awards of an appraisal cycle, approved as a whole (policy 4.4.1).

    What they pay follows from grades, and is computed when they are submitted. From
    the approval on the month pays it, like whatever else the plan pays.

    Who may not read wages does not read awards by wages either, but how many people
    there are, and a total that tells nothing about one of them.
    """

    _name = "sales.incentive.award"
    _inherit = [
        "sales.guard.mixin",
        "sales.state.mixin",
        "sales.incentive.approval.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _description = "Award"
    _order = "id desc"
    _rec_names_search = ["rule_id.name"]
    _check_company_auto = True
    _fixed_fields = ("rule_id",)
    _state_from = ["submitted"]
    _state_to = ["approved"]
    _cancel_state = "cancelled"

    rule_id = fields.Many2one(
        comodel_name="sales.incentive.rule",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
        domain="[('kind', '=', 'award'), ('version_id.state', '=', 'approved')]",
    )
    # Of all versions of the rule
    root_id = fields.Integer(
        compute="_compute_root_id",
        store=True,
        precompute=True,
        aggregator=None,
        export_string_translation=False,
    )
    company_id = fields.Many2one(
        related="rule_id.company_id", store=True, precompute=True, index=True
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    plan_id = fields.Many2one(
        related="rule_id.version_id.plan_id", store=True, precompute=True, index=True
    )
    is_confidential = fields.Boolean(
        related="plan_id.is_confidential", store=True, precompute=True
    )
    award_base = fields.Selection(related="rule_id.award_base")
    cycle_id = fields.Many2one(
        comodel_name="sales.appraisal.cycle",
        string="Appraisals",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
        domain="[('state', '=', 'closed'), ('company_id', '=', company_id)]",
    )
    period_id = fields.Many2one(
        comodel_name="sales.incentive.period",
        string="Paid in Month",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
        default=lambda self: self._default_period_id(),
        domain="[('state', 'in', ('open', 'published'))]",
        tracking=True,
        help="If the month is closed before the award is approved, the next open month"
        " pays it.",
    )
    factor = fields.Float(
        string="Company Factor",
        digits=(16, 2),
        default=1.0,
        aggregator=None,
        tracking=True,
        help="How well the company did: all awards are multiplied by it.",
    )
    budget = fields.Monetary(required=True, help="At most so much is awarded in all.")
    line_ids = fields.One2many(
        comodel_name="sales.incentive.award.line",
        inverse_name="award_id",
        string="People",
        readonly=True,
        copy=False,
    )
    state = fields.Selection(
        selection=[
            ("draft", "Draft"),
            ("submitted", "Submitted"),
            ("approved", "Approved"),
            ("rejected", "Rejected"),
            ("cancelled", "Cancelled"),
        ],
        string="Status",
        default="draft",
        required=True,
        readonly=True,
        index=True,
        copy=False,
        tracking=True,
    )
    submitted_by_id = fields.Many2one(
        comodel_name="res.users", string="Submitted By", readonly=True, copy=False
    )
    approved_by_id = fields.Many2one(
        comodel_name="res.users", string="Approved By", readonly=True, copy=False
    )
    approved_at = fields.Datetime(string="Approved On", readonly=True, copy=False)

    _once = models.UniqueIndex(
        "(root_id, period_id) WHERE state IN ('draft', 'submitted', 'approved')",
        "This month has an award of this rule already. Choose another month, or change"
        " that one.",
    )
    _factor_range = models.Constraint(
        "CHECK (factor BETWEEN 0 AND 10)", "The company factor is between 0 and 10."
    )
    _budget_positive = models.Constraint(
        "CHECK (budget > 0)", "Enter the budget, at least above 0."
    )

    # ------------------------------------------------------------------
    # Computed fields
    # ------------------------------------------------------------------

    @api.model
    def _default_period_id(self):
        """:return: the first month that is not approved yet"""
        return self.env["sales.incentive.adjustment"]._default_period_id()

    @api.depends("rule_id")
    def _compute_root_id(self):
        for award in self:
            award.root_id = award.rule_id.root_id

    @api.depends("rule_id.name", "cycle_id")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for award in self:
            # sudo: who sees an award sees by which rule and which appraisals.
            names = (award.sudo().rule_id.name, award.sudo().cycle_id.display_name)
            award.display_name = ", ".join(filter(None, names))

    # ------------------------------------------------------------------
    # Constraints and CRUD
    # ------------------------------------------------------------------

    @api.constrains("rule_id", "cycle_id", "period_id")
    def _check_terms(self):
        for award in self:
            # sudo: whoever prepares it need not see all appraisals and terms.
            rule, cycle = award.sudo().rule_id, award.sudo().cycle_id
            if rule.kind != "award" or rule.version_id.state != "approved":
                raise ValidationError(
                    self.env._("%s is not an approved rule of awards.", rule.name)
                )
            if cycle.company_id != award.company_id:
                raise ValidationError(
                    self.env._("Choose appraisals of %s.", award.company_id.name)
                )
            if cycle.state != "closed":
                raise ValidationError(
                    self.env._(
                        "Close the appraisals of %s first: grades may still change.",
                        cycle.display_name,
                    )
                )
            award._check_is_in_effect(award.period_id)

    def _check_is_in_effect(self, period):
        """:raise ValidationError: unless the month pays by a version of the rule"""
        plan = self.sudo().plan_id  # sudo: as in _check_terms
        approved = plan.version_ids.filtered(lambda v: v.state == "approved")
        version = approved._get_in_effect(period.month)
        if self.root_id not in version.rule_ids.mapped("root_id"):
            raise ValidationError(
                self.env._(
                    "%(plan)s has no rule %(rule)s in %(month)s. Choose another month.",
                    plan=plan.name,
                    rule=self.sudo().rule_id.name,
                    month=period.display_name,
                )
            )

    def write(self, vals):
        if not self.env.su and TERMS.intersection(vals) | ({"period_id"} & vals.keys()):
            self._check_is_draft()
        res = super().write(vals)
        if TERMS.intersection(vals):
            # sudo: users do not write lines; those of other terms would be others.
            self.sudo().line_ids.unlink()
        return res

    @api.ondelete(at_uninstall=False)
    def _unlink_except_submitted(self):
        self._check_is_draft()

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_propose(self):
        """Compute what everybody gets by the grades of the appraisals."""
        self.check_access("write")
        for award in self:
            award._check_state_is("draft")
            award._propose()

    def action_submit(self):
        """Send it to those who approve it as a whole."""
        self.check_access("write")
        for award in self:
            award._check_state_is("draft")
            award._propose()
            award._check_is_complete()
        for award in self.sudo():  # sudo: users do not write it, it is they.
            award.submitted_by_id = self.env.uid
            award.is_total_open = award._hides_people()
        self._set_state("submitted")
        return self._request_approval()

    def action_approve(self):
        """Approve where no approval rule applies."""
        self._check_can_approve_alone()
        for award in self:
            award._approve()

    def action_cancel(self):
        """Withdraw it, as long as the month that pays it is not locked."""
        self.check_access("write")
        for award in self:
            if award.state not in ("draft", "submitted", "approved"):
                award._check_state_is("draft")
            award._check_is_not_paid()
            # sudo: the state of the month, whoever may see it.
            period = award.sudo().period_id
            if award.state == "approved" and period.state not in FOLLOWING:
                raise UserError(
                    self.env._(
                        "%s is closed. Correct the appraisals, and make another award:"
                        " it pays the difference.",
                        period.display_name,
                    )
                )
        # Withdrawing it does not change its reviewed content.
        self.with_context(skip_validation_check=True)._set_state("cancelled")
        self._note_people()

    @api.readonly
    def action_open_lines(self):
        """Show what everybody gets."""
        self.ensure_one()
        self.check_access("read")  # Its name is made for everybody.
        return open_records(
            self.env,
            "sales_efficiency_team.sales_incentive_award_line_action",
            [("award_id", "=", self.id)],
            name=self.display_name,
        )

    # ------------------------------------------------------------------
    # Computation
    # ------------------------------------------------------------------

    def _propose(self):
        """Renew the lines."""
        self.ensure_one()
        # sudo: users do not write lines. Only the entitled write awards by wages.
        award = self.sudo()
        award.line_ids.unlink()
        award.env["sales.incentive.award.line"].create(AwardProposal(award).get_lines())
        self.invalidate_recordset()

    # ------------------------------------------------------------------
    # Approval
    # ------------------------------------------------------------------

    def _after_validation(self):
        self._approve()

    def _after_rejection(self):
        # sudo: reviewers may not write it; that it is their turn has been checked.
        rejected = self.sudo().with_context(skip_validation_check=True)
        rejected.state = "rejected"

    def _approve(self):
        """Have the month pay it, or the first one after it that is open."""
        self.ensure_one()
        self._check_state_is("submitted")
        if corrected := self._read_corrected().get(self):
            raise UserError(
                self.env._(
                    "These grades were corrected meanwhile: %s. Reject the award, and"
                    " make another one.",
                    corrected,
                )
            )
        # sudo: approvers may not write it; who may approve has been checked. The month
        # is not what was reviewed.
        approved = self.sudo().with_context(skip_validation_check=True)
        period = approved.period_id._find_open()
        if period != approved.period_id:
            approved._check_is_in_effect(period)
            approved.period_id = period
        approved.write(
            {
                "state": "approved",
                "approved_by_id": self.env.uid,
                "approved_at": fields.Datetime.now(),
            }
        )
        self._note_people()

    def _note_people(self):
        """Have the month computed anew for them."""
        paid = self._find_assignments()
        self.env["sales.incentive.change"]._note_assignments(paid)

    def _choose_reviewers(self, reviewers, requester):
        """Where it pays all who could approve it, finance decides."""
        chosen = super()._choose_reviewers(reviewers, requester)
        if chosen:
            return chosen
        # sudo: who works in finance is no secret.
        finance = self.env.ref("account.group_account_manager").sudo().all_user_ids
        return self._filter_reviewers(finance.with_env(self.env))

    def _get_paid_users(self):
        """:return: the users whom it pays, whoever may see it"""
        return self._find_assignments()._get_paid_users().with_env(self.env)

    def _find_assignments(self):
        """:return: the assignments that it pays, as superuser"""
        # sudo: whom it pays, whoever may see it; what they get is not read.
        lines = self.env["sales.incentive.award.line"].sudo()
        [[assignments]] = lines._read_group(
            [("award_id", "in", self.ids), ("amount", "!=", 0)],
            [],
            ["assignment_id:recordset"],
        )
        return assignments

    def _get_requester(self):
        return self.sudo().submitted_by_id  # sudo: only compares a person

    def _get_tier_validation_readonly_domain(self):
        return "state == 'submitted'"

    # ------------------------------------------------------------------
    # Checks
    # ------------------------------------------------------------------

    def _check_is_draft(self):
        if any(award.state != "draft" for award in self):
            raise UserError(
                self.env._(
                    "Submitted awards do not change. Cancel the award, and make another"
                    " one."
                )
            )
