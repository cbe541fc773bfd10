# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The currency that amounts, headings and titles say they are in"""

import re

from .text import simplify
from .vocabulary import CURRENCIES, SIGNS_OF_MONEY

SIGNS = {code: code for code in CURRENCIES} | SIGNS_OF_MONEY
CODE = re.compile("[a-z]{3}")
# Most amounts are only figures.
PLAIN = re.compile(r"[\d.,\s()+-]*")
SIGN = re.compile(
    "|".join(
        # A code is no part of a word.
        rf"(?<![a-z]){re.escape(sign)}(?![a-z])"
        if sign.isalpha() and sign.isascii()
        # NT$ before $
        else rf"(?<![a-z]){re.escape(sign)}"
        if sign[0].isascii()
        else re.escape(sign)
        for sign in sorted(SIGNS, key=len, reverse=True)
    )
)


def find_foreign(text, *own):
    """Find the currency that a text names, if it is another than our own.

    >>> find_foreign("US$ 1,000", "TWD"), find_foreign("Amount (EUR)", "TWD")
    ('us$', 'eur')
    >>> find_foreign("NT$ 1,000", "TWD"), find_foreign("$5", "TWD", "NT$")
    (None, None)

    :param own: code and symbol of our currency, as users see them
    :return: what the text calls it, or None
    """
    if PLAIN.fullmatch(text):
        return None
    own = {simplify(name) for name in own if name}
    for sign in SIGN.findall(simplify(text)):
        if sign not in own and own.isdisjoint(SIGNS[sign].split()):
            return sign
    return None


def find_foreign_code(text, *own):
    """Find the currency in a cell of a column of currencies, if it is another than our
    own: any code of three letters.

    >>> find_foreign_code("CLP", "TWD"), find_foreign_code("NTD", "TWD")
    ('clp', None)
    """
    simple = simplify(text)
    is_code = CODE.fullmatch(simple) and not SIGN.search(simple)
    if is_code and simple not in map(simplify, own):
        return simple
    return find_foreign(text, *own)
