# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.tools import SQL


class SalesCompetitorProduct(models.Model):
    """What a competitor offers beside a product of ours (policy 3.1.1)."""

    _name = "sales.competitor.product"
    _inherit = "sales.guard.mixin"
    _description = "Product of a Competitor"
    _order = "competitor_id, name, id"
    _rec_names_search = ["name", "competitor_id", "product_id"]
    _check_company_auto = True

    competitor_id = fields.Many2one(
        comodel_name="sales.competitor",
        required=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(related="competitor_id.company_id", store=True)
    name = fields.Char(string="Their Product", required=True)
    product_id = fields.Many2one(
        comodel_name="product.product",
        string="Our Product",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        domain="[('sale_ok', '=', True)]",
        help="Prices are for one unit of it.",
    )
    uom_id = fields.Many2one(related="product_id.uom_id", string="Unit")
    categ_id = fields.Many2one(
        related="product_id.categ_id", string="Product Line", store=True
    )
    note = fields.Char(string="Compared with Ours")
    price_ids = fields.One2many(
        comodel_name="sales.competitor.price",
        inverse_name="offer_id",
        string="Prices",
    )
    currency_id = fields.Many2one(
        comodel_name="res.currency", compute="_compute_comparison"
    )
    newest_price = fields.Monetary(
        string="Their Price", compute="_compute_comparison", help="The newest one."
    )
    newest_date = fields.Date(string="Price Date", compute="_compute_comparison")
    our_currency_id = fields.Many2one(
        comodel_name="res.currency", compute="_compute_comparison"
    )
    our_price = fields.Monetary(
        currency_field="our_currency_id",
        compute="_compute_comparison",
        help="Sales price of our product, without taxes as theirs.",
    )
    difference = fields.Float(
        string="Difference (%)",
        digits=(16, 1),
        compute="_compute_comparison",
        help="−10 % means that theirs is a tenth cheaper.",
    )

    @api.depends(
        "product_id.lst_price",
        "product_id.taxes_id",
        "price_ids.date",
        "price_ids.price",
        "price_ids.currency_id",
    )
    @api.depends_context("company")
    def _compute_comparison(self):
        """Compare their newest price with ours."""
        newest = self._find_newest_prices()
        for offer in self:
            company = offer.company_id or self.env.company
            price = newest[offer]
            ours = offer._get_our_price(company)
            theirs = price._get_price_in(company.currency_id)
            offer.currency_id = price.currency_id or company.currency_id
            offer.newest_price = price.price
            offer.newest_date = price.date
            offer.our_currency_id = company.currency_id
            offer.our_price = ours
            offer.difference = 100 * (theirs - ours) / ours if ours and theirs else 0

    @api.ondelete(at_uninstall=False)
    def _unlink_except_prices_of_others(self):
        """Prices go with it, so it takes the right to delete them."""
        self.price_ids.check_access("unlink")

    def _get_our_price(self, company):
        """:return: the sales price of our product in a company, without taxes"""
        product = self.product_id.with_company(company)
        # sudo: taxes need not be open to all who sell.
        taxes_sudo = product.sudo().taxes_id._filter_taxes_by_company(company)
        if not any(tax.price_include for tax in taxes_sudo.flatten_taxes_hierarchy()):
            return product.lst_price
        return taxes_sudo.compute_all(
            product.lst_price, currency=company.currency_id, product=product.sudo()
        )["total_excluded"]

    def _find_newest_prices(self):
        """:return: dict product of a competitor → its newest price, perhaps none"""
        prices = self.env["sales.competitor.price"]
        saved = self._read_newest()
        newest = {}
        for offer in self:
            newest[offer] = prices.browse(saved.get(offer._origin.id))
            if any(not price._origin for price in offer.price_ids):
                # In a form, before it is saved
                newest[offer] = offer.price_ids.filtered("date").sorted("date")[-1:]
        return newest

    def _read_newest(self):
        """:return: dict id of a product of a competitor → id of its newest price"""
        prices = self.env["sales.competitor.price"]
        prices.flush_model(["offer_id", "date"])
        return dict(
            self.env.execute_query(
                SQL(
                    """
                    SELECT DISTINCT ON (offer_id) offer_id, id
                      FROM sales_competitor_price
                     WHERE offer_id = ANY(%s)
                     ORDER BY offer_id, date DESC, id DESC
                    """,
                    self._origin.ids,
                )
            )
        )
