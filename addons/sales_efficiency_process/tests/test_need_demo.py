# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import tagged

from odoo.addons.sales_efficiency_base.tests.demo_common import DemoCase


@tagged("post_install", "-at_install", "sales_efficiency_demo")
class TestNeedDemo(DemoCase):
    """The demo company knows what its customers need, and proposes something."""

    def test_needs_are_graded_but_one(self):
        needs = self.env["sales.need"].search([("kind", "=", "particular")])
        self.assertEqual(set(needs.mapped("is_graded")), {True, False}, "graded or not")
        self.assertTrue(needs.filtered("is_incomplete"))

    def test_a_solution_in_two_versions_is_quoted(self):
        solutions = self.env["sales.solution"].search([], order="version")
        self.assertEqual(solutions.mapped("version"), [1, 2])
        self.assertEqual(solutions.mapped("state"), ["replaced", "presented"])
        self.assertTrue(solutions[1].pays_back)
        self.assertTrue(solutions[1].order_ids)

    def test_people_report_to_each_other(self):
        people = self.env["sales.stakeholder"].search([("superior_id", "!=", False)])
        self.assertGreater(len(people), 2)

    def test_a_buying_process_is_under_way(self):
        steps = self.env["sales.buying.step"].search([("lead_id", "!=", False)])
        self.assertEqual(set(map(bool, steps.mapped("date_done"))), {True, False})
