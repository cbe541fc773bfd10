# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from decimal import Decimal
from random import Random

from odoo.tests import BaseCase, tagged

from ..engine import DrawTerms, Ledger, Money, ReturnTerms, pay
from .incentive_books import BEFORE_LIMITS, Books, money, month, rule, tiers

MONTHS = 7
SEQUENCES = 30


class Recomputation:
    """What all rules earn, computed from nothing in the plainest way.

    It shares no formula with the engine.
    """

    def __init__(self, books, until):
        self.books = books
        self.until = until

    def earned(self, root_id, months):
        """Return what the months of an interval earn by what is known now."""
        earns = {
            1: self._to_date,
            2: self._documents,
            3: self._attained,
            4: self._bonus,
        }
        return earns[root_id](root_id, months)

    def _rule(self, root_id, number):
        return self.books.assignment.rule_at(root_id, month(number))

    def _lines(self, root_id, number):
        """Return documents and bases of what is sold in a month, less returns."""
        end = month(self.until + 1)
        plan = self.books.assignment.plan_at(month(number))
        return [
            (
                line.document,
                line.base
                - sum(
                    back.base * self._share(plan, (back.date - line.date).days)
                    for back in line.returns
                    if back.date < end
                ),
            )
            for line in self.books.lines[root_id].values()
            if month(number) <= line.date < month(number + 1)
        ]

    @staticmethod
    def _share(plan, days):
        for bound, share in plan.returns.steps:
            if days <= bound:
                return share
        return Decimal(0)

    def base(self, root_id, number):
        return sum(base for _document, base in self._lines(root_id, number))

    def _to_date(self, root_id, months):
        earned = before = Decimal(0)
        for number in months:
            after = before + self.base(root_id, number)
            table = self._rule(root_id, number).tiers
            earned += self._slices(table, after) - self._slices(table, before)
            before = after
        return earned

    @staticmethod
    def _slices(table, measure):
        if measure < 0:
            return measure * table[0][1]
        bounds = [bound for bound, _rate in table[1:]] + [Decimal("Infinity")]
        return sum(
            (min(measure, high) - low) * rate
            for (low, rate), high in zip(table, bounds, strict=True)
            if measure > low
        )

    def _documents(self, root_id, months):
        earned = Decimal(0)
        for number in months:
            sums = {}
            for document, base in self._lines(root_id, number):
                sums[document] = sums.get(document, 0) + base
            table = self._rule(root_id, number).tiers
            earned += sum(base * self._reached(table, base) for base in sums.values())
        return earned

    def _attained(self, root_id, months):
        attained = self.books.attainments[root_id][month(months[-1])]
        condition = self.books.conditions[root_id][month(months[-1])]
        earned = Decimal(0)
        for number in months:
            terms = self._rule(root_id, number)
            least = terms.condition_attainment or Decimal("-Infinity")
            rate = self._reached(terms.tiers, attained.actual / attained.target)
            if condition.actual / condition.target < least:
                rate = terms.tiers[0][1] * (terms.condition_otherwise == "first_rate")
            earned += self.base(root_id, number) * rate
        return earned

    def _bonus(self, root_id, months):
        attained = self.books.attainments[root_id][month(months[-1])]
        table = self._rule(root_id, months[-1]).tiers
        if attained.actual / attained.target < table[0][0]:
            return Decimal(0)
        incentive = self.books.assignment.target_incentive
        return incentive * self._reached(table, attained.actual / attained.target)

    @staticmethod
    def _reached(table, measure):
        reached = [rate for bound, rate in table if bound <= measure]
        return reached[-1] if reached else table[0][1]


