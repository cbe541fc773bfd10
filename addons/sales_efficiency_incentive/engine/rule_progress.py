# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from decimal import Decimal

from odoo.tools import formatLang

from odoo.addons.sales_efficiency_base.tools import format_period

from ..tools import format_percent, write_number
from .next_tier import NextTier
from .rate_table import RateTable
from .rule_text import RuleText
from .terms_reader import to_decimal, to_factor
from .what_if import WhatIf

ZERO = Decimal(0)


class RuleProgress:
    """How far a person has come by a rule, and what its next tier needs and brings.

    :param own: :class:`.OwnMonth`, in the language of the reader
    :param id_: id of the assignment
    :param rule: ``sales.incentive.rule`` record
    :param terms: its :class:`.RuleTerms`
    """

    def __init__(self, own, id_, rule, terms):
        self.env = own.env
        self._own = own
        self._id = id_
        self._rule = rule
        self._terms = terms
        self._history = own.get_history(id_, terms.root_id)
        self._attained = self._history.attainment(own.month)
        self._ledger = own.ledgers[id_]
        self._text = RuleText(self._rule)
        self._tiers = self._rule.tier_ids.sorted("bound")

    def describe(self):
        """:return: dict of texts for the client"""
        earned = self._ledger.by_month[self._terms.root_id, self._own.month]
        return {
            "id": self._rule.id,
            "name": self._rule.name,
            "plan": self._rule.version_id.plan_id.name,
            "summary": self._rule.summary,
            "earned": self._write_money(sum(earned)),
            "facts": [fact for fact in self._get_facts() if fact["value"]],
            "notice": self._get_notice(),
            "next": self._get_next(),
        }

    # ------------------------------------------------------------------
    # To date
    # ------------------------------------------------------------------

    def _get_facts(self):
        return [
            {"label": self.env._("To date"), "value": self._write_base_to_date()},
            {"label": self.env._("Rate reached"), "value": self._write_rate()},
            {"label": self.env._("Attainment"), "value": self._write_attainment()},
        ]

    def _get_base(self):
        bases = self._ledger.bases[self._terms.root_id]
        return sum(
            (bases[month] for month in self._history.span(self._own.month)), ZERO
        )

    def _write_base_to_date(self):
        if self._terms.method == "granted":
            return ""
        first = self._history.span(self._own.month)[0]
        return self.env._(
            "%(base)s since %(month)s",
            base=self._write(self._rule.metric_id, self._get_base()),
            month=format_period(self.env, first),
        )

    def _write_rate(self):
        table, measure = self._get_table()
        if self._history.fallback(self._terms, self._own.month) or not table:
            return ""
        if self._terms.kind == "bonus":
            reached = self._terms.bonus_curve.payout(*self._attained[:2])
            return self._text.write_rate(float(100 * reached))
        if self._terms.rate_by == "fixed":
            return self._text.write_rate(self._rule.rate)
        return self._text.write_rate(self._tiers[table.tier_at(measure)].rate)

    def _write_attainment(self):
        if not self._attained:
            return ""
        actual, target = self._attained[:2]
        metric = self._rule.target_metric_id
        return self.env._(
            "%(percent)s: %(actual)s of %(target)s",
            percent=format_percent(self.env, float(round(100 * actual / target, 1))),
            actual=self._write(metric, actual),
            target=self._write(metric, target),
        )

    def _get_notice(self):
        if self._terms.needs_target and not self._attained:
            return self.env._("There is no target, so nothing is earned. Ask for it.")
        if self._history.fallback(self._terms, self._own.month):
            return self.env._(
                "Nothing is earned before %s of the target to date is reached.",
                format_percent(self.env, self._rule.condition_attainment),
            )
        return ""

    # ------------------------------------------------------------------
    # Next tier
    # ------------------------------------------------------------------

    def _get_table(self):
        """:return: the table, and what it measures so far; None for both where each
        sale is measured by itself"""
        terms = self._terms
        if terms.kind == "pool":
            return None, None  # It depends on the whole team.
        if terms.kind == "bonus" or terms.rate_by == "attainment":
            if not self._attained:
                return None, None
            actual, target = self._attained[:2]
            if terms.kind != "bonus":
                return terms.table.scaled(target), actual
            bounds = [(bound * target, rate) for bound, rate in terms.tiers]
            if bounds[0][0]:
                bounds.insert(0, (ZERO, ZERO))
            return RateTable(bounds, terms.reach == "exceed"), actual
        if terms.method == "cumulated":
            return terms.table, self._get_base()
        return None, None

    def _get_next(self):
        table, measure = self._get_table()
        following = table and NextTier.of(table, max(measure, ZERO))
        if not following or self._history.fallback(self._terms, self._own.month):
            return None
        position = table.bounds.index(following.bound) - len(table.bounds)
        tier = self._tiers[position]
        missing = following.bound - measure
        if table.exceed:
            missing += to_decimal(self._own.company.currency_id.rounding)
        is_by_target = self._rule.rate_by == "attainment"
        metric = self._rule.target_metric_id if is_by_target else self._rule.metric_id
        sale = missing if is_by_target else missing / to_factor(self._rule.share)
        brought = WhatIf(self._own).bring(self._id, self._rule, self._terms, sale)
        return {
            "text": self.env._(
                "%(missing)s more reach %(rate)s, and bring %(earned)s.",
                missing=self._write(metric, sale),
                rate=self._text.write_rate(tier.rate),
                earned=self._write_money(brought),
            ),
            "progress": float(100 * max(measure, ZERO) / following.bound),
        }

    # ------------------------------------------------------------------
    # Words
    # ------------------------------------------------------------------

    def _write(self, metric, value):
        if metric.unit == "currency":
            return self._write_money(value)
        return write_number(self.env, float(value))

    def _write_money(self, amount):
        return formatLang(
            self.env, float(amount), currency_obj=self._own.company.currency_id
        )
