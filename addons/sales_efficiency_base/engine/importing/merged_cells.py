# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tools.translate import LazyTranslate

from .headings import Field, match_headings
from .left_out import is_figure
from .month_names import read_month
from .sheet import BadCell, name_cell
from .vocabulary import SYNONYMS

# There is no environment here.
# pylint: disable=prefer-env-translation
_lt = LazyTranslate(__name__)

FIGURES = frozenset(["amount", "quantity", "margin", "cost", "actual"])
FIELDS = [
    Field(name, (), synonyms, is_number=name in FIGURES)
    for name, synonyms in SYNONYMS.items()
]


def fill_down(sheet, rows, headings, fields=()):
    """Fill merged cells into the rows that they cover.

    A merged figure is of all its rows together; filled into each, it would count
    several times. So its cells become bad ones.

    :param Sheet sheet: tells the merged cells
    :param list rows: ``Row``s of the table; their cells are changed
    :param fields: ``Field``s that columns may be, beside the usual ones
    :return: list of lazily translated notes
    """
    if not rows or not sheet.merged:
        return []
    by_number = {row.number: row for row in rows}
    filled = []
    for merged in sheet.merged:
        first = by_number.get(merged.first_row)
        value = first and first.get(merged.first_column)
        if value is None or merged.first_column >= len(headings):
            continue
        column = merged.first_column
        if _counts(headings[column], value, fields):
            value = BadCell(
                _lt(
                    "The figure in %s is merged over several rows. Enter one for each.",
                    name_cell(column, merged.first_row, sheet.name),
                )
            )
        for number in range(merged.first_row + 1, merged.last_row + 1):
            if number in by_number:
                _fill(by_number[number].cells, column, value)
                filled.append(name_cell(column, number, sheet.name))
    if not filled:
        return []
    return [
        _lt(
            "Merged cells continue in the rows below. Cells filled down: %(count)s, the"
            " first is %(cell)s.",
            count=len(filled),
            cell=filled[0],
        )
    ]


def _counts(heading, value, fields):
    """:return: whether a merged cell is a figure, and no number of an order, code or
    year"""
    if read_month(heading):
        return True
    [name] = match_headings([heading], [*FIELDS, *fields]) or [None]
    if name:
        return name in FIGURES or name in {f.name for f in fields if f.is_number}
    return is_figure(value)


def _fill(cells, column, value):
    cells += [None] * (column + 1 - len(cells))
    cells[column] = value
