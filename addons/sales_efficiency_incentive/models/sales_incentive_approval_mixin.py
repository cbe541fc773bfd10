# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models
from odoo.exceptions import UserError


class SalesIncentiveApprovalMixin(models.AbstractModel):
    """Approval of what pays people: nobody decides on their own pay."""

    _name = "sales.incentive.approval.mixin"
    _inherit = ["sales.incentive.confidential.mixin", "sales.approval.mixin"]
    _description = "Approval of Pay"

    def _get_paid_users(self):
        """:return: the users whom the document pays, whoever may see it"""
        raise NotImplementedError

    def _get_requester(self):
        """:return: the user who has asked for the approval"""
        raise NotImplementedError

    def _filter_reviewers(self, users):
        """Nobody approves what pays them."""
        return super()._filter_reviewers(users) - self._get_paid_users()

    def _check_can_decide(self):
        self._check_is_not_paid()
        return super()._check_can_decide()

    def _check_can_approve_alone(self):
        """:raise UserError: if the user cannot approve where no rule applies"""
        for document in self:
            document._check_approver(document._get_requester())
        self.check_access("read")
        self._check_is_not_paid()

    def _check_is_not_paid(self):
        """:raise UserError: if the user is paid by the document"""
        for document in self:
            if self.env.user in document._get_paid_users():
                raise UserError(
                    self.env._(
                        "%s pays you. Somebody else has to approve it.",
                        document.display_name,
                    )
                )

    def _check_has_reviewers(self):
        """:raise UserError: if an approval rule names only people who are paid"""
        for document in self:
            # sudo: only whether there is somebody.
            stuck = document.sudo().review_ids.filtered(lambda r: not r.reviewer_ids)
            if stuck:
                raise UserError(
                    self.env._(
                        "Nobody can approve %(document)s: %(rules)s. It pays all who"
                        " could. Change the approval rule, or give the role to somebody"
                        " whom it does not pay.",
                        document=document.display_name,
                        rules=", ".join(stuck.mapped("name")),
                    )
                )
