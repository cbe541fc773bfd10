# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections import defaultdict
from typing import NamedTuple

from dateutil.relativedelta import relativedelta

from .entry import BALANCES
from .fiscal_calendar import FiscalCalendar
from .month_figures import find_rise

#: Parts of a statement by the kind of an entry
PARTS = {
    "earning": "earned",
    "true_up": "earned",
    "cap": "earned",
    "clawback": "taken_back",
    "holdback": "held",
    "release": "released",
    "carried": "carried",
    "adjustment": "adjusted",
    "draw": "draw",
    "recovery": "repaid",
    "payout": "paid",
}
OF_RULES = [kind for kind, part in PARTS.items() if part == "earned"]
QUARTER = relativedelta(months=3)


class RuleSums(NamedTuple):
    """What one rule has counted and paid in a month"""

    rule: object
    base: float
    earned: float


class PayStatement:
    """Sums of statements, each from the entries themselves.

    The number of queries does not depend on that of statements.

    :param statements: ``sales.incentive.statement`` records
    """

    def __init__(self, statements):
        self._statements = statements
        self._entries = statements.env["sales.incentive.entry"]
        self._assignments = statements.assignment_id
        self._last = max(statements.mapped("month"))

    def read_parts(self):
        """Return the parts of what is payable, and the balances at the month's end.

        :return: dict statement → (dict part → amount of the month, the same of the
            fiscal year to date, dict balance → amount)
        """
        rows = defaultdict(list)
        for assignment, *row in self._entries._read_group(
            [
                ("assignment_id", "in", self._assignments.ids),
                ("month", "<=", self._last),
            ],
            ["assignment_id", "month:month", "balance", "kind"],
            ["amount:sum"],
        ):
            rows[assignment].append(row)
        return {
            statement: self._sum_parts(statement, rows[statement.assignment_id])
            for statement in self._statements
        }

    def _sum_parts(self, statement, rows):
        company = statement.company_id
        calendar = FiscalCalendar(int(company.fiscalyear_last_month) % 12 + 1)
        start = calendar.months("year", statement.month)[0]
        of_month, of_year = defaultdict(float), defaultdict(float)
        balances = dict.fromkeys(BALANCES, 0.0)
        for month, balance, kind, amount in rows:
            if month > statement.month:
                continue
            balances[balance] += amount
            if balance == "payable":
                part = PARTS.get(kind, "adjusted")
                of_year[part] += amount if month >= start else 0
                of_month[part] += amount if month == statement.month else 0
        return of_month, of_year, balances

    def read_rules(self):
        """:return: dict statement → list of :class:`RuleSums`"""
        sums = defaultdict(list)
        for assignment, period, rule, base, amount in self._entries._read_group(
            [
                ("assignment_id", "in", self._assignments.ids),
                ("period_id", "in", self._statements.period_id.ids),
                ("kind", "in", OF_RULES),
                ("rule_id", "!=", False),
            ],
            ["assignment_id", "period_id", "rule_id"],
            ["base:sum", "amount:sum"],
        ):
            sums[assignment, period].append(RuleSums(rule, base, amount))
        return {one: sums[one.assignment_id, one.period_id] for one in self._statements}

    def read_jumps(self):
        """Return by how many percent pay differs from the average of the three months
        before; 0 in the first month.

        :return: dict statement → percent
        """
        first = min(self._statements.mapped("month")) - QUARTER
        before = defaultdict(dict)
        for assignment, month, amount in self._statements._read_group(
            [
                ("assignment_id", "in", self._assignments.ids),
                ("month", ">=", first),
                ("month", "<", self._last),
            ],
            ["assignment_id", "month:month"],
            ["payable:sum"],
        ):
            before[assignment][month] = amount
        return {
            one: self._find_jump(one, before[one.assignment_id])
            for one in self._statements
        }

    @staticmethod
    def _find_jump(statement, before):
        amounts = [
            amount
            for month, amount in before.items()
            if statement.month - QUARTER <= month < statement.month
        ]
        if not amounts:
            return 0.0
        average = sum(amounts) / len(amounts)
        if average <= 0:
            return 100.0 if statement.payable > 0 else 0.0
        return find_rise(statement.payable, average)
