# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command, Domain
from odoo.tools import format_list

from odoo.addons.sales_efficiency_base.tools import attempt, format_period, take_turns

from ..engine.allocation import HandOver, TargetShift
from .sales_allocation_calculation import JOB

# Names that a message tells; the others are counted.
NAMED = 5
# Customers that move while the approver waits; more are left to the job.
AT_ONCE = 50


class SalesAllocation(models.Model):
    """From a draft to new salespeople, and back."""

    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "sales.allocation"

    date_applied = fields.Date(string="Applied On", readonly=True, copy=False)

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_submit(self):
        """Ask for approval of the scenario as it is."""
        self.check_access("write")
        self._check_state_is("draft")
        for allocation in self:
            if allocation.is_waiting:
                raise UserError(
                    self.env._(
                        "%s is being calculated. Wait for the result.", allocation.name
                    )
                )
            if allocation.progress == "outdated":
                raise UserError(
                    self.env._(
                        "%s has changed since it was calculated. Calculate it again.",
                        allocation.name,
                    )
                )
            if not allocation.move_count:
                raise UserError(
                    self.env._(
                        "%s moves no customer: nothing would change. Calculate it, or"
                        " choose other people for some customers.",
                        allocation.name,
                    )
                )
        return self._submit()

    def action_draft(self):
        """Change it. What was applied is undone first."""
        for allocation in self:
            if allocation.state not in ("approved", "refused", "cancelled"):
                allocation._check_state_is("submitted")
        self._set_state("draft")
        self._cancel_adjustments()

    def action_cancel(self):
        """Give it up."""
        for allocation in self:
            if allocation.state not in ("draft", "submitted"):
                allocation._check_state_is("approved")
        # Reviewers no longer decide on a draft.
        self._set_state("draft")
        self._set_state("cancelled")
        self._cancel_adjustments()

    def action_undo(self):
        """Give all customers back, as long as nothing was sold to them."""
        self.ensure_one()
        self.check_access("write")
        self._check_state_is("applied")
        take_turns(self)
        hand_over = HandOver(self)
        if sold := hand_over.find_sold():
            raise UserError(
                self.env._(
                    "The new salespeople have sold to %(customers)s since: this can no"
                    " longer be undone. Make another scenario.",
                    customers=self._name_customers(sold),
                )
            )
        left = hand_over.undo()
        self._cancel_adjustments()
        self._set_state("undone")
        self.message_post(body=self._describe_undo(left))
        if approved := self.adjustment_ids.filtered(lambda a: a.state == "approved"):
            self.message_post(
                body=self.env._(
                    "These targets have been adjusted meanwhile, and stay so: %s."
                    " Adjust them again.",
                    self._name_customers(approved.target_id),
                )
            )

    def action_propose_adjustments(self):
        """Draft the adjustments of the targets that the moves concern."""
        self.ensure_one()
        self.check_access("write")
        if self.state not in ("approved", "applied"):
            self._check_state_is("applied")
        take_turns(self)
        differences = TargetShift(self).get_differences()
        known = self.adjustment_ids.filtered(
            lambda adjustment: adjustment.state != "cancelled"
        ).target_id
        wanted = {t: months for t, months in differences.items() if t not in known}
        if not wanted:
            raise UserError(
                self.env._(
                    "There is nothing to propose: no running personal target has months"
                    " ahead in which the customers who move count."
                )
            )
        for target, months in wanted.items():
            self._propose_adjustment(target, months)
        return self.action_open_adjustments()

    # ------------------------------------------------------------------
    # Approval
    # ------------------------------------------------------------------

    def _after_rejection(self):
        # Refusing it does not change what was reviewed. sudo: nobody writes the status.
        self.with_context(skip_validation_check=True).sudo().state = "refused"

    def _approve(self):
        """Apply it, at once if its day has come."""
        res = super()._approve()
        for allocation in self:
            if allocation.date_from > allocation.company_id._get_sales_today():
                continue
            is_small = allocation.move_count <= AT_ONCE
            if is_small and allocation.has_access("write"):
                allocation._apply()
            else:
                # Reviewers need not be directors: the job applies it as the owner.
                # sudo: users do not start jobs.
                self.env.ref(JOB).sudo()._trigger()
        return res

    # ------------------------------------------------------------------
    # Application
    # ------------------------------------------------------------------

    @api.model
    def _get_due_domain(self):
        """:return: the domain of what is to be applied, by the clock of its company"""
        approved = Domain("state", "=", "approved")
        return Domain.OR(
            Domain("company_id", "=", company.id)
            & approved
            & Domain("date_from", "<=", company._get_sales_today())
            for [company] in self._read_group(approved, ["company_id"])
        )

    def _apply_when_due(self):
        """Apply an approved scenario with the rights of its owner, or note why not."""
        self.ensure_one()
        if self.state != "approved":
            return
        owned = self._as_owner()
        problem = attempt(owned.env, owned._apply)
        if not problem:
            return
        if self.problem != problem:
            self.message_post(
                body=problem, partner_ids=self.responsible_id.partner_id.ids
            )
        self.problem = problem

    def _apply(self):
        """Give the customers to their new salespeople, as the user."""
        self.ensure_one()
        take_turns(self)
        self._check_state_is("approved")
        passed_over = HandOver(self).apply()
        # sudo: nobody writes that it was applied. What was reviewed stays.
        self.sudo().with_context(skip_validation_check=True).write(
            {
                "state": "applied",
                "date_applied": self.company_id._get_sales_today(),
                "problem": False,
            }
        )
        self.message_post(body=self._describe_application(passed_over))

    def _describe_application(self, passed_over):
        # Customers may have been merged since they were counted.
        moved = len(self.line_ids.filtered("is_move").partner_id - passed_over)
        if not passed_over:
            return self.env._("Customers given to others: %s.", moved)
        return self.env._(
            "Customers given to others: %(count)s. These stay as they are, because they"
            " have changed in the meantime or the new person has left: %(customers)s.",
            count=moved,
            customers=self._name_customers(passed_over),
        )

    def _describe_undo(self, left):
        if not left:
            return self.env._("Undone: all customers are back.")
        return self.env._(
            "Undone. Left as they are, because somebody has changed them since: %s.",
            left,
        )

    def _name_customers(self, customers):
        names = customers[:NAMED].mapped("display_name")
        if len(customers) > NAMED:
            names.append(self.env._("%s more", len(customers) - NAMED))
        return format_list(self.env, names)

    # ------------------------------------------------------------------
    # Targets
    # ------------------------------------------------------------------

    def _propose_adjustment(self, target, differences):
        """Draft the adjustment of a target, as the user.

        :param dict differences: month -> difference
        """
        adjustment = self.env["sales.target.adjustment"].create(
            {
                "target_id": target.id,
                "ground": "strategy",
                "date_from": min(differences),
                "reason": self._get_reason(),
            }
        )
        # sudo: users do not choose which scenario an adjustment follows from.
        adjustment.sudo().allocation_id = self
        adjustment.line_ids = [
            Command.update(
                line.id,
                {"amount": max(line.amount + differences.get(line.month, 0.0), 0.0)},
            )
            for line in adjustment.line_ids
        ]

    def _get_reason(self):
        return self.env._(
            "%(scenario)s: customers change their salesperson from %(month)s on. Their"
            " share of the last twelve months goes with them.",
            scenario=self.name,
            month=format_period(self.env, self.date_from.replace(day=1)),
        )

    def _cancel_adjustments(self):
        """Take back what was proposed; what was approved is adjusted by hand."""
        pending = self.adjustment_ids.filtered(
            lambda adjustment: adjustment.state in ("draft", "requested")
        )
        pending.action_cancel()
