# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools import format_date

from odoo.addons.sales_efficiency_base.tools import open_records, take_turns

from ..engine.decision import ComparableScopes


class SalesDecision(models.Model):
    """From a draft to what was learned."""

    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "sales.decision"

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_propose_compared(self):
        """Choose what ran most alike before, of what is not affected."""
        self.ensure_one()
        self.check_access("write")
        self._check_is_draft()
        if not self.affected_ids:
            raise UserError(
                self.env._("Choose what to compare by, and which ones are affected.")
            )
        take_turns(self)
        # As the owner: their rights limit what is compared.
        search = ComparableScopes(self.with_user(self.responsible_id))
        proposed = search.propose()
        name = self.dimension
        likeness = {record.id: value for record, value in proposed.items()}
        chosen = self.compared_ids[name]
        if others := chosen.filtered(lambda record: record.id not in likeness):
            found = search.measure(others)
            likeness |= {record.id: value for record, value in found.items()}
        # sudo: nobody writes how alike they ran.
        for line in self.compared_ids.sudo():
            line.likeness = likeness.pop(line[name].id, 0)
        self.sudo().compared_ids = [
            Command.create({"role": "compared", name: id_, "likeness": value})
            for id_, value in likeness.items()
        ]

    def action_submit(self):
        """Fix what the decision is judged by, and ask for approval if need be."""
        self.check_access("write")
        self._check_state_is("draft")
        for decision in self:
            decision._check_is_complete()
            # sudo: users cannot write who has submitted, and when; it is they, today.
            decision.sudo().write(
                {
                    "submitted_by_id": self.env.uid,
                    "date_frozen": decision.company_id._get_sales_today(),
                }
            )
        self._set_state("submitted")
        for decision in self:
            if not decision._request_approval() and not decision.is_above_limit:
                decision._approve()

    def action_approve(self):
        """Approve where no approval rule applies."""
        for decision in self:
            # sudo: only who submitted it, to keep people from approving their own
            decision._check_approver(decision.sudo().submitted_by_id)
            decision.check_access("read")
            decision._check_no_reviews()
            decision._approve()

    def action_draft(self):
        """Change it. Once it runs, it no longer changes."""
        for decision in self:
            if decision.state not in ("approved", "refused"):
                decision._check_state_is("submitted")
        self.action_unarchive()
        self._set_state("draft")

    def action_cancel(self):
        """Give it up, without looking at what it has brought."""
        for decision in self:
            if decision.state not in ("draft", "submitted", "approved"):
                decision._check_state_is("running")
        # Reviewers no longer decide on a draft.
        self._set_state("draft")
        self._set_state("cancelled")

    def action_close(self):
        """End it once it was measured."""
        self._check_state_is("measured")
        self._set_state("closed")
        for decision in self:
            decision._complete_to_dos()

    @api.readonly
    def action_open_actions(self):
        """Show the action items of the decision."""
        self.ensure_one()
        self.check_access("read")
        return open_records(
            self.env,
            "sales_efficiency_base.sales_action_action",
            [("decision_id", "=", self.id)],
            name=self.display_name,
            context={
                "default_decision_id": self.id,
                "default_company_id": self.company_id.id,
            },
        )

    @api.readonly
    def action_open_effects(self):
        """Show all measurements of the decision."""
        self.ensure_one()
        self.check_access("read")
        return open_records(
            self.env,
            "sales_efficiency_analytics.sales_decision_effect_action",
            [("decision_id", "=", self.id)],
            name=self.display_name,
        )

    @api.readonly
    def action_open_points(self):
        """Show both sides by month, before and after the start."""
        self.ensure_one()
        return self.effect_id._get_points_action()

    # ------------------------------------------------------------------
    # Approval
    # ------------------------------------------------------------------

    def _after_validation(self):
        self._approve()

    def _after_rejection(self):
        # Refusing it does not change what was reviewed.
        # sudo: reviewers alone get here; they need not be able to edit it.
        self.with_context(skip_validation_check=True).sudo().state = "refused"

    def _approve(self):
        """Let it start, at once if its day has come."""
        self._check_state_is("submitted")
        self._check_end_is_ahead()
        for decision in self:
            today = decision.company_id._get_sales_today()
            state = "running" if decision.date_start <= today else "approved"
            # sudo: who may approve was checked. What was reviewed stays.
            decision.sudo().with_context(skip_validation_check=True).state = state

    # ------------------------------------------------------------------
    # Checks
    # ------------------------------------------------------------------

    def _check_is_complete(self):
        """:raise UserError: if the decision could not be judged"""
        self.ensure_one()
        self._check_end_is_ahead()
        direction = 1 if self.metric_id.higher_is_better else -1
        if self.expected_percent * direction <= 0:
            raise UserError(self._explain_expected())
        if self.dimension and not self.affected_ids:
            raise UserError(
                self.env._(
                    "Choose which ones %(decision)s affects, or do not compare by"
                    " %(dimension)s.",
                    decision=self.name,
                    dimension=self._fields["dimension"].convert_to_export(
                        self.dimension, self
                    ),
                )
            )

    def _explain_expected(self):
        if self.metric_id.higher_is_better:
            return self.env._(
                "Enter by how many percent you expect %s to grow: more than 0.",
                self.metric_id.name,
            )
        return self.env._(
            "Less is better for %s: enter by how many percent you expect it to fall,"
            " below 0.",
            self.metric_id.name,
        )

    def _check_end_is_ahead(self):
        """Refuse to decide on what can be looked up already."""
        for decision in self:
            if decision.date_end < decision.company_id._get_sales_today():
                raise UserError(
                    self.env._(
                        "%(decision)s ended on %(day)s, so what came is known already."
                        " Choose an end that is still to come.",
                        decision=decision.name,
                        day=format_date(self.env, decision.date_end),
                    )
                )
