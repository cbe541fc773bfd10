# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import Command
from odoo.tests import tagged
from odoo.tools import SQL

from .sales_mart_common import SalesMartCommon

TABLES = ("sales_fact", "sales_fact_cell", "sales_fact_total")


@tagged("post_install", "-at_install")
class TestFactChanges(SalesMartCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # In one month, whatever the day of the test
        cls.order = cls._order(
            cls, (cls.product_a, 2, 100), (cls.product_b, 1, 50), (cls.product_b, 3, 10)
        )
        cls.order.action_confirm()
        cls.order.date_order = "2026-03-10 12:00:00"
        cls.mart._refresh()

    def _get_rows(self, table):
        """:return: dict id -> place of the row, which changes with every write"""
        return dict(
            self.env.execute_query(
                SQL("SELECT id, ctid::text FROM %s", SQL.identifier(table))
            )
        )

    def _refresh(self):
        """Refresh and return the numbers of rows written and deleted, by table."""
        before = {table: self._get_rows(table) for table in TABLES}
        self.mart._refresh()
        numbers = []
        for table in TABLES:
            rows = self._get_rows(table)
            written = rows.items() - before[table].items()
            numbers.append((len(written), len(before[table].keys() - rows.keys())))
        self.assertExact()
        return numbers

    def test_only_the_changed_line_is_written(self):
        self.order.order_line[0].price_unit = 120
        self.assertEqual(self._refresh(), [(1, 0), (1, 0), (1, 0)])

    def test_a_change_without_effect_writes_nothing(self):
        self.env.cr.execute(
            "INSERT INTO sales_fact_queue (origin, res_id) VALUES ('sale_order', %s)",
            [self.order.id],
        )
        self.assertEqual(self._refresh(), [(0, 0), (0, 0), (0, 0)])

    def test_another_day_of_the_month_leaves_its_sums(self):
        self.order.date_order = "2026-03-20 12:00:00"
        self.assertEqual(self._refresh(), [(3, 0), (0, 0), (0, 0)])

    def test_another_month_leaves_no_empty_sums(self):
        self.order.date_order = "2026-04-20 12:00:00"
        facts, cells, totals = self._refresh()
        self.assertEqual(facts, (3, 0))
        self.assertEqual(cells, (2, 2))
        self.assertEqual(totals[0], 1)
        for table in TABLES[1:]:
            self.assertFalse(
                self.env.execute_query(
                    SQL("SELECT FROM %s WHERE facts = 0", SQL.identifier(table))
                )
            )

    def test_what_is_cancelled_goes_with_its_sums(self):
        self.order.action_unlock()
        self.order._action_cancel()
        facts, cells, _totals = self._refresh()
        self.assertEqual(facts, (0, 3))
        self.assertEqual(cells, (0, 2))

    def test_a_changed_figure_keeps_its_id(self):
        ids = self._facts(self.order).ids
        self.order.order_line[0].price_unit = 120
        self.assertEqual(set(self._facts(self.order).ids), set(ids))

    def test_a_line_that_comes_and_one_that_goes(self):
        line = self.order.order_line[1]
        self.order.action_unlock()
        self.env.cr.execute("DELETE FROM sale_order_line WHERE id = %s", [line.id])
        self.env.invalidate_all()
        self.order.order_line = [
            Command.create({"product_id": self.product_a.id, "price_unit": 7})
        ]
        facts, cells, totals = self._refresh()
        self.assertEqual(facts, (1, 1))
        # Of both product lines
        self.assertEqual(cells, (2, 0))
        self.assertEqual(totals, (1, 0))
        self.assertEqual(
            sorted(self._facts(self.order).mapped("amount")), [7.0, 30.0, 200.0]
        )

    def test_split_credit_moves_to_another_person(self):
        self.order.sales_credit_ids = [
            Command.create({"user_id": self.seller.id, "share": 60}),
            Command.create({"user_id": self.colleague.id, "share": 40}),
        ]
        facts, *_sums = self._refresh()
        self.assertEqual(facts, (6, 3))
        amounts = self._facts(self.order).grouped("user_id")
        self.assertEqual(sum(amounts[self.colleague].mapped("amount")), 112)

    def test_many_changes_cost_the_queries_of_one(self):
        orders = [self._order((self.product_a, 1, 100)) for _number in range(10)]
        for order in orders:
            order.action_confirm()
        self.mart._refresh()

        def count(changed):
            for order in changed:
                order.order_line.price_unit += 1
            self.env.flush_all()
            before = self.cr.sql_log_count
            self.mart._refresh_batch()
            return self.cr.sql_log_count - before

        self.assertEqual(count(orders[:1]), count(orders))
