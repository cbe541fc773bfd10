# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models
from odoo.exceptions import UserError

OPEN_REVIEW = ("waiting", "pending")


class HrExpense(models.Model):
    """The approval of claims for sales expenses (policy 5.3.2).

    The superior approves as in Odoo. Whom the rules name decides before, once the claim
    is submitted; until then it is not the superior's turn. Claims that are no sales
    expenses go the way of Odoo.
    """

    _name = "hr.expense"
    _inherit = ["hr.expense", "sales.approval.mixin"]
    _tier_validation_state_field_is_computed = True
    _state_from = ["submitted"]
    _state_to = ["approved"]
    _cancel_state = "refused"

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_submit(self):
        """Let somebody else decide than the person who claims."""
        for claim in self.filtered(lambda claim: claim._is_own_of(claim.manager_id)):
            if claim.is_sales_expense:
                # sudo: as Odoo fills it if it is empty
                claim.sudo().manager_id = claim._get_default_responsible_for_approval()
        return super().action_submit()

    def validate_tier(self):
        """Approve without a comment; who rejects says why."""
        self.ensure_one()
        self._validate_tier()
        self._update_counter({"review_deleted": True})

    def update_activities_and_mails(self):
        """Wait with the to-do of the superior until it is their turn."""
        return super(
            HrExpense, self - self._filter_under_review()
        ).update_activities_and_mails()

    def _send_submitted_expenses_mail(self):
        return super(
            HrExpense, self - self._filter_under_review()
        )._send_submitted_expenses_mail()

    def _filter_under_review(self):
        """:return: the claims on which somebody decides before the superior"""
        return self.filtered(
            lambda claim: claim.validation_status in OPEN_REVIEW
            and claim.approval_state == "submitted"
        )

    # ------------------------------------------------------------------
    # Who may decide
    # ------------------------------------------------------------------

    @api.depends("is_sales_expense")
    def _compute_can_approve(self):
        return super()._compute_can_approve()

    def _get_cannot_approve_reason(self):
        reasons = super()._get_cannot_approve_reason()
        for claim in self.filtered(lambda claim: claim._is_own_of(self.env.user)):
            if claim.is_sales_expense:
                reasons[claim.id] = claim._get_own_claim_message()
        return reasons

    def _get_own_claim_message(self):
        return self.env._(
            "%s: nobody decides on their own claim, whatever their rights.",
            self.display_name,
        )

    def _check_can_approve(self):
        self._check_no_open_review()
        return super()._check_can_approve()

    def _check_no_open_review(self):
        """:raise UserError: if somebody has to decide before the superior"""
        for claim in self._filter_under_review():
            raise UserError(
                self.env._(
                    "%(claim)s needs an extra approval first. %(progress)s.",
                    claim=claim.display_name,
                    progress=claim.approval_message,
                )
            )

    def _check_can_refuse(self):
        for claim in self.filtered(lambda claim: claim._is_own_of(self.env.user)):
            if claim.is_sales_expense:
                raise UserError(claim._get_own_claim_message())
        return super()._check_can_refuse()

    def _can_be_autovalidated(self):
        return not self.is_sales_expense and super()._can_be_autovalidated()

    def _is_own_of(self, user):
        # sudo: whose claim it is
        return bool(user) and self.sudo().employee_id.user_id == user

    def _choose_reviewers(self, reviewers, requester):
        """Nobody decides on their own claim, even if nobody else can."""
        claimant = self.sudo().employee_id.user_id
        return super()._choose_reviewers(reviewers - claimant, requester | claimant)

    def _check_can_decide(self):
        if self._is_own_of(self.env.user):
            raise UserError(self._get_own_claim_message())

    # ------------------------------------------------------------------
    # Extra approval
    # ------------------------------------------------------------------

    def _after_validation(self):
        """It is the superior's turn."""
        # sudo: the to-do is that of somebody else.
        self.sudo().update_activities_and_mails()

    def _after_rejection(self):
        """Refuse the claim, as the superior would."""
        # sudo: that it is the reviewer's turn has been checked.
        claim = self.sudo()
        comments = claim.review_ids.filtered(
            lambda review: review.status == "rejected"
        ).mapped("comment")
        claim._do_refuse(" ".join(filter(None, comments)))

    def _compute_need_validation(self):
        """Look up the approval rules once for all claims."""
        tiers = self.env["tier.definition"].search(
            [
                ("model", "=", self._name),
                ("company_id", "in", [False, *self.company_id.ids]),
            ]
        )
        for claim in self:
            claim.need_validation = (
                isinstance(claim.id, int)
                and any(
                    claim.evaluate_tier(tier)
                    for tier in tiers
                    if tier.company_id in (claim.company_id, claim.company_id.browse())
                )
                and not claim.review_ids
                and claim._check_state_from_condition()
            )

    def evaluate_tier(self, tier):
        # sudo: rules are not readable for everybody.
        return super(HrExpense, self.sudo()).evaluate_tier(tier)

    def _check_state_from_condition(self):
        # The context may come from a client.
        return super(
            HrExpense, self.with_context(skip_check_state_condition=False)
        )._check_state_from_condition()

    def _check_state_conditions(self, vals):
        # In this order, as only an approval need look up the state
        return vals.get("state") in self._state_to and super()._check_state_conditions(
            vals
        )

    def _tier_validation_check_write_allowed(self, vals):
        """Leave out claims without reviews. Code may write, clients cannot switch the
        check off."""
        if self.env.su:
            return None
        reviewed = self.filtered(
            lambda claim: claim.validation_status not in ("no", False)
        )
        return super(
            HrExpense, reviewed.with_context(skip_validation_check=False)
        )._tier_validation_check_write_allowed(vals)

    def _get_under_validation_exceptions(self):
        """Allow what deciding on a claim writes; its state is computed from it."""
        return [
            *super()._get_under_validation_exceptions(),
            "approval_state",
            "approval_date",
            "manager_id",
        ]

    def _allow_to_remove_reviews(self, values):
        """A claim that is refused or set back to draft is decided anew. Who has
        rejected it sees it until then."""
        self.ensure_one()
        state = values.get("state")
        if state == "refused" and self.validation_status == "rejected":
            return False
        return state in ("draft", "refused") and bool(self.sudo().review_ids)

    def _get_tier_validation_readonly_domain(self):
        return "state == 'submitted' and validation_status not in ('no', False)"

    def _add_tier_validation_buttons(self, node, params):
        """Leave out a button that nobody needs: a changed claim is submitted anew."""
        buttons = super()._add_tier_validation_buttons(node, params)
        for button in buttons.xpath("button[@name='restart_validation']"):
            buttons.remove(button)
        return buttons

    # ------------------------------------------------------------------
    # Uninstall
    # ------------------------------------------------------------------

    @api.model
    def _give_back_approval(self):
        """Leave Odoo's own approval: it is the superior's turn, and no rule asks for
        anybody else."""
        rules = self.env["sales.expense.rule"].with_context(active_test=False)
        # Those of deleted rules are archived, and name a field that goes as well.
        definitions = rules.search(
            [("definition_id", "!=", False)]
        ).definition_id | rules.definition_id.search(
            [
                ("model", "=", self._name),
                ("definition_domain", "like", "sales_rule_ids"),
            ]
        )
        waiting = self.search([("validation_status", "in", OPEN_REVIEW)])
        waiting = waiting._filter_under_review()
        reviews = self.env["tier.review"].search([("model", "=", self._name)])
        reviews.filtered(lambda review: review.definition_id in definitions).unlink()
        waiting.invalidate_recordset()
        waiting.update_activities_and_mails()
        definitions.unlink()
