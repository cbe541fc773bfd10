# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import re

from odoo import models
from odoo.tools import sql

TERM = re.compile(r"(?:\w+\([^()]*\)|[^,()])+")


class DimensionIndex(models.UniqueIndex):
    """Unique index over a combination of dimensions.

    Odoo loads add-ons one by one. While one is updated, the dimensions of later ones
    are still unknown, and stored rows may not be unique without them. So the index
    keeps its columns until all add-ons are loaded.
    """

    def apply_to_database(self, model):
        _definition, present = sql.index_definition(model.env.cr, self.full_name(model))
        wanted = self.get_definition(model.pool)
        if model.pool.loaded or not (present and wanted):
            return super().apply_to_database(model)
        if not find_missing(present, wanted):
            return None
        if kept := find_missing(wanted, present):
            # One add-on brings a dimension while that of another is not loaded yet.
            wider = DimensionIndex(add_terms(wanted, kept).partition(" INDEX ")[2])
            wider.name, wider._module = self.name, self._module
            return super(DimensionIndex, wider).apply_to_database(model)
        return super().apply_to_database(model)


def find_missing(index, other):
    """Return the terms of another index that an index lacks.

    >>> find_missing("INDEX (plan_id)", "INDEX (plan_id, COALESCE(team_id, 0))")
    ['COALESCE(team_id, 0)']
    >>> find_missing("INDEX (plan_id, team_id)", "INDEX (team_id, plan_id)")
    []
    """
    present = split_terms(index)
    return [term for term in split_terms(other) if term not in present]


def add_terms(index, terms):
    """Return the definition of an index with more terms.

    >>> add_terms("INDEX (plan_id)", ["COALESCE(team_id, 0)"])
    'INDEX (plan_id, COALESCE(team_id, 0))'
    """
    return f"{index.rstrip()[:-1]}, {', '.join(terms)})"


def split_terms(index):
    """Return the terms of the definition of an index without condition.

    >>> split_terms("UNIQUE INDEX (plan_id, COALESCE(team_id, 0))")
    ['plan_id', 'COALESCE(team_id, 0)']
    """
    if " WHERE " in index:
        raise ValueError(f"Dimension indexes have no condition: {index}")
    inside = index[index.index("(") + 1 : index.rindex(")")]
    return [term.strip() for term in TERM.findall(inside)]
