# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import Command

from .price_gate import PriceGate


class PriceEffect:
    """What the prices of a quotation do to its margin, compared with those at the floor
    (policy 3.3.1)."""

    def __init__(self, order):
        # sudo: costs and floors are the same for whoever asks.
        self._order = order.sudo()
        self.env = order.env
        self._checks = PriceGate(self.env).check(self._order)
        self._below = [check for check in self._checks if check.is_below]
        self._sold = [check for check in self._checks if not check.is_offered]

    @property
    def is_below(self):
        return bool(self._below)

    def get_depth(self):
        """:return: by how many percent the furthest line is below its floor"""
        return max((check.shortfall for check in self._below), default=0.0)

    def prepare_request(self):
        """Return what a price request keeps of the quotation, as it is now.

        Amounts of lines stay in the currency of the order, in which they are agreed;
        those of the whole are in company currency.
        """
        rate = self._checks[0].rate if self._checks else 1.0
        given = sum(c.floor_amount - c.amount for c in self._sold if c.is_below)
        known = [check for check in self._sold if self._knows_cost(check)]
        amount = sum(check.amount for check in known)
        margin = amount - sum(check.cost for check in known)
        given_known = sum(c.floor_amount - c.amount for c in known if c.is_below)
        at_floor = amount + given_known
        return {
            "order_currency_id": self._order.currency_id.id,
            "rate": rate,
            "depth": self.get_depth(),
            "amount": sum(check.amount for check in self._sold) / rate,
            "given_amount": given / rate,
            "margin": margin / rate,
            "margin_percent": 100.0 * margin / amount if amount > 0 else 0.0,
            "floor_margin": (margin + given_known) / rate,
            "floor_margin_percent": (
                100.0 * (margin + given_known) / at_floor if at_floor > 0 else 0.0
            ),
            "line_ids": [
                Command.clear(),
                *(Command.create(self._prepare_line(check)) for check in self._below),
            ],
        }

    def _knows_cost(self, check):
        """A cost of 0 may mean that it is unknown: such a line has no margin."""
        return bool(check.cost) or not self._order.company_id.sales_zero_cost_unknown

    @staticmethod
    def _prepare_line(check):
        return {
            "order_line_id": check.line_id,
            "product_id": check.product_id,
            "floor_id": check.floor_id,
            "quantity": check.quantity,
            "amount": check.amount,
            "floor_amount": check.floor_amount,
            "cost": check.cost,
            "shortfall": check.shortfall,
        }
