# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections import defaultdict
from decimal import Decimal

from . import reason
from .entry import Entry
from .ledger import STAGES
from .limit import Limit

ZERO = Decimal(0)
NO_LIMIT = Limit()


class Limits:
    """Applies caps and minimums, the narrower before the wider (policy 4.4.1).

    What is added or forfeited belongs to the month of origin: a sale that is taken back
    counts as if never sold there, too. What a cap carries on is a matter of the month
    that is computed: it pays no more than the cap, whatever it is for.

    :param ledger: with what the month has earned; the new entries are added to it
    :param list earned: entries of the month
    """

    def __init__(self, assignment, month, ledger, earned, money):
        self.assignment = assignment
        self.month = month
        self.ledger = ledger
        self.entries = []
        self._round = money.round
        self._earned = earned
        self._origins = defaultdict(set)
        for entry in earned:
            self._origins[entry.root_id].add(entry.origin)
            self._origins[None].add(entry.origin)
        for root_id in [*assignment.root_ids, None]:
            self._origins[root_id].add(month)

    def apply(self):
        """:return: list of ``Entry``"""
        for root_id in self.assignment.root_ids:
            self._limit_documents(root_id)
        for root_id in self.assignment.root_ids:
            self._limit_months(root_id, "month")
            self._limit_intervals(root_id, "interval")
        self._limit_months(None, "plan_month")
        self._limit_intervals(None, "plan_interval")
        return self.entries

    # ------------------------------------------------------------------
    # Documents
    # ------------------------------------------------------------------

    def _limit_documents(self, root_id):
        capped = self.ledger.capped[root_id, "document"]
        if not capped and not any(
            self._limit(root_id, "document", origin)
            for origin in self._origins[root_id]
        ):
            return
        earned, origins = defaultdict(Decimal), {}
        for entry in self._earned:
            if entry.root_id == root_id and entry.document:
                earned[entry.document] += entry.amount
                origins[entry.document] = entry.origin
        for document, origin in origins.items():
            limit = self._limit(root_id, "document", origin)
            sums = self.ledger.documents[root_id].get(document)
            if not sums:
                continue
            minimum = limit.minimum if sums.earned > 0 else None
            where = (root_id, "document", origin, document)
            self._correct(where, limit, sums.earned, minimum, sums.corrected)
        for document in dict.fromkeys([*earned, *capped]):
            limit = self._limit(root_id, "document", origins.get(document, self.month))
            where = (root_id, "document", self.month, document)
            self._carry(where, limit, earned[document])

    # ------------------------------------------------------------------
    # Months and intervals
    # ------------------------------------------------------------------

    def _limit_months(self, root_id, level):
        stage = STAGES[level]
        for origin in sorted(self._origins[root_id]):
            limit = self._limit(root_id, level, origin)
            earned = sum(self.ledger.by_origin[root_id, origin][:stage])
            minimum = self._minimum(limit, [origin])
            corrected = self.ledger.corrected[root_id, level, origin]
            where = (root_id, level, origin, None)
            self._correct(where, limit, earned, minimum, corrected)
        limit = self._limit(root_id, level, self.month)
        earned = sum(self.ledger.by_month[root_id, self.month][: stage + 1])
        self._carry((root_id, level, self.month, None), limit, earned)

    def _limit_intervals(self, root_id, level):
        stage = STAGES[level]
        intervals = {
            self._months(root_id, month) for month in self._origins[root_id]
        } - {()}
        for months in sorted(intervals):
            last = min(months[-1], self.month)
            limit = self._limit(root_id, level, last)
            earned = sum(
                sum(self.ledger.by_origin[root_id, month][:stage]) for month in months
            )
            # A minimum of an interval is known when it is over.
            over = months[-1] <= self.month
            minimum = self._minimum(limit, months) if over else None
            corrected = sum(
                self.ledger.corrected[root_id, level, month] for month in months
            )
            where = (root_id, level, last, None)
            self._correct(where, limit, earned, minimum, corrected)
        limit = self._limit(root_id, level, self.month)
        months = self._months(root_id, self.month)
        earned = sum(
            sum(self.ledger.by_month[root_id, month][: stage + 1]) for month in months
        )
        self._carry((root_id, level, self.month, None), limit, earned)

    def _months(self, root_id, month):
        terms = self._terms(root_id, month)
        if not terms:
            return ()
        return tuple(self.assignment.calendar.months(terms.interval, month))

    def _minimum(self, limit, months):
        """Return the part of a minimum for the days assigned, or None without any."""
        if limit.minimum is None:
            return None
        minimum = self.assignment.prorate(limit.minimum, months)
        return self._round(minimum) if minimum else None

    # ------------------------------------------------------------------
    # Entries
    # ------------------------------------------------------------------

    def _terms(self, root_id, month):
        if root_id is None:
            return self.assignment.plan_at(month)
        return self.assignment.rule_at(root_id, month)

    def _limit(self, root_id, level, month):
        terms = self._terms(root_id, month)
        return terms.limits[level] if terms else NO_LIMIT

    def _correct(self, where, limit, earned, minimum, corrected):
        """Book what a limit adds or forfeits, less what is booked of it."""
        added = limit.correct(earned, minimum) - corrected
        if added:
            kind = "cap" if added < 0 else "earning"
            bound = minimum if limit.cap is None or earned < limit.cap else limit.cap
            self._add(where, kind, "payable", added, reason.LIMIT, bound, earned)

    def _carry(self, where, limit, earned):
        root_id, level, _origin, document = where
        capped = self.ledger.capped[root_id, level]
        if not limit.carry and not capped:
            return
        withheld = limit.withhold(earned, capped[document])
        if withheld:
            for balance, amount in (("payable", -withheld), ("capped", withheld)):
                fields = (reason.CAPPED, limit.cap, earned)
                self._add(where, "carried", balance, amount, *fields)

    def _add(self, where, kind, balance, amount, code, bound, earned):
        """
        :param tuple where: root of the rule or None, level, month of origin, document
        """
        root_id, level, origin, document = where
        plan, rule = self.assignment.terms_at(root_id, origin)
        entry = Entry(
            kind,
            balance,
            amount,
            self.month,
            origin,
            code,
            plan and plan.id,
            rule and rule.id,
            root_id,
            document=document,
            target=bound,
            actual=earned,
            limit=level,
        )
        # The wider limits look at this month again.
        self._origins[None].add(origin)
        self.entries.append(entry)
        self.ledger.add(entry)
