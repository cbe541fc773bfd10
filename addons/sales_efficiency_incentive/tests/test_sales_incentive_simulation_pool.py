# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date
from unittest.mock import patch

from odoo.tests import freeze_time, tagged

from ..models import sales_incentive_simulation_job as simulation_module
from .test_sales_incentive_pool import IncentivePoolCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-04-15 12:00:00")
class TestSalesIncentiveSimulationPool(IncentivePoolCommon):
    """Pools are simulated like all that teams earn: 10 for four, 2.50 each."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.team = cls._start_pool(cls.people, (0, 0), (100, 10))
        cls.plan = cls.team.plan_id
        cls._sell_by(cls.people[0], 10, "2026-01-03")
        cls._compute()

    def _draft(self, amount, date_from=date(2026, 5, 1)):
        version = self.plan.version_ids.sorted("date_from")[-1:].copy(
            {"date_from": date_from}
        )
        version.rule_ids.tier_ids.filtered("bound").rate = amount
        return version

    def _simulate(self, version, **values):
        simulation = (
            self.env["sales.incentive.simulation"]
            .with_user(self.officer)
            .create(
                {
                    "name": "More for the team",
                    "version_ids": version.ids,
                    "month_from": date(2026, 1, 1),
                    "month_to": date(2026, 1, 1),
                    **values,
                }
            )
        )
        simulation.action_simulate()
        return [
            (line.simulated, line.actual)
            for line in simulation.line_ids.sorted(lambda line: line.user_id.id)
        ]

    def test_approved_pools_simulate_what_they_have_paid(self):
        self.assertEqual(self._simulate(self.plan.version_ids), [(2.5, 2.5)] * 4)

    def test_a_draft_pool_is_shared_among_the_team(self):
        self.assertEqual(self._simulate(self._draft(30)), [(7.5, 2.5)] * 4)

    def test_people_computed_apart_share_the_same_pool(self):
        with patch.object(simulation_module, "BATCH", 1):
            found = self._simulate(self._draft(30.01))
        self.assertAlmostEqual(sum(row[0] for row in found), 30.01)

    def test_those_who_came_later_share_as_if_assigned_from_the_start(self):
        self.team[3].date_from = date(2026, 3, 1)
        self.env.flush_all()
        self.assertEqual(
            self._simulate(self._draft(40), from_start=True),
            [(10, 2.5)] * 4,
        )
        found = self._simulate(self._draft(39, date(2026, 6, 1)), from_start=False)
        self.assertEqual([row[0] for row in found], [13, 13, 13, 0])

    def test_the_cost_of_a_retroactive_pool_is_what_its_approval_books(self):
        self._lock(1)
        draft = self._draft(30, date(2026, 1, 1))
        draft.with_user(self.officer).action_submit()
        self.assertEqual(draft.cost, 20)
        for approver in (self.director, self.hr_manager):
            self.env.invalidate_all()
            draft.with_user(approver)._validate_tier()
        self._compute()
        self.assertEqual(self._get_shares(2, self.team), [5] * 4)
