# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import HttpCase, tagged

from .allocation_common import AllocationCommon

URL = "/odoo/action-sales_efficiency_analytics.sales_allocation_action"


@tagged("post_install", "-at_install")
class TestUiAllocation(AllocationCommon, HttpCase):
    """A director re-allocates in the browser."""

    def test_a_director_reallocates(self):
        self._add_work()
        today = self.company._get_sales_today()
        allocation = self._create_allocation(
            limits_moves=True, most_moves=3, date_from=today
        )
        self.start_tour(URL, "sales_allocation_calculate", login="test_director")
        self.assertEqual(allocation.progress, "queued")
        self._run_job()
        self.assertEqual(allocation.value_new, 46, allocation.problem)
        self.start_tour(URL, "sales_allocation_submit", login="test_director")
        self.assertEqual(allocation.state, "submitted")
        # Of three moves, the director has kept one customer where it was.
        self.assertEqual(allocation.move_count, 2)
        self._create_user("director", login="second_director")
        self.start_tour(URL, "sales_allocation_apply", login="test_second_director")
        self.assertEqual(allocation.state, "undone")
