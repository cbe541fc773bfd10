# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from dateutil.relativedelta import relativedelta

from odoo import fields
from odoo.tools import SQL

from .month_computation import MonthComputation


class MonthFollower:
    """Brings changes of figures and terms into the months that follow them.

    :param env: environment that may compute everybody's pay
    """

    def __init__(self, env):
        self.env = env
        self._months = env["sales.incentive.period"]
        self._changes = env["sales.incentive.change"]
        self._computations = {}

    def follow(self):
        """Compute the people whom changes concern; on a new day, everybody.

        In one transaction: killed half-way, it leaves the changes for the next time.
        """
        # What was read for an earlier time may have changed.
        self._computations.clear()
        self.create_missing()
        changes = self._changes._take()
        for periods in self._months._get_following().grouped("company_id").values():
            periods = periods.sorted("month")
            if any(change["company_id"] is None for change in changes):
                self._keep_differences(periods[0])
            self._keep_given_back(periods[0], changes)
            affected = self.find_affected(periods, changes)
            if affected is None or affected:
                periods._compute_entries(affected, self._read)

    def compute_now(self, periods):
        """Bring all documents into the figures, and these into months and those before
        them."""
        self.env["sales.mart"]._refresh()
        periods._hold()
        self.follow()
        last = max(periods.mapped("month"))
        months = self._months._get_following().filtered(
            lambda period: (
                period.company_id in periods.company_id and period.month <= last
            )
        )
        for of_company in months.grouped("company_id").values():
            of_company._compute_entries()

    def needs_results(self):
        """Return whether targets have changed that incentives are computed by."""
        [[found]] = self.env.execute_query(
            SQL(
                "SELECT EXISTS (SELECT FROM sales_target_change)"
                " AND EXISTS (SELECT FROM sales_incentive_change WHERE is_new)"
            )
        )
        return found

    def create_missing(self):
        """Create the months of companies with approved plans, until today."""
        firsts = self.env["sales.incentive.version"]._read_group(
            [("state", "=", "approved")], ["company_id"], ["date_from:min"]
        )
        companies = [company.id for company, _first in firsts]
        there = self._months.search([("company_id", "in", companies)])
        there = there.grouped("company_id")
        values = []
        for company, month in firsts:
            periods = there.get(company, self._months)
            if periods.filtered("locked_at"):
                # What is older is booked in the first month that is open.
                month = max(periods.mapped("month"))
            months = set(periods.mapped("month"))
            this_month = company._get_sales_today().replace(day=1)
            while month <= this_month:
                if month not in months:
                    values.append({"company_id": company.id, "month": month})
                month += relativedelta(months=1)
        return self._months.create(values)

    def _read(self, period):
        """:return: :class:`MonthComputation` of a month: mostly there is only one"""
        if period not in self._computations:
            self._computations[period] = MonthComputation(period)
        return self._computations[period]

    def _keep_differences(self, period):
        """Look for what differs from earlier months, after the figures have changed by
        unknown amounts."""
        self._changes._keep(period, self._read(period).find_differences())

    def _keep_given_back(self, period, changes):
        """Keep what credit notes belong to: they may be deleted before the month is
        computed again."""
        documents = {
            (change["source"], change["res_id"])
            for change in changes
            if change["company_id"] == period.company_id.id and change["source"]
        }
        if documents:
            found = self._read(period).find_given_back(documents)
            self._changes._keep(period, found)

    def find_affected(self, periods, changes):
        """Return the assignments that changes concern; None: all."""
        company = periods.company_id
        mine = [c for c in changes if c["company_id"] in (None, company.id)]
        if any(map(self._is_outdated, periods)) or any(
            change["company_id"] is None for change in mine
        ):
            return None
        assignments = self.env["sales.incentive.assignment"]
        documents = {(c["source"], c["res_id"]) for c in mine if c["source"]}
        found = assignments.browse(self._read(periods[-1]).find_concerned(documents))
        found |= assignments.browse(
            c["assignment_id"] for c in mine if c["assignment_id"]
        ).exists()
        plans = [c["plan_id"] for c in mine if c["plan_id"] and not c["assignment_id"]]
        if plans:
            found |= assignments.search([("plan_id", "in", plans)])
        return found

    @staticmethod
    def _is_outdated(period):
        """Return whether a day has passed since the month was computed."""
        if not period.computed_at:
            return True
        company = period.company_id
        local = period.with_context(tz=company.sales_tz)
        day = fields.Date.context_today(local, period.computed_at)
        return day < company._get_sales_today()
