# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.tools import SQL, format_date


class SalesCompetitorPrice(models.Model):
    """A price of a competitor, as seen on a day (policy 3.1.1)."""

    _name = "sales.competitor.price"
    _inherit = "sales.guard.mixin"
    _description = "Price of a Competitor"
    _order = "date desc, id desc"
    _rec_names_search = ["competitor_id", "offer_id"]

    offer_id = fields.Many2one(
        comodel_name="sales.competitor.product",
        string="Their Product",
        required=True,
        index=True,
        ondelete="cascade",
    )
    competitor_id = fields.Many2one(
        related="offer_id.competitor_id", store=True, index=True
    )
    product_id = fields.Many2one(
        related="offer_id.product_id", string="Our Product", store=True, index=True
    )
    company_id = fields.Many2one(related="offer_id.company_id", store=True)
    date = fields.Date(
        required=True, default=lambda self: self.env.company._get_sales_today()
    )
    currency_id = fields.Many2one(
        comodel_name="res.currency",
        required=True,
        default=lambda self: self.env.company.currency_id,
    )
    price = fields.Monetary(
        required=True,
        aggregator="avg",
        help="For one unit of our product, without taxes.",
    )
    origin = fields.Selection(
        selection=[
            ("customer", "Told by a customer"),
            ("quotation", "Quotation of theirs"),
            ("list", "Price list or website"),
            ("tender", "Tender"),
            ("research", "Research"),
        ],
        string="Known From",
        required=True,
        default="customer",
    )
    finding_id = fields.Many2one(
        comodel_name="sales.research.finding",
        index="btree_not_null",
        ondelete="set null",
    )
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Noted By",
        readonly=True,
        index=True,
        ondelete="restrict",
        default=lambda self: self.env.user,
    )
    note = fields.Char()

    _price_positive = models.Constraint(
        "CHECK (price > 0)", "Enter a price of the competitor above 0."
    )

    @api.depends("offer_id.name", "date")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for price in self:
            day = format_date(self.env, price.date) if price.date else ""
            price.display_name = f"{price.offer_id.name or ''} {day}".strip()

    def _get_price_in(self, currency):
        """:return: the price in another currency, at the rate of its day; 0 if there is
        none"""
        if not self:
            return 0
        company = self.company_id or self.env.company
        return self.currency_id._convert(
            self.price, currency, company, self.date, round=False
        )

    @api.model
    def _get_newest(self, competitors, products):
        """Find the newest price of each competitor for each product of ours.

        :return: dict product → prices, one of each competitor, cheapest first
        """
        self.flush_model(["competitor_id", "product_id", "date"])
        rows = self.env.execute_query(
            SQL(
                """
                SELECT DISTINCT ON (product_id, competitor_id) id
                  FROM sales_competitor_price
                 WHERE competitor_id = ANY(%s) AND product_id = ANY(%s)
                 ORDER BY product_id, competitor_id, date DESC, id DESC
                """,
                competitors.ids,
                products.ids,
            )
        )
        prices = self.browse(row[0] for row in rows)
        currency = self.env.company.currency_id
        return prices.sorted(lambda price: price._get_price_in(currency)).grouped(
            "product_id"
        )
