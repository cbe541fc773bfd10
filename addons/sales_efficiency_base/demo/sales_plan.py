# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Monthly sales plan of the demo company, in plain Python without records.

Random numbers come from seeded generators and dates are relative to a given day: the
same day always yields the same company, and the data never look outdated.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from dateutil.relativedelta import relativedelta

from odoo.tools import LazyTranslate

# Constants have no environment: their language is that of whoever asks.
# pylint: disable=prefer-env-translation
_lt = LazyTranslate(__name__)

HISTORY_MONTHS = 36
ORDER_MONTHS = 24
# Deals that close after today form the open pipeline.
PIPELINE_MONTHS = 4
# Seasonal factors from January on: February is weak because of the Lunar New Year,
# budgets are spent in June and December.
SEASON = (0.95, 0.62, 1.08, 1.0, 1.0, 1.12, 0.9, 0.9, 1.1, 1.03, 1.1, 1.2)
# In the currency of the company, New Taiwan dollars
ORDER_VALUE = 1_140_000
# Sensors, drives, controllers, machine vision, services.
PRODUCT_LINE_WEIGHTS = (22, 25, 24, 18, 11)
PROJECTS = (
    _lt("Line retrofit"),
    _lt("New production line"),
    _lt("Inspection station"),
    _lt("Capacity expansion"),
    _lt("Pilot installation"),
    _lt("Frame contract"),
)


@dataclass(frozen=True)
class Seller:
    """The performance of a salesperson.

    :param monthly: average monthly sales one year ago, in company currency
    :param growth: growth of sales from year to year, as a fraction
    :param win_rate: won opportunities as a fraction of all decided ones
    :param discount: usual discount in percent
    :param months: months since the first sale
    """

    login: str
    team: str
    monthly: int
    growth: float
    win_rate: float
    discount: int
    months: int = HISTORY_MONTHS


SELLERS = (
    Seller("grace", "division", 1_020_000, 0.08, 0.75, 4),
    Seller("kevin", "north", 2_580_000, 0.10, 0.55, 5),
    Seller("amy", "north", 3_120_000, 0.24, 0.62, 4),
    Seller("jason", "north", 1_800_000, 0.05, 0.42, 8),
    Seller("emily", "north", 1_560_000, 0.35, 0.45, 6, months=14),
    Seller("linda", "south", 2_340_000, 0.09, 0.52, 5),
    Seller("tony", "south", 1_920_000, 0.12, 0.50, 6),
    Seller("vivian", "south", 1_620_000, -0.06, 0.38, 12),
    Seller("david", "overseas", 2_940_000, 0.15, 0.55, 5),
    Seller("cindy", "overseas", 2_340_000, 0.18, 0.48, 6),
    Seller("eric", "overseas", 1_560_000, -0.12, 0.35, 9),
    Seller("yuki", "overseas", 2_040_000, 0.22, 0.50, 3),
)


@dataclass
class Deal:
    """A deal, won, lost or still open, from the first contact to the last payment.

    :param lines: [(product, quantity, discount in percent)]
    :param opened: start date of the opportunity, None for a repeat order
    :param closed: date of the order or of the loss, in the future while open
    :param shares: {login: percent} of a sale credited to several people
    :param invoiced: invoice date
    :param refunded: fraction of the invoice credited later
    :param payments: [(days after the due date, fraction of the amount)]
    :param opportunity: the record created for the deal
    """

    seller: str
    customer: object
    closed: date
    won: bool
    amount: float
    lines: list
    opened: date | None = None
    project: str = ""
    cancelled: bool = False
    shares: dict | None = None
    invoiced: date | None = None
    refunded: float = 0.0
    payments: tuple = ()
    opportunity: object = None


@dataclass
class PastSale:
    """A sale of one product to one customer, recorded only as history."""

    seller: str
    customer: object
    day: date
    product: object
    quantity: int
    amount: float


