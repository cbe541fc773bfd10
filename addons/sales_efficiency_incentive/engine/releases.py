# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta
from decimal import Decimal
from functools import cache

from . import reason
from .cuts import Cuts
from .entry import Entry
from .fiscal_calendar import last_day, next_month

ZERO = Decimal(0)
ONE = Decimal(1)
LAPSE = "lapse"


def paid_share(money, invoiced, credited=ZERO):
    """Return which part of a document its customer has paid.

    Money ÷ document less its credit notes, never above 1; nothing left: 0. All with
    taxes, or all without.

    >>> invoice = Decimal(1150)
    >>> print(paid_share(Decimal(575), invoice))
    0.5
    >>> print(paid_share(Decimal(920), invoice, credited=Decimal(230)))
    1
    >>> print(paid_share(Decimal(0), invoice, credited=invoice))
    0
    """
    left = invoiced - credited
    if left <= 0:
        return ZERO
    return min(max(money / left, ZERO), ONE)


class Releases:
    """Lets wait what is not yet payable, and releases it (policy 4.4.1).

    Of what a line has earned, the part that the customer has paid is payable, less the
    holdback for its months. A clawback has first taken what waits (see ``Booking``);
    a holdback never takes back what was once payable, a payment undone does.

    :param ledger: with earnings and limits of the month; the new entries are added
    :param list booked: entries of the month
    """

    def __init__(self, assignment, month, facts, ledger, booked, money):
        self.assignment = assignment
        self.month = month
        self.end = last_day(month)
        self.receipts = facts.receipts
        self.ledger = ledger
        self.entries = []
        self._round = money.round
        self._cuts = Cuts(assignment, month, ledger, booked, money)
        self._terms = cache(assignment.terms_at)

    def apply(self):
        """:return: list of ``Entry``"""
        lapsed = self._is_lapsed()
        for root_id in self.assignment.root_ids:
            for key, item in self.ledger.items[root_id].items():
                if lapsed:
                    self._lapse(root_id, key, item)
                else:
                    self._release(root_id, key, item)
        return self.entries

    def _release(self, root_id, key, item):
        _plan, rule = self._terms(root_id, item.origin)
        collected = self._collected(rule, item)
        if not item.waiting and self._is_settled(root_id, key, rule, collected):
            return
        fresh = self._cuts.fresh[root_id].get(key, ZERO)
        cut = self._cuts.get(root_id, key, item.document)
        net = item.net - cut
        released = net - item.waiting - (fresh - cut)
        payable = self._payable(rule, item, net, released, collected)
        waits = net - payable - item.waiting
        if waits or cut:
            code = reason.WAITS if fresh or cut else reason.UNPAID
            if waits < 0:
                code = reason.RELEASED
            self._move(root_id, key, item, waits, code, rate=collected, base=-cut)

    def _is_settled(self, root_id, key, rule, collected):
        """Return whether nothing can move of an item of which nothing waits, such as
        most that have been paid before."""
        if not rule or not rule.waits:
            return True
        is_paid = collected == 1 and not rule.holdback
        return is_paid and not self._cuts.concern(root_id, key)

    def _payable(self, rule, item, net, released, collected):
        """Return how much of an item may be payable.

        :param released: how much was so before this month
        :param collected: share that the customer has paid, as far as it matters
        """
        if net <= 0:
            return net
        collected = self._round(net * collected)
        if not rule or not rule.holdback:
            return collected
        if self.month >= next_month(item.origin, rule.holdback_months):
            return collected
        freed = self._round(collected * (1 - rule.holdback))
        return max(min(released, collected), freed)

    def _collected(self, rule, item):
        if not rule:
            return ONE
        receipt = self.receipts.get(item.document)
        if rule.paid == "collected":
            return receipt.paid if receipt else ZERO
        if rule.unpaid_days is None or not receipt or not receipt.due:
            return ONE
        overdue = self.end > receipt.due + timedelta(days=rule.unpaid_days)
        return receipt.paid if overdue else ONE

    def _move(self, root_id, key, item, waits, code, rate, base):
        kind = "release" if waits < 0 else "holdback"
        entry = self._make_entry
        self.entries += (
            entry(kind, "payable", -waits, root_id, key, item, code, rate=rate),
            entry(
                kind, "waiting", waits, root_id, key, item, code, rate=rate, base=base
            ),
        )
        self.ledger.move(item, waits, base)

    def _is_lapsed(self):
        """Return whether an assignment ended so long ago that nothing is released."""
        end = self.assignment.date_to
        plan = self.assignment.plan_at(self.month)
        if not end or not plan or plan.release_days is None:
            return False
        return self.month > end + timedelta(days=plan.release_days)

    def _lapse(self, root_id, key, item):
        if item.waiting:
            entry = self._make_entry(
                "clawback",
                "waiting",
                -item.waiting,
                root_id,
                key,
                item,
                reason.LAPSED,
                limit=LAPSE,
            )
            self.entries.append(entry)
            self.ledger.add(entry)

    def _make_entry(self, kind, balance, amount, root_id, key, item, code, **fields):
        origin = item.origin
        plan, rule = self._terms(root_id, origin)
        return Entry(
            kind,
            balance,
            amount,
            self.month,
            origin,
            code,
            plan and plan.id,
            rule and rule.id,
            root_id,
            key=key if key != item.document else None,
            document=item.document,
            **fields,
        )
