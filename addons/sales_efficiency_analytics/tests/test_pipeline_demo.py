# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import tagged

from odoo.addons.sales_efficiency_base.tests.demo_common import DemoCase
from odoo.addons.sales_efficiency_base.tools import Period, Scope


@tagged("post_install", "-at_install", "sales_efficiency_demo")
class TestPipelineDemo(DemoCase):
    """The demo company knows its pipeline of the weeks before."""

    def test_slippage_and_accuracy_have_values(self):
        company = self.env.company
        today = company._get_sales_today()
        year = Period.year(today).until(today)
        months = [Period.month(day) for day in Period.twelve_months(year.end).months()]
        scope, months = Scope(company.id), months[-8:-1]
        values = self.env["sales.metric"].ask(
            ["slippage", "forecast_accuracy"], [scope], months
        )
        for code in ("slippage", "forecast_accuracy"):
            for month in months:
                self.assertIsNotNone(values[code, scope, month], (code, month))

    def test_loading_twice_changes_nothing(self):
        before = self.env["sales.pipeline.snapshot"].search_count([])
        self.env["sales.pipeline.demo"]._load()
        after = self.env["sales.pipeline.snapshot"].search_count([])
        self.assertEqual(before, after)
