# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models
from odoo.exceptions import UserError

# Those who prepare, approve and pay
CONCERNED = (
    "sales_efficiency_incentive.group_incentive_officer,"
    "sales_efficiency_base.group_sales_director,hr.group_hr_manager,"
    "account.group_account_user,account.group_account_manager"
)


class SalesIncentiveApprovalMixin(models.AbstractModel):
    """Approval of what pays people: nobody decides on their own pay, and what is
    written about it is for those who prepare, approve and pay it.

    People read their months, terms and adjustments, but neither messages nor to-dos,
    attachments or reviews of these: they may tell what others get.
    """

    _name = "sales.incentive.approval.mixin"
    _inherit = "sales.approval.mixin"
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

    def _explain_no_reviewers(self, reviews):
        return self.env._(
            "Nobody can approve %(document)s: %(rules)s. It pays all who could. Change"
            " the approval rule, or give the role to somebody whom it does not pay.",
            document=self.display_name,
            rules=", ".join(reviews.mapped("name")),
        )

    # ------------------------------------------------------------------
    # What is written about pay
    # ------------------------------------------------------------------

    def _mail_get_operation_for_mail_message_operation(self, message_operation):
        if self.env.user.has_groups(CONCERNED):
            return super()._mail_get_operation_for_mail_message_operation(
                message_operation
            )
        return dict.fromkeys(self, "write")

    @api.model
    def _get_closed_model_names(self):
        """:return: names of the models of which the user reads but the records"""
        if self.env.su or self.env.user.has_groups(CONCERNED):
            return []
        return self._get_confidential_model_names()

    @api.model
    def _get_confidential_model_names(self):
        names = self.pool.descendants([self._name], "_inherit")
        return sorted(name for name in names if not self.pool[name]._abstract)
