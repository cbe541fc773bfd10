# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import HttpCase, tagged

from .common import SalesEfficiencyCommon


@tagged("post_install", "-at_install")
class TestUi(SalesEfficiencyCommon, HttpCase):
    """Each role in the browser."""

    def _confirm_orders(self):
        """Confirm orders of salesperson and outsider, and add them to the figures."""
        orders = self._create_order(price=1234)
        orders |= self._create_order(user=self.outsider, price=5678)
        orders.action_confirm()
        self.env["sales.mart"]._rebuild()
        return orders

    def test_each_role_opens_the_documents_of_its_figures(self):
        self._confirm_orders()[0]._create_invoices().action_post()
        self.env["sales.mart"]._refresh()
        for role, tour in (
            ("director", "sales_figures_of_director"),
            ("leader", "sales_figures_of_leader"),
            ("salesperson", "sales_figures_of_salesperson"),
            ("salesperson", "sales_figures_open_invoice"),
        ):
            self.start_tour("/odoo/sales-figures", tour, login=f"test_{role}")

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

    def test_director_defines_a_metric(self):
        self._create_order(quantity=7).action_confirm()
        self.env["sales.mart"]._rebuild()
        self.start_tour(
            "/odoo/action-sales_efficiency_base.sales_metric_action/new",
            "sales_metric_define",
            login="test_director",
        )
        metric = self.env["sales.metric"].search([("name", "=", "Sold Pieces")])
        self.assertRecordValues(metric, [{"kind": "sum", "unit": "quantity"}])

    def test_each_role_is_shown_around_by_a_tour_of_its_own(self):
        support = self._create_support(self.team_field)
        users = self.director + self.leader + support + self.salesperson
        users.tour_enabled = True
        for user in users:
            role = user.login.removeprefix("test_")
            tours = self.env["web_tour.tour"].with_user(user)
            tour = tours.get_current_tour()
            self.assertEqual(tour["name"], f"sales_efficiency_{role}")
            self.assertEqual(len(tours.search([("sales_role_id", "!=", False)])), 1)
        users.tour_enabled = False
        for user in users:
            role = user.login.removeprefix("test_")
            self.start_tour("/odoo", f"sales_efficiency_{role}", login=user.login)

    def test_director_does_the_first_steps(self):
        self.env["sales.region"].search([]).active = False
        self.director.tz = "Asia/Taipei"
        self.start_tour(
            "/odoo/sales-cockpit", "sales_first_steps", login="test_director"
        )
        regions = self.env["sales.region"].search([])
        self.assertTrue(regions.filtered("country_ids"))
