# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import freeze_time, tagged

from odoo.addons.sales_efficiency_target.tests import test_door_table


@tagged("post_install", "-at_install")
@freeze_time("2026-10-15 12:00:00")
class TestDoorTable(test_door_table.TestDoorTable):
    addon = "sales_efficiency_resource"
    extended = ()
    open_fields = {}

    @classmethod
    def _create_foreign(cls, company, user):
        return [
            *super()._create_foreign(company, user),
            *cls._create_members(company, user),
        ]

    @classmethod
    def _create_members(cls, company, user):
        channel = cls.env["sales.channel"].create(
            {"name": "Foreign", "company_id": company.id}
        )
        partner = cls.env["res.partner"].create(
            {"name": "Foreign", "company_id": company.id}
        )
        values = {"channel_id": channel.id, "partner_id": partner.id}
        return cls.env["sales.channel.member"].create(
            {**values, "company_id": company.id, "user_id": user.id}
        )
