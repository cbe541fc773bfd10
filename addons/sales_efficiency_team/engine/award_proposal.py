# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections import defaultdict
from decimal import Decimal

from odoo.addons.sales_efficiency_base.tools import Period
from odoo.addons.sales_efficiency_incentive.engine import Money

from .award_sum import AwardSum

HUNDRED = Decimal(100)


class AwardProposal:
    """Says what an award pays whom, by the grades of a closed appraisal cycle.

    Everybody whom the plan pays in the cycle has a line, also those who get nothing.
    The number of queries does not depend on that of people.

    :param award: ``sales.incentive.award`` record, as superuser: whoever prepares it
        has been checked, and only those who may read wages prepare awards by wages
    """

    def __init__(self, award):
        self.env = award.env
        self._award = award
        self._rule = award.rule_id
        self._cycle = award.cycle_id
        self._company = award.company_id
        self._year = Period.year(self._cycle.date_to, self._company)
        self._money = Money(Decimal(str(self._company.currency_id.rounding)))

    def get_lines(self):
        """:return: list of values of ``sales.incentive.award.line``"""
        assignments = self._find_assignments()
        appraisals = self._find_appraisals(assignments)
        bases = self._read_bases(assignments)
        before = self._read_before(assignments)
        rates = {line.grade_id: line.rate for line in self._rule.award_grade_ids}
        return [
            self._prepare(
                assignment,
                appraisals.get(assignment.user_id),
                bases[assignment],
                rates,
                before[assignment],
            )
            for assignment in assignments
        ]

    def _prepare(self, assignment, appraisal, base, rates, before):
        rate = rates.get(appraisal.grade_id, 0.0) if appraisal else 0.0
        days = self._count_days(assignment)
        share = Decimal(str(rate)) / (HUNDRED if self._is_share() else 1)
        award = AwardSum.of(
            base, share, self._award.factor, days, self._count_year()
        ).round(self._money)
        return {
            "award_id": self._award.id,
            "assignment_id": assignment.id,
            "appraisal_id": appraisal and appraisal.id,
            "grade_name": appraisal and appraisal.grade_name,
            "base": base,
            "rate": rate,
            "factor": self._award.factor,
            "days": days,
            "year_days": self._count_year(),
            "award": float(award),
            "before": before,
            "amount": self._company.currency_id.round(float(award) - before),
        }

    def _is_share(self):
        return self._rule.award_base == "incentive"

    # ------------------------------------------------------------------
    # People and days
    # ------------------------------------------------------------------

    def _find_assignments(self):
        """Return the people of the plan in the cycle; agents are not appraised."""
        return self.env["sales.incentive.assignment"].search(
            [
                ("plan_id", "=", self._award.plan_id.id),
                ("user_id", "!=", False),
                ("date_from", "<=", self._cycle.date_to),
                "|",
                ("date_to", "=", False),
                ("date_to", ">=", self._cycle.date_from),
            ],
            order="id",
        )

    def _get_last_day(self, assignment):
        end = assignment.date_to
        return min(end, self._cycle.date_to) if end else self._cycle.date_to

    def _count_days(self, assignment):
        start = max(assignment.date_from, self._cycle.date_from)
        return (self._get_last_day(assignment) - start).days + 1

    def _count_year(self):
        return (self._year.end - self._year.start).days + 1

    # ------------------------------------------------------------------
    # Grades and bases
    # ------------------------------------------------------------------

    def _find_appraisals(self, assignments):
        """:return: dict user → appraisal that counts"""
        appraisals = self.env["sales.appraisal"].search(
            [
                ("cycle_id", "=", self._cycle.id),
                ("state", "=", "closed"),
                ("is_current", "=", True),
                ("user_id", "in", assignments.user_id.ids),
            ]
        )
        return {appraisal.user_id: appraisal for appraisal in appraisals}

    def _read_bases(self, assignments):
        """:return: dict assignment → what a month pays, or the target incentive"""
        if self._rule.award_base == "wage":
            return self._read_wages(assignments)
        name = "target_incentive" if self._is_share() else "award_value"
        return {assignment: assignment[name] for assignment in assignments}

    def _read_wages(self, assignments):
        """Return the wages of the versions that are valid on the last day."""
        # Also of those who have left
        employees = self.env["hr.employee"].with_context(active_test=False)
        employees = employees.search(
            [
                ("user_id", "in", assignments.user_id.ids),
                ("company_id", "=", self._company.id),
            ]
        )
        versions = self.env["hr.version"].search(
            [
                ("employee_id", "in", employees.ids),
                ("date_version", "<=", self._cycle.date_to),
            ],
            order="date_version, id",
        )
        by_user = defaultdict(list)
        for version in versions:
            by_user[version.employee_id.user_id].append(version)
        wages = {}
        for assignment in assignments:
            last = self._get_last_day(assignment)
            valid = [
                version.wage
                for version in by_user[assignment.user_id]
                if version.date_version <= last
            ]
            wages[assignment] = valid[-1] if valid else 0.0
        return wages

    def _read_before(self, assignments):
        """Return what earlier awards of the same rule and cycle have given.

        :return: dict assignment → amount
        """
        before = dict.fromkeys(assignments, 0.0)
        before.update(
            self.env["sales.incentive.award.line"]._read_group(
                [
                    ("assignment_id", "in", assignments.ids),
                    ("award_id.root_id", "=", self._rule.root_id),
                    ("award_id.cycle_id", "=", self._cycle.id),
                    ("award_id.state", "=", "approved"),
                    ("award_id", "!=", self._award.id),
                ],
                ["assignment_id"],
                ["amount:sum"],
            )
        )
        return before
