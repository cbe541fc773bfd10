# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import freeze_time, tagged

from .common_meeting import SalesMeetingCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-07-16 12:00:00")
class TestSalesAction(SalesMeetingCommon):
    def test_attendees_see_what_was_agreed_and_only_its_owner_may_do_it(self):
        item = self._agree(self._create_meeting("2026-07-20"))
        self.assertTrue(item.with_user(self.salesperson).can_edit)
        seen = item.with_user(self.colleague)
        self.assertTrue(seen.name)
        self.assertFalse(seen.can_edit)

    def test_an_item_is_of_the_company_of_its_meeting(self):
        company = self.env["res.company"].create({"name": "Second"})
        meeting = self.env["sales.meeting"].create(
            {
                "company_id": company.id,
                "team_id": False,
                "user_id": self.env.uid,
                "date": "2026-07-20 08:00:00",
            }
        )
        values = {"name": "Call", "user_id": self.env.uid, "meeting_id": meeting.id}
        item = self.env["sales.action"].create(values)
        self.assertEqual(item.company_id, company)
