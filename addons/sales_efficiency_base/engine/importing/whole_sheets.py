# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Sheets that hold the rows of all others once more: 1月, 2月, 合計"""

import re
from collections import Counter

from odoo.tools.translate import LazyTranslate

from .headings import normalize
from .left_out import ends_with_total
from .vocabulary import WHOLE_SHEETS

# There is no environment here.
# pylint: disable=prefer-env-translation
_lt = LazyTranslate(__name__)

WHOLE = _lt("It adds up the other sheets, or repeats their rows.")
NAMES = frozenset(map(normalize, WHOLE_SHEETS))
PERIOD = re.compile(r"[\d\s年月季qQ~–-]+")


def find_wholes(tables):
    """Find the sheets whose rows would count twice.

    :param tables: ``Table``s of one sheet each, with the same headings
    :return: list of them; never all
    """
    wholes = [table for table in tables if _is_named_whole(table.sheets[0])]
    if len(wholes) in (0, len(tables)):
        wholes = [table for table in tables if _repeats_others(table, tables)][:1]
    return wholes


def _is_named_whole(name):
    return normalize(name) in NAMES or ends_with_total(PERIOD.sub(" ", name).strip())


def _repeats_others(table, tables):
    """Two sheets may be alike by chance: figures of two months. A sum of them is not.

    :return: whether a sheet has the rows of at least two others, and no other ones
    """
    others = [other for other in tables if other is not table]
    if len(others) < 2 or len(table.rows) != sum(len(other.rows) for other in others):
        return False
    rows = [row for other in others for row in other.rows]
    return _count(table.rows) == _count(rows)


def _count(rows):
    return Counter(tuple(map(str, row.cells)) for row in rows)
