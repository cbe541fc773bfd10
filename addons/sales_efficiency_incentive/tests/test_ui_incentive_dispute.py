# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo.tests import HttpCase, tagged

from .ledger_common import IncentiveLedgerCommon


@tagged("post_install", "-at_install")
class TestUiIncentiveDispute(IncentiveLedgerCommon, HttpCase):
    """From a wrong line to the adjustment that corrects it, in the browser."""

    def test_a_line_is_disputed_and_adjusted(self):
        period = self._publish_last_month()
        self.start_tour(
            "/odoo/action-sales_efficiency_incentive.sales_incentive_entry_my_action",
            "sales_incentive_dispute_of_salesperson",
            login="test_salesperson",
        )
        dispute = self.env["sales.incentive.dispute"].search([])
        self.assertRecordValues(
            dispute,
            [
                {
                    "state": "open",
                    "amount": 100,
                    "description": "The customer ordered twelve.",
                }
            ],
        )
        self.start_tour(
            "/odoo/action-sales_efficiency_incentive.sales_incentive_dispute_action",
            "sales_incentive_dispute_of_officer",
            login="test_officer",
        )
        self.assertRecordValues(
            dispute, [{"state": "upheld", "answer": "You are right."}]
        )
        adjustment = dispute.adjustment_ids
        self.assertRecordValues(
            adjustment, [{"state": "submitted", "amount": 20, "period_id": period.id}]
        )
        adjustment.with_user(self.director)._validate_tier()
        self._compute()
        self.assertEqual(period.payable, 120)

    def _publish_last_month(self):
        today = self.company._get_sales_today()
        month = (today.replace(day=1) - timedelta(days=1)).replace(day=1)
        self._start_plan(date_from=month)
        self._sell(10, f"{month:%Y-%m}-05")
        self._compute()
        period = self.periods.search(
            [("company_id", "=", self.company.id), ("month", "=", month)]
        )
        period.with_user(self.officer).action_publish()
        return period
