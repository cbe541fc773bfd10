# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from dataclasses import dataclass


@dataclass
class FunnelStep:
    """What became of opportunities in a step of the funnel.

    Days are calendar days and ``work`` working days, per opportunity: several stays of
    one in a stage add up. Stays whose beginning nobody knows have no time.

    :param stages: ``crm.stage`` records, several only of the won
    :param int reached: opportunities that came to the step, or beyond it
    :param int visited: those of them that stayed in it
    :param int done: those whose stay is over, and its time known
    :param int waiting: those that are in it
    :param float waiting_money: their expected revenue
    :param int returned: times that one turned back to it
    :param int lost: those that ended in it without being won
    """

    stages: object
    name: str
    is_won: bool
    reached: int = 0
    visited: int = 0
    done: int = 0
    mean_days: float | None = None
    median_days: float | None = None
    most_days: float | None = None
    mean_work: float | None = None
    median_work: float | None = None
    most_work: float | None = None
    mean_days_won: float | None = None
    mean_days_lost: float | None = None
    waiting: int = 0
    waiting_days: float | None = None
    waiting_work: float | None = None
    waiting_money: float = 0.0
    returned: int = 0
    lost: int = 0

    @property
    def skipped(self):
        """Opportunities that came further without a stay in the step."""
        return self.reached - self.visited

    def compare(self, other):
        """Return the percentage of the opportunities of an earlier step that came to
        this one; None if there were none.

        >>> first = FunnelStep(None, "Engaging", False, 8300)
        >>> round(FunnelStep(None, "Won", True, 4238).compare(first), 4)
        51.0602
        >>> first.compare(FunnelStep(None, "Prospecting", False))
        """
        return 100.0 * self.reached / other.reached if other.reached else None
