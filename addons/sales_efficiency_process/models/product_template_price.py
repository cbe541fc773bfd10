# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models


class ProductTemplate(models.Model):
    _inherit = "product.template"

    def write(self, vals):
        """Forget what its taxes leave of the sales price: it is kept with the floors.

        Nothing is kept yet of a new product.
        """
        res = super().write(vals)
        if "taxes_id" in vals:
            self.env["sales.price.floor"]._forget_floors()
        return res
