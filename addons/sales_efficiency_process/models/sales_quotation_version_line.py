# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class SalesQuotationVersionLine(models.Model):
    """A line of a quotation as it was sent (policy 3.3.2)."""

    _name = "sales.quotation.version.line"
    _inherit = ["sales.default.mixin"]
    _description = "Line of a Sent Version"
    _order = "version_id, sequence, id"
    _rec_name = "name"

    version_id = fields.Many2one(
        comodel_name="sales.quotation.version",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    sequence = fields.Integer(readonly=True)
    currency_id = fields.Many2one(related="version_id.currency_id")
    product_id = fields.Many2one(
        comodel_name="product.product",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    name = fields.Text(string="Description", readonly=True)
    display_type = fields.Selection(
        selection=[
            ("line_section", "Section"),
            ("line_subsection", "Subsection"),
            ("line_note", "Note"),
        ],
        readonly=True,
    )
    quantity = fields.Float(digits="Product Unit", readonly=True)
    product_quantity = fields.Float(
        string="Quantity in the Unit of the Product", digits=0, readonly=True
    )
    uom_id = fields.Many2one(
        comodel_name="uom.uom",
        string="Unit",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    price_unit = fields.Float(
        string="Unit Price", digits="Product Price", readonly=True, aggregator=None
    )
    discount = fields.Float(
        string="Discount (%)", digits="Discount", readonly=True, aggregator=None
    )
    taxes = fields.Char(readonly=True)
    subtotal = fields.Monetary(string="Untaxed Amount", readonly=True)

    def _get_full_amount(self):
        """:return: the untaxed amount before discount"""
        self.ensure_one()
        if 0 < self.discount < 100:
            return self.subtotal / (1 - self.discount / 100)
        return self.quantity * self.price_unit if self.discount else self.subtotal

    def _prepare_comparison(self):
        """:return: the values that versions are compared by"""
        self.ensure_one()
        return {
            "key": self.product_id.id or self.name,
            "name": self.product_id.display_name or self.name,
            "quantity": self.quantity,
            "uom": self.uom_id.id,
            "price_unit": self.price_unit,
            "discount": self.discount,
            "taxes": self.taxes,
            "subtotal": self.subtotal,
        }
