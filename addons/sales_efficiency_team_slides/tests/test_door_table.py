# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import freeze_time, tagged

from odoo.addons.sales_efficiency_target.tests import test_door_table


@tagged("post_install", "-at_install")
@freeze_time("2026-10-15 12:00:00")
class TestDoorTable(test_door_table.TestDoorTable):
    addon = "sales_efficiency_team_slides"
    extended = ("sales.training.course",)
    open_fields = {}

    @classmethod
    def _create_foreign(cls, company, user):
        channel = cls.env["slide.channel"].create(
            {
                "name": "Foreign",
                "user_id": user.id,
                "visibility": "members",
                "enroll": "invite",
                "is_published": True,
            }
        )
        course = cls.env["sales.training.course"].create(
            {
                "name": "Foreign",
                "company_id": company.id,
                "slide_channel_id": channel.id,
            }
        )
        return [*super()._create_foreign(company, user), channel, course]