class RandomBooks(Books):
    """Books of a person to whom everything happens, by rules of three kinds"""

    def __init__(self, rng):
        self.rng = rng
        super().__init__(
            *self._rules(),
            plan=self._terms(),
            step=money(rng.choice((0.01, 1))),
            target_incentive=money(1000),
            draw=rng.choice(
                (
                    None,
                    DrawTerms(money(900), limit=money(1500), months=4),
                    DrawTerms(money(700), recoverable=False),
                )
            ),
        )
        self.locked = []
        self.payouts = 0

    def _rate(self):
        return self.rng.randint(1, 25) / 200

    def _rules(self):
        rng = self.rng
        mode = rng.choice(("forfeit", "carry"))
        waits = rng.choice(
            (
                {},
                {"paid": "collected"},
                {"holdback": 0.2, "holdback_months": 2},
                {"paid": "collected", "holdback": 0.3, "holdback_months": 1},
                {"unpaid_days": 20},
            )
        )
        capped = rng.choice(({}, {"cap_month": 900.0, "cap_month_mode": mode}))
        least = rng.choice(({}, {"minimum_month": 50.0}))
        first, second, third, fourth = (self._rate() for _ in range(4))
        return (
            rule(
                1,
                rate_by="interval",
                interval="quarter",
                tiers=tiers((0, first), (5000, second), (12_000, third)),
                **waits,
                **capped,
            ),
            rule(
                2,
                rate_by="document",
                rate_mode="whole",
                tiers=tiers((0, fourth), (1500, first)),
                cap_document=rng.choice((None, 150.0)),
                cap_document_mode=mode,
                cap_interval=rng.choice((None, 2000.0)),
                cap_interval_mode=mode,
                interval="quarter",
                **least,
            ),
            rule(
                3,
                rate_by="attainment",
                rate_mode="whole",
                interval="half",
                tiers=tiers((0, second), (0.8, third), (1, fourth)),
                condition_attainment=rng.choice((None, 0.9)),
                condition_otherwise=rng.choice(("nothing", "first_rate")),
                **waits,
            ),
            rule(
                4,
                kind="bonus",
                curve="stepped",
                interval="quarter",
                attainment="whole",
                tiers=tiers((0.7, first), (1, second)),
            ),
        )

    def _terms(self):
        rng = self.rng
        steps = ((40, money(1)), (90, money(0.5)))
        return {
            "returns": ReturnTerms(steps=steps),
            "cap_month": rng.choice((None, money(2500))),
            "cap_month_mode": rng.choice(("forfeit", "carry")),
            "guarantee_month": rng.choice((None, money(300))),
        }

    def happen(self, number):
        """Let something happen in a month."""
        rng = self.rng
        happening = rng.choices(
            (self._sell_something, self._change, self._return, self._pay, self._revise),
            (8, 2, 2, 4, 0.5),
        )[0]
        happening(number)

    def measure(self, number):
        """Measure what is attained at the end of each month, by what is known now."""
        recomputed = Recomputation(self, number)
        actual = Decimal(0)
        for earlier in range(1, number + 1):
            actual += recomputed.base(3, earlier)
            self.attain(earlier, actual, 8000 * earlier, root_id=3)
            self.attain(earlier, actual, 7000 * earlier, root_id=3, condition=True)
            self.attain(earlier, actual, 9000 * (earlier + 1), root_id=4)
        self.restated = {month(earlier) for earlier in range(1, number)}

    def _sell_something(self, number):
        rng = self.rng
        # Now and then a document is back-dated.
        sold = max(1, number - rng.choice((0, 0, 0, 0, 1, 3)))
        name = f"S{len(self.lines[1]):04}"
        day = rng.randint(1, 28)
        for line in range(rng.randint(1, 3)):
            base = rng.choice((1, 1, 1, -0.3)) * rng.randint(1, 400_000) / 100
            for root_id in (1, 2, 3):
                self.sell(round(base, 2), sold, day, root_id, name, line)
        due = month(number).replace(day=28)
        self.pay(name, rng.choice((0, 0, 1)), due)

    def _pick(self):
        keys = list(self.lines[1])
        return self.rng.choice(keys) if keys else None

    def _change(self, _number):
        key = self._pick()
        factor = money(self.rng.choice((0, 0.5, 1.3)))
        for root_id in (1, 2, 3) if key else ():
            self.lines[root_id][key].base *= factor

    def _return(self, number):
        key = self._pick()
        day = month(number).replace(day=self.rng.randint(1, 28))
        if key and self.lines[1][key].date <= day:
            for root_id in (1, 2, 3):
                self.give_back(key, self.lines[root_id][key].base / 4, day, root_id)

    def _pay(self, _number):
        if key := self._pick():
            receipt = self.receipts[(key[0],)]
            self.pay(key[0], self.rng.choice((0, 0.37, 0.8, 1)), receipt.due)

    def _revise(self, number):
        begin = max(1, number - self.rng.randint(0, 3))
        old = self.assignment.plan_at(month(begin))
        more = {name: getattr(old, name) for name in self._terms()}
        rules = [
            rule(
                **{
                    name: getattr(terms, name)
                    for name in type(terms).__dataclass_fields__
                    if name not in ("id", "tiers")
                },
                tiers=tuple((bound, money(self._rate())) for bound, _ in terms.tiers),
                id=terms.root_id + 10 * len(self.assignment.versions),
            )
            for terms in old.rules
        ]
        self.add_version(begin, *rules, **more)


