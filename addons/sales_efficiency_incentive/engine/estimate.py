# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
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
    """

    def __init__(self, assignment, month, facts, ledger, lines):
        self._month = month
        usual = Statement(assignment, month, facts, deepcopy(ledger))
        more = Statement(assignment, month, self._add(facts, lines), deepcopy(ledger))
        #: balance → what would be added to it
        self.added = {
            balance: more.total(balance=balance) - usual.total(balance=balance)
            for balance in BALANCES
        }

    @property
    def earned(self):
        """What would be earned, whenever it is paid"""
        return sum(self.added.values())

    def _add(self, facts, added):
        lines = dict(facts.lines)
        attainments, conditions = dict(facts.attainments), dict(facts.conditions)
        for root_id, more in added.items():
            lines[root_id] = [*lines.get(root_id, ()), *more]
            base = sum((line.base for line in more), ZERO)
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
