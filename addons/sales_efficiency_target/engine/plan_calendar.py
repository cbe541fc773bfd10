# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo.tools import float_round

from odoo.addons.sales_efficiency_base.tools import Period


class PlanCalendar:
    """The months of a plan, and the elapsed share of each (policy 2.2.2).

    :param plan: a ``sales.target.plan`` record
    """

    def __init__(self, plan):
        plan.ensure_one()
        self._plan = plan
        self._today = plan._get_today()

    @property
    def year(self):
        """The :class:`Period` of the plan"""
        return Period(self._plan.date_from, self._plan.date_to)

    def get_periods(self):
        """See ``_get_periods`` of ``sales.target.plan``."""
        months = [Period.month(month) for month in self.year.months()]
        quarters = [Period(months[n].start, months[n + 2].end) for n in (0, 3, 6, 9)]
        periods = [
            *(("month", month, month) for month in months),
            *(("quarter", quarter, quarter) for quarter in quarters),
            ("year", self.year, self.year),
        ]
        if span := self.get_span_to_date():
            to_date = self.year.until(Period.month(span.end).end)
            periods.append(("to_date", to_date, span))
        return periods

    def get_span_to_date(self):
        """See ``_get_span_to_date`` of ``sales.target.plan``."""
        if self._today < self.year.start:
            return None
        return self.year.until(min(self._today, self.year.end))

    def get_elapsed_shares(self, today):
        """See ``_get_elapsed_shares`` of ``sales.target.plan``."""
        days = self._get_working_days()
        return {
            month: self._get_elapsed_share(Period.month(month), days, today)
            for month in self.year.months()
        }

    def _get_elapsed_share(self, month, working_days, today):
        if today <= month.start:
            return 0.0
        if today > month.end:
            return 1.0
        yesterday = Period(month.start, today - timedelta(days=1))
        days, over = (
            self._count_working_days(working_days, span) for span in (month, yesterday)
        )
        if days:
            return over / days
        return (today - month.start).days / ((month.end - month.start).days + 1)

    def get_remaining_days(self, periods):
        """See ``_get_remaining_days`` of ``sales.target.plan``."""
        today, days = self._today, self._get_working_days()
        return [
            self._count_working_days(days, Period(max(period.start, today), period.end))
            if today <= period.end
            else 0.0
            for period in periods
        ]

    def _count_working_days(self, working_days, period):
        days = (days for day, days in working_days if period.start <= day <= period.end)
        return float_round(sum(days), precision_digits=3)

    def _get_working_days(self):
        """:return: see ``_get_sales_working_days`` of the company"""
        return self._plan.company_id._get_sales_working_days(
            self.year.start, self.year.end
        )
