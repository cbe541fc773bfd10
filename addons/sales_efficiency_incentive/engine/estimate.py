# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections import Counter
from copy import deepcopy
from dataclasses import replace
from decimal import Decimal

from .entry import BALANCES
from .statement import Statement

ZERO = Decimal(0)


class Estimate:
    """What more sales would bring, by the ledger's own computation.

    The month is computed without and with them. Where a target is attained by what is
    sold, they count in the actual, too.

    :param dict lines: root of the rule → list of ``SaleLine``
    :param dict attained: root of the rule → what is added to the actual of its target;
        by default the bases of its lines
    """

    def __init__(self, assignment, month, facts, ledger, lines, attained=None):
        self._month = month
        self._attained = attained or {}
        usual = Statement(assignment, month, facts, deepcopy(ledger))
        more = Statement(assignment, month, self._add(facts, lines), deepcopy(ledger))
        #: the statement with the sales, and their documents
        self.statement = more
        self.made = {line.document for found in lines.values() for line in found}
        #: root of the rule, or None for limits and draw of the plan → what is added
        self.by_root = self._sum_by_root(more)
        self.by_root.subtract(self._sum_by_root(usual))
        #: balance → what would be added to it
        self.added = {
            balance: more.total(balance=balance) - usual.total(balance=balance)
            for balance in BALANCES
        }

    @property
    def earned(self):
        """What would be earned, whenever it is paid"""
        return sum(self.added.values())

    @staticmethod
    def _sum_by_root(statement):
        sums = Counter()
        for entry in statement.entries:
            sums[entry.root_id] += entry.amount
        return sums

    def _add(self, facts, added):
        lines = dict(facts.lines)
        attainments, conditions = dict(facts.attainments), dict(facts.conditions)
        for root_id, more in added.items():
            lines[root_id] = [*lines.get(root_id, ()), *more]
        for root_id in {*added, *self._attained}:
            base = self._attained.get(root_id)
            if base is None:
                base = sum((line.base for line in added[root_id]), ZERO)
            for attained in (attainments, conditions):
                self._raise(attained, root_id, base)
        return replace(
            facts, lines=lines, attainments=attainments, conditions=conditions
        )

    def _raise(self, attained, root_id, base):
        attainment = attained.get(root_id, {}).get(self._month)
        if attainment:
            raised = attainment._replace(actual=attainment.actual + base)
            attained[root_id] = {**attained[root_id], self._month: raised}
