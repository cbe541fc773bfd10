# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import tagged

from odoo.addons.sales_efficiency_base.tests.demo_common import DemoCase


@tagged("post_install", "-at_install", "sales_efficiency_demo")
class TestStudyDemo(DemoCase):
    """The demo company has asked a question by each method."""

    def test_each_method_has_an_answer(self):
        studies = self.env["sales.study"].search([("company_id", "=", self.company.id)])
        methods = {value for value, _label in studies._fields["method"].selection}
        self.assertEqual(set(studies.mapped("method")), methods)
        for study in studies:
            with self.subTest(study.name):
                self.assertEqual(study.state, "done", study.error or study.headline)
                self.assertTrue(study.charts)

    def test_a_leader_shares_with_the_team(self):
        amy = self.env.ref("sales_efficiency_base.user_amy_demo")
        shared = (
            self.env["sales.study"]
            .with_user(amy)
            .search([("is_shared_with_me", "=", True)])
        )
        self.assertTrue(shared.filtered("headline"))
