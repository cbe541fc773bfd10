# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import HttpCase, tagged

from odoo.addons.sales_efficiency_base.tests.common import SalesEfficiencyCommon


@tagged("post_install", "-at_install")
class TestUiIndicator(SalesEfficiencyCommon, HttpCase):
    """A director reads the board of indicators in the browser."""

    def test_a_director_reads_the_board(self):
        self.env["sales.history.line"].search([]).unlink()
        # The browser has its own clock.
        today = self.company._get_sales_today()
        self._sell(20, today)
        self._sell(10, today, user=self.outsider)
        self.env["sales.mart"]._refresh()
        self.start_tour(
            "/odoo/action-sales_efficiency_analytics.sales_indicator_board_action",
            "sales_indicators_of_director",
            login="test_director",
        )
