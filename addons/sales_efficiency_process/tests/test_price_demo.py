# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import tagged

from odoo.addons.sales_efficiency_base.tests.demo_common import DemoCase


@tagged("post_install", "-at_install", "sales_efficiency_demo")
class TestPriceDemo(DemoCase):
    """The demo company sells below its floors, in each step of approval."""

    def test_there_are_requests_in_each_step(self):
        requests = self.env["sales.price.request"].search([])
        states = set(requests.mapped("state"))
        self.assertLessEqual({"submitted", "approved", "rejected"}, states)
        waiting = requests.filtered(lambda request: request.state == "submitted")
        kevin = self.env.ref("sales_efficiency_base.user_kevin_demo")
        self.assertIn(kevin, waiting.reviewer_ids)
        self.assertGreater(min(waiting.mapped("depth")), 5)

    def test_most_quotations_are_open(self):
        quotations = self.env["sale.order"].search([("state", "in", ("draft", "sent"))])
        held = quotations._filter_price_held()
        self.assertTrue(held)
        self.assertLess(len(held), len(quotations) / 2)

    def test_products_have_after_sales_terms(self):
        terms = self.env["sales.quotation.term"].search([])
        self.assertTrue(terms.filtered("categ_id"))
        self.assertTrue(terms - terms.filtered("categ_id"))
