# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from freezegun import freeze_time

from odoo.tests import tagged

from .drop_common import DAY, SalesDropCommon


@tagged("post_install", "-at_install")
@freeze_time("2019-06-28 12:00:00")
class TestSalesDropMerge(SalesDropCommon):
    """Customer South turns out to be a duplicate of Customer North."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._lose_south()

    def _merge(self):
        """What the merge of contacts calls before it updates references."""
        self.env["sales.mart"]._rename_customers(
            self.customer_south, self.customer_north
        )
        for model in (self.drops, self.alerts):
            model._merge_partners(self.customer_south.ids, self.customer_north)

    def test_results_are_joined_by_week(self):
        with freeze_time("2019-06-21 12:00:00"):
            self._test(DAY - timedelta(days=7))
        self.drops.search([("partner_id", "=", self.customer_north.id)]).unlink()
        own = self._test()
        south = self._find(self.customer_south)
        self._merge()
        self.assertFalse(south.exists())
        drops = self.drops.search([("partner_id", "=", self.customer_north.id)])
        self.assertEqual(len(drops), 2)
        self.assertEqual(self._find(), own)
        self.assertFalse(self.company.sales_drop_date, "It is tested again soon.")
        self.assertEqual(self._test().earlier_orders, 56)

    def test_warnings_are_joined(self):
        self._test()
        kept = self._judge()
        gone = self._alert(self.customer_south)
        gone.write({"cause": "market", "analysis": "They build a new plant."})
        self._merge()
        self.assertFalse(gone.exists())
        self.assertEqual(self._alert(), kept)
        self.assertEqual(kept.analysis, "They build a new plant.")
        to_dos = self.env["mail.activity"].search(
            [("res_model", "=", "sales.alert"), ("res_id", "=", kept.id)]
        )
        self.assertEqual(len(to_dos), len(to_dos.user_id))

    def test_a_warning_moves_to_the_customer_that_is_left(self):
        self._order(self.customer_north, 0, 6)
        self._test()
        self.assertFalse(self._judge())
        alert = self._alert(self.customer_south)
        self.assertEqual(alert.state, "open")
        self._merge()
        self.assertEqual(self._alert(), alert)
        self.assertEqual(alert.partner_id, self.customer_north)

    def test_an_open_warning_outlives_a_closed_one(self):
        self._test()
        kept = self._judge()
        self._order(self.customer_north, 0, 6)
        self._test()
        self._judge()
        self.assertEqual(kept.state, "closed")
        self._merge()
        self.assertEqual((kept.state, kept.outcome), ("open", False))
        self.assertEqual(self._alert(), kept)
