# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import freeze_time, tagged

from odoo.addons.sales_efficiency_base.tests import calls

from . import test_door_table


@tagged("post_install", "-at_install")
@freeze_time("2026-10-15 12:00:00")
class TestCalls(calls.CallsMixin, test_door_table.TestDoorTable):
    also_read = ("sales.fact", "sales.target")

    def test_all_models_are_attacked(self):
        self.assertLessEqual(set(self._get_models()), set(self.foreign))

    def test_directors_read_the_changes_of_their_companies_only(self):
        self.env.cr.execute(
            "INSERT INTO sales_mart_export_change (company_id) VALUES (%s), (%s)",
            [self.company.id, self.company_b.id],
        )
        changes = self.env["sales.mart.export.change"]
        for user in (self.director, self.owner_b):
            found = changes.with_user(user).search([])
            self.assertEqual(set(found.mapped("company_id")), set(user.company_ids.ids))
