# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class SalesMartSums(models.AbstractModel):
    """Sums of facts: a column for each of their measures, and their number.

    An add-on that gives the facts a measure extends this model, too.
    """

    _name = "sales.mart.sums"
    _description = "Sums of Sales Facts"
    _measures = ("amount", "margin", "margin_base", "quantity", "days", "score")

    amount = fields.Float(digits=0)
    margin = fields.Float(digits=0)
    margin_base = fields.Float(digits=0)
    quantity = fields.Float(digits=0)
    days = fields.Integer()
    score = fields.Float(digits=0)
    facts = fields.Integer(help="Number of facts that are added up.")
