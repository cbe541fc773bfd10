# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields
from odoo.exceptions import AccessError
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

    def test_a_refresh_goes_on_until_no_change_is_left(self):
        self.env["sales.mart"]._rebuild()
        orders = self._create_order() + self._create_order() + self._create_order()
        orders.action_confirm()
        self.env.flush_all()
        waiting = self.env["sales.mart"]._count_pending()
        sources = self.env["sales.mart.source"].with_user(self.director)
        mart = type(self.env["sales.mart"])

        def refresh_two(self):
            return self._refresh_batch(limit=2), self._count_pending()

        # In this transaction: another would wait for its locks.
        self.patch(mart, "_refresh_now", refresh_two)
        taken, numbers = 0, []
        while not numbers or numbers[-1]:
            batch = sources.refresh_batch()
            self.assertFalse(batch["is_busy"])
            taken += batch["taken"]
            numbers.append(batch["remaining"])
        self.assertGreater(len(numbers), 1)
        self.assertEqual(taken, waiting)
        self.assertEqual(numbers, sorted(numbers, reverse=True))
        facts = self.env["sales.fact"].search([("source", "=", "order")])
        self.assertLessEqual(set(orders.ids), set(facts.mapped("res_id")))

    def test_who_is_no_director_refreshes_nothing(self):
        for user in (self.salesperson, self.leader):
            sources = self.env["sales.mart.source"].with_user(user)
            with self.subTest(user=user.name), self.assertRaises(AccessError):
                sources.refresh_batch()

    def test_only_directors_are_offered_to_refresh(self):
        for user, allowed in (
            (self.salesperson, False),
            (self.leader, False),
            (self.director, True),
        ):
            with self.subTest(user=user.name):
                self.assertEqual(self._get_freshness(user)["can_refresh"], allowed)
