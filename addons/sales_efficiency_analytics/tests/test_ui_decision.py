# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from dateutil.relativedelta import relativedelta

from odoo.tests import HttpCase, tagged

from .decision_common import AFTER, BEFORE, MONTHS, DecisionCommon

URL = "/odoo/action-sales_efficiency_analytics.sales_decision_action"


@tagged("post_install", "-at_install")
class TestUiDecision(DecisionCommon, HttpCase):
    """A director decides, measures and concludes in the browser."""

    def _sell_until(self, first, after):
        """Sell for a year before a month, and for three months from it."""
        sales = [
            (
                first + relativedelta(months=number - 12, days=14),
                round(amount * MONTHS[number % 3], 2),
                {"region_id": self.regions[name].id},
            )
            for name, amount in BEFORE.items()
            for number in range(12)
        ]
        sales += [
            (
                first + relativedelta(months=1),
                amount,
                {"region_id": self.regions[name].id},
            )
            for name, amount in after.items()
        ]
        self._create_history(*sales)

    def test_a_director_decides(self):
        month = self.company._get_sales_today().replace(day=1)
        self._sell_until(month, {})
        self.start_tour(URL, "sales_decision_of_director", login="test_director")
        decision = self.decisions.search([("name", "=", "Free delivery")])
        self.assertEqual(decision.state, "approved")
        self.assertEqual(len(decision.compared_ids), 6)

    def test_a_director_measures_and_concludes(self):
        month = self.company._get_sales_today().replace(day=1)
        first = month - relativedelta(months=3)
        self._sell_until(first, AFTER)
        decision = self._create_decision(
            date_start=first, date_end=month - relativedelta(days=1)
        )
        decision.sudo().write({"state": "running", "date_frozen": first})
        self.start_tour(URL, "sales_decision_measured", login="test_director")
        self.assertTrue(decision.is_queued)
        self._run_job()
        self.assertEqual(decision.verdict, "helped", decision.problem)
        self.start_tour(URL, "sales_decision_concluded", login="test_director")
        self.assertEqual((decision.state, decision.conclusion), ("closed", "Keep it"))
