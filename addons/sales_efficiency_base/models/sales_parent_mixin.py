# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models
from odoo.exceptions import ValidationError


class SalesParentMixin(models.AbstractModel):
    """Names the records in the error about a loop of parents: the message of the ORM
    only says "recursion"."""

    _name = "sales.parent.mixin"
    _description = "Parent without Loops"

    def _parent_store_update(self):
        if self._has_cycle():
            # Full names of a loop would never end.
            name = "name" if "name" in self._fields else "display_name"
            raise ValidationError(
                self.env._(
                    "%(names)s would become its own parent. Choose another parent.",
                    names=", ".join(self.mapped(name)),
                )
            )
        return super()._parent_store_update()
