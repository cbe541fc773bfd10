# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections import defaultdict
from decimal import Decimal

from .earning import Earning
from .pricing import RatePricing, SlicePricing

ZERO = Decimal(0)


class ItemEarning(Earning):
    """Earnings of each line or document of one month by itself.

    Rates are by the amount of the line or the document, by the margin rate of the line,
    or by its days to collection.
    """

    def __init__(self, history, months):
        super().__init__(history, months)
        self._rule = history.rule(months[0])
        self._table = history.table(self._rule, months[0])
        self._measured = "document" if self._rule.rate_by == "document" else "key"
        self._sums = defaultdict(Decimal)
        self._exact = ZERO

    def exact(self, until):
        if not self._sums:
            # Its lines were not given, since none of them has changed.
            return None
        if fallback := self.history.fallback(self._rule, until):
            return fallback.price(sum(self._sums.values(), ZERO))
        return self._exact

    def change(self, line, _month, added):
        measured = getattr(line, self._measured)
        before = self._sums[measured]
        after = self._sums[measured] = before + added
        self._exact += self._price(line, after) - self._price(line, before)
        return before, after

    def open(self, lines):
        for line, base in lines:
            self._sums[getattr(line, self._measured)] += base
        return ZERO, None, self._run(lines)

    def _run(self, lines):
        earned = ZERO
        measures = defaultdict(Decimal)
        fallback = self.history.fallback(self._rule, self.history.month)
        for line, base in lines:
            measured = getattr(line, self._measured)
            before = measures[measured]
            after = measures[measured] = before + base
            pricing = fallback or self._pricing(line, self._sums[measured])
            earned += pricing.price(after) - pricing.price(before)
            yield line, base, before, after, earned, pricing

    def _price(self, line, total):
        return self._pricing(line, total).price(total)

    def _pricing(self, line, total):
        rule = self._rule
        if rule.rate_by == "margin":
            return self._at(line.margin_rate)
        if rule.rate_by == "collection_days":
            return self._at(line.days)
        if rule.rate_mode == "marginal":
            return SlicePricing(self._table)
        return self._at(total)

    def _at(self, measure):
        # Without a cost or a payment there is no rate but the first.
        tier = self._table.tier_at(measure) if measure is not None else 0
        return RatePricing(self._table.rates[tier], tier)
