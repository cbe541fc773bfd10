# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from decimal import Decimal, localcontext

from . import reason
from .booking import Booking
from .draw import settle
from .entry import ADJUSTMENT, Entry
from .fiscal_calendar import next_month
from .letter_hold import LetterHold
from .limits import Limits
from .money import CONTEXT, Money
from .releases import Releases

ZERO = Decimal(0)


class Statement:
    """Computes the entries of one assignment in one month (policy 4.4.1).

    In this order: what each rule earns; caps and minimums per document, of the rule, of
    the plan; what waits and what is released; adjustments; the draw; a negative rest is
    carried on.

    >>> from datetime import date
    >>> from .ledger import Ledger
    >>> from .sale_line import SaleLine
    >>> from .terms import AssignmentTerms, MonthFacts, PlanTerms, RuleTerms
    >>> may = date(2026, 5, 1)
    >>> rule = RuleTerms(id=1, root_id=1, rate=Decimal("0.05"))
    >>> plan = PlanTerms(id=1, date_from=date(2026, 1, 1), rules=(rule,))
    >>> assignment = AssignmentTerms(id=1, date_from=may, versions=(plan,))
    >>> line = SaleLine(("SO", 1, 1), ("SO", 1), date(2026, 5, 4), Decimal(1000))
    >>> facts = MonthFacts(lines={1: [line]})
    >>> statement = Statement(assignment, may, facts, Ledger(assignment))
    >>> [(entry.kind, entry.balance, str(entry.amount)) for entry in statement.entries]
    [('earning', 'payable', '50.00')]

    :param AssignmentTerms assignment:
    :param date month: its first day
    :param MonthFacts facts: what is known at the end of the month
    :param Ledger ledger: all entries of earlier months. The entries of the month are
        added to it, so that the next month can go on with it.
    """

    def __init__(self, assignment, month, facts, ledger):
        self.assignment = assignment
        self.month = month
        self.facts = facts
        self.ledger = ledger
        self.entries = []
        #: pairs of code and root of the rule or None: what a checklist has to show
        self.exceptions = []
        with localcontext(CONTEXT):
            self._compute()

    def _compute(self):
        money = Money(self.assignment.step)
        payable = self.ledger.balances["payable"]
        for root_id in self.assignment.root_ids:
            booking = Booking(
                self.assignment, root_id, self.month, self.facts, self.ledger, money
            )
            self.entries += booking.book()
            if booking.lacks_target:
                self.exceptions.append(("no_target", root_id))
        context = (self.assignment, self.month)
        self.entries += Limits(*context, self.ledger, self.entries, money).apply()
        if self.assignment.itemised_root_ids:
            self.entries += Releases(
                *context, self.facts, self.ledger, self.entries, money
            ).apply()
        held = self._hold_for_letters(context)
        for id_, amount in self.facts.adjustments.items():
            document = (ADJUSTMENT, id_)
            self._add(
                "adjustment", "payable", amount, reason.ADJUSTED, document=document
            )
        self._settle(self.ledger.balances["payable"] - payable, held, money)
        end = self.assignment.date_to
        if end and end < next_month(self.month) and self.ledger.balances["owed"]:
            self.exceptions.append(("leaver_owes", None))

    def _hold_for_letters(self, context):
        """:return: how much of what the month would pay waits for a letter"""
        if not self.facts.unaccepted and not self.ledger.held:
            return ZERO
        moves = LetterHold(
            *context, self.facts.unaccepted, self.ledger, self.entries
        ).apply()
        self.entries += moves
        paid = sum((e.amount for e in moves if e.balance == "payable"), ZERO)
        return max(-paid, ZERO)

    def _settle(self, earned, held, money):
        draw = self.assignment.draw
        amount = money.round(self._draw(draw)) if draw else ZERO
        # What waits for a letter fills up the month as if it were paid.
        amount = max(amount - held, ZERO)
        settled = settle(
            earned,
            self.ledger.carried,
            self.ledger.advanced,
            amount,
            *(draw[1:2] + draw[3:] if draw else ()),
        )
        recoverable = not draw or draw.recoverable
        for kind, moved, code in (
            ("carried", settled.carried, reason.CARRIED),
            ("draw", settled.draw, reason.DRAW),
            ("recovery", settled.recovery, reason.REPAID),
        ):
            if moved:
                fields = {"target": amount, "actual": earned} if draw else {}
                self._add(kind, "payable", moved, code, **fields)
                if kind != "draw" or recoverable:
                    self._add(kind, "owed", -moved, code, **fields)

    def _draw(self, draw):
        """Return the draw of the month, for the days assigned."""
        first = self.assignment.date_from.replace(day=1)
        if draw.months is not None and self.month >= next_month(first, draw.months):
            return ZERO
        return self.assignment.prorate(draw.amount, [self.month])

    def _add(self, kind, balance, amount, code, **fields):
        plan = self.assignment.plan_at(self.month)
        version_id = plan and plan.id
        month = self.month
        entry = Entry(kind, balance, amount, month, month, code, version_id, **fields)
        self.entries.append(entry)
        self.ledger.add(entry)

    # ------------------------------------------------------------------
    # Sums
    # ------------------------------------------------------------------

    def total(self, *kinds, balance="payable"):
        """Return the sum of the month's entries of some kinds, or of all."""
        return sum(
            (
                entry.amount
                for entry in self.entries
                if entry.balance == balance and (not kinds or entry.kind in kinds)
            ),
            ZERO,
        )
