# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models


class SalesFloorCacheMixin(models.AbstractModel):
    """Something on which price floors or after-sales terms depend: as it changes, what
    is kept of them in memory is forgotten.

    A model names in ``_floor_fields`` what matters.
    """

    _name = "sales.floor.cache.mixin"
    _description = "Kept in Memory with Price Floors"
    _floor_fields = ("parent_id",)

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        self._forget_floors()
        return records

    def write(self, vals):
        res = super().write(vals)
        if not set(self._floor_fields).isdisjoint(vals):
            self._forget_floors()
        return res

    def unlink(self):
        res = super().unlink()
        self._forget_floors()
        return res

    @api.model
    def _forget_floors(self):
        self.env.registry.clear_cache()
