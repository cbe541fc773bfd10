# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections import defaultdict
from decimal import Decimal

from . import reason
from .entry import Entry
from .ledger import LETTER

ZERO = Decimal(0)


class LetterHold:
    """Lets what a version pays wait until its letter is accepted (policy 4.4.1).

    What is already paid is not taken back: only what the month would pay waits. A
    clawback first takes what waits. Once the letter is accepted, all that is booked as
    waiting is released, so it can be paid only once.

    :param set unaccepted: ids of the versions whose letters are not accepted
    :param ledger: with all entries of the month so far; the new ones are added
    :param list booked: entries of the month
    """

    def __init__(self, assignment, month, unaccepted, ledger, booked):
        self._assignment = assignment
        self._month = month
        self._unaccepted = unaccepted
        self._ledger = ledger
        self._booked = booked
        self._entries = []

    def apply(self):
        """:return: list of ``Entry``"""
        payable = self._sum_payable()
        for origin in sorted({*payable, *self._ledger.held}):
            self._move(origin, payable.get(origin, ZERO))
        return self._entries

    def _sum_payable(self):
        """Return what the month would pay, by month of origin."""
        if not self._unaccepted:
            return {}
        payable = defaultdict(Decimal)
        for entry in self._booked:
            if entry.balance == "payable":
                payable[entry.origin] += entry.amount
        return payable

    def _move(self, origin, payable):
        plan = self._assignment.plan_at(origin)
        held = self._ledger.held.get(origin, ZERO)
        if plan and plan.id in self._unaccepted:
            waits = max(payable, -held)
            code = reason.UNACCEPTED if waits > 0 else reason.TAKEN
        else:
            waits = -held
            code = reason.ACCEPTED
        if waits:
            kind = "holdback" if waits > 0 else "release"
            for balance, amount in (("payable", -waits), ("waiting", waits)):
                self._add(kind, balance, amount, origin, code, plan and plan.id)

    def _add(self, kind, balance, amount, origin, code, version_id):
        entry = Entry(
            kind, balance, amount, self._month, origin, code, version_id, limit=LETTER
        )
        self._entries.append(entry)
        self._ledger.add(entry)
