# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from typing import NamedTuple

from odoo import models
from odoo.exceptions import UserError

from ..engine import ClaimCheck

SENT = ("submitted", "approved")
# Whoever changes these after submission asks for something else.
CONTENT = {
    "account_id",
    "analytic_distribution",
    "campaign_id",
    "company_id",
    "currency_id",
    "date",
    "employee_id",
    "price_unit",
    "product_id",
    "quantity",
    "sales_attendee_ids",
    "sales_channel_id",
    "sales_partner_id",
    "tax_ids",
    "total_amount",
    "total_amount_currency",
}


class _Sent(NamedTuple):
    """A claim as it was before it changed."""

    is_sales_expense: bool
    # Another one makes it another claim.
    identity: tuple
    total: float


class HrExpense(models.Model):
    """What may change on a sales expense once it was submitted (policy 5.3.2).

    A submitted claim is checked anew. An approved one stays what was approved: what
    would make it dearer, or another claim, begins with a draft.
    """

    _inherit = "hr.expense"  # pylint: disable=consider-merging-classes-inherited

    def _remember_sent(self, vals):
        """:return: dict of the claims whose change is checked -> :class:`_Sent`"""
        if CONTENT.isdisjoint(vals) or self._is_splitting_sales():
            return {}
        # What is approved in the same breath is a change of an approved claim.
        is_approval = vals.get("approval_state") == "approved"
        return {
            claim: claim._get_sent()
            for claim in self
            if is_approval or claim.approval_state in SENT
        }

    def _get_sent(self):
        return _Sent(
            self.is_sales_expense,
            (self.employee_id, self.company_id, self.product_id),
            self.total_amount,
        )

    def _check_changed(self, before):
        """Check sent claims that have changed.

        :param dict before: claim -> :class:`_Sent`
        """
        submitted = self.filtered(lambda claim: claim.approval_state == "submitted")
        submitted._control_sales()
        approved = (self - submitted).filtered(
            lambda claim: claim.is_sales_expense or before[claim].is_sales_expense
        )
        # Programs know what they do; the rules hold for them, too.
        for claim in approved if not self.env.su else ():
            claim._check_same(before[claim])
        approved._check_still_allowed()

    def _check_same(self, was):
        """:raise UserError: if an approved claim is not what was approved any more"""
        reasons = []
        if self._is_own_of(self.env.user):
            reasons.append(self.env._("Nobody changes their own approved claim."))
        now = self._get_sent()
        if now.identity != was.identity:
            reasons.append(
                self.env._("The employee, category or company is not the approved one.")
            )
        elif now.is_sales_expense and not was.is_sales_expense:
            reasons.append(self.env._("It was not approved as a sales expense."))
        if self.company_currency_id.compare_amounts(now.total, was.total) > 0:
            reasons.append(self.env._("It costs more than was approved."))
        self._refuse_change(reasons)

    def _check_still_allowed(self, origin=None):
        """Check claims that were approved.

        :param origin: the claim of which they are parts, if any
        :raise UserError: if a rule asks for more than what was approved
        """
        # sudo: see ``_control_sales``
        for claim, verdict in ClaimCheck(self.sudo(), in_turn=True).run().items():
            rules = (origin or claim).sudo().sales_rule_ids
            claim._refuse_change(
                [
                    finding.text
                    for finding in verdict.findings
                    if finding.rule.effect == "block"
                    or finding.rule.effect == "approval"
                    and finding.rule not in rules
                ]
            )

    def _refuse_change(self, reasons):
        """:raise UserError: if there is a reason"""
        if reasons:
            raise UserError(
                self.env._(
                    "Reset %(claim)s to draft and submit it again:\n%(reasons)s",
                    claim=self.display_name,
                    reasons=self._list_reasons(reasons),
                )
            )

    # ------------------------------------------------------------------
    # Split
    # ------------------------------------------------------------------

    def _check_split(self, parts, total, was):
        """Check the parts of a claim that was sent before it was split.

        :param parts: the claim, and what was split off
        :param float total: what the claim cost, in its currency
        :param was: :class:`_Sent`: the claim before
        """
        parts = parts.filtered(lambda claim: claim.approval_state in SENT)
        found = parts.filtered("is_sales_expense")
        if not parts or not (found or was.is_sales_expense):
            return
        reasons = []
        added = sum(parts.mapped("total_amount_currency"))
        if self.currency_id.compare_amounts(added, total):
            reasons.append(self.env._("The parts do not add up to the claim."))
        employee, company, _product = was.identity
        if parts.employee_id != employee or parts.company_id != company:
            reasons.append(self.env._("A part is for somebody else."))
        if not was.is_sales_expense:
            reasons.append(self.env._("It was not submitted as a sales expense."))
        self._refuse_change(reasons)
        found._check_still_allowed(self)
