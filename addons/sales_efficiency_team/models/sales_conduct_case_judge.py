# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError

from .sales_conduct_case_draft import DRAFTED


class SalesConductCase(models.Model):
    """Who decides on a case: nobody on their own, or on what they have reported."""

    _inherit = "sales.conduct.case"  # pylint: disable=consider-merging-classes-inherited

    def _get_reporters(self):
        # sudo: only compares people
        return self.sudo().report_ids.reporter_id.with_env(self.env)

    def _get_decider(self):
        """:return: who has decided, whether the person has been told or not"""
        return self._get_draft().decided_by_id.with_env(self.env)

    def _get_judges(self):
        """:return: the superiors who can decide, the nearest first; HR managers for
        whom nobody is above"""
        self.ensure_one()
        superiors = (
            self.user_id._get_sales_superiors(self.company_id)
            or self._get_hr_managers()
        )
        return (superiors - self._get_reporters()).filtered(
            lambda user: self.with_user(user).has_access("write")
        )

    def _get_appeal_judges(self):
        """:return: the superiors who have not decided yet, or else HR managers"""
        everybody = self._get_judges() | self._get_hr_managers()
        return everybody - self._get_decider() - self.user_id - self._get_reporters()

    def _get_hr_managers(self):
        return self.company_id._get_hr_managers() - self.user_id

    def _filter_reviewers(self, users):
        """Nobody approves their own case, report or decision."""
        decider = self._get_decider().with_env(users.env)
        reporters = self._get_reporters().with_env(users.env)
        users = super()._filter_reviewers(users)
        return users - self.user_id.with_env(users.env) - decider - reporters

    def _check_can_decide(self):
        involved = self.user_id | self._get_decider() | self._get_reporters()
        if self.env.user in involved:
            raise UserError(
                self.env._(
                    "You take part in this case. Somebody else has to approve it."
                )
            )
        return super()._check_can_decide()

    def _explain_no_reviewers(self, reviews):
        return self.env._(
            "Nobody can approve this: all who could take part in the case. Change the"
            " approval rule, or give the role to somebody else."
        )

    def _check_may_decide(self):
        for case in self:
            if self.env.user not in case._get_judges():
                raise UserError(
                    self.env._(
                        "Only a superior of the person who has not reported it decides"
                        " this case."
                    )
                )

    def _check_may_decide_appeal(self):
        if self.env.user not in self._get_appeal_judges():
            raise UserError(
                self.env._("Who has decided on a case does not decide on its appeal.")
            )

    def _check_may_enter(self, names):
        """:raise UserError: if the user does not decide, or not now"""
        for name in names:
            self._check_state_is(DRAFTED[name].state)
        if self.state == "appealed":
            self._check_may_decide_appeal()
        else:
            self._check_may_decide()

    def _check_is_complete(self):
        today = self.company_id._get_sales_today()
        if not self.answered_at and today <= self.hearing_deadline:
            raise UserError(
                self.env._(
                    "%(person)s can be heard until %(day)s. Decide afterwards, or once"
                    " the statement is there.",
                    person=self.user_id.name,
                    day=fields.Date.to_string(self.hearing_deadline),
                )
            )
        draft = self._get_draft()
        if not (draft.decision and (draft.reason or "").strip()):
            raise UserError(self.env._("Decide, and say why: the person reads it."))

    def _check_appeal_is_complete(self):
        draft = self._get_draft()
        if not (draft.appeal_decision and (draft.appeal_answer or "").strip()):
            raise UserError(self.env._("Decide on the appeal, and say why."))

    def _get_tier_validation_readonly_domain(self):
        return "state == 'proposed'"

    @api.model
    def _is_director(self):
        return self.env.user.has_group("sales_efficiency_base.group_sales_director")
