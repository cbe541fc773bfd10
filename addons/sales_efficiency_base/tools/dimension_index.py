# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import re

from odoo import models
from odoo.tools import sql

COLUMN = re.compile(r"\w+")


class DimensionIndex(models.UniqueIndex):
    """Unique index over a combination of dimensions.

    Odoo loads add-ons one by one. While one is updated, the dimensions of later ones
    are still unknown, and stored rows may not be unique without them. So the index
    keeps its columns until all add-ons are loaded.
    """

    def apply_to_database(self, model):
        _definition, present = sql.index_definition(model.env.cr, self.full_name(model))
        wanted = self.get_definition(model.pool)
        if not model.pool.loaded and is_wider(present, wanted):
            return None
        return super().apply_to_database(model)


def is_wider(index, other):
    """Return whether an index has all columns of another one, and more.

    >>> is_wider("(plan_id, COALESCE(team_id, 0))", "(plan_id)")
    True
    >>> is_wider("(plan_id, team_id)", "(team_id, plan_id)")
    False
    """
    return set(COLUMN.findall(index or "")) > set(COLUMN.findall(other))
