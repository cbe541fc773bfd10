# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.tools import ormcache

from ..engine.price import TermIndex


class SalesQuotationTerm(models.Model):
    """What the company promises after the sale of a product line (policy 3.3.1).

    Quotations and orders print the terms of the nearest product line of each product.
    They are kept with the order once it is sent: it does not change with them.
    """

    _name = "sales.quotation.term"
    _inherit = ["mail.thread", "sales.guard.mixin", "sales.floor.cache.mixin"]
    _description = "After-Sales Terms"
    _order = "categ_id, id"
    _fixed_fields = ("company_id",)
    _floor_fields = ("active", "categ_id", "content", "name")

    name = fields.Char(
        string="Title",
        required=True,
        translate=True,
        tracking=True,
        help="Printed above the terms.",
    )
    active = fields.Boolean(default=True, tracking=True)
    company_id = fields.Many2one(
        comodel_name="res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    categ_id = fields.Many2one(
        comodel_name="product.category",
        string="Product Line",
        index="btree_not_null",
        ondelete="cascade",
        help="With the product lines below it that have no terms of their own. Empty:"
        " all products.",
        tracking=True,
    )
    content = fields.Html(
        string="Terms",
        translate=True,
        help="Warranty, response time, spare parts, training …",
    )

    _categ_uniq = models.UniqueIndex(
        "(company_id, COALESCE(categ_id, 0)) WHERE active",
        "This product line has after-sales terms already.",
    )

    @api.model
    @ormcache("company_id", "lang", cache="default")
    def _get_index(self, company_id, lang):
        """:return: the terms as :class:`TermIndex`, None if the company has none"""
        # sudo: cached for all users; customers read the terms of their orders.
        terms = self.sudo().with_context(lang=lang)
        found = terms.search([("company_id", "=", company_id)])
        return TermIndex(found) if found else None
