# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from decimal import Decimal

from .earning import Earning
from .pricing import RatePricing, SlicePricing

ZERO = Decimal(0)


class CumulatedEarning(Earning):
    """Earnings that depend on the sums of months alone.

    Rates are fixed, by the month, by the interval to date or by attainment. Each month
    is priced by its own version; tiers count on.

    :param dict bases: month → base
    """

    def __init__(self, history, months, bases):
        super().__init__(history, months)
        self._bases = {month: bases.get(month, ZERO) for month in months}

    def exact(self, until):
        months = [month for month in self.months if month <= until]
        return self._sum(months, until, self._total(months))

    def change(self, _line, month, added):
        before = self._total(self.months)
        self._bases[month] += added
        return before, before + added

    def open(self, lines):
        month = self.history.month
        before = [other for other in self.months if other < month]
        self._bases[month] = sum((base for _line, base in lines), ZERO)
        total = self._total(self.months)
        start = self._sum(before, month, total)
        measure, pricing = self._pricing(month, month, self._total(before), total)
        return start, pricing, self._run(lines, start, measure, pricing)

    @staticmethod
    def _run(lines, start, measure, pricing):
        price = pricing.price
        start -= price(measure)
        for line, base in lines:
            reached = measure + base
            yield line, base, measure, reached, start + price(reached), pricing
            measure = reached

    def _total(self, months):
        return sum((self._bases[month] for month in months), ZERO)

    def _sum(self, months, until, total):
        """Return what months earn at the end of a later one."""
        earned = before = ZERO
        for month in months:
            base = self._bases[month]
            measure, pricing = self._pricing(month, until, before, total)
            earned += pricing.price(measure + base) - pricing.price(measure)
            before += base
        return earned

    def _pricing(self, month, until, before, total):
        """Return the measure before the first line of a month, and its pricing.

        :param date until: month at whose end it is asked
        :param before: base of earlier months
        :param total: base until then
        """
        history = self.history
        rule = history.rule(month)
        if fallback := history.fallback(rule, until):
            return before, fallback
        if rule.rate_by == "attainment":
            return before, history.attained_pricing(rule, until)
        table = history.table(rule, until)
        if rule.rate_mode == "marginal":
            return before, SlicePricing(table)
        tier = table.tier_at(total)
        return before, RatePricing(table.rates[tier], tier)
