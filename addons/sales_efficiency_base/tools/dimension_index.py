# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import re

from odoo import models
from odoo.tools import sql

COLUMN = re.compile(r"\w+")


class DimensionIndex(models.UniqueIndex):
    """What is unique in a combination of dimensions.

    Odoo loads add-ons one after the other. When one is updated, the dimensions of those
    that follow are not known yet: without them, what is stored would not be unique. So
    the index never loses a column before all add-ons are loaded.
    """

    def apply_to_database(self, model):
        _definition, present = sql.index_definition(model.env.cr, self.full_name(model))
        wanted = self.get_definition(model.pool)
        if not model.pool.loaded and is_wider(present, wanted):
            return None
        return super().apply_to_database(model)


def is_wider(index, other):
    """Whether an index has all columns of another one, and more.

    >>> is_wider("(plan_id, COALESCE(team_id, 0))", "(plan_id)")
    True
    >>> is_wider("(plan_id, team_id)", "(team_id, plan_id)")
    False
    """
    return set(COLUMN.findall(index or "")) > set(COLUMN.findall(other))
