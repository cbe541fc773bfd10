# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta
from random import Random

from dateutil.relativedelta import relativedelta

from odoo import Command, api, fields, models

from odoo.addons.sales_efficiency_base.demo import enter_demo
from odoo.addons.sales_efficiency_base.demo.demo_company import COMPANY

from ..engine.buying_drop import DROP, OrderCounts, get_mid_p

EVENTS = ("confirmed", "sale", "order")
# Salespeople whose customer stops ordering, or orders less; and their orders in the
# year before and in the last 90 days.
REGULAR = (("amy", 24, 0), ("jason", 26, 1), ("vivian", 22, 0))
# A shop that orders so often that even a slight drop is told from chance
WATCHED, WATCHED_ORDERS = "tony", 200
AMOUNTS = (3_000, 9_000)
MARGIN = 0.3
# Weeks tested before this one
WEEKS = 3
YEAR = timedelta(days=365)


class SalesDropDemo(models.AbstractModel):
    """Regular customers of small orders: some stop, one orders a bit less."""

    _name = "sales.drop.demo"
    _description = "Demo Data of Buying Drops"

    @api.model
    def _load(self):
        if not self.env.ref(COMPANY, raise_if_not_found=False):
            return  # A database of an earlier version, in whose demo people work
        demo = enter_demo(self, tracking_disable=True)
        drops = demo.env["sales.customer.drop"]
        if drops.search_count([("company_id", "=", demo.env.company.id)], limit=1):
            return  # Odoo can load demo data repeatedly
        demo._load_orders()
        demo.env["sales.mart"]._refresh()
        today = demo.env.company._get_sales_today()
        for week in reversed(range(WEEKS)):
            drops._test(demo.env.company, today - timedelta(weeks=week))
        demo._load_alerts()

    def _user(self, login):
        return self.env.ref(f"sales_efficiency_base.user_{login}_demo")

    # ------------------------------------------------------------
    # ORDERS
    # ------------------------------------------------------------

    def _load_orders(self):
        counts = OrderCounts(
            self.env.company, self.env.company._get_sales_today(), EVENTS
        )
        rows = counts.count()
        numbers = {row[0]: row[1:3] for row in rows}
        vals_list = []
        for login, earlier, recent in REGULAR:
            customer = self._find_customer(login, numbers)
            vals_list += self._prepare_orders(counts, customer, earlier, recent)
        customer = self._find_customer(WATCHED, numbers)
        recent = self._find_slight_drop(rows, numbers.get(customer.id, (0, 0))[0])
        vals_list += self._prepare_orders(counts, customer, WATCHED_ORDERS, recent)
        self.env["sales.history.line"].create(vals_list)

    def _find_customer(self, login, numbers):
        """:returns: a customer of the salesperson without recent orders"""
        customers = self.env["res.partner"].search(
            [("user_id", "=", self._user(login).id)], order="id"
        )
        return customers.filtered(
            lambda customer: not numbers.get(customer.id, (0, 0))[1]
        )[:1]

    def _find_slight_drop(self, rows, earlier):
        """:returns: the highest number of recent orders that is watched"""
        regular_earlier = sum(orders for _login, orders, _recent in REGULAR)
        regular_recent = sum(orders for _login, _earlier, orders in REGULAR)
        of_all_earlier = sum(row[1] for row in rows) + regular_earlier
        of_all_recent = sum(row[2] for row in rows) + regular_recent
        earlier += WATCHED_ORDERS
        for recent in reversed(range(WATCHED_ORDERS)):
            total = of_all_earlier + of_all_recent + WATCHED_ORDERS + recent
            share = (of_all_recent + recent) / total
            probability = get_mid_p(earlier + recent, recent, share)
            is_slight = recent > (1 - DROP) * (earlier + recent) * share
            if probability < 0.045 and is_slight:
                return recent
        return 0

    def _prepare_orders(self, counts, customer, earlier, recent):
        """:returns: values of past orders, spread over both parts of the time

        The year before has as many, or the growth of the company would suffer.
        """
        rng = Random(customer.id)
        last = counts.recent_start - timedelta(days=1)
        days = [
            *self._spread(counts.start - YEAR, last - YEAR, earlier),
            *self._spread(counts.start, last, earlier),
            *self._spread(counts.recent_start, counts.end, recent),
        ]
        product = self._get_product()
        vals_list = []
        for number, day in enumerate(days, start=1):
            amount = rng.randint(*AMOUNTS)
            vals_list.append(
                {
                    "name": f"P{customer.id}-{number:03}",
                    "date": day,
                    "recorded_as": "order",
                    "company_id": self.env.company.id,
                    "user_id": customer.user_id.id,
                    "partner_id": customer.id,
                    "product_id": product.id,
                    "quantity": 1,
                    "amount": amount,
                    "margin": round(amount * MARGIN),
                }
            )
        return vals_list

    @staticmethod
    def _spread(start, end, number):
        """:returns: days at equal distances from the start to the end"""
        length = (end - start).days
        return [
            start + timedelta(days=int(length * (place + 0.5) / number))
            for place in range(number)
        ]

    def _get_product(self):
        """:returns: the cheapest sensor"""
        category = self.env.ref("sales_efficiency_base.category_sensor_demo")
        return self.env["product.product"].search(
            [("categ_id", "=", category.id)], order="list_price", limit=1
        )

    # ------------------------------------------------------------
    # WARNINGS
    # ------------------------------------------------------------

    def _load_alerts(self):
        """Open the warnings, of which one salesperson has answered theirs."""
        alerts = self.env["sales.alert"].with_context(tracking_disable=False)
        alerts._evaluate_rules()
        alerts.search([("state", "=", "open"), ("is_told", "=", False)])._tell()
        jason = self._user("jason")
        alert = alerts.search(
            [("rule_id.kind", "=", "drop"), ("responsible_id", "=", jason.id)], limit=1
        )
        if not alert:
            return
        alert = alert.with_user(jason)
        alert.write(
            {
                "cause": "competition",
                "analysis": self.env._(
                    "A web shop sells them the same spare parts 8 % cheaper."
                ),
                "action_ids": [
                    Command.create(
                        {
                            "name": self.env._("Offer a yearly price for spare parts"),
                            "user_id": jason.id,
                            "date_deadline": fields.Date.today()
                            + relativedelta(days=10),
                        }
                    )
                ],
            }
        )
        alert.action_answer()
