# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections import Counter

from .month_reader import MonthReader
from .plan_simulation import Result
from .statement import Statement


class VersionCost:
    """What a version would book for locked months, if it were approved now.

    The open month is computed with and without it, as the ledger does, and nothing is
    written. The difference is what the approval costs.

    :param version: ``sales.incentive.version`` record, whoever may read it
    :param period: the first month that is not locked
    """

    def __init__(self, version, period):
        self.env = version.env
        self._version = version
        self._month = period.month
        self._documents = self.env["sales.incentive.change"]._get_documents(
            period.company_id, period.month
        )
        self._usual = MonthReader(period)
        self._changed = MonthReader(period, self._with_version())

    def _with_version(self):
        """:return: the versions as they would be once it is approved"""
        plan = self._version.plan_id
        others = self._usual.versions.get(plan, self._version.browse())
        others = others.filtered(lambda v: v.date_from != self._version.date_from)
        versions = (others | self._version).sorted("date_from")
        return {**self._usual.versions, plan: versions}

    def find_assignments(self):
        """Return the assignments to the plan that may be concerned."""
        found = self._changed.find_assignments()
        return found.filtered(lambda a: a.plan_id == self._version.plan_id)

    def run(self, assignments):
        """:return: list of :class:`.Result`: what is added for locked months"""
        added = self._sum(self._changed, assignments)
        if self._version.plan_id in self._usual.versions:
            added.subtract(self._sum(self._usual, assignments))
        return [Result(id_, month, amount) for (id_, month), amount in added.items()]

    def _sum(self, computation, assignments):
        computation.share_pools()
        batch = computation.gather(assignments, self._documents)
        sums = Counter()
        for id_, terms in batch.terms.items():
            statement = Statement(
                terms, self._month, batch.facts[id_], batch.ledgers[id_]
            )
            for entry in statement.entries:
                if entry.origin < self._month:
                    sums[id_, entry.origin] += entry.amount
        return sums
