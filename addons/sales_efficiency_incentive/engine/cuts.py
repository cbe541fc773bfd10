# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections import defaultdict
from decimal import Decimal

from .ledger import STAGES

ZERO = Decimal(0)
ONE = Decimal(1)


class Cuts:
    """Says what caps have taken of the items that can wait, so that it never waits.

    A cap of a document concerns its own items; wider caps take from all new earnings
    alike. Where a sale that a cap had cut is taken back, the cap may give back as much.

    :param list booked: entries of the month, earnings and limits
    """

    def __init__(self, assignment, month, ledger, booked, money):
        self._month = month
        self._ledger = ledger
        self._round = money.round
        #: root → item → what is newly earned, and taken back
        self.fresh = defaultdict(lambda: defaultdict(Decimal))
        self._clawed = defaultdict(lambda: defaultdict(Decimal))
        #: (root, document) → what is newly earned, and cut by its own cap
        self._fresh_of_document = defaultdict(Decimal)
        self._cut_of_document = defaultdict(Decimal)
        #: root → what its caps give back of earlier months
        self._restored = defaultdict(Decimal)
        self._read(booked, assignment.itemised_root_ids)
        roots = assignment.itemised_root_ids
        self._kept = {root_id: self._get_kept(root_id) for root_id in roots}
        self._given_back = {root_id: self._get_given_back(root_id) for root_id in roots}

    def concern(self, root_id, key):
        """Return whether an item has earned in the month, or was taken back."""
        return key in self.fresh[root_id] or key in self._clawed[root_id]

    def get(self, root_id, key, document):
        """Return what caps have taken of an item, or given back (negative)."""
        given_back = self._given_back[root_id]
        clawed = given_back and self._clawed[root_id].get(key)
        if clawed:
            return -self._round(clawed * given_back)
        if self._kept[root_id] == 1 and not self._cut_of_document:
            return ZERO
        fresh = self.fresh[root_id].get(key)
        if not fresh:
            return ZERO
        kept = self._kept[root_id] * self._left(
            self._fresh_of_document[root_id, document],
            self._cut_of_document[root_id, document],
        )
        return self._round(fresh * (1 - kept)) if kept != 1 else ZERO

    def _read(self, booked, root_ids):
        for entry in booked:
            root_id, amount = entry.root_id, entry.amount
            if root_id not in root_ids or entry.balance == "capped":
                continue
            if not entry.limit and amount > 0:
                self.fresh[root_id][entry.item] += amount
                self._fresh_of_document[root_id, entry.document] += amount
            elif not entry.limit:
                self._clawed[root_id][entry.item] -= amount
            elif entry.limit == "document":
                self._cut_of_document[root_id, entry.document] -= amount
            elif entry.origin < self._month:
                self._restored[root_id] += amount

    def _get_kept(self, root_id):
        """Return the share of the rule's new earnings that wider caps have left."""
        share = ONE
        for key, first, last in (
            (root_id, STAGES["month"], STAGES["plan_month"]),
            (None, STAGES["plan_month"], len(STAGES)),
        ):
            stages = self._ledger.by_month[key, self._month]
            share *= self._left(sum(stages[:first]), -sum(stages[first:last]))
        return share

    def _get_given_back(self, root_id):
        """Return the share of what is taken back that caps give back."""
        restored = self._restored[root_id]
        clawed = sum(self._clawed[root_id].values())
        return min(restored / clawed, ONE) if restored > 0 and clawed else ZERO

    @staticmethod
    def _left(earned, withheld):
        if withheld <= 0:
            return ONE
        return max(earned - withheld, ZERO) / earned if earned > 0 else ZERO
