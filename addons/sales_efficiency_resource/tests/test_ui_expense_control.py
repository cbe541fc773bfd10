# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields
from odoo.tests import HttpCase, tagged

from .expense_control_common import ExpenseControlCommon


@tagged("post_install", "-at_install")
class TestUiExpenseControl(ExpenseControlCommon, HttpCase):
    """A claim over budget goes its way in the browser (policy 5.3.2)."""

    year = fields.Date.today().year

    def test_a_claim_over_budget_goes_to_the_director_then_to_the_leader(self):
        self._create_rule()
        action = "/odoo/action-sales_efficiency_resource.hr_expense_action"
        self.start_tour(
            f"{action}_my_claims",
            "sales_expense_claim_of_salesperson",
            login="test_salesperson",
        )
        claim = self.env["hr.expense"].search([("name", "=", "Tour Train")])
        self.assertEqual(claim.state, "submitted")
        self.assertEqual(claim.sales_submitted_status, "exceeded")
        self.assertEqual(claim.validation_status, "pending")
        for login, path in (
            ("director", f"{action}_to_approve"),
            ("leader", "/odoo/sales-cockpit"),
        ):
            self.start_tour(
                path, f"sales_expense_claim_of_{login}", login=f"test_{login}"
            )
        self.assertEqual(claim.state, "approved")
        self.assertEqual(claim.validation_status, "validated")
