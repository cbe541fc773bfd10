# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from copy import deepcopy
from dataclasses import replace
from decimal import Decimal

from .estimate import Estimate
from .fiscal_calendar import last_day
from .money import Money
from .month_reader import MonthReader
from .rule_history import RuleHistory
from .statement import Statement
from .terms import Receipt
from .terms_reader import to_decimal

PAID = Receipt(Decimal(1))


class OwnMonth:
    """The running month of one person, and what more sales would bring them.

    It is computed as the ledger computes it, and nothing is written.

    :param assignments: those of the person in one company, whoever may read all
    """

    def __init__(self, assignments):
        self.env = assignments.env
        self.company = assignments.company_id
        self.today = self.company._get_sales_today()
        self.month = self.today.replace(day=1)
        period = self.env["sales.incentive.period"].new(
            {"company_id": self.company.id, "month": self.month}
        )
        self.computation = MonthReader(period)
        self.assignments = self.computation.find_assignments() & assignments
        self.computation.read_grants(self._find_period())
        self._batch = self.computation.gather(
            self.assignments,
            self.env["sales.incentive.change"]._get_documents(self.company, self.month),
        )
        #: assignment id → terms, and → the ledger with what the month has earned
        self.terms = self._batch.terms
        self.ledgers = {}
        for id_, terms in self.terms.items():
            self.ledgers[id_] = deepcopy(self._batch.ledgers[id_])
            Statement(terms, self.month, self._batch.facts[id_], self.ledgers[id_])

    def _find_period(self):
        """:return: the month as it is saved, if it has begun to be followed"""
        return self.env["sales.incentive.period"].search(
            [("company_id", "=", self.company.id), ("month", "=", self.month)], limit=1
        )

    def get_rules(self):
        """:return: list of assignment id, record and :class:`.RuleTerms` of each rule
        that is in effect"""
        found = [
            (id_, rule)
            for id_, terms in self.terms.items()
            if (plan := terms.plan_at(self.month))
            for rule in plan.rules
        ]
        # All are read together.
        records = self.env["sales.incentive.rule"].browse(
            dict.fromkeys(rule.id for _id, rule in found)
        )
        by_id = {record.id: record for record in records}
        return [(id_, by_id[rule.id], rule) for id_, rule in found]

    def get_history(self, id_, root_id):
        """:return: :class:`.RuleHistory` of the month"""
        facts = self._batch.facts[id_]
        return RuleHistory(self.terms[id_], root_id, facts, self.month)

    def make_reader(self, reader, **options):
        """Make a reader of further lines of the month, see :class:`.MonthLines`."""
        return reader(
            self.env,
            self.assignments,
            self.terms,
            self.computation.versions,
            self.month,
            last_day(self.month),
            None,
            Money(to_decimal(self.company.currency_id.rounding)),
            **options,
        )

    def estimate(self, id_, lines, attained=None):
        """Estimate sales of an assignment, as if they were paid at once.

        :param dict lines: root of the rule → list of ``SaleLine``
        :param dict attained: see :class:`.Estimate`
        """
        facts = self._batch.facts[id_]
        paid = {line.document: PAID for found in lines.values() for line in found}
        return Estimate(
            self.terms[id_],
            self.month,
            replace(facts, receipts=facts.receipts | paid),
            self._batch.ledgers[id_],
            lines,
            attained,
        )
