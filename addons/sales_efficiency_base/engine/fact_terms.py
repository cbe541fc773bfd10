# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from dataclasses import dataclass

from odoo.tools import SQL


@dataclass(frozen=True, slots=True)
class Dimension:
    """A column by which facts are told apart.

    :param bool in_cells: whether the monthly cells have the column too
    :param dict below: in a tree, what lies below an id (and the id itself): the
        values of the column that the id stands for; None if there is no tree
    :param bool divides: whether it tells the facts of one document apart
    """

    in_cells: bool
    below: dict | None = None
    divides: bool = False

    def expand(self, ids):
        """Return the values of the column that some ids stand for."""
        if self.below is None:
            return ids
        return set().union(*(self.below.get(id_, ()) for id_ in ids))


@dataclass(frozen=True, slots=True)
class Measure:
    """What is added up: a column of the facts of some events.

    :param tuple events: values of ``sales_fact.event``
    :param str column: a measure of the cells; ``facts`` counts the facts, and
        ``documents`` the documents, where no dimension divides them, of which
        ``documents`` is not NULL
    :param str type: type of the sum in PostgreSQL
    :param SQL condition: restriction of ``sales_fact`` that cells know nothing of
    """

    events: tuple
    column: str
    type: str
    condition: SQL | None = None
