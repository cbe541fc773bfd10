# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from odoo.tests import freeze_time, tagged

from odoo.addons.sales_efficiency_base.tests import screens

from .weekly_common import SalesWeeklyCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-07-16 12:00:00")
class TestScreens(screens.ScreensCommon, SalesWeeklyCommon):
    """Screens with weekly reports, a running plan and a meeting about its month."""

    addon = "sales_efficiency_review"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._create_target(
            parent_id=cls.root.id, user_id=cls.salesperson.id, amount=240_000
        )
        cls.root.gap_reason = "Reserve"
        with freeze_time("2026-01-02 12:00:00"):
            cls.plan.action_submit()
            cls.plan.action_start()
        cls._create_history((date(2026, 7, 15), 1_000, {"user_id": cls.salesperson.id}))
        cls.env["sales.target.result"]._refresh(cls.plan.target_ids)
        cls.env["sales.alert"]._evaluate_rules()
        cls.reports._create_reports(cls.company)
        meetings = cls.env["sales.meeting"].with_user(cls.leader)
        meeting = meetings.create({"date": "2026-07-20 08:00:00"})
        meeting.action_generate_pack()
        meeting.action_ids = [(0, 0, {"name": "Call"})]
