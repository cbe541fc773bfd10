# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import csv
from collections import Counter
from io import StringIO

SEPARATORS = (",", ";", "\t", "|")


def find_separator(text):
    r"""Find what separates the cells of a text, from all its rows.

    >>> find_separator("Date;Amount\n2025-01-01;320,50\n2025-01-02;321,50\n")
    ';'
    >>> find_separator("Amount\n1\n2\n")
    ','
    """
    scores = {separator: _score(text, separator) for separator in SEPARATORS}
    return max(scores, key=scores.get)


def _score(text, separator):
    """:return: share of rows with as many cells as most, and that number of cells"""
    if separator not in text:
        return 0.0, 0
    widths = Counter(len(row) for row in split_rows(text, separator) if any(row))
    # Titles above the table have one cell.
    rows = {width: count for width, count in widths.items() if width > 1}
    width = max(rows, key=rows.get, default=0)
    return rows.get(width, 0) / max(widths.total(), 1), width


def split_rows(text, separator):
    """Yield the rows of a text as lists of cells; blank ones are empty."""
    return csv.reader(StringIO(text, newline=""), delimiter=separator)
