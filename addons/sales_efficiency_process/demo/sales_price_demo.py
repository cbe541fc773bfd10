# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from markupsafe import Markup

from odoo import Command, api, models
from odoo.tools import LazyTranslate

from odoo.addons.sales_efficiency_base.demo import enter_demo
from odoo.addons.sales_efficiency_base.demo.demo_company import COMPANY

# Constants have no environment: their language is that of whoever asks.
# pylint: disable=prefer-env-translation
_lt = LazyTranslate(__name__)

# Basis, limit, product line, product
FLOORS = (
    ("margin", 20, "", ""),
    ("margin", 30, "sensor", ""),
    ("margin", 35, "service", ""),
    ("price", 36_000, "", "ac_5"),
)
LIMITS = {
    "margin": "least_margin",
    "price": "lowest_price",
}
# Title, product line, terms
TERMS = (
    (
        _lt("Warranty and service"),
        "",
        (
            _lt("One year from delivery; we repair or replace what is defective."),
            _lt("Questions are answered within one working day."),
        ),
    ),
    (
        _lt("Drives: warranty and service"),
        "drive",
        (
            _lt("Two years from commissioning, 24 hours to a technician on site."),
            _lt("Spare parts for ten years after the last delivery."),
        ),
    ),
    (
        _lt("Machine vision: warranty and service"),
        "vision",
        (
            _lt("Two years from delivery, with a camera on loan during repair."),
            _lt("Operators are trained for one day at the start."),
        ),
    ),
)
# Who, product, quantity, discount, reason, what becomes of it
QUOTATIONS = (
    (
        "amy",
        "sm_10",
        40,
        30,
        _lt(
            "The customer equips a second line. If we win the first one, we are in"
            " against their present supplier."
        ),
        "submitted",
    ),
    (
        "jason",
        "sd_10",
        12,
        22.5,
        _lt("A reference for the food industry, and payment within ten days."),
        "approved",
    ),
    (
        "emily",
        "us_25",
        60,
        35,
        _lt("The customer compares prices on the internet."),
        "rejected",
    ),
    ("amy", "px_10", 200, 25, "", "below"),
)
REJECTION = _lt("That is no reason. Offer the smaller sensor instead.")


class SalesPriceDemo(models.AbstractModel):
    """Makes price floors, after-sales terms, and quotations below the floor in each
    step of approval (policy 3.3.1)."""

    _name = "sales.price.demo"
    _description = "Demo Data of Prices"

    @api.model
    def _load(self):
        if not self.env.ref(COMPANY, raise_if_not_found=False):
            return  # A database of an earlier version, in whose demo people work
        demo = enter_demo(self, tracking_disable=True)
        if demo.env["sales.price.floor"].search_count(
            [("company_id", "=", demo.env.company.id)], limit=1
        ):
            return  # Odoo can load demo data repeatedly
        for values in FLOORS:
            demo._create_floor(*values)
        for values in TERMS:
            demo._create_term(*values)
        for values in QUOTATIONS:
            demo._create_quotation(*values)

    def _create_floor(self, basis, limit, line, product):
        self.env["sales.price.floor"].create(
            {
                "company_id": self.env.company.id,
                "basis": basis,
                LIMITS[basis]: limit,
                "categ_id": self._get_line(line).id,
                "product_tmpl_id": self._get_product(product).product_tmpl_id.id,
            }
        )

    def _create_term(self, title, line, sentences):
        items = Markup().join(
            Markup("<li>%s</li>") % self.env._(sentence) for sentence in sentences
        )
        self.env["sales.quotation.term"].create(
            {
                "company_id": self.env.company.id,
                "name": self.env._(title),
                "categ_id": self._get_line(line).id,
                "content": Markup("<ul>%s</ul>") % items,
            }
        )

    def _create_quotation(self, login, product, quantity, discount, reason, step):
        user, product = self._get(f"user_{login}"), self._get_product(product)
        lead = self._find_lead(user, product)
        today = self.env.company._get_sales_today()
        order = (
            self.env["sale.order"]
            .with_user(user)
            .create(
                {
                    "partner_id": (lead.partner_id or self._find_customer(user)).id,
                    "opportunity_id": lead.id,
                    "company_id": self.env.company.id,
                    "validity_date": today + timedelta(days=30),
                    "order_line": [
                        Command.create(
                            {
                                "product_id": product.id,
                                "product_uom_qty": quantity,
                                "discount": discount,
                            }
                        )
                    ],
                }
            )
        )
        if reason:
            self._request(order, self.env._(reason), step)

    def _request(self, order, reason, step):
        request = order.env["sales.price.request"].create(
            {"order_id": order.id, "reason": reason}
        )
        request.action_submit()
        order.env.invalidate_all()
        reviewer = request.superior_id
        if step == "approved":
            request.with_user(reviewer)._validate_tier()
            order.action_quotation_sent()
        elif step == "rejected":
            request.with_user(reviewer)._rejected_tier()
            request.sudo().review_ids.filtered("done_by").comment = self.env._(
                REJECTION
            )

    def _find_lead(self, user, product):
        """:return: the largest opportunity of the person in which a competitor offers
        the same, if there is one"""
        offered = [("product_ids.product_id", "=", product.id)]
        return self.env["crm.lead"].search(
            [
                ("user_id", "=", user.id),
                ("won_status", "=", "pending"),
                ("partner_id", "!=", False),
                ("sales_competitor_ids", "any", offered),
            ],
            order="expected_revenue desc, id",
            limit=1,
        )

    def _find_customer(self, user):
        """:return: the customer with whom the person is talking about most"""
        lead = self.env["crm.lead"].search(
            [
                ("user_id", "=", user.id),
                ("won_status", "=", "pending"),
                ("partner_id", "!=", False),
            ],
            order="expected_revenue desc, id",
            limit=1,
        )
        return lead.partner_id or self.env["res.partner"].search(
            [("user_id", "=", user.id)], order="id", limit=1
        )

    def _get_line(self, name):
        """:return: a product line; empty without a name"""
        return self._get(f"category_{name}") if name else self.env["product.category"]

    def _get_product(self, name):
        """:return: a product; empty without a name"""
        return self._get(f"product_{name}") if name else self.env["product.product"]

    def _get(self, name):
        return self.env.ref(f"sales_efficiency_base.{name}_demo")
