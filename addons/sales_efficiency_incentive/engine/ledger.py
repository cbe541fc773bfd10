# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import datetime
from collections import defaultdict
from decimal import Decimal
from typing import NamedTuple

from .entry import BALANCES
from .limit import LEVELS

ZERO = Decimal(0)
#: Stage of the computation by the limit of an entry; 0: before all limits
STAGES = {None: 0, **{level: number for number, level in enumerate(LEVELS, 1)}}
EARNED = {"earning", "true_up", "clawback", "cap"}
#: Limit of what waits until the letter of its version is accepted
LETTER = "letter"


class Item:
    """What one line has earned, as far as it can wait"""

    __slots__ = ("document", "lapsed", "net", "origin", "waiting")

    def __init__(self, document, origin):
        self.document = document
        self.origin = origin
        #: earned, less what caps have taken
        self.net = ZERO
        #: not yet payable
        self.waiting = ZERO
        #: no longer granted
        self.lapsed = ZERO


class BookedItem(NamedTuple):
    """What is booked of a line in a month of origin: sums of its entries"""

    root_id: int
    document: tuple
    #: None: of the document as a whole
    key: tuple | None
    origin: datetime.date
    #: before all limits
    earned: Decimal
    base: Decimal
    net: Decimal
    waiting: Decimal
    lapsed: Decimal

    @property
    def item(self):
        return self.key or self.document


class DocumentSums:
    """What one document has earned before and by its limit, and its bases by month"""

    __slots__ = ("bases", "corrected", "earned")

    def __init__(self):
        self.earned = ZERO
        self.corrected = ZERO
        self.bases = defaultdict(Decimal)


class Ledger:
    """Sums of the entries of one assignment, all that a month needs of earlier ones.

    Every sum is additive, so entries may be given grouped: by kind, balance, limit,
    root, origin, month and version. Where documents matter (``itemised`` rules) they
    name them, or else the items come as sums, too.

    :param items: :class:`BookedItem` of entries that do not name them
    """

    def __init__(self, assignment, entries=(), items=()):
        self._itemised = assignment.itemised_root_ids
        self.balances = dict.fromkeys(BALANCES, ZERO)
        #: root → month of origin → base
        self.bases = defaultdict(lambda: defaultdict(Decimal))
        #: (root, month of origin) → version by which it was booked last
        self.versions = {}
        #: (root or None for the plan, month) → earned by stage
        self.by_origin = defaultdict(lambda: [ZERO] * len(STAGES))
        self.by_month = defaultdict(lambda: [ZERO] * len(STAGES))
        #: (root, level, month of origin) → what limits have added or forfeited
        self.corrected = defaultdict(Decimal)
        #: (root, level) → document or None → what caps carry on
        self.capped = defaultdict(lambda: defaultdict(Decimal))
        #: root → key or document → Item; root → document → DocumentSums
        self.items = defaultdict(dict)
        self.documents = defaultdict(dict)
        #: month of origin → what waits for a letter
        self.held = defaultdict(Decimal)
        #: owed (negative): rests of months, draws
        self.carried = ZERO
        self.advanced = ZERO
        for entry in entries:
            self.add(entry)
        for booked in items:
            self._load(booked)

    def add(self, entry):
        amount = entry.amount
        self.balances[entry.balance] += amount
        if entry.kind in EARNED:
            self._earn(entry)
        elif entry.balance == "owed":
            if entry.kind == "carried":
                self.carried += amount
            else:
                self.advanced += amount
        elif entry.limit == LETTER:
            if entry.balance == "waiting":
                self.held[entry.origin] += amount
        elif entry.kind == "carried" and entry.limit:
            self._carry(entry)
        elif entry.balance == "waiting" and entry.document:
            item = self._item(entry)
            item.waiting += amount
            item.net += entry.base

    def _load(self, booked):
        item = self._item(booked)
        item.net += booked.net
        item.waiting += booked.waiting
        item.lapsed += booked.lapsed
        document = self._document(booked)
        document.earned += booked.earned
        document.bases[booked.origin] += booked.base

    def move(self, item, amount, base):
        """Let an amount of an item wait, or release it (negative): the sum of the two
        entries that do so.

        :param base: what caps have taken of the item, negative
        """
        self.balances["payable"] -= amount
        self.balances["waiting"] += amount
        item.waiting += amount
        item.net += base

    def earned(self, root_id, month):
        """Return what is booked for a month of origin, before all limits."""
        return self.by_origin[root_id, month][0]

    def _earn(self, entry):
        root_id, origin, amount = entry.root_id, entry.origin, entry.amount
        if entry.limit == "lapse":
            if entry.item:
                item = self._item(entry)
                item.waiting += amount
                item.net += amount
                item.lapsed -= amount
            return
        stage = STAGES[entry.limit]
        self._sum(entry, stage)
        if stage:
            self.corrected[root_id, entry.limit, origin] += amount
            if entry.limit == "document":
                self._document(entry).corrected += amount
            return
        self.bases[root_id][origin] += entry.base
        self.versions[root_id, origin] = entry.version_id
        if root_id in self._itemised and entry.document:
            item = self._item(entry)
            item.net += amount
            if entry.balance == "waiting":
                item.waiting += amount
            document = self._document(entry)
            document.earned += amount
            document.bases[origin] += entry.base

    def _carry(self, entry):
        if entry.balance == "capped":
            capped = self.capped[entry.root_id, entry.limit]
            capped[entry.document] += entry.amount
        else:
            self._sum(entry, STAGES[entry.limit])

    def _sum(self, entry, stage):
        root_id, amount = entry.root_id, entry.amount
        origin, month = entry.origin, entry.month
        self.by_origin[None, origin][stage] += amount
        self.by_month[None, month][stage] += amount
        if root_id:
            self.by_origin[root_id, origin][stage] += amount
            self.by_month[root_id, month][stage] += amount

    def _item(self, entry):
        items = self.items[entry.root_id]
        key = entry.key or entry.document
        item = items.get(key)
        if not item:
            item = items[key] = Item(entry.document, entry.origin)
        return item

    def _document(self, entry):
        documents = self.documents[entry.root_id]
        sums = documents.get(entry.document)
        if not sums:
            sums = documents[entry.document] = DocumentSums()
        return sums
