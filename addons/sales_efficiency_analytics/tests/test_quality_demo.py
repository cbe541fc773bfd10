# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import tagged

from odoo.addons.sales_efficiency_base.tests.demo_common import DemoCase


@tagged("post_install", "-at_install", "sales_efficiency_demo")
class TestQualityDemo(DemoCase):
    """The demo company has data issues, and proposals to clean it."""

    def test_amy_finds_what_to_correct(self):
        amy = self.env.ref("sales_efficiency_base.user_amy_demo")
        issues = self.env["sales.data.issue"].with_user(amy).search([])
        self.assertIn("open", issues.mapped("state"))
        to_dos = self.env["mail.activity"].search(
            [("res_model", "=", "sales.data.rule"), ("user_id", "=", amy.id)]
        )
        self.assertTrue(to_dos)
        cleanings = self.env["sales.data.cleaning"].with_user(amy).search([])
        self.assertLessEqual(
            {"name", "email", "phone", "tax_id", "state"},
            set(cleanings.mapped("kind")),
        )

    def test_the_director_sees_a_score_and_duplicates(self):
        grace = self.env.ref("sales_efficiency_base.user_grace_demo")
        scores = self.env["sales.data.score"].with_user(grace)
        [[score]] = scores._read_group([], aggregates=["score:avg"])
        self.assertGreater(score, 50)
        self.assertLess(score, 100)
        issues = self.env["sales.data.issue"].with_user(grace)
        self.assertTrue(issues.search([("state", "=", "accepted")]).note)
        cleanings = self.env["sales.data.cleaning"].with_user(grace)
        self.assertTrue(cleanings.search([("kind", "=", "duplicate")]))
