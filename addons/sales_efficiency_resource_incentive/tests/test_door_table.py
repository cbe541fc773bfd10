# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import freeze_time, tagged

from odoo.addons.sales_efficiency_incentive.tests import test_door_table


@tagged("post_install", "-at_install")
@freeze_time("2026-10-15 12:00:00")
class TestDoorTable(test_door_table.TestDoorTable):
    addon = "sales_efficiency_resource_incentive"
    extended = ("sales.incentive.assignment", "sales.incentive.rule")

    @classmethod
    def _create_foreign(cls, company, user):
        """Add a member whom somebody else looks after."""
        records = super()._create_foreign(company, user)
        [channel] = [record for record in records if record._name == "sales.channel"]
        partner = cls.env["res.partner"].create(
            {"name": "Foreign", "company_id": company.id}
        )
        member = cls.env["sales.channel.member"].create(
            {
                "partner_id": partner.id,
                "channel_id": channel.id,
                "company_id": company.id,
                "user_id": user.id,
            }
        )
        return [*records, member]
