# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged

from odoo.addons.sales_efficiency_base.tests import nonsense

from .weekly_common import SalesWeeklyCommon


@tagged("post_install", "-at_install")
class TestNonsense(nonsense.NonsenseCommon):
    addon = "sales_efficiency_review"


@tagged("post_install", "-at_install")
@freeze_time("2026-11-25 12:00:00")
class TestNonsenseInCalls(SalesWeeklyCommon):
    def test_a_report_opens_what_it_counts(self):
        self._create_reports()
        report = self._report(self.salesperson)
        for name in (None, "user_id", [1]):
            with self.assertRaises(UserError):
                report.with_context(count=name).action_open_records()
        action = report.with_context(count="moved_count").action_open_records()
        self.assertEqual(action["res_model"], "crm.lead")
