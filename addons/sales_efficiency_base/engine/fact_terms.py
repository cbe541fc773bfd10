# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from dataclasses import dataclass

from odoo.tools import SQL

# Identifies a fact within its source
FACT_KEY = ("res_id", "line_id", "match_id", "credit_id", "event")


@dataclass(frozen=True, slots=True)
class Dimension:
    """A column by which facts are grouped and filtered.

    :param bool in_cells: whether the monthly cells have the column too
    :param dict below: in a tree, id → ids of the node and its descendants; None if the
        dimension is not a tree
    :param bool divides: whether facts of one document may differ in it
    """

    in_cells: bool
    below: dict | None = None
    divides: bool = False

    def expand(self, ids):
        """Return the values of the column that match the ids."""
        if self.below is None:
            return ids
        return set().union(*(self.below.get(id_, ()) for id_ in ids))


@dataclass(frozen=True, slots=True)
class Measure:
    """A sum over a column of the facts of some events.

    :param tuple events: values of ``sales_fact.event``
    :param str column: a measure of the cells; ``facts`` counts facts;
        ``documents`` counts documents if no dimension divides them and their
        ``documents`` is not NULL
    :param str type: type of the sum in PostgreSQL
    :param SQL condition: restriction on ``sales_fact`` that cells cannot apply
    """

    events: tuple
    column: str
    type: str
    condition: SQL | None = None
