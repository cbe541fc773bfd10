# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from itertools import count

from .clock import interleave, ratio, seconds
from .database import environment
from .plain import Baseline
from .result import Result

CHANGED_ORDERS = 100


def measure(databases):
    with environment(databases.small) as small, environment(databases.large) as large:
        yield from Refresh(small, large).measure()


class Refresh:
    """Refreshes after 100 changed orders, in two databases and by plain SQL."""

    def __init__(self, small, large):
        self.small, self.large = small, large
        # Different orders in each round
        self.firsts = count(1)

    def measure(self):
        small, large, theirs = interleave(
            lambda: self.by_mart(self.small),
            lambda: self.by_mart(self.large),
            lambda: self.by_plain_sql(self.large),
        )
        yield Result(
            "refresh after 100 changed orders, times the plain SQL",
            1.5,
            *ratio(large, theirs),
        )
        yield Result(
            "the same, times a refresh of a tenth of the orders",
            1.5,
            *ratio(large, small),
        )
        yield Result(
            "documents that differ from the figures afterwards",
            0,
            sum(map(self.count_differences, (self.small, self.large))),
        )

    def change(self, env):
        """Change the lines of widely spaced orders; return the ids of the orders."""
        env.cr.execute("SELECT MAX(id) FROM sale_order")
        [last] = env.cr.fetchone()
        step = last // CHANGED_ORDERS
        ids = [next(self.firsts) % step + step * n + 1 for n in range(CHANGED_ORDERS)]
        env.cr.execute(
            "UPDATE sale_order_line SET price_subtotal = price_subtotal + 1,"
            " margin = margin + 1 WHERE order_id = ANY(%s)",
            [ids],
        )
        env.cr.commit()
        return ids

    def by_mart(self, env):
        self.change(env)

        def refresh():
            env["sales.mart"]._refresh()
            env.cr.commit()

        return seconds(refresh)

    def by_plain_sql(self, env):
        ids = self.change(env)
        baseline = Baseline(env)

        def replace():
            baseline.replace_orders(ids)
            env.cr.commit()

        duration = seconds(replace)
        env.cr.execute("DELETE FROM sales_fact_queue")
        env.cr.commit()
        return duration

    def count_differences(self, env):
        repaired = env["sales.mart"]._reconcile()
        env.cr.commit()
        return sum(repaired.mapped("documents"))
