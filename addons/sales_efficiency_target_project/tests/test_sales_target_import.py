# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from openpyxl import load_workbook

from odoo.tests import tagged
from odoo.tools import file_open

from odoo.addons.sales_efficiency_target.tests.test_sales_target_import import (
    SalesTargetSheetCommon,
)


@tagged("post_install", "-at_install")
class TestSalesTargetImport(SalesTargetSheetCommon):
    """The workbook of a plan has a column for the project (policy 2.1.2)."""

    def test_a_new_row_names_its_project(self):
        project = self.env["project.project"].create({"name": "Test Metro"})
        workbook = self._export()
        self._set(
            workbook,
            10,
            {"metric_id": "Ordered Amount", "project_id": "Test Metro", 1: 2},
        )
        wizard = self._import(workbook)
        self.assertEqual(wizard.problem_ids.mapped("reason"), [])
        wizard.action_apply()
        new = self.plan.target_ids.filtered("project_id")
        self.assertEqual(new.project_id, project)
        self.assertEqual(self._amounts(new), [2] + [0] * 11)

    def test_the_sheet_says_that_new_targets_may_name_a_project(self):
        sheets = self._export().worksheets
        text = " ".join(cell.value for cell in sheets[1]["A"])
        self.assertRegex(text, r"Customer, [^)]*Project")

    def test_the_template_of_odoos_import_has_a_column_for_the_project(self):
        [template] = self.env["sales.target"].get_import_templates()
        with file_open(template["template"].lstrip("/"), "rb") as file:
            sheet = load_workbook(file).worksheets[0]
        self.assertIn("project_id", [cell.value for cell in sheet[1]])
