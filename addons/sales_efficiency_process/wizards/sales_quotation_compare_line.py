# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class SalesQuotationCompareLine(models.TransientModel):
    """A line in two versions of a quotation."""

    _name = "sales.quotation.compare.line"
    _inherit = ["sales.guard.mixin"]
    _description = "Compared Line"
    _protects_readonly = False

    compare_id = fields.Many2one(
        comodel_name="sales.quotation.compare", index=True, ondelete="cascade"
    )
    currency_id = fields.Many2one(comodel_name="res.currency", readonly=True)
    change = fields.Selection(
        selection=[
            ("same", "Unchanged"),
            ("changed", "Changed"),
            ("added", "Added"),
            ("removed", "Removed"),
        ],
        readonly=True,
    )
    name = fields.Char(string="Line", readonly=True)
    older_quantity = fields.Float(
        string="Quantity", digits="Product Unit", readonly=True
    )
    newer_quantity = fields.Float(
        string="New Quantity", digits="Product Unit", readonly=True
    )
    older_price = fields.Float(string="Price", digits="Product Price", readonly=True)
    newer_price = fields.Float(
        string="New Price", digits="Product Price", readonly=True
    )
    older_discount = fields.Float(
        string="Discount (%)", digits="Discount", readonly=True
    )
    newer_discount = fields.Float(
        string="New Discount (%)", digits="Discount", readonly=True
    )
    difference = fields.Monetary(readonly=True)
