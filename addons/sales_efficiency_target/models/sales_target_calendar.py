# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo import models
from odoo.tools import float_round

from odoo.addons.sales_efficiency_base.tools import Period


class SalesTargetCalendar(models.AbstractModel):
    """The months of a plan, and how much of them is over (policy 2.2.2)."""

    _name = "sales.target.calendar"
    _description = "Calendar of a Sales Target Plan"

    def _get_months(self):
        """:return: the first days of the 12 months of the plan"""
        self.ensure_one()
        return Period(self.date_from, self.date_to).months()

    def _get_today(self):
        """:return: the day it is where the company's figures are dated"""
        self.ensure_one()
        return self.company_id._get_sales_today()

    def _get_periods(self):
        """Return the periods that targets are followed in (policy 2.2.2).

        :return: list of (kind, the :class:`Period` of the target, the one to measure):
            12 months, 4 quarters, the year, and the year to date, which asks for whole
            months but is measured up to today
        """
        self.ensure_one()
        year = Period(self.date_from, self.date_to)
        months = [Period.month(month) for month in self._get_months()]
        quarters = [Period(months[n].start, months[n + 2].end) for n in (0, 3, 6, 9)]
        periods = [
            *(("month", month, month) for month in months),
            *(("quarter", quarter, quarter) for quarter in quarters),
            ("year", year, year),
        ]
        if span := self._get_span_to_date():
            to_date = year.until(Period.month(span.end).end)
            periods.append(("to_date", to_date, span))
        return periods

    def _get_span_to_date(self):
        """:return: the :class:`Period` from the start of the plan up to today; None
        before it starts"""
        self.ensure_one()
        year, today = Period(self.date_from, self.date_to), self._get_today()
        return year.until(min(today, year.end)) if today >= year.start else None

    def _get_elapsed_shares(self):
        """Return how much of each month is over, by working days before today.

        :return: dict first day of the month -> number from 0 to 1
        """
        self.ensure_one()
        today, days = self._get_today(), self._get_working_days()
        return {
            month: self._get_elapsed_share(Period.month(month), today, days)
            for month in self._get_months()
        }

    def _get_elapsed_share(self, month, today, working_days):
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

    def _get_remaining_days(self, periods):
        """:return: list of the working days left in periods, today among them"""
        self.ensure_one()
        today, days = self._get_today(), self._get_working_days()
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
        self.ensure_one()
        return self.company_id._get_sales_working_days(self.date_from, self.date_to)
