# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class SalesVisitProduct(models.Model):
    """A product shown on a visit, and what the customer thought of it (3.1.3)."""

    _name = "sales.visit.product"
    _inherit = "sales.visit.part.mixin"
    _description = "Product Shown on a Visit"
    _order = "date desc, id"
    _rec_name = "product_id"
    _check_company_auto = True

    company_id = fields.Many2one(related="visit_id.company_id", store=True)
    partner_id = fields.Many2one(
        related="visit_id.partner_id",
        string="Customer",
        store=True,
        index="btree_not_null",
    )
    date = fields.Date(related="visit_id.date", store=True)
    user_id = fields.Many2one(
        related="visit_id.user_id",
        string="Salesperson",
        store=True,
        index="btree_not_null",
    )
    product_id = fields.Many2one(
        comodel_name="product.product",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
        domain="[('sale_ok', '=', True)]",
    )
    categ_id = fields.Many2one(
        related="product_id.categ_id",
        string="Product Line",
        store=True,
        index="btree_not_null",
    )
    interest = fields.Selection(
        selection=[
            ("keen", "Very interested"),
            ("open", "Interested"),
            ("unsure", "Unsure"),
            ("none", "Not interested"),
        ],
        help="What the customer thought of the product.",
    )
    note = fields.Char()

    _product_uniq = models.UniqueIndex(
        "(visit_id, product_id)",
        "This product is among those shown on the visit already.",
    )
