# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import logging
from datetime import datetime, time, timedelta
from itertools import cycle

from dateutil.relativedelta import relativedelta

from odoo import Command, api, fields, models

from .demo_company import enter_demo
from .sales_plan import ORDER_MONTHS, SELLERS, SalesPlan

_logger = logging.getLogger(__name__)

PRODUCT_LINES = ("sensor", "drive", "control", "vision", "service")
# Currencies of customers, with what a dollar of the company is worth today
CURRENCIES = {"CN": ("base.CNY", 0.224), "JP": ("base.JPY", 4.82)}
# Rates of foreign currencies by half-year, relative to the current rate.
RATE_FACTORS = (1.03, 1.0, 0.98, 1.01, 0.97)
LOST_REASONS = (
    "sales_efficiency_base.lost_reason_competitor_demo",
    "crm.lost_reason_1",
    "sales_efficiency_base.lost_reason_no_decision_demo",
    "sales_efficiency_base.lost_reason_budget_demo",
    "sales_efficiency_base.lost_reason_delivery_demo",
)
# Open deals closing within this period have a quotation.
QUOTATION_DAYS = 30
BIG_DEAL = 1_200_000


class SalesDemo(models.AbstractModel):
    """Creates the documents of the demo company; called once, by the demo data."""

    _name = "sales.demo"
    _description = "Sales Demo Data"

    @api.model
    def _load(self):
        """Create two years of documents up to yesterday, after a year of history."""
        if self.env["sale.order"].search_count(
            [("user_id", "=", self._user("grace").id)], limit=1
        ):
            return  # Odoo can load demo data repeatedly
        # Nobody reads change logs of demo documents, and they take time.
        demo = enter_demo(self, tracking_disable=True, mail_create_nosubscribe=True)
        company = demo.env.company
        plan = demo._plan()
        demo._load_history(plan.history)
        demo._load_opportunities(plan)
        orders = demo._load_orders(plan)
        if company.chart_template:
            demo.env["sales.demo.invoice"]._load(plan.today, orders)
        else:
            _logger.warning(
                "%s has no chart of accounts: no demo invoices and payments are made.",
                company.name,
            )
        demo.env["sales.mart"]._rebuild()

    def _user(self, login):
        return self.env.ref(f"sales_efficiency_base.user_{login}_demo")

    @staticmethod
    def _moment(day):
        """:returns: a moment that falls on this day from Europe to East Asia"""
        return datetime.combine(day, time(hour=3))

    def _plan(self):
        """:returns: a plan with the customers and products of this database"""
        users = {seller.login: self._user(seller.login) for seller in SELLERS}
        customers = {
            login: list(
                self.env["res.partner"].search([("user_id", "=", user.id)], order="id")
            )
            for login, user in users.items()
        }
        # The director also serves the two largest customers of each salesperson.
        customers["grace"] = [c for own in customers.values() for c in own[:2]]
        products = [
            [
                (product, product.list_price)
                for product in self.env["product.product"].search(
                    [("categ_id", "=", category.id)], order="list_price"
                )
            ]
            for category in (
                self.env.ref(f"sales_efficiency_base.category_{line}_demo")
                for line in PRODUCT_LINES
            )
        ]
        return SalesPlan(fields.Date.today(), customers, products)

    # ------------------------------------------------------------
    # HISTORY AND OPPORTUNITIES
    # ------------------------------------------------------------

    def _load_history(self, past_sales):
        vals_list = []
        for number, sale in enumerate(past_sales, start=1):
            user = self._user(sale.seller)
            cost = sale.quantity * sale.product.standard_price
            vals_list.append(
                {
                    "date": sale.day,
                    "recorded_as": "sale",
                    "company_id": self.env.company.id,
                    "user_id": user.id,
                    "team_id": user.sale_team_id.id,
                    "region_id": sale.customer.sales_region_id.id,
                    "channel_id": sale.customer.sales_channel_id.id,
                    "partner_id": sale.customer.id,
                    "product_id": sale.product.id,
                    "quantity": sale.quantity,
                    "amount": sale.amount,
                    "margin": sale.amount - cost,
                    "name": f"{sale.day:%Y%m}-{number:03}",
                }
            )
        self.env["sales.history.line"].create(vals_list)

    def _load_opportunities(self, plan):
        """Create won, lost and open opportunities and link them to their deals."""
        stages = self.env["crm.stage"].search([("is_won", "=", False)], limit=3)
        won_stage = self.env["crm.stage"].search([("is_won", "=", True)], limit=1)
        reasons = cycle(self.env.ref(reason).id for reason in LOST_REASONS)
        deals = [deal for deal in plan.deals if deal.opened]
        vals_list = []
        for deal in deals:
            vals = self._prepare_opportunity(deal)
            if deal.closed >= plan.today:
                progress = (plan.today - deal.opened) / (deal.closed - deal.opened)
                stage = stages[min(int(progress * len(stages)), len(stages) - 1)]
                vals["stage_id"] = stage.id
            elif deal.won:
                vals |= {
                    "stage_id": won_stage.id,
                    "probability": 100,
                    "date_closed": self._moment(deal.closed),
                }
            else:
                vals |= {
                    "active": False,
                    "stage_id": stages[-1].id,
                    "probability": 0,
                    "lost_reason_id": next(reasons),
                    "date_closed": self._moment(deal.closed),
                }
            vals_list.append(vals)
        leads = self.env["crm.lead"].create(vals_list)
        for deal, lead in zip(deals, leads, strict=True):
            deal.opportunity = lead

    def _prepare_opportunity(self, deal):
        user = self._user(deal.seller)
        product_line = deal.lines[0][0].categ_id
        return {
            "type": "opportunity",
            "name": self.env._(
                "%(project)s: %(product_line)s",
                project=self.env._(deal.project),
                product_line=product_line.name,
            ),
            "company_id": self.env.company.id,
            "partner_id": deal.customer.id,
            "user_id": user.id,
            "team_id": user.sale_team_id.id,
            "expected_revenue": deal.amount,
            "priority": "2" if deal.amount > BIG_DEAL else "1",
            "date_open": self._moment(deal.opened),
            "date_deadline": deal.closed,
            "sales_categ_id": product_line.id,
            "sales_opened_date": deal.opened,
        }

    # ------------------------------------------------------------
    # ORDERS
    # ------------------------------------------------------------

    def _load_orders(self, plan):
        """Create orders for won deals and quotations for deals soon to be won.

        :returns: [(deal, order)] of the confirmed orders, without cancelled ones
        """
        pricelists = self._load_pricelists(plan.today)
        horizon = plan.today + timedelta(days=QUOTATION_DAYS)
        deals = [deal for deal in plan.deals if deal.won and deal.closed < horizon]
        orders = self.env["sale.order"].create(
            [self._prepare_order(plan, deal, pricelists) for deal in deals]
        )
        done = [
            (deal, order)
            for deal, order in zip(deals, orders, strict=True)
            if deal.closed < plan.today
        ]
        self.env["sale.order"].union(*(order for _deal, order in done)).action_confirm()
        for deal, order in done:
            # Confirmation has set it to now.
            order.date_order = self._moment(deal.closed)
        cancelled = [order for deal, order in done if deal.cancelled]
        self.env["sale.order"].union(*cancelled)._action_cancel()
        return [(deal, order) for deal, order in done if not deal.cancelled]

    def _load_pricelists(self, today):
        """:returns: {country code: price list} for customers with a foreign currency"""
        pricelists = {}
        for country_code, (xmlid, rate) in CURRENCIES.items():
            currency = self.env.ref(xmlid)
            currency.active = True
            self._load_rates(currency, rate, today)
            pricelists[country_code] = self.env["product.pricelist"].create(
                {
                    "name": self.env._("%s Price List", currency.name),
                    "currency_id": currency.id,
                    "company_id": self.env.company.id,
                }
            )
        return pricelists

    def _load_rates(self, currency, rate, today):
        """Create varying rates of the currency."""
        self.env["res.currency.rate"].create(
            [
                {
                    "currency_id": currency.id,
                    "company_id": self.env.company.id,
                    "name": today
                    + relativedelta(months=6 * half - ORDER_MONTHS, day=1),
                    "rate": rate * factor,
                }
                for half, factor in enumerate(RATE_FACTORS)
            ]
        )

    def _prepare_order(self, plan, deal, pricelists):
        user = self._user(deal.seller)
        day = deal.closed
        vals = {
            "company_id": self.env.company.id,
            "partner_id": deal.customer.id,
            "user_id": user.id,
            "team_id": user.sale_team_id.id,
            "opportunity_id": deal.opportunity and deal.opportunity.id,
            "order_line": [
                Command.create(
                    {
                        "product_id": product.id,
                        "product_uom_qty": quantity,
                        "discount": discount,
                    }
                )
                for product, quantity, discount in deal.lines
            ],
            "sales_credit_ids": [
                Command.create({"user_id": self._user(login).id, "share": share})
                for login, share in (deal.shares or {}).items()
            ],
        }
        if deal.closed >= plan.today:
            vals["state"] = "sent"
            day = max(deal.opened, plan.today - timedelta(days=7))
        if pricelist := pricelists.get(deal.customer.country_code):
            vals["pricelist_id"] = pricelist.id
        return vals | {"date_order": self._moment(day)}
