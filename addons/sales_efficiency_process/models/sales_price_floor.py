# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import float_compare, format_date, formatLang, ormcache

from ..engine.price import FloorIndex

# A change of these makes no other floor of it.
FRAME = {"active", "company_id", "current_id", "date_from", "date_to"}


class SalesPriceFloor(models.Model):
    """The least that the company asks for a product (policy 3.3.1).

    The narrowest floor counts, see :class:`FloorIndex`. A quotation that a customer has
    keeps to the floors of the day on which it was sent: when a floor changes, its
    former values stay, until the day before.
    """

    _name = "sales.price.floor"
    _inherit = ["mail.thread", "sales.guard.mixin", "sales.floor.cache.mixin"]
    _description = "Price Floor"
    _order = "product_tmpl_id, categ_id, region_id, channel_id, date_from desc, id"
    _check_company_auto = True
    _fixed_fields = ("company_id",)

    company_id = fields.Many2one(
        comodel_name="res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    active = fields.Boolean(default=True, tracking=True)
    product_tmpl_id = fields.Many2one(
        comodel_name="product.template",
        string="Product",
        index="btree_not_null",
        ondelete="cascade",
        check_company=True,
        domain="[('sale_ok', '=', True)]",
        tracking=True,
    )
    product_id = fields.Many2one(
        comodel_name="product.product",
        string="Variant",
        index="btree_not_null",
        ondelete="cascade",
        check_company=True,
        domain="[('product_tmpl_id', '=', product_tmpl_id)]",
        help="Empty: all variants of the product.",
        tracking=True,
    )
    categ_id = fields.Many2one(
        comodel_name="product.category",
        string="Product Line",
        index="btree_not_null",
        ondelete="cascade",
        help="With the product lines below it. Empty: all products.",
        tracking=True,
    )
    region_id = fields.Many2one(
        comodel_name="sales.region",
        string="Sales Region",
        index="btree_not_null",
        ondelete="cascade",
        check_company=True,
        help="With the regions below it.",
        tracking=True,
    )
    channel_id = fields.Many2one(
        comodel_name="sales.channel",
        string="Sales Channel",
        index="btree_not_null",
        ondelete="cascade",
        check_company=True,
        help="With the channels below it.",
        tracking=True,
    )
    date_from = fields.Date(
        string="From",
        default=lambda self: self.env.company._get_sales_today(),
        tracking=True,
        help="Quotations that were sent earlier keep to the floors of their day.",
    )
    date_to = fields.Date(
        string="Until",
        tracking=True,
        help="A floor that ends, such as that of a campaign, comes before one that does"
        " not.",
    )
    basis = fields.Selection(
        selection=[
            ("price", "Lowest Price"),
            ("discount", "Largest Discount"),
            ("margin", "Least Margin"),
        ],
        required=True,
        tracking=True,
    )
    lowest_price = fields.Monetary(
        tracking=True,
        help="Of one unit of the product, without taxes, in the currency of the"
        " company.",
    )
    largest_discount = fields.Float(
        string="Largest Discount (%)",
        digits=(5, 2),
        tracking=True,
        help="Off the price of the line or the sales price of the product, whichever is"
        " higher: a lower price by hand counts as a discount.",
    )
    least_margin = fields.Float(
        string="Least Margin (%)",
        digits=(5, 2),
        tracking=True,
        help="Of the price without taxes. Products without a cost always keep to it.",
    )
    limit = fields.Char(string="Floor", compute="_compute_limit")
    current_id = fields.Many2one(
        comodel_name="sales.price.floor",
        string="Floor Today",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="cascade",
    )
    former_ids = fields.One2many(
        comodel_name="sales.price.floor",
        inverse_name="current_id",
        string="Former Values",
        readonly=True,
    )

    _days_order = models.Constraint(
        "CHECK (date_to >= date_from)", "A floor cannot end before it begins."
    )
    _place_one = models.Constraint(
        "CHECK (categ_id IS NULL OR product_tmpl_id IS NULL)",
        "Choose a product or a product line, not both.",
    )
    _variant_of_product = models.Constraint(
        "CHECK (product_id IS NULL OR product_tmpl_id IS NOT NULL)",
        "Choose the product of the variant, too.",
    )
    _lowest_price_positive = models.Constraint(
        "CHECK (basis <> 'price' OR lowest_price > 0)",
        "Enter the lowest price: more than 0.",
    )
    _largest_discount_range = models.Constraint(
        "CHECK (largest_discount >= 0 AND largest_discount < 100)",
        "The largest discount is at least 0 and less than 100 %.",
    )
    _least_margin_range = models.Constraint(
        "CHECK (least_margin >= 0 AND least_margin < 100)",
        "The least margin is at least 0 and less than 100 %.",
    )

    # ------------------------------------------------------------------
    # Computed fields and constraints
    # ------------------------------------------------------------------

    @api.depends("product_tmpl_id", "product_id", "categ_id")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for floor in self:
            place = floor.product_id or floor.product_tmpl_id or floor.categ_id
            floor.display_name = place.display_name or self.env._("All products")

    @api.depends(
        "basis", "currency_id", "largest_discount", "least_margin", "lowest_price"
    )
    @api.depends_context("lang")
    def _compute_limit(self):
        for floor in self:
            floor.limit = floor.basis and getattr(floor, f"_describe_{floor.basis}")()

    def _describe_price(self):
        return self.env._(
            "At least %s",
            formatLang(self.env, self.lowest_price, currency_obj=self.currency_id),
        )

    def _describe_discount(self):
        return self.env._(
            "At most %s %% off", formatLang(self.env, self.largest_discount)
        )

    def _describe_margin(self):
        return self.env._(
            "Margin at least %s %%", formatLang(self.env, self.least_margin)
        )

    @api.constrains("product_id", "product_tmpl_id")
    def _check_product(self):
        for floor in self.filtered("product_id"):
            if floor.product_id.product_tmpl_id != floor.product_tmpl_id:
                raise ValidationError(
                    self.env._(
                        "%(variant)s is no variant of %(product)s.",
                        variant=floor.product_id.display_name,
                        product=floor.product_tmpl_id.display_name,
                    )
                )

    @api.onchange("product_tmpl_id")
    def _onchange_product_tmpl_id(self):
        if self.product_tmpl_id:
            self.categ_id = False
        if self.product_id.product_tmpl_id != self.product_tmpl_id:
            self.product_id = False

    @api.onchange("categ_id")
    def _onchange_categ_id(self):
        if self.categ_id:
            self.product_tmpl_id = self.product_id = False

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    def write(self, vals):
        changed = self.filtered(lambda floor: floor._would_change(vals))
        changed._check_is_current()
        kept = changed.filtered("active")._keep_former()
        for floor in kept:
            today = floor.company_id._get_sales_today()
            super(SalesPriceFloor, floor).write({"date_from": today, **vals})
            if not floor.date_from or floor.date_from < today:
                # The former values count until yesterday.
                super(SalesPriceFloor, floor).write({"date_from": today})
        res = super(SalesPriceFloor, self - kept).write(vals)
        self._forget_floors()
        return res

    def _would_change(self, vals):
        """:return: whether values make another floor of it"""
        names = self._get_content(vals) - FRAME
        return any(
            self._differs(name, vals[name]) for name in names if self._is_kept(name)
        )

    def _is_kept(self, name):
        """:return: whether a field is what a user says of the floor"""
        field = self._fields.get(name)
        return bool(field and field.column_type and field.store and not field.readonly)

    def _differs(self, name, value):
        field = self._fields[name]
        if field.type == "many2one":
            return self[name].id != (value or False)
        if field.type in ("float", "monetary"):
            try:
                return bool(float_compare(self[name], value or 0.0, precision_digits=6))
            except (TypeError, ValueError):
                return False  # It is refused as it is written.
        return self[name] != value

    def _check_is_current(self):
        for floor in self.filtered("current_id"):
            raise UserError(
                self.env._(
                    "%(floor)s was in force until %(day)s. Former values do not"
                    " change.",
                    floor=floor.display_name,
                    day=format_date(self.env, floor.date_to),
                )
            )

    def _keep_former(self):
        """Keep the values that have been in force until yesterday, for the quotations
        that were sent meanwhile.

        :return: the floors of which there are such values
        """
        kept = self.browse()
        for floor in self:
            yesterday = floor.company_id._get_sales_today() - timedelta(days=1)
            if floor.date_from and floor.date_from > yesterday:
                continue  # It has not been in force yet.
            if floor.date_to and floor.date_to <= yesterday:
                continue  # It ended by itself.
            former = floor.copy({"date_to": yesterday})
            # sudo: users cannot write which floor it belongs to; it is this one.
            former.sudo().current_id = floor
            kept |= floor
        return kept

    # ------------------------------------------------------------------
    # Business methods
    # ------------------------------------------------------------------

    @api.model
    @ormcache("company_id", cache="default")
    def _get_index(self, company_id):
        """:return: the floors of a company as :class:`FloorIndex`, None without any"""
        return FloorIndex.load(self.env, company_id) if company_id else None
