# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models


class ProductTemplateAttributeValue(models.Model):
    """Largest discounts are measured from the price of the variant."""

    _name = "product.template.attribute.value"
    _inherit = ["product.template.attribute.value", "sales.floor.cache.mixin"]
    _floor_fields = ("price_extra",)
