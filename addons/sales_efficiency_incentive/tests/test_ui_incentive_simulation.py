# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from dateutil.relativedelta import relativedelta

from odoo.tests import HttpCase, tagged

from .ledger_common import IncentiveLedgerCommon


@tagged("post_install", "-at_install")
class TestUiIncentiveSimulation(IncentiveLedgerCommon, HttpCase):
    """An officer tries a draft on last year, which the browser counts from today."""

    def test_a_draft_on_past_months(self):
        today = self.company._get_sales_today()
        assignment = self._start_plan(date_from=date(today.year - 2, 1, 1))
        self._sell(10, today.replace(day=3) - relativedelta(months=1))
        self._compute()
        version = assignment.plan_id.version_ids
        draft = version.copy({"date_from": today.replace(day=1)})
        draft.rule_ids.rate = 20
        self.start_tour(
            "/odoo/action-sales_efficiency_incentive.sales_incentive_simulation_action",
            "sales_incentive_of_simulation",
            login="test_officer",
        )
