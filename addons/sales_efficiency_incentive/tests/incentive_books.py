# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections import defaultdict
from dataclasses import replace
from datetime import date
from decimal import Decimal

from odoo.tests import BaseCase

from ..engine import (
    AssignmentTerms,
    Attainment,
    Ledger,
    MonthFacts,
    PlanTerms,
    Receipt,
    Return,
    RuleTerms,
    SaleLine,
    Statement,
)

YEAR = 2026
BEFORE_LIMITS = ("earning", "true_up", "clawback")


def money(number):
    return Decimal(str(number))


def tiers(*pairs):
    return tuple((money(bound), money(rate)) for bound, rate in pairs)


def month(number):
    """Return a month counted from January 2026."""
    number -= 1
    return date(YEAR + number // 12, number % 12 + 1, 1)


def rule(root_id=1, **terms):
    """Make a rule; numbers become decimals."""
    terms = {
        name: money(value) if isinstance(value, float) else value
        for name, value in terms.items()
    }
    return RuleTerms(**{"id": root_id, "root_id": root_id, **terms})


class Books:
    """Sales and the ledger of one assignment: computes months and locks them.

    It stands for the facts and the model of entries.
    """

    def __init__(self, *rules, plan=None, **terms):
        version = PlanTerms(id=1, date_from=month(-23), rules=rules, **(plan or {}))
        self.assignment = AssignmentTerms(
            **{"id": 1, "date_from": month(-11), "versions": (version,), **terms}
        )
        self.entries = []
        self.lines = defaultdict(dict)
        self.receipts = {}
        self.attainments = defaultdict(dict)
        self.conditions = defaultdict(dict)
        self.grants = {}
        self.restated = set()
        self.unaccepted = set()

    # ------------------------------------------------------------------
    # What happens
    # ------------------------------------------------------------------

    def sell(self, base, number=1, day=1, root_id=1, name=None, line=1, **details):
        """Sell a line in a month, or change it if the name is known."""
        name = name or f"S{len(self.lines[root_id]) + 1:04}"
        sold = month(number).replace(day=day)
        key = (name, line)
        self.lines[root_id][key] = SaleLine(
            key, (name,), sold, money(base), **{"returns": (), **details}
        )
        return key

    def give_back(self, key, base, day, root_id=1):
        line = self.lines[root_id][key]
        line.returns = (*line.returns, Return(day, money(base)))

    def cancel(self, key, root_id=1):
        self.lines[root_id][key].base = money(0)
        self.lines[root_id][key].returns = ()

    def pay(self, name, paid, due=None):
        self.receipts[(name,)] = Receipt(money(paid), due)

    def attain(self, number, actual, target, root_id=1, condition=False, **more):
        attained = self.conditions if condition else self.attainments
        target = None if target is None else money(target)
        attained[root_id][month(number)] = Attainment(money(actual), target, **more)

    def add_version(self, number, *rules, **terms):
        """Approve a version that begins in a month, maybe a locked one."""
        versions = self.assignment.versions
        version = PlanTerms(
            id=len(versions) + 1, date_from=month(number), rules=rules, **terms
        )
        # Those that begin together follow each other in the order of approval.
        self.replace(versions=tuple(sorted([*versions, version], key=_begin)))

    def replace(self, **terms):
        fields = {
            name: getattr(self.assignment, name)
            for name in AssignmentTerms.__dataclass_fields__
        }
        self.assignment = AssignmentTerms(**{**fields, **terms})

    # ------------------------------------------------------------------
    # What is computed
    # ------------------------------------------------------------------

    def compute(self, number, adjustments=()):
        """Compute a month, without locking it."""
        return Statement(
            self.assignment,
            month(number),
            self.facts(number, adjustments),
            Ledger(self.assignment, self.entries),
        )

    def lock(self, number, adjustments=()):
        """Compute a month and lock it.

        :return: its statement
        """
        statement = self.compute(number, adjustments)
        self.entries += statement.entries
        return statement

    def facts(self, number, adjustments=()):
        end = month(number + 1)
        booked = defaultdict(Decimal)
        for entry in self.entries:
            if entry.kind in BEFORE_LIMITS and not entry.limit:
                booked[entry.root_id, entry.key, entry.origin] += entry.base
        lines = defaultdict(list)
        for root_id, sold in self.lines.items():
            for line in sold.values():
                if line.date < end:
                    before = booked[root_id, line.key, line.date.replace(day=1)]
                    returns = tuple(back for back in line.returns if back.date < end)
                    line = replace(line, before=before, returns=returns)
                    lines[root_id].append(line)
        return MonthFacts(
            lines=lines,
            attainments=self.attainments,
            conditions=self.conditions,
            receipts=self.receipts,
            grants=self.grants,
            restated=self.restated,
            adjustments=dict(enumerate(adjustments, 1)),
            unaccepted=self.unaccepted,
        )

    def balance(self, name):
        return sum(entry.amount for entry in self.entries if entry.balance == name)


def _begin(version):
    return version.date_from


class IncentiveCase(BaseCase):
    def assertAmounts(self, amounts, expected):
        """Check amounts, given as numbers."""
        self.assertEqual(list(amounts), [money(amount) for amount in expected])

    def assertEntries(self, statement, expected):
        """Check kind, balance and amount of all entries."""
        self.assertEqual(
            [(entry.kind, entry.balance, entry.amount) for entry in statement.entries],
            [(kind, balance, money(amount)) for kind, balance, amount in expected],
        )

    def earn(self, books, number=1):
        """Return what all rules earn in a month."""
        return books.compute(number).total("earning", "true_up", "clawback")
