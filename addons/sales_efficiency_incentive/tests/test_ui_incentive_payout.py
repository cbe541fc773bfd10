# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from dateutil.relativedelta import relativedelta

from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .payout_common import IncentivePayoutCommon


@tagged("post_install", "-at_install")
class TestUiPayout(IncentivePayoutCommon, HttpCase):
    """Finance locks a month, pays it and hands it over to the payroll."""

    def _get_payout(self):
        """Approve the month before this one, and pay it in the browser."""
        this_month = self.company._get_sales_today().replace(day=1)
        month = this_month - relativedelta(months=1)
        self._start_plan(date_from=month)
        self._sell(10, f"{month:%Y-%m-}05")
        self._compute()
        period = self.periods.search(
            [("company_id", "=", self.company.id), ("month", "=", month)]
        )
        period.action_publish()
        period.with_user(self.director).action_approve()
        self.start_tour(
            f"/odoo/sales.incentive.period/{period.id}",
            "sales_incentive_of_finance",
            login="test_finance",
        )
        self.assertEqual(period.state, "paid")
        return self.payouts.search([("period_id", "=", period.id)])

    def test_finance_locks_pays_and_downloads(self):
        payout = self._get_payout()
        urls = [
            payout.action_download_csv()["url"],
            payout.action_download_xlsx()["url"],
        ]
        self.authenticate("test_finance", "test_finance")
        for url in urls:
            first, second = self.url_open(url), self.url_open(url)
            with self.subTest(url):
                self.assertEqual(first.status_code, 200)
                self.assertEqual(first.content, second.content)
                name = first.headers["Content-Disposition"]
                self.assertIn(f"payroll-{payout.month:%Y-%m}", name)
        self.authenticate("test_salesperson", "test_salesperson")
        for url in urls:
            with self.subTest(url), mute_logger("odoo.http"):
                self.assertEqual(self.url_open(url).status_code, 404)
