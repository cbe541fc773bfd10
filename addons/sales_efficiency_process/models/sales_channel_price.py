# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models


class SalesChannel(models.Model):
    _name = "sales.channel"
    _inherit = ["sales.channel", "sales.floor.cache.mixin"]
