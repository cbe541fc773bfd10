# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Terms of plans and assignments, as the engine needs them (policy 4.4.1).

Fields are named like those of the models. Rates, shares and attainments are decimal
factors (5 % is ``Decimal("0.05")``), amounts are decimals in company currency, months
are first days. Nothing here is ever changed.
"""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from .bonus_curve import BonusCurve
from .fiscal_calendar import FiscalCalendar, last_day, next_month
from .limit import Limit
from .pool import Grant, Pool
from .rate_table import RateTable
from .returns import ReturnTerms

ZERO = Decimal(0)


class Attainment(NamedTuple):
    """Target and actual at the end of a month, as the rule compares them.

    To date: both until the end of the month. Whole interval: the target of all its
    months. ``interval_target`` is the latter in either case; it is needed only for
    rates that are a multiple of the person's own rate.
    """

    actual: Decimal
    target: Decimal | None
    interval_target: Decimal | None = None


class Receipt(NamedTuple):
    """What was paid of a document until the end of the month; see ``paid_share``"""

    paid: Decimal
    due: date | None = None


class DrawTerms(NamedTuple):
    """Advance per month that fills up what is earned"""

    amount: Decimal
    recoverable: bool = True
    #: number of months from the assignment's first; None: as long as it lasts
    months: int | None = None
    #: most that may be owed; None: no limit
    limit: Decimal | None = None


@dataclass(frozen=True, kw_only=True)
class RuleTerms:
    id: int
    #: id of the rule in the plan's first version that had it: tiers count on, and what
    #: was booked is found again, through all versions
    root_id: int
    #: commission, bounty (the rate is an amount per unit), bonus; all others are
    #: granted: pool, and what other add-ons decide
    kind: str = "commission"
    #: fixed, line, document, month, interval, attainment, margin, collection_days
    rate_by: str = "fixed"
    #: marginal, whole; tables by margin and by days are whole
    rate_mode: str = "marginal"
    #: percent: of the base; fold: times target incentive ÷ target of the interval
    rate_unit: str = "percent"
    #: meet, exceed
    reach: str = "meet"
    rate: Decimal = ZERO
    #: pairs of bound and rate; of a bonus, points of attainment and payout
    tiers: tuple[tuple[Decimal, Decimal], ...] = ()
    #: stepped, linear
    curve: str = "linear"
    #: month, quarter, half, year
    interval: str = "month"
    #: to_date, whole
    attainment: str = "to_date"
    #: attainment without which nothing is earned, or all at the first rate
    condition_attainment: Decimal | None = None
    #: nothing, first_rate
    condition_otherwise: str = "nothing"
    #: modes of caps: forfeit, carry
    cap_document: Decimal | None = None
    cap_document_mode: str = "forfeit"
    cap_month: Decimal | None = None
    cap_month_mode: str = "forfeit"
    cap_interval: Decimal | None = None
    cap_interval_mode: str = "forfeit"
    minimum_document: Decimal | None = None
    minimum_month: Decimal | None = None
    minimum_interval: Decimal | None = None
    #: event, collected
    paid: str = "event"
    holdback: Decimal = ZERO
    holdback_months: int = 0
    #: unpaid as many days after due: waits again; None: never
    unpaid_days: int | None = None
    #: fixed, base, excess
    pool_basis: str = "fixed"
    #: equal, contribution, incentive, hand
    pool_split: str = "equal"

    @cached_property
    def table(self):
        tiers = self.tiers if self.rate_by != "fixed" else ((ZERO, self.rate),)
        return RateTable(tiers, exceed=self.reach == "exceed")

    @cached_property
    def bonus_curve(self):
        return BonusCurve(self.tiers, self.curve == "stepped", self.reach == "exceed")

    @cached_property
    def pool(self):
        return Pool(self.pool_basis, self.table)

    @cached_property
    def limits(self):
        """Limits by level"""
        return {
            "document": Limit(
                self.minimum_document,
                self.cap_document,
                self.cap_document_mode == "carry",
            ),
            "month": Limit(
                self.minimum_month, self.cap_month, self.cap_month_mode == "carry"
            ),
            "interval": Limit(
                self.minimum_interval,
                self.cap_interval,
                self.cap_interval_mode == "carry",
            ),
        }

    @cached_property
    def waits(self):
        """Whether what is earned may be payable only later"""
        collected = self.paid == "collected" or self.unpaid_days is not None
        return collected or bool(self.holdback)

    @cached_property
    def itemised(self):
        """Whether each document has to know what it has earned"""
        return self.waits or bool(self.limits["document"])

    @cached_property
    def method(self):
        """How it earns: granted without lines, by items, or by cumulated sums"""
        if self.kind not in ("commission", "bounty"):
            return "granted"
        by_item = ("line", "document", "margin", "collection_days")
        return "items" if self.rate_by in by_item else "cumulated"

    @cached_property
    def span(self):
        """Interval for which earnings are summed up and rounded once"""
        if self.method == "items" or self.rate_by == "month":
            return "month"
        return self.interval

    @cached_property
    def needs_target(self):
        by_target = self.kind == "bonus" or self.rate_by == "attainment"
        return by_target or self.rate_unit == "fold"


@dataclass(frozen=True, kw_only=True)
class PlanTerms:
    """An approved version of a plan"""

    id: int
    date_from: date
    rules: tuple[RuleTerms, ...]
    #: interval of ``cap_interval``
    interval: str = "month"
    cap_month: Decimal | None = None
    cap_month_mode: str = "forfeit"
    cap_interval: Decimal | None = None
    cap_interval_mode: str = "forfeit"
    guarantee_month: Decimal | None = None
    returns: ReturnTerms = ReturnTerms()
    #: days after the end of an assignment in which what waits may still be released;
    #: None: no limit
    release_days: int | None = None

    @cached_property
    def limits(self):
        """Limits by level"""
        return {
            "plan_month": Limit(
                self.guarantee_month, self.cap_month, self.cap_month_mode == "carry"
            ),
            "plan_interval": Limit(
                None, self.cap_interval, self.cap_interval_mode == "carry"
            ),
        }

    @cached_property
    def rule_of_root(self):
        return {rule.root_id: rule for rule in self.rules}


@dataclass(frozen=True, kw_only=True)
class AssignmentTerms:
    id: int
    date_from: date
    #: all approved versions of the plan (and a draft to be simulated), in the order of
    #: their beginning and approval: of two that begin together, the later one counts
    versions: tuple[PlanTerms, ...]
    date_to: date | None = None
    #: per interval of the rule
    target_incentive: Decimal = ZERO
    draw: DrawTerms | None = None
    calendar: FiscalCalendar = FiscalCalendar()
    #: rounding of the company's currency
    step: Decimal = Decimal("0.01")

    def plan_at(self, month):
        """Return the version of a month, or None before the first."""
        found = None
        for version in self.versions:
            if version.date_from <= month:
                found = version
        return found

    def rule_at(self, root_id, month):
        """Return the rule of a month, or None."""
        return self.terms_at(root_id, month)[1]

    def terms_at(self, root_id, month):
        """Return version and rule of a month, each or None."""
        plan = self.plan_at(month)
        return plan, plan and plan.rule_of_root.get(root_id)

    @cached_property
    def root_ids(self):
        """Rules of all versions, the latest order first"""
        latest_first = reversed(self.versions)
        return list(
            dict.fromkeys(
                rule.root_id for version in latest_first for rule in version.rules
            )
        )

    @cached_property
    def itemised_root_ids(self):
        return {
            rule.root_id
            for version in self.versions
            for rule in version.rules
            if rule.itemised
        }

    def prorate(self, amount, months, until=None):
        """Return the part of a sum for some months that falls to the days assigned.

        >>> assignment = AssignmentTerms(
        ...     id=1, date_from=date(2026, 2, 16), versions=()
        ... )
        >>> quarter = FiscalCalendar().months("quarter", date(2026, 2, 1))
        >>> round(assignment.prorate(Decimal(30_000), quarter), 2)
        Decimal('14666.67')

        :param date until: month after which no day counts; None: all count
        """
        start, end = months[0], next_month(months[-1])
        whole = (end - start).days
        first = max(start, self.date_from)
        last = last_day(min(months[-1], until or months[-1]))
        if self.date_to:
            last = min(last, self.date_to)
        days = (last - first).days + 1
        return amount * days / whole if days > 0 else ZERO


@dataclass(kw_only=True)
class MonthFacts:
    """What is known of one assignment when a month is computed.

    All dictionaries have the ``root_id`` of the rule as their key, except receipts.
    """

    #: lines of the month, and those of earlier months whose base differs from what is
    #: booked. Rates by line, document, margin and days: all lines of such earlier
    #: months, and of months whose version was replaced.
    lines: dict[int, list] = field(default_factory=dict)
    #: attainment at the end of each month of the interval, until the month computed
    attainments: dict[int, dict[date, Attainment]] = field(default_factory=dict)
    #: the same for the condition
    conditions: dict[int, dict[date, Attainment]] = field(default_factory=dict)
    #: document → Receipt, for rules that wait
    receipts: dict[tuple, Receipt] = field(default_factory=dict)
    #: what is granted at the end of a month: shares of pools, all of its interval, of
    #: the month that is computed and of earlier ones whose pools are computed again;
    #: awards of the month that is computed
    grants: dict[int, dict[date, Grant]] = field(default_factory=dict)
    #: earlier months that are to be computed again, e.g. for a bonus of which nothing
    #: is booked; those with changed lines or a replaced version are found without it
    restated: set[date] = field(default_factory=set)
    #: ids of the versions whose letters are not accepted, if pay waits for them
    unaccepted: set[int] = field(default_factory=set)
    #: manual adjustments by id: what is approved less what is booked
    adjustments: dict[int, Decimal] = field(default_factory=dict)
