# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from .credit import Credit
from .fiscal_calendar import last_day
from .terms import RuleTerms

ZERO = Decimal(0)


@dataclass(slots=True)
class SharedPool:
    """The pool of a rule in one interval"""

    plan: object
    version_id: int
    rule: object
    terms: RuleTerms
    months: list[date]
    #: what its team sells
    credit: Credit
    #: assignment id → :class:`.Member`
    members: dict = field(default_factory=dict)
    #: assignment id → what was booked when it was shared out before
    booked: dict | None = None
    base: Decimal = ZERO
    attainment: object = None

    @property
    def key(self):
        return self.terms.root_id, self.origin

    @property
    def origin(self):
        return self.months[-1]

    @property
    def splits_by_contribution(self):
        return self.terms.pool_split == "contribution"

    def is_member(self, assignment, teams):
        """Return whether a person of the plan is in the team of the pool."""
        wanted = self.credit.places.get("team_id")
        return assignment.plan_id == self.plan and (
            wanted is None or not wanted.isdisjoint(teams[assignment.user_id.id])
        )

    def count_days(self, assignment, start):
        start = max(self.months[0], start)
        end = last_day(self.origin)
        if assignment.date_to:
            end = min(end, assignment.date_to)
        return max((end - start).days + 1, 0)
