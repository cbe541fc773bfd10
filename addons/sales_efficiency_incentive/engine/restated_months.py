# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections import defaultdict
from datetime import datetime
from functools import cached_property

from .fiscal_calendar import next_month


class RestatedMonths:
    """Finds the locked months whose terms are new since they were booked.

    :param env: environment that may read all months and terms
    :param company: whose months they are
    :param date month: the month that is computed
    :param dict versions: plan → versions to compute by, the earliest first
    """

    def __init__(self, env, company, month, versions):
        self.env = env
        self._company = company
        self._month = month
        self._versions = versions

    def find(self, assignments, terms, ledgers):
        """:return: set of pairs of assignment id and month"""
        return {
            (assignment.id, month)
            for assignment in assignments
            for month in self._find_of(
                assignment, terms[assignment.id], ledgers[assignment.id]
            )
        }

    def _find_of(self, assignment, terms, ledger):
        booked = defaultdict(set)
        for (_root, origin), version_id in ledger.versions.items():
            booked[origin].add(version_id)
        first = assignment.date_from.replace(day=1)
        for month, locked_at in self._locked.items():
            plan = terms.plan_at(month)
            if not plan or month < first or plan.id in booked[month]:
                continue
            version = self.env["sales.incentive.version"].browse(plan.id)
            if max(assignment.create_date, self._get_approved_at(version)) >= locked_at:
                yield month

    def find_plans(self):
        """Return the plans with terms that are newer than the last locked month."""
        last = max(self._locked.values(), default=datetime.min)
        return self.env["sales.incentive.plan"].union(
            *(
                plan
                for plan, versions in self._versions.items()
                if any(self._get_approved_at(version) >= last for version in versions)
            )
        )

    @staticmethod
    def _get_approved_at(version):
        # A draft would be approved now.
        return version.approved_at or datetime.max

    @property
    def first_month(self):
        """The first month with terms"""
        return min(
            (versions[0].date_from for versions in self._versions.values()),
            default=self._month,
        )

    @cached_property
    def _locked(self):
        """The locked months: dict month → when it was computed last

        From its first approval on a month does not follow the figures any more.
        Months before the first one are as if they had always been locked.
        """
        periods = self.env["sales.incentive.period"].search(
            [("company_id", "=", self._company.id), ("month", "<=", self._month)],
            order="month",
        )
        month = self.first_month
        locked = {}
        while month < min(periods.mapped("month"), default=self._month):
            locked[month] = datetime.min
            month = next_month(month)
        return locked | {
            period.month: period.computed_at or period.locked_at
            for period in periods
            if period.state in ("locked", "paid") and period.month < self._month
        }
