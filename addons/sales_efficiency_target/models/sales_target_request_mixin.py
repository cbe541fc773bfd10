# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError


class SalesTargetRequestMixin(models.AbstractModel):
    """A request to change figures of a running plan: drafted, requested, and decided by
    somebody else. What was sent is frozen.

    A model names its content in ``_request_fields``, and puts it into effect in
    ``_apply``.
    """

    _name = "sales.target.request.mixin"
    _inherit = "sales.approval.mixin"
    _description = "Request to Change Targets"
    _state_from = ["requested"]
    _state_to = ["approved"]
    _cancel_state = "cancelled"
    _request_fields = frozenset()

    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Requested By",
        required=True,
        readonly=True,
        copy=False,
        index=True,
        default=lambda self: self.env.user,
    )
    state = fields.Selection(
        selection=[
            ("draft", "Draft"),
            ("requested", "Requested"),
            ("approved", "Approved"),
            ("refused", "Refused"),
            ("cancelled", "Cancelled"),
        ],
        string="Status",
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        index=True,
        tracking=True,
    )

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    def write(self, vals):
        if not self._request_fields.isdisjoint(vals):
            self._check_is_draft()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_requested(self):
        if any(request.state != "draft" for request in self):
            raise UserError(
                self.env._(
                    "A request that has been sent cannot be deleted. Cancel it instead."
                )
            )

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_approve(self):
        """Approve where no approval rule applies."""
        for request in self:
            request._check_approver(request.user_id)
            request._check_is_requested()
            request._check_no_reviews()
            request._apply()

    def action_cancel(self):
        self.check_access("write")
        if any(request.state not in ("draft", "requested") for request in self):
            raise UserError(self.env._("Decided requests cannot change."))
        self._set_state("cancelled")

    # ------------------------------------------------------------------
    # Approval
    # ------------------------------------------------------------------

    def _request(self):
        """Send what the calling action has checked for approval."""
        self._take_over()
        self._set_state("requested")
        return self._request_approval()

    def _take_over(self):
        """Whoever sends a request stands for what is in it: somebody else decides."""
        if not self.env.su:
            others = self.filtered(lambda request: request.user_id != self.env.user)
            # sudo: users cannot write the requester.
            others.sudo().user_id = self.env.user

    def _after_validation(self):
        self._apply()

    def _after_rejection(self):
        # Refusing the request does not change its reviewed content.
        self.with_context(skip_validation_check=True)._set_state("refused")

    def _apply(self):
        """Put what was approved into effect."""
        raise NotImplementedError

    def _set_state(self, state):
        # sudo: users cannot write the status; the actions check their rights.
        self.sudo().state = state

    def _check_is_draft(self):
        if any(request.state != "draft" for request in self):
            raise UserError(
                self.env._(
                    "A request that has been sent cannot change. Create a new one."
                )
            )

    def _check_is_requested(self):
        if self.state != "requested":
            raise UserError(
                self.env._("This request has already been decided. Reload the page.")
            )
