# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL, format_date

from odoo.addons.sales_efficiency_base.tools import Period, take_turns


class SalesMarketSize(models.Model):
    """How much all suppliers sell, by region and product line (policy 3.1.1).

    Sizes never overlap, so that they can be added up: neither in the same place nor in
    one above or below.
    """

    _name = "sales.market.size"
    _inherit = ["sales.guard.mixin", "mail.thread"]
    _description = "Size of the Market"
    _order = "date_from desc, region_id, categ_id, id"
    _rec_names_search = ["region_id", "categ_id", "source"]
    _check_company_auto = True

    company_id = fields.Many2one(
        comodel_name="res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    region_id = fields.Many2one(
        comodel_name="sales.region",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        tracking=True,
        help="With the regions below. Leave empty for all regions.",
    )
    categ_id = fields.Many2one(
        comodel_name="product.category",
        string="Product Line",
        index="btree_not_null",
        ondelete="restrict",
        tracking=True,
        help="With the lines below. Leave empty for all product lines.",
    )
    date_from = fields.Date(
        string="From",
        required=True,
        tracking=True,
        default=lambda self: self._get_this_year().start,
    )
    date_to = fields.Date(
        string="To",
        required=True,
        tracking=True,
        default=lambda self: self._get_this_year().end,
    )
    amount = fields.Monetary(
        string="Size",
        required=True,
        tracking=True,
        help="What customers spend from the first to the last day, with all suppliers"
        " and without taxes. It is spread evenly over the months.",
    )
    confidence = fields.Selection(
        selection=[
            ("low", "Guess"),
            ("medium", "Estimate"),
            ("high", "Published figure"),
        ],
        required=True,
        default="medium",
        tracking=True,
    )
    source = fields.Char(help="Where the figure comes from.")
    round_id = fields.Many2one(
        comodel_name="sales.research.round",
        string="Research",
        index="btree_not_null",
        ondelete="set null",
        check_company=True,
    )
    note = fields.Text(string="How It Was Calculated")

    _dates_ordered = models.Constraint(
        "CHECK (date_to >= date_from)",
        "The size of a market cannot end before it starts.",
    )
    _amount_positive = models.Constraint(
        "CHECK (amount > 0)",
        "Enter the size of the market above 0. Leave out what you do not know.",
    )

    @api.model
    def _get_this_year(self):
        company = self.env.company
        return Period.year(company._get_sales_today(), company)

    @api.depends("region_id", "categ_id", "date_from", "date_to")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for size in self:
            names = [
                size.region_id.display_name or self.env._("All regions"),
                size.categ_id.display_name or self.env._("All product lines"),
            ]
            if size.date_from and size.date_to:
                names.append(size._name_days())
            size.display_name = ", ".join(names)

    def _name_days(self):
        self.ensure_one()
        return self.env._(
            "%(start)s to %(end)s",
            start=format_date(self.env, self.date_from),
            end=format_date(self.env, self.date_to),
        )

    @api.constrains("date_from", "date_to")
    def _check_length(self):
        for size in self:
            if size.date_to > size.date_from + relativedelta(years=10):
                raise ValidationError(
                    self.env._("Enter the size of the market for ten years at most.")
                )

    @api.constrains("company_id", "region_id", "categ_id", "date_from", "date_to")
    def _check_overlap(self):
        """Refuse sizes that would be counted twice."""
        # sudo: those of regions that the user may not read count, too
        sizes = self.sudo()
        # One after the other: two people may enter the same market at once.
        take_turns(sizes.company_id)
        sizes.flush_model()
        self.env["sales.region"].flush_model(["parent_id", "parent_path"])
        self.env["product.category"].flush_model(["parent_id", "parent_path"])
        rows = self.env.execute_query(sizes._sql_overlaps())
        for size, other in (map(sizes.browse, row) for row in rows):
            raise ValidationError(
                self.env._(
                    "%(size)s overlaps with %(other)s. Markets that lie in each other"
                    " would be counted twice: change the days, or split the larger"
                    " one.",
                    size=size.display_name,
                    other=other.display_name,
                )
            )

    def _sql_overlaps(self):
        """:return: SELECT of pairs: one of these sizes, and another one"""
        return SQL(
            """
            SELECT size.id, other.id
              FROM sales_market_size size
              JOIN sales_market_size other
                ON other.company_id = size.company_id AND other.id <> size.id
               AND other.date_from <= size.date_to AND other.date_to >= size.date_from
              LEFT JOIN sales_region region ON region.id = size.region_id
              LEFT JOIN sales_region other_region ON other_region.id = other.region_id
              LEFT JOIN product_category line ON line.id = size.categ_id
              LEFT JOIN product_category other_line ON other_line.id = other.categ_id
             WHERE size.id = ANY(%s)
               AND (region.id IS NULL OR other_region.id IS NULL
                    OR starts_with(region.parent_path, other_region.parent_path)
                    OR starts_with(other_region.parent_path, region.parent_path))
               AND (line.id IS NULL OR other_line.id IS NULL
                    OR starts_with(line.parent_path, other_line.parent_path)
                    OR starts_with(other_line.parent_path, line.parent_path))
             ORDER BY size.id, other.id
             LIMIT 1
            """,
            self.ids,
        )

    @api.model
    def _check_places(self, name, records):
        """Check the sizes again after regions or product lines have moved in their
        tree.

        :param str name: ``region_id`` or ``categ_id``
        """
        # sudo: a move may concern sizes of all companies
        sizes = self.sudo().search([(name, "child_of", records.ids)])
        if sizes:
            sizes._check_overlap()
