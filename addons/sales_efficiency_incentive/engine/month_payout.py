# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from decimal import Decimal

from odoo.tools import SQL

from .entry import Entry
from .ledger import Ledger
from .payout import pay
from .terms import AssignmentTerms, PlanTerms


class MonthPayout:
    """What a locked month pays: all that is payable at its end and not yet paid.

    :param period: ``sales.incentive.period`` record, whoever may see it
    """

    def __init__(self, period):
        self.env = period.env
        self._period = period
        self._versions = {}

    def compute(self):
        """:return: dict assignment → :class:`.Entry`, by the order of their ids"""
        payable = self._read_payable()
        assignments = self.env["sales.incentive.assignment"].browse(payable)
        entries = {
            assignment: self._pay(assignment, payable[assignment.id])
            for assignment in assignments
        }
        return {assignment: entry for assignment, entry in entries.items() if entry}

    def _read_payable(self):
        rows = self.env.execute_query(
            SQL(
                """
                -- What later months have paid is not payable any more.
                SELECT assignment_id,
                       LEAST(SUM(amount) FILTER (WHERE month <= %s), SUM(amount))::text
                  FROM sales_incentive_entry
                 WHERE company_id = %s AND balance = 'payable' AND state = 'locked'
                 GROUP BY assignment_id HAVING MIN(month) <= %s
                 ORDER BY assignment_id
                """,
                self._period.month,
                self._period.company_id.id,
                self._period.month,
            )
        )
        return {id_: Decimal(payable) for id_, payable in rows}

    def _pay(self, assignment, payable):
        month = self._period.month
        terms = AssignmentTerms(
            id=assignment.id,
            date_from=assignment.date_from,
            versions=self._get_versions(assignment.plan_id),
        )
        # Of all earlier entries, paying needs only what is left of them.
        rest = Entry("carried", "payable", payable, month, month, "")
        return pay(terms, month, Ledger(terms, [rest]))

    def _get_versions(self, plan):
        """Return when the approved versions of a plan begin; paying needs no rules."""
        if plan not in self._versions:
            approved = plan.version_ids.filtered(lambda v: v.state == "approved")
            self._versions[plan] = tuple(
                PlanTerms(id=version.id, date_from=version.date_from, rules=())
                for version in approved.sorted(lambda v: (v.date_from, v.id))
            )
        return self._versions[plan]
