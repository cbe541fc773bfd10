# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields
from odoo.tests import tagged

from .common import SalesEfficiencyCommon


@tagged("post_install", "-at_install")
class TestSalesMartSource(SalesEfficiencyCommon):
    def _get_freshness(self, user):
        self.env.invalidate_all()
        return self.env["sales.mart.source"].with_user(user).get_freshness()

    def test_figures_are_of_now_when_no_change_waits(self):
        self.env["sales.mart"]._rebuild()
        before = fields.Datetime.to_string(fields.Datetime.now())
        freshness = self._get_freshness(self.salesperson)
        self.assertEqual(freshness["pending_count"], 0)
        self.assertGreaterEqual(freshness["as_of"], before)

    def test_figures_are_of_the_time_of_the_oldest_change_that_waits(self):
        self.env["sales.mart"]._rebuild()
        self._create_order().action_confirm()
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE sales_fact_queue SET queued_at = '2026-03-31 08:00:00'"
        )
        freshness = self._get_freshness(self.salesperson)
        self.assertGreater(freshness["pending_count"], 0)
        self.assertEqual(freshness["as_of"], "2026-03-31 08:00:00")

    def test_only_directors_are_offered_to_refresh(self):
        for user, allowed in (
            (self.salesperson, False),
            (self.leader, False),
            (self.director, True),
        ):
            with self.subTest(user=user.name):
                self.assertEqual(self._get_freshness(user)["can_refresh"], allowed)
