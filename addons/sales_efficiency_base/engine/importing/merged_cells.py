# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tools.translate import LazyTranslate

from .headings import Field, match_headings
from .sheet import BadCell, name_cell
from .vocabulary import SYNONYMS

# There is no environment here.
# pylint: disable=prefer-env-translation
_lt = LazyTranslate(__name__)

FIGURES = [Field(name, (), SYNONYMS[name]) for name in ("amount", "quantity", "margin")]


def fill_down(sheet, rows, headings):
    """Fill merged cells into the rows that they cover.

    A merged figure is of all its rows together; filled into each, it would count
    several times. So its cells become bad ones.

    :param Sheet sheet: tells the merged cells
    :param list rows: ``Row``s of the table; their cells are changed
    :return: list of lazily translated notes
    """
    if not rows or not sheet.merged:
        return []
    by_number = {row.number: row for row in rows}
    figures = set(match_headings(headings, FIGURES).values())
    filled = []
    for merged in sheet.merged:
        first = by_number.get(merged.first_row)
        value = first and first.get(merged.first_column)
        if value is None or merged.first_column >= len(headings):
            continue
        column = merged.first_column
        if column in figures or isinstance(value, float):
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
            "Merged cells continue in the rows below: %(count)s cells were filled down,"
            " the first is %(cell)s.",
            count=len(filled),
            cell=filled[0],
        )
    ]


def _fill(cells, column, value):
    cells += [None] * (column + 1 - len(cells))
    cells[column] = value
