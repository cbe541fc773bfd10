# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from odoo.tests import HttpCase, tagged

from .ledger_common import IncentiveLedgerCommon


@tagged("post_install", "-at_install")
class TestUiIncentiveEarnings(IncentiveLedgerCommon, HttpCase):
    """What a salesperson reads in the browser; it shows the month of today."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        today = cls.company._get_sales_today()
        cls._start_plan(
            date_from=date(today.year - 1, 1, 1),
            rate_by="month",
            tier_ids=cls._tiers((0, 0), (100, 12.5), (1_000, 8.5)),
        )
        cls._sell(9, today)
        cls._compute()

    def test_my_earnings(self):
        self.start_tour(
            "/odoo/action-sales_efficiency_incentive.sales_incentive_earnings_action",
            "sales_incentive_my_earnings",
            login="test_salesperson",
        )

    def test_what_a_quotation_would_bring(self):
        order = self._create_order(quantity=2)
        self.start_tour(
            f"/odoo/orders/{order.id}",
            "sales_incentive_of_quotation",
            login="test_salesperson",
        )
        self.assertEqual(order.state, "draft")
