# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models


class SalesTargetTreeMixin(models.AbstractModel):
    """What targets can be about and lies in a tree: figures of what is below count
    above."""

    _name = "sales.target.tree.mixin"
    _description = "Sales Target Tree Mixin"

    def _parent_store_update(self):
        """Have everything measured when something has moved: its figures count for
        other targets now, though none of them has changed."""
        res = super()._parent_store_update()
        self.env["sales.target.change"]._ask_for_everything()
        return res
