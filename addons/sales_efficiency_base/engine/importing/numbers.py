# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import re

from ...tools.limits import MAX_FIGURE
from .text import simplify
from .vocabulary import CURRENCIES

DECIMALS = (".", ",")
CODES = "|".join(CURRENCIES)
CURRENCY = (
    rf"(?:nt|us|hk|[acs])?\$|新[台臺]幣|[台臺]幣|人民[幣币]|美元|[欧歐]元|(?:{CODES}|fr\.|nt)"
    r"|[元圓圆円]整?|[€¥£₩₹฿]"
)
LEADING = re.compile(rf"(?P<currency>{CURRENCY})|(?P<minus>[-△▲])|\+|(?P<percent>%)")
TRAILING = re.compile(
    rf"(?:(?P<currency>{CURRENCY})|(?P<minus>-)|(?P<percent>%)|(?P<multiple>[千仟萬万億亿]))$"
)
# Whole amounts as the Swiss and Germans write them: 12.- and 12,--
NO_CENTS = re.compile(r"(?<=\d)[.,]--?(?=$|\s)")
MULTIPLES = {"千": 1e3, "仟": 1e3, "萬": 1e4, "万": 1e4, "億": 1e8, "亿": 1e8}
GROUPED = (
    r"[1-9]\d{{0,2}}(?P<sign>[{group}' ])\d{{3}}(?:(?P=sign)\d{{3}})*(?:{decimal}\d*)?"
)
PLAIN = r"(?:\d+(?:{decimal}\d*)?|{decimal}\d+)(?:e[+-]?\d{{1,2}})?"
FORMS = {
    decimal: re.compile(
        f"{GROUPED}|{PLAIN}".format(group=group, decimal=f"[{decimal}]")
    )
    for decimal, group in ((".", ","), (",", "."))
}


def is_percentage(format_):
    """Return whether a format of numbers shows hundredths, so that 0.41 is 41 %.

    >>> is_percentage("0.0%"), is_percentage('0"%"'), is_percentage("0\\\\%")
    (True, False, False)
    """
    return "%" in re.sub(r'"[^"]*"|\\.', "", format_)


def read_number(value, decimal=".", is_percent=False):
    """Read a number.

    >>> read_number("NT$ 1,234.50"), read_number("1.234,50 €", ",")
    (1234.5, 1234.5)
    >>> read_number("(1,234)"), read_number("１，２３４－"), read_number("1'234.–")
    (-1234.0, -1234.0, 1234.0)
    >>> read_number("41 %"), read_number("41 %", is_percent=True)
    (0.41, 41.0)
    >>> read_number("1,23"), read_number("abc")
    (None, None)

    :param value: text or number
    :param str decimal: ``.`` or ``,``
    :param bool is_percent: whether 41 % is 41, or 0.41
    :return: ``float``, or None if it is something else. A dash alone is 0, as
        spreadsheets write it in their format for accounts.
    """
    if isinstance(value, str):
        number = _read_text(value, decimal, is_percent)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        number = float(value)
    else:
        return None
    return number if number is not None and abs(number) <= MAX_FIGURE else None


def _read_text(text, decimal, is_percent):
    text, signs = _peel(NO_CENTS.sub("", simplify(text)))
    if signs["minus"] > 1 or signs["percent"] > 1 or signs["currency"] > 2:
        return None
    if not text and signs["minus"] and not signs["percent"]:
        return 0.0
    if not FORMS[decimal].fullmatch(text):
        return None
    group = "," if decimal == "." else "."
    for sign in (group, "'", " "):
        text = text.replace(sign, "")
    number = float(text.replace(decimal, ".")) * signs["factor"]
    if signs["percent"] and not is_percent:
        number /= 100
    return -number if signs["minus"] else number


def _peel(text):
    """Take off currencies and signs from both ends.

    :return: the rest, and how many signs of each kind there were
    """
    signs = {"currency": 0, "minus": 0, "percent": 0, "multiple": 0, "factor": 1.0}
    while not (text[:1].isdecimal() and text[-1:].isdecimal()):
        match = None
        if text.startswith("(") and text.endswith(")"):
            text = text[1:-1]
            signs["minus"] += 1
        elif match := LEADING.match(text):
            text = text[match.end() :]
        elif match := TRAILING.search(text):
            text = text[: match.start()]
            signs["factor"] *= MULTIPLES.get(match["multiple"], 1.0)
        else:
            break
        text = text.strip()
        for name, part in (match.groupdict() if match else {}).items():
            signs[name] += part is not None
    return text, signs
