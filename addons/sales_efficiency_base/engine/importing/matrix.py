# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from dataclasses import dataclass, field
from typing import NamedTuple


class Figure(NamedTuple):
    """A figure of a matrix.

    :param Row row: row of the table
    :param int column: column of the figure
    :param date month: first day
    :param str name: heading, if names are the columns; else None
    """

    row: object
    column: int
    month: object
    name: str | None


@dataclass
class Matrix:
    """A table with months or names (persons, products) as columns.

    :param dict months: column → ``MonthName``; empty if names are the columns
    :param dict names: column → heading; empty if months are the columns
    :param int month_column: column of the months, if names are the columns
    :param list keys: columns that describe the rows: person, product, metric
    :param list left_out: columns of totals and quarters
    :param bool lacks_year: whether a month has no year and no title says it: ask
    """

    months: dict = field(default_factory=dict)
    names: dict = field(default_factory=dict)
    month_column: int | None = None
    keys: list = field(default_factory=list)
    left_out: list = field(default_factory=list)
    lacks_year: bool = False

    @property
    def columns(self):
        """Columns with figures"""
        return list(self.months or self.names)

    def get_figures(self, table, year=None):
        """Yield a ``Figure`` for each cell of a row and a column with figures; empty
        cells are left out.

        :param int year: of months without one, if the table does not say it
        """
        raise NotImplementedError


def find_matrix(table, fields=()):
    """Find out whether a table is a matrix.

    :param fields: ``Field``s; what they match is no name of a person or product
    :return: ``Matrix``, or None if a row is one record
    """
    raise NotImplementedError
