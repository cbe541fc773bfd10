# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import tagged

from odoo.addons.sales_efficiency_base.tests.demo_common import DemoCase


@tagged("post_install", "-at_install", "sales_efficiency_demo")
class TestExportDemo(DemoCase):
    """The director of the demo company finds an export of its figures."""

    def test_the_director_has_an_export(self):
        director = self.env.ref("sales_efficiency_base.user_grace_demo")
        export = self.env["sales.mart.export"].with_user(director).search([])
        self.assertEqual(export.company_id, director.company_id)
        self.assertIn(export.state, ("queued", "running", "done"))
