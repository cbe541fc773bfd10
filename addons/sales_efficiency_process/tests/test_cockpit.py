# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import freeze_time, tagged

from odoo.addons.sales_efficiency_base.tests.common import SalesEfficiencyCommon

PANELS = {"lead_priorities", "stage_waits", "visits_today"}


@tagged("post_install", "-at_install")
@freeze_time("2026-10-15 12:00:00")
class TestCockpit(SalesEfficiencyCommon):
    """What the process brings to the cockpit."""

    def _get_data(self, user):
        return self.env["sales.cockpit"].with_user(user).get_data()

    def _work(self, count, user=None):
        """Give somebody opportunities that wait, and visits today."""
        user = user or self.salesperson
        customers = self.env["res.partner"].create(
            [{"name": f"Customer {number}"} for number in range(count)]
        )
        leads = self.env["crm.lead"].create(
            [
                {
                    "name": customer.name,
                    "type": "opportunity",
                    "partner_id": customer.id,
                    "user_id": user.id,
                    "team_id": user.sale_team_id.id,
                    "expected_revenue": 1_000_000,
                }
                for customer in customers
            ]
        )
        leads.sales_priority = 1_000_000
        self.env["sales.visit"].create(
            [
                {
                    "partner_id": lead.partner_id.id,
                    "lead_id": lead.id,
                    "user_id": user.id,
                    "start": "2026-10-15 14:00:00",
                }
                for lead in leads
            ]
        )
        return leads

    def test_people_see_what_is_theirs(self):
        own = self._work(2)
        self._work(1, self.outsider)
        panels = self._get_data(self.salesperson)["panels"]
        self.assertLessEqual(PANELS, panels.keys())
        for key in ("lead_priorities", "stage_waits"):
            with self.subTest(key):
                rows = {row["id"] for row in panels[key]["rows"]}
                self.assertEqual(rows, set(own.ids))
        self.assertEqual(panels["visits_today"]["count"], 2)
        team = self._get_data(self.leader)["panels"]["visits_today"]
        self.assertEqual(team["count"], 2)

    def test_the_number_of_queries_is_not_that_of_records(self):
        counts = {}
        # The first time, more has to be looked up than the records.
        for count in (1, 1, 3):
            self._work(count)
            for user in (self.salesperson, self.leader, self.director):
                self._get_data(user)  # fills the caches
                self.env.invalidate_all()
                before = self.cr.sql_log_count
                self._get_data(user)
                counts.setdefault(user, []).append(self.cr.sql_log_count - before)
        for user, (_first, few, many) in counts.items():
            with self.subTest(user=user.name):
                self.assertEqual(few, many)
