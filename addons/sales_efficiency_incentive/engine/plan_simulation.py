# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from dataclasses import replace
from typing import NamedTuple

from odoo.fields import Domain

from .fiscal_calendar import last_day, next_month
from .simulated_month import HISTORY, SimulatedMonth
from .simulation import simulate
from .terms_reader import read_assignment, read_version


class Result(NamedTuple):
    """What an assignment would have got in a month; attainment in percent or None"""

    assignment_id: int
    month: object
    amount: object
    #: by imported history
    history: object = 0
    attainment: object = None


class PlanSimulation:
    """Computes what people would have got in past months by other terms.

    :param versions: ``sales.incentive.version`` records, one of each plan, of one
        company, whoever may read them. They count from the first month on.
    :param date first: the first month
    :param date last: the last month
    :param bool from_start: let the first assignment of each person count from the first
        month on, too
    """

    def __init__(self, versions, first, last, from_start):
        self.env = versions.env
        self._company = versions.company_id
        self._versions = {version.plan_id: version for version in versions}
        self._months = []
        while first <= last:
            self._months.append(first)
            first = next_month(first)
        self._from_start = from_start
        self._begins = dict.fromkeys(versions, self._months[0])

    def find_assignments(self):
        """Return the assignments that get something, those of a person together."""
        plans = self.env["sales.incentive.plan"].union(*self._versions)
        found = self.env["sales.incentive.assignment"].search(
            Domain("plan_id", "in", plans.ids)
            & (
                Domain("date_to", "=", False) | Domain("date_to", ">=", self._months[0])
            ),
            order="user_id, partner_id, plan_id, date_from",
        )
        if self._from_start:
            self._begin_earlier(found)
        end = last_day(self._months[-1])
        return found.filtered(lambda a: self._begins.get(a, a.date_from) <= end)

    def _begin_earlier(self, assignments):
        known = set()
        for assignment in assignments:
            payee = assignment.plan_id, assignment.user_id, assignment.partner_id
            if payee not in known and assignment.date_from > self._months[0]:
                self._begins[assignment] = self._months[0]
            known.add(payee)

    def run(self, assignments):
        """Simulate some assignments, month after month.

        :return: generator of :class:`Result`
        """
        terms = self._read_terms(assignments)
        attained = {}

        def read_facts(month, ledgers):
            computation = SimulatedMonth(
                self._make_period(month),
                self._versions,
                self._begins,
                terms,
                ledgers,
            )
            batch = computation.gather(assignments, set())
            attained.clear()
            attained.update(self._get_attainments(batch, month))
            return batch.facts

        for statement in simulate(list(terms.values()), self._months, read_facts):
            id_ = statement.assignment.id
            yield Result(
                id_,
                statement.month,
                sum(entry.amount for entry in statement.entries),
                sum(
                    entry.amount
                    for entry in statement.entries
                    if entry.document and entry.document[0] == HISTORY
                ),
                attained.get(id_),
            )

    def _read_terms(self, assignments):
        plans = {
            plan: [replace(read_version(version), date_from=self._months[0])]
            for plan, version in self._versions.items()
        }
        return {
            assignment.id: replace(
                read_assignment(assignment, plans[assignment.plan_id]),
                date_from=self._begins.get(assignment, assignment.date_from),
            )
            for assignment in assignments
        }

    def _make_period(self, month):
        return self.env["sales.incentive.period"].new(
            {"company_id": self._company.id, "month": month}
        )

    @staticmethod
    def _get_attainments(batch, month):
        """:return: dict assignment id → attainment in percent, by its first target"""
        return {
            id_: float(100 * found.actual / found.target)
            for id_, by_root in batch.attainments.items()
            for by_month in list(by_root.values())[:1]
            if (found := by_month.get(month)) and found.target
        }
