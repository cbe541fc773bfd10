# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

DAY = timedelta(days=1)


@dataclass(frozen=True, order=True, slots=True)
class Period:
    """A range of days, both ends included.

    >>> Period(date(2024, 2, 10), date(2024, 2, 1))
    Traceback (most recent call last):
    ...
    ValueError: A period cannot end (2024-02-01) before it starts (2024-02-10).
    """

    start: date
    end: date

    def __post_init__(self):
        if self.end < self.start:
            raise ValueError(
                f"A period cannot end ({self.end}) before it starts ({self.start})."
            )

    # ------------------------------------------------------------------
    # Constructors
    # ------------------------------------------------------------------

    @classmethod
    def month(cls, day):
        """Return the calendar month of a day.

        >>> Period.month(date(2024, 2, 10)).end
        datetime.date(2024, 2, 29)
        """
        start = day.replace(day=1)
        return cls(start, start + relativedelta(months=1) - DAY)

    @classmethod
    def quarter(cls, day, company=None):
        """Return the fiscal quarter of a day.

        :param company: ``res.company`` whose fiscal year it is; None: calendar year

        >>> Period.quarter(date(2024, 2, 10)).end
        datetime.date(2024, 3, 31)
        """
        year = cls.year(day, company)
        starts = [year.start + relativedelta(months=3 * n) for n in range(4)]
        number = max(n for n in range(4) if starts[n] <= day)
        ends = [*(start - DAY for start in starts[1:]), year.end]
        return cls(starts[number], ends[number])

    @classmethod
    def year(cls, day, company=None):
        """Return the fiscal year of a day.

        :param company: ``res.company`` whose fiscal year it is; None: calendar year

        >>> Period.year(date(2024, 2, 10)).start
        datetime.date(2024, 1, 1)
        """
        if company is None:
            return cls(date(day.year, 1, 1), date(day.year, 12, 31))
        dates = company.compute_fiscalyear_dates(day)
        return cls(dates["date_from"], dates["date_to"])

    @classmethod
    def twelve_months(cls, day):
        """Return the 12 months that end with a day.

        >>> Period.twelve_months(date(2024, 2, 29)).start
        datetime.date(2023, 3, 1)
        >>> Period.twelve_months(date(2025, 2, 28)).start
        datetime.date(2024, 3, 1)
        """
        return cls(day + DAY - relativedelta(years=1), day)

    # ------------------------------------------------------------------
    # Other periods
    # ------------------------------------------------------------------

    def until(self, day):
        """Return the period to date, e.g. month, quarter or year to date.

        >>> Period.year(date(2024, 2, 10)).until(date(2024, 2, 10)).end
        datetime.date(2024, 2, 10)
        """
        return Period(self.start, min(self.end, day))

    def previous_year(self):
        """Return the same period a year before.

        Whole months map to whole months of any length, other days to the same day, and
        29 February to 28 February.

        >>> Period.month(date(2025, 2, 1)).previous_year().end
        datetime.date(2024, 2, 29)
        >>> Period(date(2024, 2, 29), date(2024, 3, 9)).previous_year().start
        datetime.date(2023, 2, 28)
        """
        year = relativedelta(years=1)
        if self.start.day == 1 and (self.end + DAY).day == 1:
            return Period(self.start - year, self.end + DAY - year - DAY)
        return Period(self.start - year, self.end - year)

    def months(self):
        """Return the first days of the calendar months that overlap the period.

        >>> [day.month for day in Period(date(2024, 1, 31), date(2024, 3, 1)).months()]
        [1, 2, 3]
        """
        first = self.start.year * 12 + self.start.month - 1
        last = self.end.year * 12 + self.end.month - 1
        return [
            date(number // 12, number % 12 + 1, 1) for number in range(first, last + 1)
        ]

    def split(self):
        """Split the period into whole calendar months and the rest.

        :return: the period of all whole months or None, and a list of the periods (at
            most two) before and after them

        >>> months, rest = Period(date(2024, 1, 1), date(2024, 3, 10)).split()
        >>> months
        Period(start=datetime.date(2024, 1, 1), end=datetime.date(2024, 2, 29))
        >>> rest
        [Period(start=datetime.date(2024, 3, 1), end=datetime.date(2024, 3, 10))]
        >>> Period(date(2024, 1, 2), date(2024, 2, 28)).split()[0]
        """
        start = (self.start - DAY).replace(day=1) + relativedelta(months=1)
        end = (self.end + DAY).replace(day=1) - DAY
        if end < start:
            return None, [self]
        rest = []
        if self.start < start:
            rest.append(Period(self.start, start - DAY))
        if end < self.end:
            rest.append(Period(end + DAY, self.end))
        return Period(start, end), rest
