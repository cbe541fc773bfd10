# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from odoo.addons.sales_efficiency_base.tools import Period

DAY = timedelta(days=1)
# Months before the start by which it is seen who ran alike
MONTHS = 12


def drop_unknown(months, has_figures):
    """Leave out the months before the first figure: nothing was kept then.

    >>> drop_unknown(["May", "June", "July", "August"], lambda month: month == "July")
    ['July', 'August']
    """
    known = [number for number, month in enumerate(months) if has_figures(month)]
    return months[known[0] :] if known else []


@dataclass(frozen=True, slots=True)
class DecisionPeriods:
    """When a decision is judged: from its start to its end, against as long before."""

    start: date
    end: date

    @property
    def after(self):
        return Period(self.start, self.end)

    @property
    def before(self):
        """The period just before, of the same length: whole months before whole months.

        >>> DecisionPeriods(date(2026, 3, 1), date(2026, 4, 30)).before
        Period(start=datetime.date(2026, 1, 1), end=datetime.date(2026, 2, 28))
        >>> DecisionPeriods(date(2026, 3, 11), date(2026, 3, 20)).before
        Period(start=datetime.date(2026, 3, 1), end=datetime.date(2026, 3, 10))
        """
        if self.start.day == 1 and (self.end + DAY).day == 1:
            months = len(self.after.months())
            start = self.start - relativedelta(months=months)
        else:
            start = self.start - (self.end + DAY - self.start)
        return Period(start, self.start - DAY)

    def get_months_before(self, today):
        """Return the full months before the start that are over, the oldest first.

        >>> periods = DecisionPeriods(date(2026, 3, 11), date(2026, 4, 10))
        >>> months = periods.get_months_before(date(2026, 6, 1))
        >>> len(months), months[0].start.isoformat(), months[-1].end.isoformat()
        (12, '2025-03-01', '2026-02-28')
        >>> periods.get_months_before(date(2026, 2, 28))[-1].end.isoformat()
        '2026-01-31'
        """
        first = min(self.start, today).replace(day=1)
        return [
            Period.month(first - relativedelta(months=number))
            for number in range(MONTHS, 0, -1)
        ]

    def get_months_after(self, today):
        """Return the months from the one of the start that are over.

        >>> periods = DecisionPeriods(date(2026, 3, 11), date(2026, 5, 10))
        >>> [m.start.month for m in periods.get_months_after(date(2026, 5, 20))]
        [3, 4]
        """
        months = map(Period.month, self.after.months())
        return [month for month in months if month.end < today]
