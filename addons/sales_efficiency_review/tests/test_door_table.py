# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from odoo.tests import freeze_time, tagged

from odoo.addons.sales_efficiency_target.tests import test_door_table


@tagged("post_install", "-at_install")
@freeze_time("2026-10-15 12:00:00")
class TestDoorTable(test_door_table.TestDoorTable):
    addon = "sales_efficiency_review"
    extended = ("sales.action",)
    # Settings
    open_fields = {
        "calendar.event": {"sales_meeting_ids"},
        "res.company": {
            "sales_meeting_share_pack",
            "sales_weekly_support_reports",
            "sales_weekly_hour",
            "sales_weekly_metric_ids",
            "sales_weekly_reminder_hours",
            "sales_weekly_reports",
            "sales_weekly_weekday",
        },
    }

    @classmethod
    def _create_foreign(cls, company, user):
        env = cls.env
        meeting = env["sales.meeting"].create(
            {
                "company_id": company.id,
                "team_id": False,
                "user_id": user.id,
                "partner_ids": user.partner_id.ids,
                "date": "2026-11-02 08:00:00",
            }
        )
        report = env["sales.weekly.report"].create(
            {
                "company_id": company.id,
                "user_id": user.id,
                "date_from": date(2026, 10, 12),
            }
        )
        return [
            *super()._create_foreign(company, user),
            meeting,
            report,
            env["sales.weekly.report.line"].create(
                {"report_id": report.id, "name": "Foreign"}
            ),
        ]
