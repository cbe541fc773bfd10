# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import re
from datetime import date
from typing import NamedTuple

from ...tools.limits import FIRST_DAY, LAST_DAY
from .text import read_chinese_numbers, simplify
from .vocabulary import MONTHS, SHORT_MONTHS

# Year 0 of the calendar of the Republic of China
ROC = 1911
# Its years of two digits that sales may be of: 1971 to 2010
ROC_YEARS = range(60, 100)
NAMES = SHORT_MONTHS | {name: place % 12 + 1 for place, name in enumerate(MONTHS)}
NAMES |= {name[:3]: place + 1 for place, name in enumerate(MONTHS[:12])}
ERA = r"(?P<era>(?:中華|中华)?民國|(?:中华|中華)?民国|西元|公元)?"
YEAR = rf"{ERA}\s*(?P<year>\d{{2,4}})"
# Two digits beside another two may be anything, unless the calendar is named.
LONG_YEAR = rf"{ERA}\s*(?P<year>(?(era)\d{{2,4}}|\d{{3,4}}))"
FORMS = [
    re.compile(form)
    for form in (
        rf"{YEAR}\s*年度?\s*(?P<month>\d{{1,2}})\s*月份?",
        # and, from programs that know months only as days, the first day
        rf"{LONG_YEAR}\s*(?P<sign>[-/.])\s*(?P<month>\d{{1,2}})月?(?:(?P=sign)0?1)?",
        r"(?P<year>(?:19|20|21)\d\d)\s?m?(?P<month>\d\d)",
        r"(?P<year>0[89]\d|1[0-4]\d)(?P<month>\d\d)",
        r"(?P<month>\d{1,2})\s*[-/.]\s*(?P<year>\d{4})",
        r"(?P<month>\d{1,2})月份?[\s-]*(?P<year>\d{4})?",
        r"(?P<name>[^\W\d_]+)\.?[\s,./'-]*(?P<year>\d{4}|\d\d)?",
        r"(?P<year>\d{4})[\s,./-]*(?P<name>[^\W\d_]+)\.?",
    )
]


class MonthName(NamedTuple):
    """A month as a heading names it, maybe without its year."""

    year: int | None
    month: int

    def on(self, year):
        """Return the first day of the month, of ``year`` if it has none of its own.

        >>> MonthName(None, 3).on(2025)
        datetime.date(2025, 3, 1)

        :return: None if neither is known
        """
        year = self.year or year
        return date(year, self.month, 1) if year else None


def read_month(value, bare=False):
    """Read the name of a month.

    >>> [tuple(read_month(name)) for name in ("2025-03", "114年3月", "Mar 25", 202503)]
    [(2025, 3), (2025, 3), (2025, 3), (2025, 3)]
    >>> tuple(read_month("三月"))
    (None, 3)
    >>> read_month("2025-13")

    :param value: text, date or number
    :param bool bare: whether 3 alone is March
    :return: ``MonthName``, or None if it is something else
    """
    if isinstance(value, date):
        return MonthName(value.year, value.month)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if type(value) is int:
        value = str(value)
    if not isinstance(value, str):
        return None
    text = read_chinese_numbers(simplify(value))
    if bare and re.fullmatch(r"0?[1-9]|1[0-2]", text):
        return MonthName(None, int(text))
    for form in FORMS:
        if match := form.fullmatch(text):
            month = _get_month(match.groupdict(), is_roc="年" in text)
            if month:
                return month
    return None


def _get_month(parts, is_roc):
    """:return: ``MonthName`` of the parts of a text, or None if there is none such"""
    month = NAMES.get(parts["name"]) if "name" in parts else int(parts["month"])
    year = parts.get("year")
    if year is not None:
        year = get_year(year, parts.get("era"), is_roc)
    if month not in range(1, 13) or not (
        year is None or FIRST_DAY.year <= year <= LAST_DAY.year
    ):
        return None
    return MonthName(year, month)


def get_year(digits, era=None, is_roc=False):
    """Return the year that someone wrote.

    >>> get_year("114"), get_year("25"), get_year("99"), get_year("99", is_roc=True)
    (2025, 2025, 1999, 2010)

    :param bool is_roc: whether two digits may be of the calendar of the Republic of
        China
    """
    year = int(digits)
    if era in ("西元", "公元") or len(digits) == 4:
        return year
    if era or len(digits) == 3 or (is_roc and year in ROC_YEARS):
        return year + ROC
    # As spreadsheets do
    return year + (2000 if year < 70 else 1900)
