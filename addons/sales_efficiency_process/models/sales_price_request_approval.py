# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models
from odoo.exceptions import UserError

from ..engine.price import PriceEffect


class SalesPriceRequest(models.Model):
    """The approval of price requests, in tiers by how far below the floor."""

    _inherit = "sales.price.request"  # pylint: disable=consider-merging-classes-inherited

    def action_submit(self):
        """Send it to those who approve it, with the prices as they are now."""
        self.check_access("write")
        self._check_state_is("draft")
        self._check_order_is_open()
        for request in self:
            request._check_content()
        self._take_prices()
        # sudo: users cannot write when it was sent; it is now.
        self.sudo().write({"submitted_on": fields.Datetime.now(), "decided_on": False})
        return self._submit()

    def action_draft(self):
        """Take it back to change it. It is approved anew."""
        for request in self:
            if request.state != "rejected":
                request._check_state_is("submitted")
        self._set_state("draft")

    def action_cancel(self):
        for request in self:
            if request.state != "draft":
                request._check_state_is("submitted")
        self._set_state("draft")  # which ends the approval
        self._set_state("cancelled")

    def _check_content(self):
        self.ensure_one()
        if not (self.reason or "").strip():
            raise UserError(
                self.env._("Say why %s may cost less.", self.order_id.display_name)
            )
        if not PriceEffect(self.order_id).is_below:
            raise UserError(
                self.env._(
                    "No price of %s is below its floor. There is nothing to approve.",
                    self.order_id.display_name,
                )
            )

    def _check_can_decide(self):
        self._check_order_is_open()

    def _tell_requester(self):
        # sudo: who decides may not write it; that it is their turn has been checked.
        decided = self.sudo().with_context(skip_validation_check=True)
        decided.decided_on = fields.Datetime.now()
        return super()._tell_requester()

    def _describe_decision(self):
        self.ensure_one()
        if self.state == "approved":
            return self.env._("The prices of %s are approved.", self.order_id.name)
        return self.env._("The prices of %s are rejected.", self.order_id.name)
