# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from .drop_results import DropResults
from .drop_statistics import LEAST_EARLIER_DAYS, judge
from .order_counts import OrderCounts


class BuyingDropTest:
    """Tests which customers of a company buy less than before, and keeps the results.

    Running it again is safe: a week has one result for each customer.

    :param company: the company
    :param day: last of the recent days
    """

    def __init__(self, company, day):
        metric = company.env.ref("sales_efficiency_base.sales_metric_order_count")
        # sudo: which events are orders is no secret.
        events = tuple(metric.sudo().event_ids.mapped("event"))
        self._counts = OrderCounts(company, day, events)
        self._results = DropResults(company, day)

    def run(self):
        """:return: list of the :class:`Finding` objects that were kept"""
        rows = self._counts.count()
        recent = sum(row[2] for row in rows)
        orders = recent + sum(row[1] for row in rows)
        share = recent / orders if orders else 0
        findings = judge(
            [row[:5] for row in rows],
            share,
            has_history=self._has_history(rows),
            doubtful=self._results.find_doubtful(),
        )
        self._results.store(findings, share)
        return findings

    def _has_history(self, rows):
        """Return whether there are earlier orders to compare the recent ones with.

        Without them, a company that has just started would be told that everybody who
        bought only in its first days has left.
        """
        first_days = [row[5] for row in rows if row[5]]
        if not first_days:
            return False
        enough = self._counts.recent_start - timedelta(days=LEAST_EARLIER_DAYS)
        return min(first_days) <= enough
