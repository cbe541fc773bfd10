# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import Command

from odoo.addons.sales_efficiency_base.tests.common import SalesEfficiencyCommon


class PriceCommon(SalesEfficiencyCommon):
    """A product that sells for 100.00 and costs 70.00, and floors for it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["sales.price.floor"].search([]).unlink()
        cls.product.standard_price = 70.0
        cls.other = cls.env["product.product"].create(
            {
                "name": "Test Others",
                "list_price": 100.0,
                "standard_price": 70.0,
                "categ_id": cls.category.id,
                "taxes_id": [],
            }
        )
        cls.company.write(
            {
                "sales_quotation_check": "off",
                "sales_limit_person": 0,
                "sales_limit_leader": 5,
                "sales_limit_director": 15,
            }
        )
        cls.leader.email = "leader@example.com"
        cls.customer_north.email = "north@example.com"

    @classmethod
    def _create_floor(cls, basis="margin", **values):
        """Create a floor, by default a margin of 20 %: 87.50 for a cost of 70.00."""
        limits = {"margin": {"least_margin": 20.0}}.get(basis, {})
        return cls.env["sales.price.floor"].create(
            {
                "company_id": cls.company.id,
                "basis": basis,
                "date_from": False,
                **limits,
                **values,
            }
        )

    @classmethod
    def _create_quotation(cls, *prices, user=None, **values):
        """Create a quotation of Test Salesperson with one line for each price."""
        return cls.env["sale.order"].create(
            {
                "partner_id": cls.customer_north.id,
                "user_id": (user or cls.salesperson).id,
                "team_id": cls.team_field.id,
                "order_line": [cls._line(price) for price in prices],
                **values,
            }
        )

    @classmethod
    def _line(cls, price, product=None, **values):
        return Command.create(
            {
                "product_id": (product or cls.product).id,
                "product_uom_qty": 1,
                "price_unit": price,
                "tax_ids": [],
                **values,
            }
        )

    def _get_below(self, orders):
        """:return: list of the prices of the lines that need approval"""
        shortfalls = orders._get_shortfalls()
        return [
            round(check.amount / check.quantity / (order.currency_rate or 1), 4)
            for order in orders
            for check in shortfalls.get(order, ())
        ]

    def _request(self, order, reason="A shelf against the competitor", user=None):
        """Request approval as the salesperson."""
        order = order.with_user(user or self.salesperson)
        action = order.action_request_price()
        request = order.env["sales.price.request"].browse(action["res_id"])
        request.reason = reason
        request.action_submit()
        return request

    def _approve(self, request, *users):
        for user in users or [self.leader]:
            self.env.flush_all()
            self.env.invalidate_all()
            request.with_user(user)._validate_tier()
        self.env.invalidate_all()
        return request
