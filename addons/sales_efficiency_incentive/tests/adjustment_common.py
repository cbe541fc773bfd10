# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from .ledger_common import IncentiveLedgerCommon


class IncentiveAdjustmentCommon(IncentiveLedgerCommon):
    """January is published and pays the salesperson 100; February to April are open."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.assignment = cls._start_plan()
        cls.order = cls._sell(10, "2026-01-05")
        cls._compute()
        cls.january, cls.february = cls._period(1), cls._period(2)
        cls.january.with_user(cls.officer).action_publish()

    @classmethod
    def _ask(cls, amount=200, period=None, user=None, **values):
        """Make a draft as officer."""
        adjustments = cls.env["sales.incentive.adjustment"]
        return adjustments.with_user(user or cls.officer).create(
            {
                "assignment_id": cls.assignment.id,
                "period_id": (period or cls.january).id,
                "amount": amount,
                "reason": "Won for a colleague on leave",
                **values,
            }
        )

    @classmethod
    def _adjust(cls, *args, **values):
        """Make an adjustment, and have the director approve it."""
        adjustment = cls._ask(*args, **values)
        adjustment.action_submit()
        cls.env.invalidate_all()
        adjustment.with_user(cls.director)._validate_tier()
        return adjustment

    def _get_sum(self, month, *kinds):
        entries = self._get_entries(month, self.assignment)
        return sum(amount for kind, _balance, amount in entries if kind in kinds)

    def _close(self, period):
        period.with_user(self.director).action_approve()
        period.action_lock()
