# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models
from odoo.exceptions import UserError


class SalesCareerMove(models.Model):
    """The approval of moves: nobody approves their own, and none without reviewers."""

    _inherit = "sales.career.move"  # pylint: disable=consider-merging-classes-inherited

    def action_submit(self):
        """Send it to those who approve it."""
        self.check_access("write")
        self._check_state_is("draft")
        for move in self:
            move._check_can_happen()
        return self._submit()

    def _after_rejection(self):
        # sudo: reviewers may not write it; that it is their turn has been checked.
        self.sudo().with_context(skip_validation_check=True).state = "rejected"

    def _approve(self):
        """Accept it, and have whoever proposed it tell the person."""
        self._check_state_is("submitted")
        # sudo: who may approve has been checked. The reviewed content stays.
        move = self.sudo().with_context(skip_validation_check=True)
        move.state = "approved"
        teller = move.submitted_by_id
        env = move.with_context(lang=teller.lang).env
        move._ask(teller, env._("Tell %s about the approved move", move.user_id.name))
        if move.date <= move.company_id._get_sales_today():
            self.env.ref("sales_efficiency_team.ir_cron_career_moves")._trigger()

    def _filter_reviewers(self, users):
        """Nobody approves their own move."""
        return super()._filter_reviewers(users) - self.user_id.with_env(users.env)

    def _check_can_decide(self):
        if self.env.user in self.user_id:
            raise UserError(self.env._("Nobody approves their own move."))
        return super()._check_can_decide()

    def _get_tier_validation_readonly_domain(self):
        return "state != 'draft'"
