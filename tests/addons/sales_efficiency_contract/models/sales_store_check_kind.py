# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class SalesStoreCheckKind(models.Model):
    _name = "sales.store.check.kind"
    _description = "Kind of Check"

    name = fields.Char(required=True)
