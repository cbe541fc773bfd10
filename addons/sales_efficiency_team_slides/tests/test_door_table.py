# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import freeze_time, tagged

from odoo.addons.sales_efficiency_team.tests import test_door_table


@tagged("post_install", "-at_install")
@freeze_time("2026-10-15 12:00:00")
class TestDoorTable(test_door_table.TestDoorTable):
    addon = "sales_efficiency_team_slides"
    extended = (
        "sales.training.attendance",
        "sales.training.course",
        "sales.training.session",
    )

    @classmethod
    def _create_foreign(cls, company, user):
        """Add an eLearning course that is for its members alone."""
        channel = cls.env["slide.channel"].create(
            {
                "name": "Foreign",
                "user_id": user.id,
                "visibility": "members",
                "enroll": "invite",
                "is_published": True,
            }
        )
        return [*super()._create_foreign(company, user), channel]