@tagged("post_install", "-at_install")
class TestIncentiveEngineRandom(BaseCase):
    def test_any_sequence_adds_up_and_equals_a_recomputation(self):
        for sequence in range(SEQUENCES):
            books = RandomBooks(Random(f"incentive {sequence}"))
            with self.subTest(sequence=sequence):
                for number in range(1, MONTHS + 1):
                    self._live_a_month(books, number)

    def _live_a_month(self, books, number):
        rng = books.rng
        for _ in range(rng.randint(0, 12)):
            books.happen(number)
        books.measure(number)
        adjustments = [money(rng.randint(-90, 90))] if rng.random() < 0.2 else []
        locked = repr(books.entries)
        again = repr(books.compute(number, adjustments).entries)
        entries = books.lock(number, adjustments).entries
        self.assertEqual(repr(entries), again)
        self.assertTrue(repr(books.entries).startswith(locked[:-1]))
        self._check_balances(books)
        self._check_earned(books, number)
        self._check_caps(books, number)
        if rng.random() < 0.7:
            ledger = Ledger(books.assignment, books.entries)
            if payout := pay(books.assignment, month(number), ledger):
                books.entries.append(payout)
            self._check_balances(books)

    def _check_balances(self, books):
        """All balances together are all earned less all paid."""
        recoverable = books.assignment.draw and books.assignment.draw.recoverable
        earning = {*BEFORE_LIMITS, "cap", "adjustment", "payout"}
        if not recoverable:
            earning.add("draw")
        earned = sum(entry.amount for entry in books.entries if entry.kind in earning)
        balances = [
            books.balance(name) for name in ("payable", "waiting", "capped", "owed")
        ]
        self.assertEqual(sum(balances), earned)
        self.assertGreaterEqual(books.balance("capped"), 0)
        self.assertLessEqual(books.balance("owed"), 0)
        waiting = {}
        for entry in books.entries:
            if entry.balance == "waiting":
                item = (entry.root_id, entry.item)
                waiting[item] = waiting.get(item, 0) + entry.amount
        self.assertFalse([item for item, amount in waiting.items() if amount < 0])

    def _check_earned(self, books, number):
        """Every interval has earned what it earns by what is known now."""
        recomputed = Recomputation(books, number)
        round_ = Money(books.assignment.step).round
        for root_id, length in ((1, 3), (2, 1), (3, 6), (4, 3)):
            for start in range(1, number + 1, length):
                months = range(start, min(start + length, number + 1))
                booked = sum(
                    entry.amount
                    for entry in books.entries
                    if entry.root_id == root_id
                    and entry.kind in BEFORE_LIMITS
                    and not entry.limit
                    and entry.origin in [month(other) for other in months]
                )
                exact = recomputed.earned(root_id, months)
                self.assertEqual(booked, round_(exact), (root_id, start))

    def _check_caps(self, books, number):
        """A month pays no more than its cap, nor forfeits what is below it."""
        plan_levels = [None, "document", "month", "interval", "plan_month"]
        for root_id, level, levels in (
            (1, "month", plan_levels[:3]),
            (None, "plan_month", plan_levels),
        ):
            for earlier in range(1, number + 1):
                terms = books.assignment.plan_at(month(earlier))
                if root_id:
                    terms = terms.rule_of_root[root_id]
                cap = terms.cap_month
                if cap is None:
                    continue
                carry = terms.cap_month_mode == "carry"
                passed, earned = (
                    sum(
                        entry.amount
                        for entry in books.entries
                        if root_id in (None, entry.root_id)
                        and entry.balance in ("payable", "waiting")
                        and entry.kind in (*BEFORE_LIMITS, "cap", "carried")
                        and (entry.kind != "carried" or entry.limit)
                        and entry.limit in until
                        and month(earlier) == (entry.month if carry else entry.origin)
                    )
                    for until in (levels, levels[:-1])
                )
                self.assertLessEqual(passed, cap)
                if not carry:
                    least = terms.limits[level].minimum or earned
                    self.assertEqual(passed, min(cap, max(earned, least)))
