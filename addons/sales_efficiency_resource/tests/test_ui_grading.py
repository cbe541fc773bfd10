# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo.tests import HttpCase, tagged

from .grading_common import GradingCommon


@tagged("post_install", "-at_install")
class TestUiGrading(GradingCommon, HttpCase):
    """Grades of customers in the browser."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customers = cls._create_customers()
        cls._create_sales(cls.customers)
        cls.grading = cls._create_grading(window_months=24)

    def test_a_director_previews_and_confirms(self):
        self._give(self.customers[0], self.grade_d, 10, self.today - timedelta(days=60))
        self.start_tour(
            f"/odoo/customer-gradings/{self.grading.id}",
            "sales_grading_of_director",
            login="test_director",
        )
        self.assertEqual(self.grading.run_ids.state, "confirmed")
        self.assertEqual(self.customers[0].sales_grade_id, self.grade_a)

    def test_a_salesperson_reads_why(self):
        self._confirm(self.grading)
        self.start_tour(
            "/odoo/customers-by-grade",
            "sales_grade_of_salesperson",
            login="test_salesperson",
        )

    def test_a_salesperson_asks_for_another_grade(self):
        self._confirm(self.grading)
        self.start_tour(
            "/odoo/grade-overrides",
            "sales_grade_override_of_salesperson",
            login="test_salesperson",
        )
        override = self.env["sales.grade.override"].search(
            [("partner_id", "=", self.customers[2].id)]
        )
        self.assertEqual(override.state, "submitted")
