# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class SalesVisitKind(models.Model):
    _name = "sales.visit.kind"
    _description = "Kind of Visit"

    name = fields.Char(required=True)
