# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from odoo.tests import freeze_time, tagged

from .ledger_common import IncentiveLedgerCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-04-15 12:00:00")
class TestSalesIncentiveAttainment(IncentiveLedgerCommon):
    """Pay by what was promised: quotas of 1,000 a month for the salesperson."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.quota = cls._create_target(
            parent_id=cls.root.id, user_id=cls.salesperson.id, amount=12_000
        )
        cls.quota.month_ids.amount = 1000
        cls._start()

    @classmethod
    def _compute(cls):
        cls.env["sales.mart"]._refresh()
        cls.env["sales.target.result"]._refresh_running()
        return super()._compute()

    def test_the_rate_of_all_is_that_of_the_attainment(self):
        self._start_plan(
            rate_by="attainment",
            rate_mode="whole",
            interval="quarter",
            tier_ids=self._tiers((0, 3), (100, 5)),
        )
        self._sell(10, "2026-01-03")
        self._sell(5, "2026-02-03")
        self._sell(16, "2026-03-03")
        self._compute()
        self.assertEqual(self._get_paid(1), 50)
        # 1,500 of 2,000: 3 % of all
        self.assertEqual(self._get_paid(2), 0)
        self.assertEqual(
            self._get_entries(2),
            [
                ("true_up", "payable", -20),
                ("earning", "payable", 15),
                ("carried", "payable", 5),
                ("carried", "owed", -5),
            ],
        )
        # 3,100 of 3,000: 5 % of all
        self.assertEqual(self._get_paid(3), 105)
        attainment = self.env["sales.incentive.attainment"].search(
            [("month", "=", "2026-03-01")]
        )
        self.assertEqual((attainment.actual, attainment.target), (3100, 3000))

    def test_targets_of_locked_months_stay_as_they_were(self):
        self._start_plan(
            rate_by="attainment",
            rate_mode="whole",
            interval="quarter",
            tier_ids=self._tiers((0, 3), (100, 5)),
        )
        self._sell(10, "2026-01-03")
        self._lock(1)
        january = self.quota.month_ids.filtered(
            lambda line: line.month == date(2026, 1, 1)
        )
        self.env.cr.execute(
            "UPDATE sales_target_month SET amount = 5000 WHERE id = %s", january.ids
        )
        self.env.invalidate_all()
        self.env["sales.target.result"]._refresh(self.quota)
        self._compute()
        frozen = self.env["sales.incentive.attainment"].search(
            [("month", "=", "2026-01-01")]
        )
        self.assertEqual((frozen.target, frozen.state), (1000, "locked"))
        self.assertEqual(self._get_entries(1), [("earning", "payable", 50)])

    def test_a_condition_asks_for_the_quotas_of_the_year_so_far(self):
        self._start_plan(
            rate_by="interval",
            interval="quarter",
            tier_ids=self._tiers((0, 10)),
            condition_attainment=100,
        )
        self._sell(25, "2026-01-03")
        self._compute()
        self.assertEqual(self._get_paid(1), 0)
        self._sell(5, "2026-03-03")
        self._compute()
        self.assertEqual(sum(self._get_paid(month) for month in (1, 2, 3)), 300)

    def test_a_bonus_pays_a_share_of_the_target_incentive(self):
        assignment = self._start_plan(
            kind="bonus",
            metric_id=False,
            target_metric_id=self.ordered.id,
            rate_by="attainment",
            interval="quarter",
            attainment="whole",
            tier_ids=self._tiers((80, 50), (100, 100), (120, 150)),
        )
        assignment.target_incentive = 40_000
        self._sell(29.19, "2026-03-03")
        self._compute()
        # 97.3 % of the quarter
        self.assertEqual(self._get_paid(3), 37_300)
        entry = self.entries.search([("kind", "=", "earning")])
        self.assertIn("97.3 %", entry.explanation.replace("\xa0", " "))
