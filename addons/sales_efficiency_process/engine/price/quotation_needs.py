# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).


class QuotationNeeds:
    """What a quotation lacks of what the company wants in each (policy 3.3.1)."""

    def __init__(self, order):
        self._order = order
        # sudo: the settings concern everybody who sends quotations.
        self._company = order.company_id.sudo()
        self.env = order.env

    def get_missing(self):
        """:return: list of texts, empty if the quotation is complete"""
        return [
            text
            for setting, text, is_there in self._get_needs()
            if self._company[setting] and not is_there()
        ]

    def _get_needs(self):
        order = self._order
        return (
            ("sales_needs_price", self.env._("Price of each line"), self._has_prices),
            (
                "sales_needs_quantity",
                self.env._("Quantity of each line"),
                self._has_quantities,
            ),
            (
                "sales_needs_delivery_date",
                self.env._("Delivery date"),
                lambda: bool(order.commitment_date),
            ),
            (
                "sales_needs_payment_term",
                self.env._("Payment terms"),
                lambda: bool(order.payment_term_id),
            ),
            (
                "sales_needs_after_sales",
                self.env._("After-sales terms"),
                order._has_after_sales_terms,
            ),
            (
                "sales_needs_validity",
                self.env._("Expiration"),
                lambda: bool(order.validity_date),
            ),
        )

    def _get_lines(self):
        """:return: the lines that sell something; items of a combo have its price"""
        return self._order.order_line.filtered(
            lambda line: not line.display_type
            and not line.is_downpayment
            and line.product_type != "combo"
        )

    def _has_prices(self):
        lines = self._get_lines()
        return bool(lines) and all(line.price_unit for line in lines)

    def _has_quantities(self):
        lines = self._get_lines()
        return bool(lines) and all(
            line.product_uom_qty or line._is_line_optional() for line in lines
        )
