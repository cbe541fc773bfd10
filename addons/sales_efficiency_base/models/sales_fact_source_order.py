# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models
from odoo.tools import SQL

from ..engine import UPDATE, Watch


class SalesFactSourceOrder(models.AbstractModel):
    """Lines of confirmed orders, dated by the order (policy 2.2.2, 6.1.1).

    Incentives inherit it for quotations.
    """

    _name = "sales.fact.source.order"
    _inherit = "sales.fact.source"
    _description = "Sales Facts of Orders"
    _code = "order"
    _title = "Orders"
    _subject = "order"
    _summary = (
        "Lines of confirmed sales orders, by order date. Cancelled orders do not count."
    )
    _sequence = 10
    _document = "sale.order"
    _origin = "sale_order"
    _splits_credit = True
    _watches = [
        Watch(
            table="sale_order",
            origin="sale_order",
            key="id",
            columns=(
                "state",
                "date_order",
                "company_id",
                "partner_id",
                "user_id",
                "team_id",
                "sales_region_id",
                "sales_channel_id",
                "currency_rate",
                "campaign_id",
            ),
            condition="r.state = 'sale'",
        ),
        Watch(
            table="sale_order_line",
            origin="sale_order",
            key="order_id",
            columns=(
                "order_id",
                "display_type",
                "is_downpayment",
                "product_id",
                "product_uom_id",
                "product_uom_qty",
                "price_subtotal",
                "purchase_price",
                "sales_unit_cost",
            ),
            # The order itself tells when it is confirmed.
            condition="r.state = 'sale'",
        ),
        Watch(
            table="sales_credit",
            origin="sale_order",
            key="order_id",
            columns=("order_id", "user_id", "team_id", "share"),
        ),
        # Shared by several sources; each expands changes to its own documents.
        Watch(
            table="product_template",
            origin="product_template",
            key="id",
            columns=("categ_id", "uom_id"),
            events=UPDATE,
        ),
        Watch(
            table="res_partner",
            origin="res_partner",
            key="id",
            columns=("commercial_partner_id",),
            events=UPDATE,
        ),
        Watch(
            table="res_company",
            origin="res_company",
            key="id",
            columns=("sales_tz", "currency_id", "sales_zero_cost_unknown"),
            events=UPDATE,
        ),
    ]

    def _get_label(self):
        return self.env._("Sales Order")

    def _get_events(self):
        return {"confirmed": self.env._("Order confirmed")}

    def _get_expansions(self):
        return {
            "product_template": """
                SELECT l.order_id FROM sale_order_line l
                  JOIN product_product p ON p.id = l.product_id
                 WHERE p.product_tmpl_id = ANY(%(ids)s)
            """,
            "res_partner": "SELECT id FROM sale_order WHERE partner_id = ANY(%(ids)s)",
            "res_company": "SELECT id FROM sale_order WHERE company_id = ANY(%(ids)s)",
        }

    def _get_columns(self):
        amount = self._convert(SQL("COALESCE(l.price_subtotal, 0)::numeric"))
        return {
            "event": SQL("'confirmed'"),
            "date": SQL(
                "(o.date_order AT TIME ZONE 'UTC' AT TIME ZONE c.sales_tz)::date"
            ),
            "company_id": SQL("o.company_id"),
            "currency_id": SQL("c.currency_id"),
            "region_id": SQL("o.sales_region_id"),
            "team_id": SQL("o.team_id"),
            "user_id": SQL("o.user_id"),
            "channel_id": SQL("o.sales_channel_id"),
            "categ_id": SQL("t.categ_id"),
            "product_id": SQL("l.product_id"),
            "partner_id": SQL("COALESCE(partner.commercial_partner_id, partner.id)"),
            "campaign_id": SQL("o.campaign_id"),
            "amount": SQL("ROUND(%s, cur.decimal_places)", amount),
            "margin": self._get_margin(
                amount, self._get_unit_cost("l"), SQL("l.product_uom_qty")
            ),
            "quantity": self._in_unit(SQL("l.product_uom_qty"), "u", "pu"),
            "res_id": SQL("o.id"),
            "line_id": SQL("l.id"),
            "order_id": SQL("o.id"),
            "precision": SQL("cur.decimal_places"),
        }

    def _from(self, ids=None):
        return SQL(
            """
            sale_order o
            JOIN sale_order_line l ON l.order_id = o.id
            JOIN res_company c ON c.id = o.company_id
            JOIN res_currency cur ON cur.id = c.currency_id
            JOIN res_partner partner ON partner.id = o.partner_id
            LEFT JOIN product_product p ON p.id = l.product_id
            LEFT JOIN product_template t ON t.id = p.product_tmpl_id
            LEFT JOIN uom_uom u ON u.id = l.product_uom_id
            LEFT JOIN uom_uom pu ON pu.id = t.uom_id
            WHERE %s
              AND l.display_type IS NULL
              AND l.is_downpayment IS NOT TRUE
              AND %s
            """,
            self._counts(),
            SQL("TRUE") if ids is None else SQL("o.id = ANY(%s)", ids),
        )

    def _counts(self):
        """Return the condition of the orders ``o`` that count."""
        return SQL("o.state = 'sale'")
