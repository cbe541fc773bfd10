# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import datetime
from dataclasses import dataclass
from decimal import Decimal

ZERO = Decimal(0)
#: Source of the document that a manual adjustment is
ADJUSTMENT = "adjustment"
#: What can be left to get or owed: their sum is all earned less all paid.
BALANCES = ("payable", "waiting", "capped", "owed")
KINDS = (
    "earning",
    "true_up",
    "clawback",
    "cap",
    "holdback",
    "release",
    "draw",
    "recovery",
    "adjustment",
    "carried",
    "payout",
)


@dataclass(slots=True)
class Entry:
    """A line of the ledger: moves one balance of an assignment by an amount.

    A move between two balances is a pair of entries whose sum is 0. Amounts are in
    company currency; ``base`` is in the metric of the rule.

    An entry explains itself: ``reason`` is a code of :mod:`reason`, whose words are
    filled from the other fields.
    """

    kind: str
    balance: str
    amount: Decimal
    #: month in which it is booked, and month whose sales it concerns (first days)
    month: datetime.date
    origin: datetime.date
    reason: str
    version_id: int | None = None
    rule_id: int | None = None
    #: the rule as it goes on through the versions of the plan
    root_id: int | None = None
    #: interval of the rule's table and its first month
    interval: str | None = None
    interval_start: datetime.date | None = None
    key: tuple | None = None
    document: tuple | None = None
    date: datetime.date | None = None
    #: what it adds to the base booked of its line; of a holdback what caps have taken
    base: Decimal = ZERO
    #: the table's measure before and after the line
    cumulated_before: Decimal | None = None
    cumulated_after: Decimal | None = None
    #: tier that is reached, counted from 0, and its rate; of a bonus the payout; of
    #: what waits or is released the share that the customer has paid; of a pool the
    #: share of its sum, which is what is cumulated
    tier: int | None = None
    rate: Decimal | None = None
    #: what is attained; of a limit its bound and what was earned before it; of a draw
    #: its amount and what the month would pay
    target: Decimal | None = None
    actual: Decimal | None = None
    #: limit that made it: ``document``, ``month``, ``interval``, ``plan_month``,
    #: ``plan_interval``; ``lapse`` of what a leaver no longer gets; ``letter`` of what
    #: waits for the plan letter
    limit: str | None = None

    @property
    def item(self):
        """What can wait for money: a line, or a document as a whole"""
        return self.key or self.document
