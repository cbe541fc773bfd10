# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models


class HrExpense(models.Model):
    _name = "hr.expense"
    _inherit = ["hr.expense", "sales.approval.mixin"]
    _tier_validation_state_field_is_computed = True
    _state_from = ["draft"]
    _state_to = ["submitted", "approved"]
    _cancel_state = "refused"

    def _get_under_validation_exceptions(self):
        """Allow what sending an expense writes; its state is computed from it."""
        return [
            *super()._get_under_validation_exceptions(),
            "approval_state",
            "approval_date",
            "manager_id",
        ]
