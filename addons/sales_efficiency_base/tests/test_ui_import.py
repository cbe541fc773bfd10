# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from unittest.mock import patch

from odoo.tests import HttpCase, tagged

from .import_common import ImportCommon


@tagged("post_install", "-at_install")
class TestUiImport(ImportCommon, HttpCase):
    """The sales director gets a messy spreadsheet in without reading a manual."""

    def test_director_imports_past_sales(self):
        model = self.registry["sales.import"]
        action_import = model.action_import

        def import_at_once(record):
            action = action_import(record)
            record._run()  # there is no scheduler in tests
            return action

        with patch.object(model, "action_import", import_at_once):
            self.start_tour("/odoo/sales-import", "sales_import", login="test_director")
        record = self.env["sales.import"].search([], limit=1)
        self.assertEqual((record.state, record.name), ("done", "sales.csv"))
        lines = self._get_lines(record)
        self.assertEqual(lines.mapped("amount"), [1000, 500])
        self.assertEqual(lines.user_id.mapped("name"), [self.amy.name, "王離"])
