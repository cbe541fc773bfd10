# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models
from odoo.exceptions import UserError


class SalesIncentiveAdjustment(models.Model):
    """Has adjustments approved by people whom they do not pay."""

    _inherit = "sales.incentive.adjustment"  # pylint: disable=consider-merging-classes-inherited

    submitted_by_id = fields.Many2one(
        comodel_name="res.users", string="Submitted By", readonly=True, copy=False
    )
    approved_by_id = fields.Many2one(
        comodel_name="res.users", string="Approved By", readonly=True, copy=False
    )
    approved_at = fields.Datetime(string="Approved On", readonly=True, copy=False)

    def action_submit(self):
        """Send it to those who approve it."""
        self.check_access("write")
        self._check_state_is("draft")
        self._check_is_not_paid()
        self._check_month_is_open()
        # sudo: users cannot write who has submitted; it is they.
        self.sudo().submitted_by_id = self.env.user
        self._set_state("submitted")
        return self._request_approval()

    def action_approve(self):
        """Approve where no approval rule applies."""
        if not self._is_director():
            raise UserError(self.env._("Only a sales director can approve this."))
        self.check_access("read")
        for adjustment in self:
            adjustment._check_no_reviews()
            adjustment._approve()

    def _check_can_decide(self):
        self._check_can_approve()
        return super()._check_can_decide()

    def _after_validation(self):
        self._approve()

    def _after_rejection(self):
        # Rejecting does not change the reviewed content.
        # sudo: reviewers may not write it; that it is their turn has been checked.
        rejected = self.sudo().with_context(skip_validation_check=True)
        rejected.state = "rejected"

    def _approve(self):
        """Have it booked in its month, or in the first one after it that is open."""
        self._check_state_is("submitted")
        self._check_can_approve()
        self._move_to_open_month()
        # sudo: approvers may not write it; who may approve has been checked.
        self.sudo().write(
            {
                "state": "approved",
                "approved_by_id": self.env.uid,
                "approved_at": fields.Datetime.now(),
            }
        )
        # sudo: whoever decides need not see all terms of the assignment.
        self.env["sales.incentive.change"]._note_assignments(self.sudo().assignment_id)

    def _move_to_open_month(self):
        # sudo: as in _approve. The month is not what was reviewed.
        moved = self.sudo().with_context(skip_validation_check=True)
        period = moved.period_id._find_open()
        if period != moved.period_id:
            moved.period_id = period

    def _filter_reviewers(self, users):
        """Nobody approves what pays them, or what they have asked for."""
        adjustment = self.sudo()  # sudo: only compares people
        users = super()._filter_reviewers(users) - adjustment.create_uid
        return users - adjustment.submitted_by_id

    def _get_requester(self):
        return self.sudo().submitted_by_id  # sudo: only compares a person

    def _check_can_approve(self):
        self._check_is_not_paid()
        adjustments = self.sudo()  # sudo: only compares people
        if self.env.user in adjustments.create_uid | adjustments.submitted_by_id:
            raise UserError(
                self.env._(
                    "You asked for this yourself. Another sales director must approve"
                    " it."
                )
            )

    def _explain_no_reviewers(self, reviews):
        return self.env._(
            "Nobody can approve %s: it pays all who could, or they have asked for it."
            " Change the approval rule, or give the role to somebody else.",
            self.display_name,
        )
