# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import tagged

from odoo.addons.sales_efficiency_base.tests.demo_common import DemoCase


@tagged("post_install", "-at_install", "sales_efficiency_demo")
class TestSalesFindingDemo(DemoCase):
    """What stands out in the demo company."""

    def test_somebody_looks_after_the_largest_problem(self):
        findings = self.env["sales.finding"].search([("state", "=", "open")])
        self.assertEqual(set(findings.mapped("kind")), {"problem", "opening"})
        problem = findings.filtered(lambda finding: finding.kind == "problem")[0]
        self.assertTrue(problem.owner_id)
        self.assertTrue(problem.note)
        self.assertTrue(problem.explanation)

    def test_product_lines_share_all_sales(self):
        lines = self.env["sales.product.mix"].search([("is_latest", "=", True)])
        self.assertAlmostEqual(sum(lines.mapped("share")), 100, 1)
        self.assertLess(abs(sum(lines.mapped("moved"))), 1)
