# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from decimal import Decimal

from .sale_line import SaleLine
from .terms_reader import to_factor

#: Key of a sale that does not exist; sorts after all others of its day
KEY = ("~", 0, 0, 0, 0, "")


class WhatIf:
    """Estimates a made-up sale of one line, which counts for rules as a whole.

    :param own: :class:`.OwnMonth`
    """

    def __init__(self, own):
        self._own = own

    def get_rules(self):
        """:return: what ``OwnMonth.get_rules`` returns, without rules that depend on
        more than an amount: a margin rate, a number of pieces"""
        return [
            (id_, rule, terms)
            for id_, rule, terms in self._own.get_rules()
            if self._get_metric(rule).unit == "currency" and terms.rate_by != "margin"
        ]

    def estimate(self, amount, rules=None):
        """Estimate a sale.

        :param Decimal amount: before the share of a rule
        :param rules: ``sales.incentive.rule`` records that count it; None: all
        :return: dict assignment id → :class:`.Estimate`
        """
        asked = {}
        for id_, rule, terms in self.get_rules():
            if rules is None or rule in rules:
                lines, attained = asked.setdefault(id_, ({}, {}))
                base = amount * to_factor(rule.share)
                lines[terms.root_id] = [self._make_line(terms, base)]
                attained[terms.root_id] = amount
        return {
            id_: self._own.estimate(id_, lines, attained)
            for id_, (lines, attained) in asked.items()
        }

    def bring(self, id_, rule, terms, amount):
        """:return: what a sale of an amount would earn by one rule, limits included"""
        lines = {
            terms.root_id: [self._make_line(terms, amount * to_factor(rule.share))]
        }
        return self._own.estimate(id_, lines, {terms.root_id: amount}).earned

    def _make_line(self, terms, base):
        return SaleLine(
            KEY,
            KEY[:2],
            self._own.today,
            Decimal(base),
            days=0 if terms.rate_by == "collection_days" else None,
        )

    @staticmethod
    def _get_metric(rule):
        return rule.target_metric_id if rule.kind == "bonus" else rule.metric_id
