# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class SalesFact(models.Model):
    _inherit = "sales.fact"

    stars = fields.Integer(unit="stars", help="What the customer thought of the check.")
