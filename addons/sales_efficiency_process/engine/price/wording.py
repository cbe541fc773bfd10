# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tools import formatLang


def describe_check(env, product, price, floor, currency):
    """Describe a line below its floor.

    Whoever enters the floor as it is shown, passes: it is rounded up, with the digits
    of prices, which may be more than those of the currency.

    :param price: of a unit, in the currency
    :param floor: likewise
    """
    return env._(
        "%(product)s: %(price)s, floor %(floor)s",
        product=product,
        price=_format_price(env, price, currency, "DOWN"),
        floor=_format_price(env, floor, currency, "UP"),
    )


def _format_price(env, price, currency, rounding):
    number = formatLang(env, price, dp="Product Price", rounding_method=rounding)
    parts = [currency.symbol or currency.name, number]
    if currency.position == "after":
        parts.reverse()
    return "\N{NO-BREAK SPACE}".join(parts)
