# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import tagged
from odoo.tools import SQL

from .common import SalesTargetCommon

MANY = 60


@tagged("post_install", "-at_install")
class TestByIndex(SalesTargetCommon):
    def _count_rows_read(self):
        """:return: number of target rows read by sequential scans so far"""
        [[count]] = self.env.execute_query(
            SQL(
                "SELECT seq_tup_read FROM pg_stat_xact_user_tables"
                " WHERE relname = 'sales_target'"
            )
        )
        return count

    def test_months_of_new_targets_are_not_checked_against_all_targets(self):
        customers = self.env["res.partner"].create(
            [{"name": f"Test {number}"} for number in range(MANY)]
        )
        # PostgreSQL now assumes few targets, for which sequential scans are cheapest.
        self.env.flush_all()
        self.env.cr.execute("ANALYZE sales_target")
        before = self._count_rows_read()
        targets = self.env["sales.target"].create(
            [
                {
                    "plan_id": self.plan.id,
                    "metric_id": self.ordered.id,
                    "parent_id": self.root.id,
                    "partner_id": customer.id,
                    "amount": 12,
                }
                for customer in customers
            ]
        )
        self.assertEqual(len(targets.month_ids), 12 * MANY)
        # One scan per month would read 12 × MANY² rows.
        self.assertLess(self._count_rows_read() - before, MANY * MANY)
