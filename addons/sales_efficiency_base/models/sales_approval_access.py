# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from functools import partial

from odoo import models


class SalesApprovalAccess(models.AbstractModel):
    """Keeps approvals from portal and public users.

    ``base_tier_validation`` lets them read all reviews and approval rules, because it
    looks them up whenever a document is written. ``tier.validation`` now does so as
    superuser instead.
    """

    _name = "sales.approval.access"
    _description = "Access to Approvals"

    def _check_access(self, operation):
        if not self.env.user._is_internal():
            access = self.env["ir.model.access"]
            return self, partial(access._make_access_error, self._name, operation)
        return super()._check_access(operation)
