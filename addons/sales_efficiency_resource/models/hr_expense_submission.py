# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from markupsafe import Markup

from odoo import Command, api, models
from odoo.exceptions import UserError
from odoo.tools import format_list

from ..engine import ClaimCheck
from .hr_expense_change import SENT

# Tells in a transaction that a claim is being split: the context may come from a client
SPLIT = "sales_efficiency_resource.split"
# So many colleagues are named who can set an approver
NAMED = 3


class HrExpense(models.Model):
    """The check of sales expenses when they are submitted (policy 5.3.2)."""

    _inherit = "hr.expense"  # pylint: disable=consider-merging-classes-inherited

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        claims = super().create(vals_list)
        if not self.env.su and not self._is_splitting_sales():
            for claim in claims.filtered("approval_state"):
                if claim.is_sales_expense:
                    raise UserError(
                        self.env._(
                            "%s begins as a draft. Create it, then submit it.",
                            claim.display_name,
                        )
                    )
        return claims

    def write(self, vals):
        state = vals.get("approval_state")
        drafts = self.browse()
        if state in SENT:
            drafts = self.filtered(lambda claim: claim.approval_state not in SENT)
        if state == "approved":
            drafts._check_sales_submitted()
            self._check_no_open_review()
        before = self._remember_sent(vals)
        res = super().write(vals)
        if "approval_state" in vals and state not in SENT:
            self._forget_sales_check()
        if state == "submitted" and drafts:
            drafts._control_sales()
        if before:
            (self.browse().concat(*before) - drafts)._check_changed(before)
        return res

    # ------------------------------------------------------------------
    # Submission
    # ------------------------------------------------------------------

    def _check_sales_submitted(self):
        """:raise UserError: if a draft would be approved without any check"""
        for claim in self:
            if claim.is_sales_expense:
                raise UserError(
                    self.env._(
                        "%s is a draft. Submit it before it is approved.",
                        claim.display_name,
                    )
                )

    def _control_sales(self):
        """Check submitted claims, and ask for the approvals that they need.

        Documents are read, not figures, which come a moment later; and whoever submits
        at the same time for the same budgets has to wait.
        """
        # sudo: budgets and rules hold for everybody, and the person who claims cannot
        # write the claim any more.
        claims = self.sudo()
        verdicts = ClaimCheck(claims, in_turn=True).run()
        (claims - claims.browse().concat(*verdicts))._forget_sales_check()
        for claim in verdicts:
            claim._check_has_approver()
        self._check_not_blocked(verdicts)
        self._check_has_reason(verdicts)
        for claim, verdict in verdicts.items():
            rules = {finding.rule.id for finding in verdict.get_findings("approval")}
            claim.write(
                {
                    "sales_rule_ids": [Command.set(sorted(rules))],
                    "sales_submitted_status": verdict.status,
                }
            )
            claim._log_sales_check(verdict)
        claims._ask_for_approval()

    def _forget_sales_check(self):
        """Drop what the check found, e.g. of a claim that is a draft again."""
        # Every claim that was found has a status.
        checked = self.filtered("sales_submitted_status")
        if checked:
            # sudo: only the check writes them
            checked.sudo().write(
                {"sales_rule_ids": [Command.clear()], "sales_submitted_status": False}
            )

    def _check_has_approver(self):
        """:raise UserError: whom to ask, if nobody can approve the claim"""
        if self.manager_id and not self._is_own_of(self.manager_id):
            return
        group = self.env.ref("hr.group_hr_user")
        people = group.all_user_ids.filtered(
            lambda user: user.active
            and self.company_id in user.company_ids
            and user != self.employee_id.user_id
            and user.id != self.env.ref("base.user_root").id
        )
        raise UserError(
            self.env._(
                "Nobody can approve the claims of %(employee)s. Ask %(people)s to set"
                " an expense approver or a manager on the employee.",
                employee=self.employee_id.name,
                people=format_list(self.env, people[:NAMED].mapped("name"), "or")
                or self.env._("HR"),
            )
        )

    def _check_not_blocked(self, verdicts):
        """:raise UserError: what must be put right before submission"""
        blocked = [
            self.env._(
                "%(claim)s cannot be submitted:\n%(reasons)s",
                claim=claim.display_name,
                reasons=self._list_reasons(f.text for f in found),
            )
            for claim, verdict in verdicts.items()
            if (found := verdict.get_findings("block"))
        ]
        if blocked:
            raise UserError("\n\n".join(blocked))

    def _check_has_reason(self, verdicts):
        """:raise UserError: if an extra approval is asked for without a reason"""
        missing = [
            self.env._(
                "%(claim)s needs an extra approval. Give a reason for exceeding:"
                "\n%(reasons)s",
                claim=claim.display_name,
                reasons=self._list_reasons(f.text for f in found),
            )
            for claim, verdict in verdicts.items()
            if (found := verdict.get_findings("approval"))
            and not (claim.sales_excess_reason or "").strip()
        ]
        if missing:
            raise UserError("\n\n".join(missing))

    def _list_reasons(self, texts):
        return "\n".join(f"- {text}" for text in dict.fromkeys(texts))

    def _log_sales_check(self, verdict):
        """Write down what the check has found: without figures of budgets, as everybody
        reads them who ever reads the claim."""
        statuses = dict(
            self._fields["sales_submitted_status"]._description_selection(self.env)
        )
        texts = [self.env._("Budget at submission: %s", statuses[verdict.status])]
        texts += [
            finding.text
            for finding in verdict.findings
            if finding.rule.condition != "budget"
        ]
        if self.sales_rule_ids:
            texts.append(self.env._("Reason: %s", self.sales_excess_reason))
        self._message_log(body=Markup("<br/>").join(dict.fromkeys(texts)))

    def _ask_for_approval(self):
        """Ask the reviewers whom the rules name. Reviews of an earlier submission are
        over."""
        self.review_ids.unlink()
        asking = self._filter_asking()
        if not asking:
            return
        # The state decides whether a claim awaits them.
        asking.flush_recordset(["state"])
        asking.invalidate_recordset(["need_validation"])
        asking.request_validation()
        # It is not the superior's turn yet, who may have been asked before a change.
        asking.activity_unlink(["hr_expense.mail_act_expense_approval"])
        for review in asking.review_ids:
            if not review.reviewer_ids:
                raise UserError(
                    self.env._(
                        "Nobody can give the extra approval of %(rule)s. Ask a sales"
                        " director to name somebody else in the rule.",
                        rule=review.name,
                    )
                )

    def _filter_asking(self):
        """:return: the claims against a rule; all, if an administrator has made
        approval rules for claims"""
        definitions = self.env["tier.definition"].search([("model", "=", self._name)])
        rules = self.env["sales.expense.rule"].search(
            [("definition_id", "in", definitions.ids)]
        )
        others = definitions - rules.definition_id
        return self if others else self.filtered("sales_rule_ids")

    # ------------------------------------------------------------------
    # Split
    # ------------------------------------------------------------------

    def _is_splitting_sales(self):
        return SPLIT in self.env.cr.precommit.data
