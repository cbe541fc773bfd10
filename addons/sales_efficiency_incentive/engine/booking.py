# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections import defaultdict
from decimal import Decimal
from operator import attrgetter, itemgetter

from . import reason
from .cumulated_earning import CumulatedEarning
from .entry import Entry
from .granted_earning import GrantedEarning
from .item_earning import ItemEarning
from .rule_history import RuleHistory

ZERO = Decimal(0)
BY_DATE = attrgetter("date", "document", "key")


class Booking:
    """Books what one rule earns: to date, less what is booked (policy 4.4.1).

    What an interval earns by what is known now is rounded once. What is not yet booked
    of it falls to, in this order:

    1. locked months as a whole, if another version or another attainment prices them;
    2. each document of locked months that has changed since it was booked;
    3. what was sold before, if what is sold in the month has changed its rate;
    4. the lines of the month, by a running total that is rounded.

    :param ledger: entries of all earlier months; the new ones are added to it
    """

    def __init__(self, assignment, root_id, month, facts, ledger, money):
        self.assignment = assignment
        self.root_id = root_id
        self.month = month
        self.history = RuleHistory(assignment, root_id, facts, month)
        self.ledger = ledger
        self.round = money.round
        self.shares = money.shares
        self.entries = []
        self._restated = facts.restated
        self._by_month = defaultdict(list)
        for line in facts.lines.get(root_id, ()):
            # Most lines belong to the month.
            origin = month if line.date >= month else line.date.replace(day=1)
            base = self._get_base(line, origin) if line.returns else line.base
            self._by_month[origin].append((line, base))

    def book(self):
        """:return: list of ``Entry``"""
        for months in self._spans():
            self._book_span(months)
        return self.entries

    @property
    def lacks_target(self):
        """Whether something could be earned, but there is no target"""
        rule = self.history.rule(self.month)
        return bool(
            rule
            and rule.needs_target
            # Of a pool it is the team that lacks it.
            and rule.kind != "pool"
            and not self.history.attainment(self.month)
            and self.assignment.prorate(Decimal(1), [self.month])
        )

    def _get_base(self, line, origin):
        plan = self.assignment.plan_at(origin)
        return plan.returns.base(line) if plan else line.base

    def _spans(self):
        """Return the intervals of the month and of all that has changed."""
        versions = self.ledger.versions
        replaced = {
            month
            for month in self.ledger.bases[self.root_id]
            if versions[self.root_id, month] != self._version_id(month)
        }
        granted = self.history.grants
        months = {self.month, *self._by_month, *replaced, *self._restated, *granted}
        return sorted({self.history.span(month) for month in months})

    def _book_span(self, months):
        earning = self._earning(months)
        locked = [month for month in months if month < self.month]
        booked = sum(
            (self.ledger.earned(self.root_id, month) for month in locked), ZERO
        )
        if locked:
            booked = self._book_locked(earning, locked, booked)
        if months[-1] == self.month and self.history.rule(self.month):
            self._book_month(earning, locked, booked)

    def _earning(self, months):
        rule = self.history.rule(months[-1])
        method = rule.method if rule else "cumulated"
        if method == "granted":
            return GrantedEarning(self.history, months)
        if method == "cumulated":
            bases = self.ledger.bases[self.root_id]
            return CumulatedEarning(self.history, months, bases)
        earning = ItemEarning(self.history, months)
        if months[0] < self.month:
            for line, _base in self._by_month[months[0]]:
                earning.change(line, months[0], line.before)
        return earning

    # ------------------------------------------------------------------
    # Locked months
    # ------------------------------------------------------------------

    def _book_locked(self, earning, months, booked):
        """Book what has changed in locked months.

        :return: what is booked for the interval after that
        """
        exact = earning.exact(months[-1])
        if exact is None:
            return booked
        if self.round(exact) != booked:
            self._restate(earning, months)
            booked = self.round(exact)
        changed = [
            (line, month, base - line.before)
            for month in months
            for line, base in self._by_month[month]
            if base != line.before
        ]
        for line, month, added in sorted(changed, key=lambda row: BY_DATE(row[0])):
            measures = earning.change(line, month, added)
            earned = self.round(earning.exact(months[-1]))
            self._book_change(line, month, added, earned - booked, measures)
            booked = earned
        return booked

    def _restate(self, earning, months):
        before = ZERO
        for month in months:
            exact = earning.exact(month)
            booked = self.ledger.earned(self.root_id, month)
            earned = before + booked if exact is None else self.round(exact)
            if added := earned - before - booked:
                code, fields = earning.explain(month)
                self._true_up(added, month, [month], code, **fields)
            before = earned

    def _book_change(self, line, month, base, amount, measures):
        fields = {
            "key": line.key,
            "document": line.document,
            "date": line.date,
            "cumulated_before": measures[0],
            "cumulated_after": measures[1],
        }
        kind = "clawback" if amount < 0 else "earning"
        waiting = self._take_waiting(line, amount)
        if waiting:
            fields["base"], base = base, ZERO
            self._add(kind, waiting, month, reason.CHANGED, balance="waiting", **fields)
        if amount != waiting or base:
            fields["base"] = base
            self._add(kind, amount - waiting, month, reason.CHANGED, **fields)

    def _take_waiting(self, line, amount):
        """Return the part of a clawback that still waits, or has lapsed instead."""
        item = self.ledger.items[self.root_id].get(line.key)
        if not item or amount >= 0:
            return ZERO
        return max(amount, -max(item.waiting + item.lapsed, ZERO))

    # ------------------------------------------------------------------
    # The month
    # ------------------------------------------------------------------

    def _book_month(self, earning, locked, booked):
        if isinstance(earning, GrantedEarning):
            self._book_grant(earning, booked)
            return
        lines = self._by_month[self.month]
        lines.sort(key=lambda row: BY_DATE(row[0]))
        start, pricing, run = earning.open(lines)
        start = self.round(start)
        if start != booked:
            tier = pricing.tier(ZERO)
            reached = {"tier": tier, "rate": pricing.rate(tier)}
            self._true_up(start - booked, self.month, locked, reason.RATE, **reached)
        self._book_lines(run, start)

    def _book_lines(self, run, booked):
        round_, month, entries = self.round, self.month, self.entries
        add = self.ledger.add
        shared = self._shared(month)
        for line, base, before, after, exact, pricing in run:
            earned = round_(exact)
            tier = pricing.tier(after)
            entry = Entry(
                "earning",
                "payable",
                earned - booked,
                month,
                month,
                reason.SALE,
                *shared[:5],
                line.key,
                line.document,
                line.date,
                base,
                before,
                after,
                tier,
                pricing.rate(tier),
                *shared[5:],
            )
            booked = earned
            entries.append(entry)
            add(entry)

    def _book_grant(self, earning, booked):
        exact = earning.exact(self.month)
        added = self.round(exact) - booked if exact is not None else ZERO
        if added:
            code, fields = earning.explain(self.month)
            kind = "earning" if added > 0 else "true_up"
            self._add(kind, added, self.month, code, **fields)

    # ------------------------------------------------------------------
    # Entries
    # ------------------------------------------------------------------

    def _true_up(self, amount, origin, months, code, **fields):
        """Book a change of what was earned in some months, and of no line alone.

        Where documents wait for money, or are limited, each gets its part by its base.
        """
        rule = self.history.rule(self.month)
        documents = {}
        if rule and rule.itemised:
            documents = {
                document: max(sum(sums.bases.get(month, 0) for month in months), ZERO)
                for document, sums in sorted(
                    self.ledger.documents[self.root_id].items(), key=itemgetter(0)
                )
            }
        if not any(documents.values()):
            documents = {None: 1}
        shares = self.shares(amount, list(documents.values()))
        for document, share in zip(documents, shares, strict=True):
            if share:
                self._add("true_up", share, origin, code, document=document, **fields)

    def _add(self, kind, amount, origin, code, balance="payable", **fields):
        version_id, rule_id, root_id, interval, start, target, actual = self._shared(
            origin
        )
        entry = Entry(
            kind,
            balance,
            amount,
            self.month,
            origin,
            code,
            version_id,
            rule_id,
            root_id,
            interval,
            start,
            **({"target": target, "actual": actual} | fields),
        )
        self.entries.append(entry)
        self.ledger.add(entry)

    def _shared(self, origin):
        """Return what all entries of a month of origin have in common."""
        history = self.history
        rule = history.rule(origin)
        attainment = history.attainment(origin)
        interval = rule.span if rule else "month"
        months = self.assignment.calendar.months(interval, origin)
        return (
            self._version_id(origin),
            rule and rule.id,
            self.root_id,
            interval,
            months[0],
            attainment and attainment.target,
            attainment and attainment.actual,
        )

    def _version_id(self, month):
        plan = self.assignment.plan_at(month)
        return plan and plan.id