class SalesPlan:
    """Deals and past sales of the demo company, relative to ``today``.

    :param today: the first day without documents
    :param customers: {login: [customer]}, largest first
    :param products: [[(product, price)] of each product line, cheapest first]
    :param sellers: those who sell
    """

    def __init__(self, today, customers, products, sellers=SELLERS):
        self.today = today
        self.customers = customers
        self.products = products
        everybody = [customer for names in customers.values() for customer in names]
        taste = Random("taste")
        self.tastes = {c: self._product_line(taste) for c in everybody}
        self.deals = []
        self.history = []
        for seller in sellers:
            self._plan_seller(seller, Random(seller.login))
        self.deals.sort(key=lambda deal: deal.closed)

    def _plan_seller(self, seller, rng):
        for month in range(-seller.months, PIPELINE_MONTHS):
            first = self.today + relativedelta(months=month, day=1)
            amount = (
                seller.monthly
                * SEASON[first.month - 1]
                * (1 + seller.growth) ** (month / 12 + 1)
                * rng.uniform(0.88, 1.12)
            )
            days = self._weekdays(first)
            if month < -ORDER_MONTHS:
                self._plan_history(seller, rng, days, amount)
            else:
                self._plan_deals(seller, rng, days, amount)

    @staticmethod
    def _weekdays(first):
        days = (first + timedelta(days=day) for day in range(31))
        return [d for d in days if d.month == first.month and d.weekday() < 5]

    def _plan_history(self, seller, rng, days, amount):
        for part in self._split(rng, amount, rng.randint(2, 3)):
            customer = self._customer(seller, rng)
            product, price = self._product(rng, customer, part)
            self.history.append(
                PastSale(
                    seller=seller.login,
                    customer=customer,
                    day=rng.choice(days),
                    product=product,
                    quantity=max(1, round(part / price)),
                    amount=round(part),
                )
            )

    def _plan_deals(self, seller, rng, days, amount):
        # At least one sale a month, or random variation would hide the season.
        count = max(1, round(amount / ORDER_VALUE * rng.uniform(0.4, 1.6)))
        for part in self._split(rng, amount, count):
            self._plan_won(seller, rng, days, part)
            if rng.random() < 0.04:
                self._plan_won(seller, rng, days, part, cancelled=True)
            # Number of losses that yields the win rate: 55 % of the won deals have an
            # opportunity, see _plan_won.
            lost = 0.55 * (1 / seller.win_rate - 1)
            for _number in range(int(lost + rng.random())):
                deal = self._deal(seller, rng, days, part * rng.uniform(0.5, 1.6))
                self._open(deal, rng, rng.triangular(10, 150, 55))
                self._add(deal)

    def _plan_won(self, seller, rng, days, amount, cancelled=False):
        deal = self._deal(seller, rng, days, amount)
        deal.won = True
        deal.cancelled = cancelled
        if deal.closed >= self.today or rng.random() < 0.55:
            self._open(deal, rng, rng.triangular(12, 120, 40))
        if amount > ORDER_VALUE and rng.random() < 0.25:
            deal.shares = self._shares(seller, deal.closed, rng)
        self._plan_payment(deal, rng)
        self._add(deal)

    def _add(self, deal):
        if (deal.opened or deal.closed) < self.today:
            self.deals.append(deal)

    def _deal(self, seller, rng, days, amount):
        customer = self._customer(seller, rng)
        return Deal(
            seller=seller.login,
            customer=customer,
            closed=rng.choice(days),
            won=False,
            amount=round(amount, -3),
            lines=self._lines(seller, rng, customer, amount),
        )

    def _open(self, deal, rng, days):
        deal.opened = deal.closed - timedelta(days=int(days))
        deal.project = rng.choice(PROJECTS)

    def _plan_payment(self, deal, rng):
        deal.invoiced = deal.closed + timedelta(days=rng.randint(2, 18))
        if rng.random() < 0.05:
            deal.refunded = rng.choice((1.0, 0.5, 0.25))
        delay = rng.randint(-4, 22)
        deal.payments = rng.choices(
            (
                [(delay, 1.0)],
                [(delay, 0.5), (delay + 30, 0.5)],
                [(delay, 0.3)],
                [],
            ),
            weights=(86, 6, 4, 4),
        )[0]

    def _shares(self, seller, day, rng):
        """Share a sale with the director or team members employed at that time."""
        colleagues = [
            other.login
            for other in SELLERS
            if other != seller
            and ("division" in (seller.team, other.team) or seller.team == other.team)
            and day >= self.today - relativedelta(months=other.months, day=1)
        ]
        shares = rng.choice(((70, 30), (60, 40), (50, 30, 20)))
        logins = [seller.login, *rng.sample(colleagues, 2)]
        return dict(zip(logins, shares, strict=False))

    def _customer(self, seller, rng):
        """Choose a customer, by weights that fall with rank: a few buy most."""
        customers = self.customers[seller.login]
        weights = [1 / (rank + 3) for rank in range(len(customers))]
        return rng.choices(customers, weights)[0]

    def _lines(self, seller, rng, customer, amount):
        count = rng.choices((1, 2, 3), weights=(45, 35, 20))[0]
        discount = seller.discount * rng.choice((0, 0, 0.5, 1, 1.5))
        lines = {}
        for part in self._split(rng, amount / (1 - discount / 100), count):
            product, price = self._product(rng, customer, part)
            lines[product] = (product, max(1, round(part / price)), discount)
        return list(lines.values())

    def _product_line(self, rng):
        return rng.choices(self.products, PRODUCT_LINE_WEIGHTS)[0]

    def _product(self, rng, customer, amount):
        """Choose a product priced to suit the amount, usually from the customer's
        preferred product line."""
        line = self.tastes[customer]
        if rng.random() < 0.4:
            line = self._product_line(rng)
        fitting = [item for item in line if item[1] <= amount <= item[1] * 250]
        return rng.choice(fitting or line[:1])

    @staticmethod
    def _split(rng, amount, count):
        """Split the amount at random, with a few parts much larger than the others."""
        weights = [rng.lognormvariate(0, 0.8) for _number in range(count)]
        return [amount * weight / sum(weights) for weight in weights]
