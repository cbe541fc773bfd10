# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models


class AccountTax(models.Model):
    """Sales prices may include taxes: what they leave is kept with the floors."""

    _name = "account.tax"
    _inherit = ["account.tax", "sales.floor.cache.mixin"]
    _floor_fields = (
        "amount",
        "amount_type",
        "children_tax_ids",
        "company_id",
        "include_base_amount",
        "is_base_affected",
        "price_include_override",
        "sequence",
    )
