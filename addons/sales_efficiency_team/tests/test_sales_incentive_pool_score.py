# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from odoo.tests import freeze_time, tagged

from odoo.addons.sales_efficiency_incentive.tests.test_sales_incentive_pool import (
    IncentivePoolCommon,
)


@tagged("post_install", "-at_install")
@freeze_time("2026-04-15 12:00:00")
class TestSalesIncentivePoolScore(IncentivePoolCommon):
    """A pool of 100 is shared by the scores of the last quarter: 90, 60, 50, none."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cycle = cls.env["sales.appraisal.cycle"].create(
            {
                "company_id": cls.company.id,
                "rhythm": "quarter",
                "date_from": date(2025, 10, 1),
            }
        )
        cls.appraisals = cls.env["sales.appraisal"].create(
            [
                {
                    "cycle_id": cls.cycle.id,
                    "rhythm": "quarter",
                    "date_from": cls.cycle.date_from,
                    "date_to": cls.cycle.date_to,
                    "user_id": person.id,
                    "user_name": person.name,
                    "state": "calibration",
                    "is_scored": True,
                    "score": score,
                    "told_at": "2026-01-20 09:00:00",
                }
                for person, score in zip(cls.people[:3], (90, 60, 50), strict=True)
            ]
        )
        cls.cycle.state = "told"
        cls.team = cls._start_pool(
            cls.people, (0, 0), (100, 100), kind="pool", pool_split="score"
        )
        cls._sell_by(cls.people[0], 10, "2026-01-03")
        cls._compute()

    def test_scores_share_a_pool_once_the_appraisals_are_closed(self):
        # Nobody has a score yet, so all share alike.
        self.assertEqual(self._get_shares(1, self.team), [25] * 4)
        self.cycle.action_close()
        self._compute()
        self.assertEqual(self._get_shares(1, self.team), [45, 30, 25, 0])

    def test_a_locked_pool_stays_as_it_was_shared(self):
        self._lock(1)
        self.cycle.action_close()
        self._compute()
        self.assertEqual(self._get_shares(1, self.team), [25] * 4)
        self.assertEqual(self._get_shares(2, self.team), [0] * 4)
