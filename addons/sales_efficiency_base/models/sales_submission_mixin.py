# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models
from odoo.exceptions import UserError


class SalesSubmissionMixin(models.AbstractModel):
    """A document that somebody submits and others approve: the reviewers of the
    approval rules or, where no rule applies, a sales director by a button.

    It waits for approval in the state ``submitted``.
    """

    _name = "sales.submission.mixin"
    _inherit = ["sales.state.mixin", "sales.approval.mixin"]
    _description = "Submitted Document"

    submitted_by_id = fields.Many2one(
        comodel_name="res.users", string="Submitted By", readonly=True, copy=False
    )

    def action_approve(self):
        """Approve where no approval rule applies."""
        self.check_access("read")
        for document in self:
            # sudo: whoever decides need not read who has submitted.
            document._check_approver(document.sudo().submitted_by_id)
            document._check_can_decide()
            document._check_no_reviews()
            document._approve()

    def _submit(self):
        """Send what the calling action has checked to those who approve it."""
        # sudo: users cannot write who has submitted; it is they.
        self.sudo().submitted_by_id = self.env.user
        self._set_state("submitted")
        return self._request_approval()

    def _after_validation(self):
        self._approve()

    def _approve(self):
        """Put into force what was submitted."""
        self._check_state_is("submitted")
        # sudo: who may approve has been checked. The reviewed content stays.
        document = self.sudo().with_context(skip_validation_check=True)
        document.state = self._state_to[0]

    def _check_is_draft(self):
        """:raise UserError: if the content was submitted or approved"""
        for document in self:
            if document.state != "draft" and not self.env.su:
                raise UserError(
                    self.env._(
                        "%s was submitted. Take it back to draft to change it.",
                        document.display_name,
                    )
                )
