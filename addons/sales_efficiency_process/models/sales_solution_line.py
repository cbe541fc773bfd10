# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import float_compare


class SalesSolutionLine(models.Model):
    """A product of a solution, at the price of the customer's pricelist (policy 3.2.3).

    Prices are negotiated in the quotation, where their floors are watched: whoever
    gave a discount here would get round these.
    """

    _name = "sales.solution.line"
    _inherit = "sales.solution.part.mixin"
    _description = "Product of a Solution"
    _order = "solution_id, sequence, id"
    _rec_name = "product_id"

    product_id = fields.Many2one(
        comodel_name="product.product",
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('sale_ok', '=', True), ('company_id', 'in', (company_id, False))]",
    )
    note = fields.Char(help="What it is for; the customer reads it.")
    quantity = fields.Float(required=True, default=1, digits="Product Unit")
    uom_id = fields.Many2one(
        comodel_name="uom.uom",
        string="Unit",
        compute="_compute_uom_id",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
        ondelete="restrict",
    )
    price_unit = fields.Float(
        string="Unit Price",
        compute="_compute_price_unit",
        store=True,
        readonly=False,
        precompute=True,
        copy=False,
        digits="Product Price",
        aggregator=None,
        help="At least that of the customer's pricelist. Discounts are given in the"
        " quotation.",
    )
    subtotal = fields.Monetary(compute="_compute_subtotal", store=True, precompute=True)

    _quantity_positive = models.Constraint(
        "CHECK (quantity > 0)", "The quantity must be greater than zero."
    )

    @api.depends("product_id")
    def _compute_uom_id(self):
        for line in self:
            line.uom_id = line.product_id.uom_id

    @api.depends(
        "product_id",
        "quantity",
        "uom_id",
        "solution_id.partner_id",
        "solution_id.currency_id",
    )
    def _compute_price_unit(self):
        for line in self:
            line.price_unit = line._get_list_price()

    def _get_list_price(self):
        """:return: the price of the customer's pricelist, in the solution's currency"""
        self.ensure_one()
        solution, product = self.solution_id, self.product_id
        if not product:
            return 0.0
        company = solution.company_id or self.env.company
        # sudo: the price is shown, the rules of the pricelist are not.
        pricelist = solution._get_pricelist().sudo()
        return pricelist.with_company(company)._get_product_price(
            product.sudo().with_company(company),
            self.quantity or 1.0,
            currency=solution.currency_id or company.currency_id,
            uom=self.uom_id or product.uom_id,
            date=fields.Datetime.now(),
        )

    @api.depends("quantity", "price_unit", "solution_id.currency_id")
    def _compute_subtotal(self):
        for line in self:
            currency = line.currency_id or self.env.company.currency_id
            line.subtotal = currency.round(line.quantity * line.price_unit)

    def copy_data(self, default=None):
        """Keep a price that was raised by hand, unless the pricelist is dearer now."""
        vals_list = super().copy_data(default)
        for line, vals in zip(self, vals_list, strict=True):
            # Nothing is copied twice, nor from one currency to another.
            if vals and line.currency_id == line.solution_id._find_currency():
                price = max(line.price_unit, line._get_list_price())
                vals.setdefault("price_unit", price)
        return vals_list

    @api.constrains("price_unit", "product_id", "quantity", "uom_id")
    def _check_price(self):
        digits = self.env["decimal.precision"].precision_get("Product Price")
        for line in self:
            least = line._get_list_price()
            if float_compare(line.price_unit, least, precision_digits=digits) < 0:
                raise ValidationError(
                    self.env._(
                        "%s is below the customer's pricelist. Discounts are given in"
                        " the quotation.",
                        line.product_id.display_name,
                    )
                )

    @api.constrains("product_id", "uom_id")
    def _check_unit(self):
        for line in self:
            if not line.uom_id._has_common_reference(line.product_id.uom_id):
                raise ValidationError(
                    self.env._(
                        "%(product)s cannot be counted in %(unit)s.",
                        product=line.product_id.display_name,
                        unit=line.uom_id.name,
                    )
                )

    def _prepare_order_line(self, order):
        """:return: values of a line of the quotation"""
        self.ensure_one()
        price = self.price_unit
        if order.currency_id != self.currency_id:
            # Prices have more decimals than amounts.
            price = self.currency_id._convert(
                price,
                order.currency_id,
                order.company_id,
                order.company_id._get_sales_today(),
                round=False,
            )
        return {
            "product_id": self.product_id.id,
            "product_uom_qty": self.quantity,
            "product_uom_id": self.uom_id.id,
            "price_unit": price,
            "discount": 0.0,
            "sequence": self.sequence,
        }
