# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from dataclasses import dataclass
from functools import cached_property

from odoo.addons.sales_efficiency_base.tools import Known

from .returns import Marginal, divide

# Metrics of what came in while money was spent
ALONGSIDE = ("ordered_amount", "margin", "order_count", "new_customers", "won")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was spent in a period, and what stands alongside.

    :param Known known: how much of the sales has a known margin
    """

    spent: float
    sales: float
    margin: float | None
    orders: float
    new_customers: float
    won: float
    known: Known | None = None

    @property
    def share(self):
        """Spending in percent of sales"""
        return divide(100 * self.spent, self.sales)

    @property
    def per_order(self):
        return divide(self.spent, self.orders)

    @property
    def per_new_customer(self):
        return divide(self.spent, self.new_customers)

    @property
    def per_won(self):
        return divide(self.spent, self.won)

    def compare(self, before):
        """:return: :class:`Marginal` between an earlier outcome and this one"""
        return Marginal(before.spent, self.spent, before.margin, self.margin)


class Outcomes:
    """Reads the outcomes of many places at once, in two batches of metrics.

    Kinds of expenses do not divide sales, so a place has two scopes: that of what was
    spent, and that of what was sold alongside.

    :param env: environment of the user; callers check which scopes the user may see
    :param list places: pairs of the :class:`Scope` of spending and that of sales
    :param list periods: :class:`Period` objects
    """

    def __init__(self, env, places, periods):
        # sudo: as the metrics, which do not depend on the user
        self._metrics = env["sales.metric"].sudo()
        self._places, self._periods = places, periods

    def get(self, place, period):
        """:return: :class:`Outcome` of a place in a period"""
        spent, sold = place
        margin, known = self._get_margin(sold, period)
        values = {
            code: self._sold[metric.id, sold, period] or 0
            for code, metric in self._by_code.items()
        }
        return Outcome(
            spent=self._spent[self._spending.id, spent, period] or 0,
            sales=values["ordered_amount"],
            margin=margin,
            orders=values["order_count"],
            new_customers=values["new_customers"],
            won=values["won"],
            known=known,
        )

    def _get_margin(self, scope, period):
        """:return: margin, None if that of no sale is known; and the known part"""
        key = (self._by_code["margin"].id, scope, period)
        known = self._sold.known.get(key)
        if known and known.is_unknown:
            return None, known
        return self._sold[key] or 0, known

    @cached_property
    def _spending(self):
        return self._metrics._find(["sales_expense"])["sales_expense"]

    @cached_property
    def _by_code(self):
        return self._metrics._find(list(ALONGSIDE))

    @cached_property
    def _spent(self):
        scopes = [spent for spent, _sold in self._places]
        return self._spending._evaluate(scopes, self._periods)

    @cached_property
    def _sold(self):
        metrics = self._metrics.union(*self._by_code.values())
        scopes = [sold for _spent, sold in self._places]
        return metrics._evaluate(scopes, self._periods, known=True)
