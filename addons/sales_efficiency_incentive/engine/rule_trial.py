# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date
from decimal import Decimal

from .ledger import Ledger
from .money import Money
from .sale_line import SaleLine
from .statement import Statement
from .terms import AssignmentTerms, Attainment, MonthFacts, PlanTerms
from .terms_reader import read_rule, to_decimal, to_factor

# A year whose last month ends all intervals
START, MONTH = date(2000, 1, 1), date(2000, 12, 1)
MONTHS = [date(2000, number, 1) for number in range(1, 13)]
#: Just below a bound, to draw what happens when it is reached
BELOW = Decimal("0.999999")
#: What is tried if nothing else is known
BASE, TARGET, INCENTIVE = 100_000, 100_000, 10_000
MARGIN, DAYS = 20, 30
# Measures of the line, by which the rate can differ
MEASURES = {"margin": "margin_rate", "collection_days": "days"}


class RuleTrial:
    """Tries a rule on made-up sales of one line: by the statement itself, so that what
    is shown here is what is paid."""

    def __init__(self, rule):
        self._rule = rule
        self._terms = self._prepare_terms()

    def propose(self):
        """:return: what to try the rule on"""
        by_total = self._rule.rate_by in ("line", "document", "month", "interval")
        by_days = self._rule.rate_by == "collection_days"
        highest = max(self._rule.tier_ids.mapped("bound"), default=0)
        return {
            "trial_base": by_total and 1.2 * highest or 1.1 * BASE,
            "trial_target": TARGET,
            "trial_measure": DAYS if by_days else MARGIN,
            "trial_incentive": INCENTIVE,
        }

    def earn(self):
        """:return: what the sales to be tried earn"""
        rule = self._rule
        measure = to_decimal(rule.trial_measure)
        return float(self._earn(to_decimal(rule.trial_base), measure))

    def draw(self):
        """Draw what is earned: between two bounds it is a line.

        :return: dict of points and units, or False if there is nothing to draw
        """
        rule = self._rule
        if not self._terms:
            return False
        base, target = to_decimal(rule.trial_base), to_decimal(rule.trial_target)
        points = []
        for x in self._get_ticks():
            if rule.rate_by == "attainment":
                earned = self._earn(x * target / 100, Decimal(0))
            elif rule.rate_by in MEASURES:
                earned = self._earn(base, x)
            else:
                earned = self._earn(x, Decimal(0))
            points.append({"x": float(x), "y": float(earned)})
        return {"points": points, "unit": rule.unit_of_bound}

    def _get_ticks(self):
        """:return: the bounds, what is just below them, and what is above"""
        bounds = [to_decimal(bound) for bound in self._rule.tier_ids.mapped("bound")]
        highest = max(bounds, default=Decimal(0))
        last = highest * Decimal("1.5") or Decimal(BASE)
        below = [bound * BELOW for bound in bounds]
        return sorted({Decimal(0), *bounds, *below, last})

    def _earn(self, base, measure):
        if not self._terms:
            return Decimal(0)
        rule = self._rule
        target = to_decimal(rule.trial_target)
        step = to_decimal(rule.currency_id.rounding or 0.01)
        if rule.kind == "pool":
            # What all share: how many they are is not known here.
            return Money(step).round(self._terms.pool.amount(base, target))
        plan = PlanTerms(id=0, date_from=START, rules=(self._terms,))
        assignment = AssignmentTerms(
            id=0,
            date_from=START,
            versions=(plan,),
            target_incentive=to_decimal(rule.trial_incentive),
            step=step,
        )
        root = self._terms.root_id
        attained = {root: dict.fromkeys(MONTHS, Attainment(base, target, target))}
        facts = MonthFacts(
            lines={root: [self._make_line(base, measure)]},
            attainments=attained,
            conditions=attained,
        )
        statement = Statement(assignment, MONTH, facts, Ledger(assignment, []))
        return sum((entry.amount for entry in statement.entries), Decimal(0))

    def _make_line(self, base, measure):
        is_days = self._rule.rate_by == "collection_days"
        return SaleLine(
            key=(1,),
            document=(1,),
            date=MONTH,
            base=base * to_factor(self._rule.share),
            margin_rate=None if is_days else measure / 100,
            days=int(measure) if is_days else None,
        )

    def _prepare_terms(self):
        """:return: the terms, or None while the table is not complete"""
        terms = read_rule(self._rule)
        try:
            _table = terms.bonus_curve if terms.kind == "bonus" else terms.table
        except ValueError:
            return None
        return terms
