# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models
from odoo.exceptions import UserError


class SalesHonour(models.Model):
    """Has elections approved by people who are not honoured themselves."""

    _inherit = "sales.honour"  # pylint: disable=consider-merging-classes-inherited

    submitted_by_id = fields.Many2one(
        comodel_name="res.users", string="Submitted By", readonly=True, copy=False
    )

    def action_submit(self):
        self.check_access("write")
        self._check_state_is("elected")
        # sudo: users cannot write who has submitted; it is they.
        self.sudo().submitted_by_id = self.env.user
        self._set_state("submitted")
        return self.request_validation()

    def action_approve(self):
        """Approve where no approval rule applies."""
        self.check_access("read")
        for honour in self:
            # sudo: who has submitted is compared only.
            honour._check_approver(honour.sudo().submitted_by_id)
            honour._check_can_decide()
            honour._publish()

    def _after_validation(self):
        self._publish()

    def _after_rejection(self):
        # sudo: reviewers may not write it; that it is their turn has been checked.
        self.sudo().with_context(skip_validation_check=True).state = "elected"

    def _filter_reviewers(self, users):
        """Nobody approves their own honour."""
        return super()._filter_reviewers(users) - self._get_honoured(users.env)

    def _check_can_decide(self):
        if self.env.user in self._get_honoured(self.env):
            raise UserError(
                self.env._("You are honoured yourself. Somebody else approves this.")
            )
        return super()._check_can_decide()

    def _get_honoured(self, env):
        # sudo: only compares people
        winners = self.sudo().nominee_ids.filtered("is_winner")
        return winners.member_ids.with_env(env)

    def _get_tier_validation_readonly_domain(self):
        return "state == 'submitted'"
