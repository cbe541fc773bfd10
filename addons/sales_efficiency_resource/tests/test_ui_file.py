# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import HttpCase, tagged

from .file_common import FileCommon


@tagged("post_install", "-at_install")
class TestUiFile(FileCommon, HttpCase):
    """Customer files in the browser."""

    def test_a_salesperson_fills_a_file(self):
        self.start_tour(
            "/odoo/action-sales_efficiency_resource.res_partner_action_customers",
            "sales_file_of_salesperson",
            login="test_salesperson",
        )
        self.assertEqual(self.customer_north.sales_potential_amount, 5000)
        self.assertEqual(self.customer_north.phone, "+886 2 2469 4407")
        self.assertEqual(
            self.customer_north.sales_stakeholder_ids.contact_id, self.north_contact
        )

    def test_a_leader_finds_a_duplicate_and_merges_it(self):
        self.customer_south.write({"user_id": False, "name": "Customer North Ltd."})
        self.start_tour(
            "/odoo/action-sales_efficiency_resource.sales_customer_duplicate_action_find",
            "sales_duplicate_of_leader",
            login="test_leader",
        )
        both = self.customer_north | self.customer_south
        self.assertEqual(len(both.exists()), 1)
