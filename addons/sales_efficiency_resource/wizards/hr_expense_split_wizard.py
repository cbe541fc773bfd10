# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models

from ..models.hr_expense_submission import SPLIT


class HrExpenseSplitWizard(models.TransientModel):
    _inherit = "hr.expense.split.wizard"

    def action_split_expense(self):
        """Check the parts of a submitted claim together: half way they would cost more
        than before, and lack their receipts."""
        claim, data = self.expense_id, self.env.cr.precommit.data
        was, total = claim._get_sent(), claim.total_amount_currency
        before, employee = self._get_parts(), claim.employee_id
        self._align_lines()
        data[SPLIT] = True
        try:
            action = super().action_split_expense()
            self.env.flush_all()
        finally:
            data.pop(SPLIT, None)
        parts = self._get_parts() - before
        if claim.approval_state and claim.employee_id == employee:
            same = parts.filtered(lambda part: part.employee_id == employee) - claim
            # sudo: what a claim counts for is not chosen by whoever splits it.
            same.sudo()._copy_sales_place(claim)
        claim._check_split(parts | claim, total, was)
        return action

    def _align_lines(self):
        """A part has got no further than the claim: everybody may write the lines."""
        claim = self.expense_id
        # sudo: these are readonly
        self.expense_split_line_ids.sudo().write(
            {
                "approval_date": claim.approval_date,
                "approval_state": claim.approval_state,
                "expense_id": claim.id,
                "manager_id": claim.manager_id.id,
            }
        )

    def _get_parts(self):
        origin = self.expense_id.split_expense_origin_id or self.expense_id
        return self.expense_id.search([("split_expense_origin_id", "=", origin.id)])
