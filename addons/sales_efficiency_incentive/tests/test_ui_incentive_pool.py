# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo import fields
from odoo.tests import HttpCase, tagged

from .ledger_common import IncentiveLedgerCommon


@tagged("post_install", "-at_install")
class TestUiIncentivePool(IncentiveLedgerCommon, HttpCase):
    """Pools by hand, and the cockpit, in the browser. The plan is of this year."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = fields.Date.today()
        cls.plan.target_ids.unlink()
        cls.plan.date_from = cls.today.replace(month=1, day=1)
        cls.root = cls._create_target(amount=1_200_000)
        cls._create_target(
            parent_id=cls.root.id, user_id=cls.salesperson.id, amount=12_000
        )
        cls._start()

    def test_an_officer_shares_a_pool_by_hand(self):
        assignment = self._start_plan(
            date_from=self.today.replace(day=1),
            name="Spot Pool",
            kind="pool",
            pool_split="hand",
            metric_id=False,
            target_metric_id=self.ordered.id,
            team_id=self.team_field.id,
            tier_ids=self._tiers((0, 100)),
        )
        assignment.copy({"user_id": self.colleague.id})
        self.start_tour(
            "/odoo/action-sales_efficiency_incentive"
            ".sales_incentive_pool_division_action",
            "sales_incentive_pool_of_officer",
            login="test_officer",
        )
        shares = self.env["sales.incentive.pool.share"].search([])
        self.assertEqual(shares.mapped("share"), [70, 30])

    def test_the_cockpit_shows_costs_and_own_earnings(self):
        month = self.today.replace(day=1)
        before = (month - timedelta(days=1)).replace(day=1)
        self._start_plan(date_from=before)
        for day in (before, month):
            self._sell(10, str(day), team_id=self.team_field.id)
        self._compute()
        self.env["sales.target.result"]._refresh(self.plan.target_ids)
        for login in ("director", "salesperson"):
            self.start_tour(
                "/odoo/sales-cockpit",
                f"sales_incentive_costs_of_{login}",
                login=f"test_{login}",
            )
