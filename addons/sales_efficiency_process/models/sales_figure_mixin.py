# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models


class SalesFigureMixin(models.AbstractModel):
    """Figures that price floors go by follow from others, whatever a client sends.

    Odoo lets users write computed fields by call and by defaults, and would keep a
    subtotal or a rate that is not true.
    """

    _name = "sales.figure.mixin"
    _description = "Figures That Nobody Enters"
    _figure_fields = ()

    @api.model
    def default_get(self, fields):
        return self._forget_figures(super().default_get(fields))

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            vals_list = [self._forget_figures(vals) for vals in vals_list]
        return super().create(vals_list)

    def write(self, vals):
        return super().write(vals if self.env.su else self._forget_figures(vals))

    @api.model
    def _forget_figures(self, vals):
        if vals.keys().isdisjoint(self._figure_fields):
            return vals
        return {k: value for k, value in vals.items() if k not in self._figure_fields}
