# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import tagged

from odoo.addons.sales_efficiency_base.tests.demo_common import DemoCase


@tagged("post_install", "-at_install", "sales_efficiency_demo")
class TestSalesGradingDemo(DemoCase):
    """The demo company has graded its customers twice, with moves between."""

    def test_two_runs_with_moves(self):
        runs = self.env["sales.grading.run"].search(
            [("company_id", "=", self.company.id)]
        )
        self.assertEqual(runs.mapped("state"), ["confirmed"] * 2)
        self.assertGreater(runs[0].up_count, 0)
        self.assertGreater(runs[0].down_count, 0)

    def test_customers_in_all_grades(self):
        grades = self.env["sales.grade"]._find_grades(self.company)
        self.assertEqual(grades.mapped("name"), ["A", "B", "C", "D"])
        periods = self.env["sales.customer.grade"].search(
            [("company_id", "=", self.company.id), ("date_to", "=", False)]
        )
        self.assertEqual(periods.grade_id, grades)

    def test_one_override_holds_and_one_waits(self):
        overrides = self.env["sales.grade.override"].search(
            [("company_id", "=", self.company.id)]
        )
        self.assertEqual(set(overrides.mapped("state")), {"approved", "submitted"})
        held = overrides.filtered(lambda o: o.state == "approved")
        customer = held.partner_id.with_company(self.company)
        self.assertEqual(customer.sales_grade_id, held.grade_id)
