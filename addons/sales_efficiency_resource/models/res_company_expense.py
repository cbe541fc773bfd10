# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"  # pylint: disable=consider-merging-classes-inherited

    sales_expense_closed_until = fields.Date(
        string="Last Closed Month of Expenses",
        readonly=True,
        copy=False,
        groups="base.group_user",
        prefetch="sales_settings",
    )

    def write(self, vals):
        res = super().write(vals)
        if not {"fiscalyear_lock_date", "hard_lock_date"}.isdisjoint(vals):
            # sudo: whoever may close the books need not see sales expenses.
            closings = self.env["sales.expense.closing"].sudo()
            branches = self.sudo().search([("id", "child_of", self.ids)])
            for company in branches:
                closings._follow_lock_date(company)
        return res
