# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What titles, headings, names of sheets and files tell about all figures"""

import re

from ...tools.limits import FIRST_DAY, LAST_DAY
from .month_names import ROC
from .text import simplify
from .vocabulary import UNIT_LABELS

YEARS = (
    (re.compile(r"(?:民國|民国)\s*(\d{2,3})"), ROC),
    (re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)"), 0),
    (re.compile(r"(?<!\d)(1[0-4]\d)\s*年"), ROC),
)
DAY = re.compile(r"\d{2,4}\s?[-/._年]\s?\d{1,2}\s?[-/._月]\s?\d{1,2}")
FACTORS = (
    (
        re.compile(r"百[萬万]|\bin millions\b|\bmio\b|\bm€|\bmillionen\b|\bmillions\b"),
        1e6,
    ),
    (re.compile(r"[億亿]"), 1e8),
    (re.compile(r"[萬万]"), 1e4),
    (
        re.compile(
            r"[千仟]|\b(?:in )?thousands?\b|\b(?:in )?tausend\b|\b(?:in )?1[,.']?000\b"
            r"|\bteur\b|\bk(?:eur|usd)\b|(?<![a-z])[kt][€$]|\bmilliers\b"
        ),
        1e3,
    ),
)
# Titles say the unit after such a word; headings say it in brackets.
UNIT = re.compile(rf"(?:{'|'.join(UNIT_LABELS)})s?\s*[::]\s*(.+)")
BRACKETED = re.compile(r"\(([^()]*)\)|\[([^][]*)\]")
AMOUNTS = re.compile(r"^\W*(?:amounts?|figures|angaben|beträge|all amounts)?\W*in (.+)")


def read_year(text):
    """Return the year that a title or name tells.

    >>> read_year("2025年度 銷售明細表"), read_year("114年業績"), read_year("Sheet1")
    (2025, 2025, None)
    >>> read_year("Printed on 2026-01-05"), read_year("2025/01/01~2025/12/31")
    (None, 2025)
    >>> read_year("2024-2025")

    :return: None if it tells none, several, or only one day: when it was printed
    """
    text = simplify(text)
    if len(DAY.findall(text)) == 1:
        return None
    years = {int(year) + start for form, start in YEARS for year in form.findall(text)}
    year = years.pop() if len(years) == 1 else None
    return year if year in range(FIRST_DAY.year, LAST_DAY.year + 1) else None


def read_factor(text):
    """Return what figures are counted in.

    >>> read_factor("單位：千元"), read_factor("金額(萬元)"), read_factor("in TEUR")
    (1000.0, 10000.0, 1000.0)
    >>> read_factor("單位：元"), read_factor("Thousand Oaks")
    (None, None)

    :return: factor, or None if the text does not say it
    """
    for unit in find_units(text):
        for form, factor in FACTORS:
            if form.search(unit):
                return factor
    return None


def find_units(text):
    """Return what a title says of the figures.

    >>> find_units("Sales 2025 (Unit: US$ thousand)"), find_units("Currency: USD")
    (['us$ thousand)', 'unit: us$ thousand'], ['usd'])
    """
    text = simplify(text)
    said = [match[1] for match in (UNIT.search(text), AMOUNTS.search(text)) if match]
    return said + list(filter(None, sum(BRACKETED.findall(text), ())))
