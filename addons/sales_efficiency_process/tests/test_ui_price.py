# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import HttpCase, tagged

from .price_common import PriceCommon

ACTIONS = "/odoo/action-sales_efficiency_process"


@tagged("post_install", "-at_install")
class TestUiPrice(PriceCommon, HttpCase):
    """A price below the floor goes its way in the browser (policy 3.3.1)."""

    def test_a_price_is_requested_approved_and_confirmed(self):
        self._create_floor()  # 87.50
        order = self._create_quotation(85.0)
        url = f"/odoo/action-sale.action_quotations/{order.id}"
        self.start_tour(url, "sales_price_of_salesperson", login="test_salesperson")
        request = order.price_request_ids
        self.assertEqual(request.state, "submitted")
        self.start_tour(
            f"{ACTIONS}.sales_price_request_action",
            "sales_price_of_leader",
            login="test_leader",
        )
        self.env.invalidate_all()
        self.assertEqual(request.state, "approved")
        self.start_tour(
            url, "sales_price_of_salesperson_approved", login="test_salesperson"
        )
        self.env.invalidate_all()
        self.assertEqual(order.state, "sale")

    def test_a_director_sets_a_floor(self):
        self.start_tour(
            f"{ACTIONS}.sales_price_floor_action",
            "sales_price_floor_of_director",
            login="test_director",
        )
        floor = self.env["sales.price.floor"].search([])
        self.assertRecordValues(
            floor,
            [
                {
                    "basis": "margin",
                    "least_margin": 20.0,
                    "product_tmpl_id": self.product.product_tmpl_id.id,
                }
            ],
        )
