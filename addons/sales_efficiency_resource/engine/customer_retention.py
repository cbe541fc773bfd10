# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo.addons.sales_efficiency_base.engine import FactColumns, MetricFigures
from odoo.addons.sales_efficiency_base.tools import Period

DAY = timedelta(days=1)


class CustomerRetention:
    """Tells how many customers of a period have ordered again in the next.

    Those who have are counted by one query: the customers of both periods, less those
    of the two together, which follow each other without a gap.

    :param metric: the metric that counts customers
    """

    def __init__(self, metric):
        self._metric = metric

    def measure(self, scopes, periods):
        """:return: percentages in the order of scopes × periods, None where nobody had
        bought before"""
        triples = [self._get_triple(period) for period in periods]
        distinct = list(dict.fromkeys(part for triple in triples for part in triple))
        columns = FactColumns(self._metric.env, scopes, distinct)
        countable = MetricFigures(self._metric).get_countable(columns.names)
        [counts] = columns.counts([countable])
        places = {period: place for place, period in enumerate(distinct)}
        return [
            self._divide(
                *(counts[row * len(distinct) + places[part]] for part in triple)
            )
            for row in range(len(scopes))
            for triple in triples
        ]

    @staticmethod
    def _divide(before, now, both):
        return 100 * (before + now - both) / before if before else None

    @classmethod
    def _get_triple(cls, period):
        before = cls.get_period_before(period)
        return before, period, Period(before.start, period.end)

    @staticmethod
    def get_period_before(period):
        """Return the period of the same length that ends the day before.

        >>> from datetime import date
        >>> before = CustomerRetention.get_period_before
        >>> before(Period(date(2026, 4, 1), date(2026, 6, 30))).start
        datetime.date(2026, 1, 1)
        >>> before(Period(date(2026, 3, 1), date(2026, 3, 10))).start
        datetime.date(2026, 2, 19)
        """
        end = period.start - DAY
        months, rest = period.split()
        if months and not rest:
            return Period(
                period.start - relativedelta(months=len(period.months())), end
            )
        return Period(period.start - (period.end - period.start) - DAY, end)
