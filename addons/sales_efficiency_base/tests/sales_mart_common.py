# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import Command
from odoo.fields import Domain

from odoo.addons.sale.tests.common import TestSaleCommon

from ..engine import FactDifferences


class SalesMartCommon(TestSaleCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.user.group_ids += cls.env.ref(
            "sales_efficiency_base.group_sales_director"
        )
        cls.mart = cls.env["sales.mart"]
        cls.company = cls.env.company
        cls.company.sales_tz = "UTC"
        cls.line_a, cls.line_b = cls.env["product.category"].create(
            [{"name": "Line A"}, {"name": "Line B"}]
        )
        cls.product_a.write(
            {
                "categ_id": cls.line_a.id,
                "standard_price": 30,
                "taxes_id": [Command.clear()],
                "invoice_policy": "order",
            }
        )
        cls.product_b.write(
            {
                "categ_id": cls.line_b.id,
                "standard_price": 10,
                "taxes_id": [Command.clear()],
                "invoice_policy": "order",
            }
        )
        cls.seller = cls.company_data["default_user_salesman"]
        cls.colleague = cls.seller.copy({"name": "Colleague", "login": "colleague"})
        cls.mart._rebuild()

    def _order(self, *lines, **values):
        """Create an order with lines given as (product, quantity, price)."""
        return self.env["sale.order"].create(
            {
                "partner_id": self.partner_a.id,
                "user_id": self.seller.id,
                "order_line": [
                    Command.create(
                        {
                            "product_id": product.id,
                            "product_uom_qty": quantity,
                            "price_unit": price,
                            "tax_ids": [Command.clear()],
                        }
                    )
                    for product, quantity, price in lines
                ],
                **values,
            }
        )

    def _invoice(self, order):
        invoice = order._create_invoices()
        invoice.action_post()
        return invoice

    def _pay(self, invoice, amount, **values):
        wizard = (
            self.env["account.payment.register"]
            .with_context(active_model="account.move", active_ids=invoice.ids)
            .create({"amount": amount, **values})
        )
        return wizard._create_payments()

    def _facts(self, *documents):
        """Refresh the mart and return the facts of the documents."""
        self.mart._refresh()
        facts, models = self.env["sales.fact"], {}
        for code, model in facts._get_document_models().items():
            models.setdefault(model, []).append(code)
        domain = Domain.OR(
            Domain("source", "in", models[document._name])
            & Domain("res_id", "=", document.id)
            for document in documents
        )
        return facts.search(domain, order="source, line_id, credit_id")

    def _opportunity_facts(self, *leads):
        """Leave out that they are leads as well."""
        facts = self._facts(*leads)
        return facts.filtered(lambda fact: fact.source == "opportunity")

    def _source(self, code):
        return self.env[f"sales.fact.source.{code}"]

    def assertExact(self):
        """Assert that facts and cells match the documents."""
        self.mart._refresh()
        for source in self.env["sales.fact"]._get_sources():
            wrong = self.env.execute_query(FactDifferences(source).select())
            self.assertFalse(wrong, source._code)
        self.assertFalse(self.mart._repair_cells(), "cells are not sums of facts")
