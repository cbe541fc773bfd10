# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models


class SalesRegion(models.Model):
    _name = "sales.region"
    _inherit = ["sales.region", "sales.floor.cache.mixin"]
