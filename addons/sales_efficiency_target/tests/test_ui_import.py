# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from io import BytesIO

from openpyxl import load_workbook

from odoo.tests import HttpCase, tagged

from .test_sales_target_import import SalesTargetSheetCommon


@tagged("post_install", "-at_install")
class TestUiImport(SalesTargetSheetCommon, HttpCase):
    """The director exports a plan to a spreadsheet and imports it again."""

    def test_director_imports_a_workbook(self):
        workbook = self._export()
        self._set(workbook, self._row(workbook, self.own.id), {2: 30})
        new = {"metric_id": "Ordered Amount", "categ_id": "Test Line", 1: 70}
        self._set(workbook, 10, new | {"parent_id": self.root.id})
        stream = BytesIO()
        workbook.save(stream)
        attachment = self.env["ir.attachment"].create(
            {"name": "plan.xlsx", "raw": stream.getvalue(), "public": True}
        )
        self.env["ir.model.data"].create(
            {
                "module": "__test__",
                "name": "sales_target_workbook",
                "model": attachment._name,
                "res_id": attachment.id,
            }
        )
        self.start_tour(
            f"/odoo/sales.target.plan/{self.plan.id}",
            "sales_target_import",
            login="test_director",
        )
        self.assertEqual(self._amounts(self.own)[:3], [10, 30, 10])
        new = self.root.child_ids.filtered("categ_id")
        self.assertEqual((new.categ_id, new.amount), (self.category, 70))

    def test_each_role_downloads_what_it_may_see(self):
        url = f"/sales_efficiency_target/plan/{self.plan.id}/xlsx"
        for role, ids in (
            ("director", {self.root.id, self.team.id, self.own.id}),
            ("leader", {self.team.id, self.own.id}),
            ("salesperson", {self.own.id}),
        ):
            self.authenticate(f"test_{role}", f"test_{role}")
            response = self.url_open(url)
            self.assertIn(
                "Sales%20Targets%202026.xlsx", response.headers["Content-Disposition"]
            )
            sheet = load_workbook(BytesIO(response.content)).worksheets[0]
            self.assertEqual({cell.value for cell in sheet["A"][2:]}, ids, role)

    def test_others_download_nothing(self):
        url = f"/sales_efficiency_target/plan/{self.plan.id}/xlsx"
        self.authenticate(None, None)
        self.assertNotIn("spreadsheet", self.url_open(url).headers["Content-Type"])
        self.authenticate("test_director", "test_director")
        missing = url.replace(str(self.plan.id), "0")
        self.assertEqual(self.url_open(missing).status_code, 404)
