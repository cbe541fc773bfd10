# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections import defaultdict

from odoo.addons.sales_efficiency_base.engine import Dimensions
from odoo.addons.sales_efficiency_base.tools import Scope, grow

from .line_sums import LineSums

# What narrows a scope to a part of the channels, by breakdown
CHANNELS = ("channel", "member")


class Adaptability:
    """How much better than the market of its lines a channel or member grows.

    Growth of a scope over the year before, less the growth that all channels together
    have in the same product lines, in percentage points. The lines are those with sales
    of the scope in either of the two periods. Whoever grows with its lines has 0.

    One statement, whatever the number of scopes and periods.

    :param env: environment of the requesting user
    :param tuple events: events that count as a sale
    """

    def __init__(self, env, events):
        self.env = env
        self._events = events

    def measure(self, scopes, periods):
        """:return: percentage points or None, in the order of scopes × periods"""
        pairs = {
            (scope.company_id, period): self._compare(scope.company_id, period)
            for scope in scopes
            for period in periods
        }
        whole = {scope: self._widen(scope) for scope in scopes}
        sums = self._read(
            list(dict.fromkeys([*whole, *whole.values()])),
            list(dict.fromkeys(span for pair in pairs.values() for span in pair)),
        )
        return [
            self._exceed(sums, scope, whole[scope], pairs[scope.company_id, period])
            for scope in scopes
            for period in periods
        ]

    def _compare(self, company_id, period):
        """:return: the past days of a period and the same days a year before; nothing
        if it has not begun"""
        company = self.env["res.company"].browse(company_id)
        today = company._get_sales_today()
        if period.start > today:
            return ()
        span = period.until(today)
        return span, span.previous_year()

    def _widen(self, scope):
        """:return: the scope in all channels"""
        breakdowns = self.env["sales.fact"]._get_dimensions()
        kept = {
            name: ids
            for name, ids in scope.dimensions
            if breakdowns.get(name) not in CHANNELS
        }
        return Scope(scope.company_id, **kept)

    def _read(self, scopes, periods):
        """:return: dict (scope, period) → dict line → amount"""
        sums = defaultdict(lambda: defaultdict(float))
        if not periods:
            return sums
        query = LineSums(Dimensions(self.env).of_scopes(scopes), scopes, periods)
        keys = [(scope, period) for scope in scopes for period in periods]
        statement = query.sums_by_line(self._events)
        for position, line, amount in self.env.execute_query(statement):
            sums[keys[position]][line] += float(amount or 0)
        return sums

    @staticmethod
    def _exceed(sums, scope, whole, pair):
        if not pair:
            return None
        own = [sums.get((scope, span), {}) for span in pair]
        lines = set().union(*own)
        all_ = [sums.get((whole, span), {}) for span in pair]
        growth = grow(*(sum(amounts.values()) for amounts in own))
        of_lines = grow(*(sum(a.get(line, 0) for line in lines) for a in all_))
        if growth is None or of_lines is None:
            return None
        return growth - of_lines
