# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import HttpCase, tagged

from .common import SalesEfficiencyCommon


@tagged("post_install", "-at_install")
class TestUi(SalesEfficiencyCommon, HttpCase):
    """Each role at work in the browser."""

    def _confirm_orders(self):
        """One order of the salesperson and one of the outsider, in the figures."""
        orders = self._create_order(price=1234)
        orders |= self._create_order(user=self.outsider, price=5678)
        orders.action_confirm()
        self.env["sales.mart"]._rebuild()
        return orders

    def test_director_opens_the_document_of_a_figure(self):
        self._confirm_orders()
        self.start_tour(
            "/odoo/sales-figures", "sales_figures_of_director", login="test_director"
        )

    def test_leader_sees_the_figures_of_the_sub_team(self):
        self._confirm_orders()
        self.start_tour(
            "/odoo/sales-figures", "sales_figures_of_leader", login="test_leader"
        )

    def test_salesperson_sees_own_figures_only(self):
        self._confirm_orders()
        self.start_tour(
            "/odoo/sales-figures",
            "sales_figures_of_salesperson",
            login="test_salesperson",
        )

    def test_salesperson_opens_the_invoice_of_a_figure(self):
        self._confirm_orders()[0]._create_invoices().action_post()
        self.env["sales.mart"]._refresh()
        self.start_tour(
            "/odoo/sales-figures",
            "sales_figures_open_invoice",
            login="test_salesperson",
        )

    def test_salesperson_shares_the_credit_of_an_order(self):
        order = self._create_order()
        self.start_tour(
            f"/odoo/sale.order/{order.id}", "sales_credit", login="test_salesperson"
        )
        self.assertRecordValues(
            order.sales_credit_ids,
            [
                {"user_id": self.salesperson.id, "share": 60},
                {"user_id": self.colleague.id, "share": 40},
            ],
        )

    def test_salesperson_overrides_the_region_of_a_customer(self):
        self.start_tour(
            f"/odoo/res.partner/{self.customer_north.id}",
            "sales_region_of_customer",
            login="test_salesperson",
        )
        self.assertEqual(self.customer_north.sales_region_id, self.region_north)
        self.assertFalse(self.customer_north.sales_region_manual)

    def test_director_imports_the_template_of_the_history(self):
        self.env["res.partner"].create({"name": "Example Customer"})
        self.env["product.category"].create({"name": "Example Product Line"})
        self.salesperson.name = "Example Salesperson"
        self.start_tour(
            "/odoo/sales-history", "sales_history_import", login="test_director"
        )
        line = self.env["sales.history.line"].search([("name", "=", "SO-1001")])
        self.assertRecordValues(
            line,
            [
                {
                    "recorded_as": "sale",
                    "user_id": self.salesperson.id,
                    "quantity": 10,
                    "amount": 12500,
                    "margin": 3100,
                }
            ],
        )

    def test_director_refreshes_the_figures(self):
        self.env["sales.mart"]._rebuild()
        order = self._create_order()
        order.action_confirm()
        self.start_tour(
            "/odoo/sales-data-mart", "sales_mart_refresh", login="test_director"
        )
        facts = self.env["sales.fact"].search([("source", "=", "order")])
        self.assertIn(order.id, facts.mapped("res_id"))
