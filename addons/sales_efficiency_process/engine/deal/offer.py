# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import json
from hashlib import sha256

from odoo.fields import Command


class OfferContent:
    """What a quotation offers at this moment: its terms and lines.

    :param order: quotation, readable
    """

    def __init__(self, order):
        self._order = order

    def get_digest(self):
        """:return: a text that is the same only for the same offer"""
        lines = [
            # Names of taxes depend on the language of the user.
            self._prepare_line(line) | {"taxes": sorted(line.tax_ids._origin.ids)}
            for line in self._lines
        ]
        content = [self._prepare_terms(), lines]
        text = json.dumps(content, default=str, sort_keys=True)
        return sha256(text.encode()).hexdigest()

    def prepare_version(self):
        """:return: values of a kept version"""
        order = self._order
        return {
            **self._prepare_terms(),
            "order_id": order.id,
            "digest": self.get_digest(),
            "currency_rate": order.currency_rate or 1.0,
            "line_ids": [
                Command.create(self._prepare_line(line) | {"sequence": number})
                for number, line in enumerate(self._lines)
            ],
        }

    @property
    def _lines(self):
        return self._order.order_line

    def _prepare_terms(self):
        order = self._order
        return {
            "partner_id": order.partner_id._origin.id,
            "currency_id": order.currency_id._origin.id,
            "payment_term_id": order.payment_term_id._origin.id,
            "validity_date": order.validity_date,
            "commitment_date": order.commitment_date,
            "amount_untaxed": self._round(order.amount_untaxed),
            "amount_total": self._round(order.amount_total),
        }

    def _prepare_line(self, line):
        product = line.product_id
        quantity = line.product_uom_qty
        if product and line.product_uom_id:
            quantity = line.product_uom_id._compute_quantity(
                quantity, product.uom_id, round=False, raise_if_failure=False
            )
        return {
            "product_id": product._origin.id,
            "name": line.name or "",
            "display_type": line.display_type,
            "quantity": self._round(line.product_uom_qty),
            "product_quantity": self._round(quantity),
            "uom_id": line.product_uom_id._origin.id,
            "price_unit": self._round(line.price_unit),
            "discount": self._round(line.discount),
            "taxes": ", ".join(sorted(filter(None, line.tax_ids.mapped("name")))),
            "subtotal": self._round(line.price_subtotal),
        }

    @staticmethod
    def _round(value):
        """Forget the noise of binary fractions."""
        return round(value or 0.0, 6)
