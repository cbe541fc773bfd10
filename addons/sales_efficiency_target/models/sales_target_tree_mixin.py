# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models


class SalesTargetTreeMixin(models.AbstractModel):
    """A dimension of targets that is a tree: figures of descendants count for all their
    ancestors."""

    _name = "sales.target.tree.mixin"
    _description = "Sales Target Tree Mixin"

    def _parent_store_update(self):
        """Have everything measured when a record has moved in the tree: its figures now
        count for other targets, although none of the figures has changed."""
        res = super()._parent_store_update()
        self.env["sales.target.change"]._ask_for_everything()
        return res
