# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import is_html_empty

from ..engine.price import QuotationNeeds


class SaleOrder(models.Model):
    """What a quotation needs before it is sent, and its after-sales terms (3.3.1)."""

    _inherit = "sale.order"  # pylint: disable=consider-merging-classes-inherited

    # Customers may read it: it is printed on their quotation.
    sales_after_sales_terms = fields.Html(
        string="After-Sales Terms",
        copy=False,
        help="Empty: those of the product lines. They are kept here once the quotation"
        " is sent.",
    )
    sales_proposed_terms = fields.Html(
        string="Proposed After-Sales Terms",
        compute="_compute_sales_proposed_terms",
        groups="base.group_user",
    )
    quotation_missing = fields.Char(
        string="Missing in the Quotation",
        compute="_compute_quotation_missing",
        groups="base.group_user",
    )

    # ------------------------------------------------------------------
    # Complete
    # ------------------------------------------------------------------

    @api.depends(
        "commitment_date",
        "order_line.price_unit",
        "order_line.product_id",
        "order_line.product_uom_qty",
        "payment_term_id",
        "sales_after_sales_terms",
        "state",
        "validity_date",
    )
    @api.depends_context("lang")
    def _compute_quotation_missing(self):
        for order in self:
            # sudo: the settings concern everybody who sends quotations.
            check = order.company_id.sudo().sales_quotation_check
            is_checked = check != "off" and order.state == "draft" and order.order_line
            missing = QuotationNeeds(order).get_missing() if is_checked else ()
            order.quotation_missing = ", ".join(missing)

    def _check_quotation_complete(self):
        """Refuse to send what is incomplete, if the company wants it so.

        :raise UserError: naming what is missing
        """
        if not self._acts_for_company():
            return  # Customers do not complete quotations.
        for order in self._filter_price_open():
            # sudo: see ``_compute_quotation_missing``
            if order.company_id.sudo().sales_quotation_check != "refuse":
                continue
            if missing := QuotationNeeds(order).get_missing():
                raise UserError(
                    self.env._(
                        "%(order)s is not complete yet: %(missing)s.",
                        order=order.name,
                        missing=", ".join(missing),
                    )
                )

    def action_quotation_send(self):
        self._check_quotation_complete()
        return super().action_quotation_send()

    def write(self, vals):
        if vals.get("state") == "sent":
            self._check_quotation_complete()
        if vals.get("state") in ("sent", "sale"):
            return self._write_with_terms(vals)
        return super().write(vals)

    # ------------------------------------------------------------------
    # Competitors
    # ------------------------------------------------------------------

    def _get_competitor_prices(self, products):
        """Hook: return the newest known prices of the competitors that the opportunity
        names.

        :return: dict product -> list of (name of the competitor, price, currency, day)
        """
        self.ensure_one()
        return {}

    # ------------------------------------------------------------------
    # After-sales terms
    # ------------------------------------------------------------------

    @api.depends("company_id", "order_line.product_id", "partner_id")
    def _compute_sales_proposed_terms(self):
        for order in self:
            order.sales_proposed_terms = order._render_after_sales_terms()

    def action_take_after_sales_terms(self):
        """Take the terms of the product lines again, after the lines have changed."""
        for order in self:
            order.sales_after_sales_terms = order._render_after_sales_terms()

    def _get_after_sales_terms(self):
        """:return: the terms to print: those kept with the order, else those of its
        product lines"""
        self.ensure_one()
        if not is_html_empty(self.sales_after_sales_terms):
            return self.sales_after_sales_terms
        return self._render_after_sales_terms()

    def _has_after_sales_terms(self):
        """:return: whether there are terms for each product"""
        self.ensure_one()
        if not is_html_empty(self.sales_after_sales_terms):
            return True
        found = self._find_after_sales_terms()
        return bool(found) and None not in found

    def _find_after_sales_terms(self):
        """:return: list of the title and the terms of each product line of the order,
        None for one without terms"""
        self.ensure_one()
        terms = self.env["sales.quotation.term"]
        index = terms._get_index(self.company_id.id, self._get_lang())
        if index is None:
            return []
        lines = self.order_line.filtered(
            lambda line: line.product_id
            and not line.display_type
            and not line.is_downpayment
            and not line._is_global_discount()
        )
        # sudo: customers read the terms of what they buy, too.
        categories = dict.fromkeys(line.product_id.categ_id.id for line in lines.sudo())
        return [index.find(categ_id) for categ_id in categories]

    def _render_after_sales_terms(self):
        found = dict.fromkeys(filter(None, self._find_after_sales_terms()))
        return Markup().join(
            Markup("<p><strong>%s</strong></p>%s") % (title, Markup(content))
            for title, content in found
        )

    def _write_with_terms(self, vals):
        """Keep the terms as they are printed now, by the statement that changes the
        status anyway: no query more for an order that is confirmed."""
        kept = {
            order: terms
            for order in self
            if is_html_empty(order.sales_after_sales_terms)
            and (terms := order._render_after_sales_terms())
        }
        if len(self) == 1 and kept:
            vals = {"sales_after_sales_terms": kept.pop(self), **vals}
        res = super().write(vals)
        for order, terms in kept.items():
            order.sales_after_sales_terms = terms
        return res
