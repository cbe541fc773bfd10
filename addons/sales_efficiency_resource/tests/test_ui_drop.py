# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import HttpCase, freeze_time, tagged

from .drop_common import SalesDropCommon


@tagged("post_install", "-at_install")
class TestUiDrop(SalesDropCommon, HttpCase):
    """A leader answers a warning; a salesperson finds their own customers."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._lose_south()
        with freeze_time("2019-06-28 12:00:00"):
            cls._test()
            cls._judge()

    def test_leader_answers_a_warning_about_a_customer(self):
        self.start_tour(
            "/odoo/sales-alerts", "sales_drop_of_leader", login="test_leader"
        )
        self.assertRecordValues(
            self._alert(),
            [
                {
                    "state": "answered",
                    "cause": "competition",
                    "answered_by_id": self.leader.id,
                }
            ],
        )

    def test_salesperson_opens_their_customer(self):
        self.start_tour(
            "/odoo/sales-drops", "sales_drop_of_salesperson", login="test_salesperson"
        )
