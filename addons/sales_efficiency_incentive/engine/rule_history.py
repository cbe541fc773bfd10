# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from .pricing import NOTHING, RatePricing


class RuleHistory:
    """One rule through the versions of a plan, with what an assignment attains.

    :param date month: month that is computed
    """

    def __init__(self, assignment, root_id, facts, month):
        self.assignment = assignment
        self.root_id = root_id
        self.month = month
        self.grants = facts.grants.get(root_id, {})
        self._attainments = facts.attainments.get(root_id, {})
        self._conditions = facts.conditions.get(root_id, {})
        self._rules = {}
        self._pricings = {}

    def rule(self, month):
        if month not in self._rules:
            self._rules[month] = self.assignment.rule_at(self.root_id, month)
        return self._rules[month]

    def span(self, month):
        """Return the months whose earnings are summed up with those of a month."""
        rule = self.rule(month)
        if not rule:
            return (month,)
        return tuple(
            other
            for other in self.assignment.calendar.months(rule.span, month)
            if other <= self.month
            and (found := self.rule(other))
            and (found.span, found.method) == (rule.span, rule.method)
        )

    def attainment(self, month):
        """Return the attainment at the end of a month, or None without a target."""
        attainment = self._attainments.get(month)
        return attainment if attainment and attainment.target else None

    def fallback(self, rule, month):
        """Return the pricing where the rule does not earn as it says, or None.

        Without a target there is nothing; without the condition nothing, or the first
        rate.
        """
        if not rule or (rule.needs_target and not self.attainment(month)):
            return NOTHING
        if self._meets_condition(rule, month):
            return None
        if rule.condition_otherwise == "nothing":
            return NOTHING
        return RatePricing(self.table(rule, month).rates[0], 0)

    def _meets_condition(self, rule, month):
        if rule.condition_attainment is None:
            return True
        condition = self._conditions.get(month)
        return bool(
            condition
            and condition.target
            and condition.actual >= rule.condition_attainment * condition.target
        )

    def attained_pricing(self, rule, month):
        """Return the pricing by the attainment at the end of a month.

        Marginal: base × (slices of the actual × their rates) ÷ actual.
        """
        key = rule.id, month
        if key not in self._pricings:
            self._pricings[key] = self._price_attained(rule, month)
        return self._pricings[key]

    def _price_attained(self, rule, month):
        actual, target, _interval_target = self.attainment(month)
        table = self.table(rule, month).scaled(target)
        tier = table.tier_at(actual)
        rate = table.rates[tier]
        if rule.rate_mode == "marginal" and actual > 0:
            rate = table.marginal(actual) / actual
        return RatePricing(rate, tier)

    def table(self, rule, month):
        """Return the table of a rule: its rates may be multiples of the person's own.

        The own rate is the target incentive ÷ the target of the interval.
        """
        attainment = self.attainment(month)
        if rule.rate_unit == "percent" or not attainment:
            return rule.table
        months = self.assignment.calendar.months(rule.interval, month)
        target = attainment.interval_target or attainment.target
        return rule.table.times(self.incentive(months) / target)

    def bonus(self, rule, month):
        """Return the target incentive at the end of a month, and the share of it.

        To date the incentive grows with the days assigned; by the whole interval's
        target all of it is at stake.
        """
        actual, target, _interval_target = self.attainment(month)
        months = self.assignment.calendar.months(rule.interval, month)
        until = month if rule.attainment == "to_date" else None
        return self.incentive(months, until), rule.bonus_curve.payout(actual, target)

    def incentive(self, months, until=None):
        assignment = self.assignment
        return assignment.prorate(assignment.target_incentive, months, until)
