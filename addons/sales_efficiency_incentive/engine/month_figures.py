# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections import defaultdict

from dateutil.relativedelta import relativedelta

ONE = relativedelta(months=1)


def find_rise(pay, before):
    """Return by how many percent pay is above an earlier one; 0 without any.

    >>> find_rise(150, 100), find_rise(50, 100), find_rise(50, 0)
    (50.0, -50.0, 0.0)
    """
    return round(100 * (pay - before) / before, 2) if before > 0 else 0.0


class MonthFigures:
    """Sums of months, of the entries that the user may read.

    :param periods: ``sales.incentive.period`` records
    :param bool is_open: without what confidential plans pay, whoever asks
    """

    def __init__(self, periods, is_open=False):
        self._periods = periods
        self._entries = periods.env["sales.incentive.entry"]
        self._open = [("plan_id.is_confidential", "=", False)] if is_open else []

    def read_sums(self):
        """:return: dict month → balance → amount, without what has been paid out"""
        sums = defaultdict(dict)
        for period, balance, amount in self._entries._read_group(
            [
                ("period_id", "in", self._periods.ids),
                ("kind", "!=", "payout"),
                *self._open,
            ],
            ["period_id", "balance"],
            ["amount:sum"],
        ):
            sums[period][balance] = amount
        return sums

    def count_people(self):
        return self._group(["assignment_id:count_distinct"])

    def count_changes(self):
        return self._group(["__count"], ("is_changed", "=", True))

    def count_of(self, users):
        """:return: dict month → number of entries of some users"""
        return self._group(["__count"], ("user_id", "in", users.ids))

    def read_rises(self):
        """Return by how many percent more is payable than in the month before."""
        months = self._periods.mapped("month")
        payable = {
            (company, month): amount
            for company, month, amount in self._entries._read_group(
                [
                    ("company_id", "in", self._periods.company_id.ids),
                    ("month", "in", [*months, *(month - ONE for month in months)]),
                    ("balance", "=", "payable"),
                    ("kind", "!=", "payout"),
                    *self._open,
                ],
                ["company_id", "month:month"],
                ["amount:sum"],
            )
        }
        return {
            period: find_rise(
                payable.get((period.company_id, period.month), 0),
                payable.get((period.company_id, period.month - ONE), 0),
            )
            for period in self._periods
        }

    def _group(self, aggregates, *domain):
        return dict(
            self._entries._read_group(
                [("period_id", "in", self._periods.ids), *domain],
                ["period_id"],
                aggregates,
            )
        )
