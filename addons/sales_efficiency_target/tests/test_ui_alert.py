# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import HttpCase, freeze_time, tagged

from .common_alert import SalesAlertCommon


@tagged("post_install", "-at_install")
class TestUiAlert(SalesAlertCommon, HttpCase):
    """A leader answers a warning in the browser, the salesperson does the action."""

    def test_leader_answers_a_warning(self):
        with freeze_time("2026-07-16 12:00:00"):
            self._sell(9_000)
            self._sell(11_000, self.colleague)
            self._evaluate()
        alert = self._alert()
        self.start_tour(
            "/odoo/sales-alerts", "sales_alert_of_leader", login="test_leader"
        )
        self.assertRecordValues(
            alert,
            [
                {
                    "state": "answered",
                    "cause": "competition",
                    "analysis": "A competitor is 15 % cheaper.",
                    "answered_by_id": self.leader.id,
                }
            ],
        )
        self.assertRecordValues(
            alert.action_ids,
            [
                {
                    "name": "Offer a package with service",
                    "user_id": self.salesperson.id,
                    "state": "open",
                }
            ],
        )
        self.start_tour(
            "/odoo/sales-actions",
            "sales_action_of_salesperson",
            login="test_salesperson",
        )
        self.assertRecordValues(
            alert.action_ids,
            [{"state": "done", "result": "Two of them have ordered."}],
        )
