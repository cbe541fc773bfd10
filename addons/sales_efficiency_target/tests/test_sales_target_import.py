# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64
from contextlib import contextmanager
from datetime import datetime
from io import BytesIO

from openpyxl import load_workbook

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import file_open, mute_logger

from ..tools.target_sheet import FIRST_ROW, HEADING_ROW, KEY_ROW
from ..tools.target_sheet_writer import TargetSheetWriter
from .common import SalesTargetCommon


class SalesTargetSheetCommon(SalesTargetCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.team = cls._create_target(
            parent_id=cls.root.id, team_id=cls.team_department.id, amount=1_200_000
        )
        cls.own = cls._create_target(
            parent_id=cls.team.id, user_id=cls.salesperson.id, amount=120
        )

    def _export(self, user=None, plan=None):
        plan = (plan or self.plan).with_user(user or self.director)
        return load_workbook(BytesIO(TargetSheetWriter(plan).get_content()))

    def _columns(self, workbook):
        """:return: dict of key or month number -> column number"""
        columns, number = {}, 0
        for cell in workbook.worksheets[0][KEY_ROW]:
            number += cell.value == "month"
            key = number if cell.value == "month" else cell.value
            columns[key] = cell.column
        return columns

    def _row(self, workbook, target):
        sheet = workbook.worksheets[0]
        return next(r for r in range(FIRST_ROW, 50) if sheet.cell(r, 1).value == target)

    def _set(self, workbook, row, values):
        """Write cells of a row, by key or month number."""
        columns = self._columns(workbook)
        for key, value in values.items():
            workbook.worksheets[0].cell(row, columns[key]).value = value

    def _import(self, workbook, user=None, plan=None, **values):
        """Upload a workbook and preview its changes."""
        stream = BytesIO()
        workbook.save(stream)
        return self._upload(stream.getvalue(), user, plan, **values)

    def _upload(self, content, user=None, plan=None, **values):
        wizard = (
            self.env["sales.target.import"]
            .with_user(user or self.director)
            .create(
                {
                    "plan_id": (plan or self.plan).id,
                    "file": base64.b64encode(content),
                    **values,
                }
            )
        )
        wizard.action_preview()
        return wizard

    @contextmanager
    def _nothing_changes(self):
        def snapshot():
            self.env.flush_all()
            self.env.invalidate_all()
            targets = self.env["sales.target"].search([])
            months = self.env["sales.target.month"].search([])
            return targets.read(["amount", "spread"]), months.read(["amount"])

        before = snapshot()
        yield
        self.assertEqual(snapshot(), before)


@tagged("post_install", "-at_install")
class TestSalesTargetImport(SalesTargetSheetCommon):
    """A plan is exported to a spreadsheet and imported again (policy 2.1.1)."""

    def test_the_sheet_has_the_tree_the_months_and_the_year(self):
        workbook = self._export()
        sheet, columns = workbook.worksheets[0], self._columns(workbook)
        row = self._row(workbook, self.own.id)

        def cell(key):
            return sheet.cell(row, columns[key])

        self.assertEqual(cell("parent_id").value, self.team.id)
        self.assertEqual(cell("user_id").value, "Test Salesperson")
        self.assertEqual(cell("metric_unit").value, self.company.currency_id.name)
        self.assertEqual([cell(month).value for month in range(1, 13)], [10] * 12)
        first, last = cell(1).coordinate, cell(12).coordinate
        self.assertEqual(cell("total").value, f"=SUM({first}:{last})")
        self.assertEqual(cell(1).number_format, "#,##0.00")
        self.assertTrue(cell("id").protection.locked and sheet.protection.sheet)
        self.assertFalse(cell(1).protection.locked)
        self.assertEqual(
            sheet.cell(HEADING_ROW, columns[1]).value, datetime(2026, 1, 1)
        )
        self.assertTrue(sheet.freeze_panes)
        self.assertEqual(len(workbook.worksheets), 3)

    def test_the_year_of_a_rate_is_the_average(self):
        rate = self._create_target(metric_id=self.margin_rate.id, amount=30)
        workbook = self._export()
        total = workbook.worksheets[0].cell(
            self._row(workbook, rate.id), self._columns(workbook)["total"]
        )
        self.assertTrue(total.value.startswith("=AVERAGE("))

    def test_a_round_trip_without_changes_changes_nothing(self):
        with self._nothing_changes():
            wizard = self._import(self._export())
            self.assertEqual((wizard.problem_count, wizard.unchanged_count), (0, 3))
            self.assertFalse(wizard.line_ids)
            wizard.action_apply()
        self.assertEqual(self.own.spread, "equal")

    def test_changed_figures_are_previewed_then_saved(self):
        workbook = self._export()
        self._set(workbook, self._row(workbook, self.own.id), {2: 30, 3: 0})
        with self._nothing_changes():
            wizard = self._import(workbook)
        self.assertRecordValues(
            wizard.line_ids,
            [
                {
                    "kind": "changed",
                    "name": self.own.display_name,
                    "month_count": 2,
                    "amount_before": 120,
                    "amount_after": 130,
                    "details": "Feb 2026: 10.00 → 30.00\nMar 2026: 10.00 → 0.00",
                }
            ],
        )
        action = wizard.action_apply()
        self.assertEqual(action["res_model"], "sales.target")
        self.assertEqual(self._amounts(self.own), [10, 30, 0] + [10] * 9)
        self.assertEqual((self.own.amount, self.own.spread), (130, "manual"))
        self.assertEqual(self.team.gap, 130 - 1_200_000)
        self.assertTrue(self.team.is_gap_open)
        self.assertIn("Feb 2026: 10.00 → 30.00", self.own.message_ids[:1].body)

    def test_figures_are_rounded_to_the_step_of_the_metric(self):
        pieces = self._create_target(metric_id=self.quantity.id, amount=12)
        workbook = self._export()
        self._set(workbook, self._row(workbook, self.own.id), {1: 10.005, 2: 9.999999})
        self._set(workbook, self._row(workbook, pieces.id), {1: 2.004})
        wizard = self._import(workbook)
        self.assertEqual(wizard.changed_count, 2)
        wizard.action_apply()
        self.assertEqual(self._amounts(self.own), [10.01] + [10] * 11)
        self.assertEqual(self._amounts(pieces)[0], 2)

    def test_new_rows_become_targets(self):
        workbook = self._export()
        rows = {
            # A child before its parent
            10: {"parent_id": "#11", "user_id": "Test Colleague", 1: 5, 12: 7.5},
            11: {"parent_id": self.root.id, "region_id": "Test World / Test North"},
            12: {"categ_id": "Test Line", "channel_id": "Test Direct", 6: 1},
            13: {"partner_id": "Customer North", 1: 2},
            14: {
                "parent_id": f"#{self._row(workbook, self.own.id)}",
                "partner_id": "Customer South",
                "user_id": "Test Salesperson",
            },
        }
        for row, values in rows.items():
            self._set(workbook, row, {"metric_id": "Ordered Amount", **values})
        wizard = self._import(workbook)
        self.assertEqual(wizard.problem_ids.mapped("reason"), [])
        self.assertEqual(wizard.line_ids.mapped("kind"), ["new"] * 5)
        wizard.action_apply()
        new = self.plan.target_ids - self.root - self.team - self.own
        self.assertEqual(len(new), 5)
        colleague = new.filtered(lambda target: target.user_id == self.colleague)
        self.assertEqual(colleague.parent_id.region_id, self.region_north)
        self.assertEqual(colleague.parent_id.parent_id, self.root)
        self.assertEqual(self._amounts(colleague), [5] + [0] * 10 + [7.5])
        customers = self.customer_north + self.customer_south
        self.assertEqual(new.partner_id, customers)
        self.assertEqual(self.own.child_ids.partner_id, self.customer_south)

    def test_an_empty_plan_exports_to_a_template(self):
        plan = self.plan.copy({"date_from": "2027-01-01"})
        workbook = self._export(plan=plan)
        self._set(workbook, 3, {"metric_id": "Ordered Amount", 1: 100})
        self._set(
            workbook,
            4,
            {"metric_id": "Ordered Amount", "parent_id": "#3", "team_id": "Test Field"},
        )
        self._import(workbook, plan=plan).action_apply()
        root = plan.target_ids.filtered(lambda target: not target.parent_id)
        self.assertEqual((root.amount, root.child_ids.team_id), (100, self.team_field))

    def test_every_bad_cell_is_named_and_nothing_is_saved(self):
        self.env["res.partner"].create(
            [{"name": "Twins", "is_company": True} for _n in range(2)]
        )
        other_plan = self.plan.copy({"date_from": "2027-01-01"})
        foreign = self.env["sales.target"].create(
            {"plan_id": other_plan.id, "metric_id": self.ordered.id, "amount": 1}
        )
        workbook = self._export()
        sheet, columns = workbook.worksheets[0], self._columns(workbook)
        own, team = (self._row(workbook, t.id) for t in (self.own, self.team))
        self._set(workbook, own, {1: "ten", 2: -1, 3: None, 4: "=1/0", 5: True, 6: 99})
        self._set(workbook, team, {"team_id": "Test Other", "parent_id": None})
        ordered = {"metric_id": "Ordered Amount"}
        self._set(workbook, 10, ordered | {"region_id": "Atlantis", 1: "x"})
        self._set(workbook, 11, ordered | {"partner_id": "Twins"})
        self._set(workbook, 12, {"id": foreign.id, 1: 1})
        self._set(workbook, 13, {"id": self.own.id, 1: 1})
        self._set(workbook, 14, {"user_id": "Test Colleague"})
        self._set(workbook, 15, ordered | {"categ_id": "Test Line", "parent_id": "#99"})
        self._set(workbook, 16, ordered | {"channel_id": "Test Agent", "parent_id": 0})
        with self._nothing_changes():
            wizard = self._import(workbook)
            with self.assertRaisesRegex(UserError, "Correct the cells"):
                wizard.action_apply()
        found = {problem.cell: problem.reason for problem in wizard.problem_ids}

        def address(key, row):
            return sheet.cell(row, columns[key]).coordinate

        expected = {
            address(1, own): "ten is not a number",
            address(2, own): "cannot be negative: -1",
            address(3, own): "figure is missing",
            address(4, own): "figure is missing",  # a formula without a value
            address(5, own): "True is not a number",
            address("team_id", team): "cannot be changed here",
            address("parent_id", team): "cannot be changed here",
            address("region_id", 10): "There is no Atlantis",
            address(1, 10): "x is not a number",
            address("partner_id", 11): "Several are called Twins",
            address("id", 12): f"{foreign.id} is not a target of",
            address("id", 13): f"already in row {own}",
            address("metric_id", 14): "Enter the metric",
            address("parent_id", 15): "#99 is neither the ID",
            address("parent_id", 16): "0 is neither the ID",
        }
        self.assertEqual(sorted(found), sorted(expected))
        self.assertEqual(wizard.problem_count, len(expected))
        for cell, reason in expected.items():
            self.assertIn(reason, found[cell])

    def test_rows_that_fit_nowhere_are_named(self):
        workbook = self._export()
        ordered = {"metric_id": "Ordered Amount"}
        region = {"region_id": "Test World / Test South"}
        self._set(workbook, 10, ordered | {"user_id": "Test Salesperson"})
        self._set(workbook, 11, ordered | {"categ_id": "Test Line"})
        self._set(workbook, 12, ordered | {"categ_id": "Test Line"})
        self._set(workbook, 13, ordered | region | {"parent_id": self.own.id})
        with self._nothing_changes():
            wizard = self._import(workbook)
        reasons = {p.row: p.reason for p in wizard.problem_ids}
        self.assertEqual(sorted(reasons), [10, 12, 13])
        self.assertIn("already has a target with this scope and metric", reasons[10])
        self.assertIn("Row 11 has the same scope", reasons[12])
        self.assertIn("is outside the scope of", reasons[13])

    def test_rows_that_are_part_of_each_other_are_refused(self):
        workbook = self._export()
        for row, values in {
            10: {"categ_id": "Test Line", "parent_id": "#11"},
            11: {"channel_id": "Test Direct", "parent_id": "#10"},
        }.items():
            self._set(workbook, row, {"metric_id": "Ordered Amount", **values})
        wizard = self._import(workbook)
        self.assertEqual(wizard.problem_ids.mapped("row"), [10, 11])
        self.assertIn("become its own parent", wizard.problem_ids[0].reason)

    def test_months_that_do_not_exist_are_named(self):
        workbook = self._export()
        sheet, columns = workbook.worksheets[0], self._columns(workbook)
        for month, value in {
            1: datetime(2027, 1, 1),
            2: "spring",
            3: None,
            4: datetime(2026, 5, 1),
        }.items():
            sheet.cell(HEADING_ROW, columns[month]).value = value
        wizard = self._import(workbook)
        cells = [sheet.cell(HEADING_ROW, columns[n]).coordinate for n in (1, 2, 3, 5)]
        self.assertEqual(wizard.problem_ids.mapped("cell"), cells)
        self.assertIn("January 2027 is not a month", wizard.problem_ids[0].reason)
        self.assertIn("spring is not a month", wizard.problem_ids[1].reason)
        self.assertIn("more than one column", wizard.problem_ids[3].reason)

    def test_other_files_are_refused(self):
        workbook = self._export()
        workbook.worksheets[0].delete_cols(self._columns(workbook)["metric_id"])
        wizard = self._import(workbook)
        self.assertIn("Columns of the export are missing", wizard.problem_ids.reason)
        del workbook["_exported"]
        for wizard in (self._import(workbook), self._upload(b"name,amount")):
            self.assertIn("not the workbook of a plan", wizard.problem_ids.reason)

    def test_what_somebody_else_changed_is_no_conflict_where_the_file_is_silent(self):
        workbook = self._export()
        self._set(workbook, self._row(workbook, self.own.id), {2: 30})
        self.own.month_ids.sorted("month")[0].with_user(self.leader).amount = 44
        wizard = self._import(workbook)
        self.assertEqual((wizard.conflict_count, wizard.changed_count), (0, 1))
        wizard.action_apply()
        self.assertEqual(self._amounts(self.own), [44, 30] + [10] * 10)

    def test_a_conflict_is_shown_and_not_overwritten_silently(self):
        for choice, kept in (("keep", 44), ("take", 20)):
            with self.subTest(choice=choice):
                self.own.amount = 120
                workbook = self._export()
                row = self._row(workbook, self.own.id)
                self._set(workbook, row, {1: 20, 2: 30})
                self.own.month_ids.sorted("month")[0].amount = 44
                before = self._amounts(self.own)
                wizard = self._import(workbook, on_conflict=choice)
                self.assertEqual(wizard.conflict_count, 1)
                self.assertEqual(wizard.line_ids.kind, "conflict")
                self.assertRegex(
                    wizard.line_ids.details,
                    "10.00 when exported, 44.00 now, 20.00 in the file",
                )
                wizard.action_apply()
                self.assertEqual(self._amounts(self.own), [kept, 30, *before[2:]])
                self.own.spread = "equal"

    def test_a_change_after_the_preview_is_not_overwritten(self):
        workbook = self._export()
        self._set(workbook, self._row(workbook, self.own.id), {1: 20})
        wizard = self._import(workbook)
        self.own.month_ids.sorted("month")[0].amount = 44
        with (
            self._nothing_changes(),
            self.assertRaisesRegex(UserError, "changed since this preview"),
        ):
            wizard.action_apply()

    def test_a_plan_that_counts_is_exported_but_not_imported(self):
        workbook = self._export()
        self._set(workbook, self._row(workbook, self.own.id), {1: 20})
        wizard = self._import(workbook)
        self.plan.target_ids.gap_reason = "Reserve"
        self.plan.action_submit()
        with self.assertRaisesRegex(UserError, "Reset the plan to draft"):
            wizard.action_apply()
        self.plan.action_start()
        with self.assertRaisesRegex(UserError, "Request an adjustment"):
            wizard.action_apply()
        with self.assertRaisesRegex(UserError, "Request an adjustment"):
            self._import(workbook)
        self.assertTrue(self._row(self._export(), self.own.id))

    def test_a_leader_exports_and_imports_the_own_branch_only(self):
        director, leader = self._export(), self._export(self.leader)
        self.assertTrue(self._row(leader, self.own.id))
        with self.assertRaises(StopIteration):
            self._row(leader, self.root.id)
        self._set(leader, self._row(leader, self.own.id), {1: 20})
        self._import(leader, self.leader).action_apply()
        self.assertEqual(self._amounts(self.own)[0], 20)
        self._set(director, self._row(director, self.root.id), {1: 20})
        wizard = self._import(director, self.leader)
        self.assertIn(f"{self.root.id} is not a target", wizard.problem_ids[0].reason)

    def test_what_is_decided_above_is_named_cell_by_cell(self):
        self.company.sales_target_show_above = True
        workbook = self._export(self.leader)
        row = self._row(workbook, self.team.id)
        sheet, columns = workbook.worksheets[0], self._columns(workbook)

        def assert_problems(*cells):
            with self._nothing_changes():
                wizard = self._import(workbook, self.leader)
            self.assertEqual(
                set(wizard.problem_ids.mapped("cell")),
                {sheet.cell(row, columns[key]).coordinate for row, key in cells},
            )
            for reason in wizard.problem_ids.mapped("reason"):
                self.assertIn("is set by the person responsible", reason)

        self._set(workbook, row, {1: 20, 3: 30})
        assert_problems((row, 1), (row, 3))
        self._set(workbook, row, {1: 100_000, 3: 100_000})
        new = {"metric_id": "Ordered Amount", "team_id": self.team_field.name}
        self._set(workbook, 30, new | {"parent_id": self.root.id, 1: 1})
        assert_problems((30, "parent_id"))

    def test_a_salesperson_does_not_import(self):
        with (
            mute_logger("odoo.addons.base.models.ir_model"),
            self.assertRaises(AccessError),
        ):
            self._import(self._export(), self.salesperson)

    def test_a_large_plan_takes_as_many_queries_as_a_small_one(self):
        categories = self.env["product.category"].create(
            [{"name": f"Test Line {number}"} for number in range(40)]
        )

        def count_queries(function, *args):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            result = function(*args)
            self.env.flush_all()
            return self.env.cr.sql_log_count - before, result

        def round_trip(names):
            exported, workbook = count_queries(self._export)
            for row, name in enumerate(names, 20):
                values = {"metric_id": "Ordered Amount", "categ_id": name, 1: 1}
                self._set(workbook, row, values | {"parent_id": self.root.id})
            previewed, wizard = count_queries(self._import, workbook)
            self.assertEqual(wizard.new_count, len(names))
            wizard.action_apply()
            return exported, previewed

        names = categories.mapped("display_name")
        round_trip(names[:1])
        few = round_trip(names[1:3])
        many = round_trip(names[3:])
        self.assertLessEqual(many[1], few[1] + 2)
        self.assertLessEqual(count_queries(self._export)[0], few[0] + 2)

    def test_months_are_imported_by_odoo_too(self):
        with file_open(
            "sales_efficiency_target/static/xls/sales_target.xlsx", "rb"
        ) as f:
            rows = list(load_workbook(f).worksheets[0].iter_rows(values_only=True))
        fields = self.env["base_import.import"].get_fields_tree("sales.target")
        names = {f["name"]: {sub["name"] for sub in f["fields"]} for f in fields}
        self.assertLessEqual({"month", "amount"}, names["month_ids"])
        self.salesperson.name = "Example Salesperson"
        plan = self.plan.copy({"name": "Example Plan", "date_from": "2027-01-01"})
        result = (
            self.env["sales.target"]
            .with_user(self.director)
            .load(
                list(rows[0]),
                [["" if value is None else str(value).removesuffix(" 00:00:00")
                  for value in row]
                 for row in rows[1:]],
            )
        )  # fmt: skip
        self.assertFalse(result["messages"])
        target = plan.target_ids
        self.assertEqual(target.user_id, self.salesperson)
        self.assertEqual(self._amounts(target), [10_000, 11_000, 12_000] * 4)
        self.assertEqual((target.amount, target.spread), (132_000, "manual"))

    def test_months_that_are_left_out_are_nothing(self):
        target = self._create_target(
            categ_id=self.category.id,
            month_ids=[(0, 0, {"month": datetime(2026, 3, 1).date(), "amount": 7})],
        )
        self.assertEqual(self._amounts(target), [0, 0, 7] + [0] * 9)
        self.assertEqual(target.amount, 7)

    def test_a_year_that_is_not_the_sum_of_its_months_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "add up to 7.00, not to 9.00"):
            self._create_target(
                categ_id=self.category.id,
                amount=9,
                month_ids=[(0, 0, {"month": datetime(2026, 3, 1).date(), "amount": 7})],
            )
