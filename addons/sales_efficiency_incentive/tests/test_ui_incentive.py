# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from dateutil.relativedelta import relativedelta

from odoo import Command
from odoo.tests import HttpCase, tagged

from .ledger_common import IncentiveLedgerCommon


@tagged("post_install", "-at_install")
class TestUiIncentive(IncentiveLedgerCommon, HttpCase):
    """From a template to an accepted letter, in the browser."""

    def test_a_plan_from_its_template_to_the_letter(self):
        self.start_tour(
            "/odoo/action-sales_efficiency_incentive.sales_incentive_plan_action",
            "sales_incentive_of_officer",
            login="test_officer",
        )
        version = self.env["sales.incentive.version"].search(
            [("state", "=", "submitted")]
        )
        self.assertEqual(version.rule_ids.tier_ids.sorted("bound")[-1].bound, 200_000)
        for login in ("test_director", "test_hr_manager"):
            self.start_tour(
                f"/odoo/sales.incentive.version/{version.id}",
                "sales_incentive_of_approver",
                login=login,
            )
        self.assertEqual(version.state, "approved")
        self.start_tour(
            "/odoo/action-sales_efficiency_incentive"
            ".sales_incentive_acceptance_my_action",
            "sales_incentive_of_salesperson",
            login="test_salesperson",
        )
        self.assertEqual(version.letter_ids.accepted_by_id, self.salesperson)

    def test_a_month_from_publishing_to_the_lock(self):
        group = self.env.ref("account.group_account_manager")
        others = group.user_ids - self.finance
        others.write({"group_ids": [Command.unlink(group.id)]})
        today = self.company._get_sales_today()
        last_month = today.replace(day=1) - relativedelta(months=1)
        self.company.sales_incentive_approval_limit = 100
        self._start_plan(date_from=last_month)
        self._sell(10, last_month.replace(day=3))
        self._sell(3, last_month.replace(day=4), user=self.outsider)
        self._compute()
        period = self.periods.search(
            [("company_id", "=", self.company.id), ("month", "=", last_month)]
        )
        self.start_tour(
            "/odoo/incentive-months",
            "sales_incentive_month_of_officer",
            login="test_officer",
        )
        self.assertEqual(period.state, "published")
        for login in ("test_director", "test_finance"):
            self.start_tour(
                f"/odoo/incentive-months/{period.id}",
                "sales_incentive_month_of_approver",
                login=login,
            )
        self.assertEqual(period.state, "approved")
        self.start_tour(
            f"/odoo/incentive-months/{period.id}",
            "sales_incentive_month_of_finance",
            login="test_finance",
        )
        self.assertEqual(period.state, "locked")
        self.start_tour(
            "/odoo/my-pay-statements",
            "sales_incentive_statement_of_salesperson",
            login="test_salesperson",
        )
