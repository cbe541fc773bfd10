# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo.addons.sales_efficiency_base.engine import WorkingDays

# Days from Monday within which a deadline may move to find a working day
HORIZON = timedelta(days=34)


class Deadlines:
    """Determines deadlines of weekly reports (policy 2.2.1).

    The number of queries depends on the number of working calendars, not of users.

    :param company: company of the reports
    """

    def __init__(self, company):
        self._company = company

    def of_week(self, users, monday):
        """Return the deadlines of users for the report on a week.

        The deadline is the weekday in the settings, or else the next working day of
        the user.

        :param date monday: first day of the week
        :return: dict user → (whether a working day lies in the week, UTC datetime)
        """
        days = WorkingDays(self._company).of_users(users, monday, monday + HORIZON)
        usual = monday + timedelta(days=int(self._company.sales_weekly_weekday))
        deadlines = {}
        for user in users:
            due = min((day for day in days[user] if day >= usual), default=usual)
            deadlines[user] = (
                any(day < monday + timedelta(days=7) for day in days[user]),
                self._company._get_sales_moment(due, self._company.sales_weekly_hour),
            )
        return deadlines
