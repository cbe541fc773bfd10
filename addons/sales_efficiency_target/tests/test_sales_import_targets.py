# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64
from datetime import date
from unittest.mock import patch

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.sales_efficiency_base.engine.importing import workbook_reader
from odoo.addons.sales_efficiency_base.tests.import_common import (
    ImportCommon,
    write_sheets,
)

from ..tools.target_sheet_reader import TargetSheetReader
from ..tools.target_sheet_writer import TargetSheetWriter
from .common import SalesTargetCommon


@tagged("post_install", "-at_install")
class TestSalesImportTargets(ImportCommon, SalesTargetCommon):
    """Targets from the file that people have, previewed and undone as a whole."""

    subject = "targets"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.imports = cls.imports.with_context(
            default_target_plan_id=cls.plan.id, default_target_metric_id=cls.ordered.id
        )

    def _get_targets(self, **values):
        domain = [("plan_id", "=", self.plan.id)]
        domain += [(name, "=", value) for name, value in values.items()]
        return self.env["sales.target"].search(domain)

    def _upload(self, content, name="targets.csv"):
        return super()._upload(content, name)

    def test_a_month_twice_in_a_target_is_named_with_its_row(self):
        record = self._upload(
            "plan_id,metric_id,categ_id,month_ids/month,month_ids/amount\n"
            f"{self.plan.name},Collected Amount,Test Line,2026-01-01,100\n"
            ",,,2026-01-01,5\n"
        )
        self.assertEqual(record.state, "preview")
        problem = record.problem_ids
        self.assertEqual(problem.mapped("row"), [3], problem.mapped("reason"))
        self.assertEqual(problem.reason, "A target has one figure for each month.")
        with self.assertRaises(UserError):
            record.action_import()

    def test_a_month_a_row(self):
        record = self._upload(
            "Month,Salesperson,Target\n2026-01,amy,100\n2026-02,amy,200\n"
            "2026-01,test_colleague,7\n"
        )
        self.assertEqual((record.state, record.problem_count), ("preview", 0))
        self.assertEqual(
            [(t.name, t.row_count, t.amount) for t in record.target_ids],
            [(self.amy.name, 2, 300), ("Test Colleague", 1, 7)],
        )
        self._import(record)
        self.assertEqual(record.state, "done", record.error)
        target = self._get_targets(user_id=self.amy.id)
        self.assertEqual(self._amounts(target), [100, 200, *[0] * 10])
        self.assertEqual((target.amount, target.parent_id), (300, self.root))
        self.assertEqual(target.create_uid, self.director)

    def test_months_as_columns(self):
        heading = ("Team", "Region", *(f"{n}月" for n in range(1, 13)), "合計")
        content = write_sheets(
            Sheet=[
                ("2026年度 業績目標", *[None] * 14),
                heading,
                ("Test Field", None, *[10] * 12, 120),
                ("Test Other", None, *[5] * 12, 60),
            ]
        )
        record = self._upload(content, "wide.xlsx")
        self.assertEqual((record.state, record.shape), ("preview", "matrix"))
        self.assertEqual(record.row_count, 24)
        self._import(record)
        self.assertEqual(record.state, "done", record.error)
        self.assertEqual(self._get_targets(team_id=self.team_field.id).amount, 120)
        self.assertEqual(self._get_targets(team_id=self.team_other.id).amount, 60)

    def test_words_of_targets_are_known_as_headings(self):
        """Base does not know them: they tell the headings below the titles, and that a
        merged figure is one of all its rows."""
        content = write_sheets(
            Sheet=[
                ("業務部", "陳經理", "一覽表"),
                ("考核指標", "任务", "月份"),
                (self.ordered.name, 100, "2026-01"),
                (self.ordered.name, None, "2026-02"),
            ],
            merged="B3:B4",
        )
        record = self._upload(content, "targets.xlsx")
        self.assertEqual(
            [(column.name, column._get_field_name()) for column in record.column_ids],
            [("考核指標", "metric_id"), ("任务", "amount"), ("月份", "month")],
        )
        self.assertIn(
            "The figure in Sheet!B3 is merged over several rows. Enter one for each.",
            record.problem_ids.mapped("reason"),
        )

    def test_months_without_a_year_are_those_of_the_plan(self):
        record = self._upload("Salesperson,Jan,Feb\namy,100,200\n")
        self.assertEqual((record.state, record.year), ("preview", 2026))
        self.assertFalse(record.problem_count)

    def test_new_targets_become_part_of_the_narrowest_around_them(self):
        self.team_field.member_ids += self.amy
        record = self._upload(
            "Month,Team,Salesperson,Target\n2026-01,,amy,10\n"
            "2026-01,Test Field,,20\n2026-01,Test Department,,30\n"
        )
        self._import(record)
        self.assertEqual(record.state, "done", record.error)
        person = self._get_targets(user_id=self.amy.id)
        field_ = self._get_targets(team_id=self.team_field.id)
        department = self._get_targets(team_id=self.team_department.id)
        self.assertEqual(person.parent_id, field_)
        self.assertEqual(field_.parent_id, department)
        self.assertEqual(department.parent_id, self.root)

    def test_a_column_names_the_parent_as_lists_do(self):
        other = self._create_target(
            parent_id=self.root.id, team_id=self.team_other.id, amount=50
        )
        record = self._upload(
            "Month,Team,Salesperson,Target,Part Of\n"
            f"2026-01,Test Field,,20,{self.root.display_name}\n"
            "2026-01,Test Field,amy,10,test　field\n2026-02,Test Field,amy,10,\n"
            f"2026-01,Test Other,Test Outsider,5,{other.display_name}\n"
        )
        self.assertFalse(record.problem_ids.mapped("reason"))
        self._import(record)
        self.assertEqual(record.state, "done", record.error)
        field_ = self._get_targets(team_id=self.team_field.id, user_id=False)
        self.assertEqual(field_.parent_id, self.root)
        self.assertEqual(self._get_targets(user_id=self.amy.id).parent_id, field_)
        self.assertEqual(self._get_targets(user_id=self.outsider.id).parent_id, other)

    def test_a_parent_that_cannot_be_is_a_bad_cell(self):
        self._create_target(
            parent_id=self.root.id, team_id=self.team_other.id, amount=50
        )
        self.colleague.name = self.salesperson.name = "Test Twin"
        record = self._upload(
            "上層目標,Month,Team,Salesperson,Target\n"
            "Nowhere,2026-01,,amy,1\n"
            "Test Twin,2026-01,,test_leader,1\n"
            "Test Field,2026-01,Test Other,,1\n"
            "Test Other,2026-01,Test Field,,1\n"
            ",2026-01,,test_salesperson,1\n"
            ",2026-01,,test_colleague,1\n"
            "Test Department,2026-01,Test Department,,1\n"
        )
        problems = {problem.row: problem for problem in record.problem_ids}
        self.assertEqual(set(problems), {2, 3, 4, 5, 8}, problems)
        for row, reason in {
            2: "Nowhere is no target of the same plan",
            3: "2 targets are called Test Twin",
            4: "with another parent",
            5: "outside the scope",
            8: "part of itself",
        }.items():
            with self.subTest(row):
                self.assertIn(reason, problems[row].reason)
                self.assertEqual(problems[row].cell, f"A{row}")
                self.assertEqual(problems[row].heading, "上層目標")
        with self.assertRaises(UserError):
            record.action_import()

    def test_targets_that_would_be_parts_of_each_other_are_refused(self):
        record = self._upload(
            "Month,Team,Salesperson,Target,Part Of\n2026-01,Test Field,,1,Test Other\n"
            "2026-01,Test Other,,1,Test Field\n"
        )
        self.assertIn("part of itself", record.problem_ids.mapped("reason")[0])

    def test_rows_of_one_target_name_one_parent(self):
        record = self._upload(
            "Month,Salesperson,Target,Part Of\n"
            f"2026-01,amy,1,{self.root.display_name}\n2026-02,amy,1,Nowhere\n"
        )
        self.assertEqual(self._get_problems(record), [(3, "D3", "Part Of", "Nowhere")])

    def test_two_targets_of_one_person_are_told_apart_by_region(self):
        record = self._upload(
            "Month,Salesperson,Region,Target\n2026-01,amy,Test North,10\n"
            "2026-01,amy,Test South,20\n"
        )
        self.assertEqual(
            [(t.name, t.amount) for t in record.target_ids],
            [
                (f"{self.amy.name} · Test South", 20),
                (f"{self.amy.name} · Test North", 10),
            ],
        )
        self._import(record)
        self.assertEqual(len(self._get_targets(user_id=self.amy.id)), 2)

    def test_rates_are_read_with_and_without_sign(self):
        record = self._upload("Month,Metric,Target\n2026-01,Margin Rate,41%\n")
        metric = record.name_ids
        if metric:
            metric.write({"decision": "map", "reference": self.margin_rate})
            record.action_continue()
        self._import(record)
        target = self._get_targets(metric_id=self.margin_rate.id)
        self.assertEqual(self._amounts(target)[0], 41)

    def test_totals_name_their_metric_if_there_are_several(self):
        record = self._upload(
            "Month,Metric,Salesperson,Target\n2026-01,Ordered Amount,amy,10\n"
            "2026-01,Invoiced Amount,amy,20\n"
        )
        self.assertEqual(
            {(line.name, line.amount) for line in record.year_ids},
            {("2026 · Ordered Amount", 10), ("2026 · Invoiced Amount", 20)},
        )

    def test_figures_that_are_there_are_kept_or_replaced_and_come_back(self):
        own = self._create_target(
            parent_id=self.root.id, user_id=self.amy.id, amount=120
        )
        content = "Month,Salesperson,Target\n2026-01,amy,30\n2026-02,amy,10\n"
        for choice, first in (("skip", 10), ("replace", 30)):
            record = self._upload(content)
            self.assertEqual(record.existing_count, 2)
            self.assertNotIn("add", record.existing_choices)
            record.on_existing = choice
            record.action_continue()
            self._import(record)
            self.assertEqual(record.state, "done", record.error)
            self.assertEqual(self._amounts(own)[:2], [first, 10])
        record.action_undo()
        self.assertEqual(self._amounts(own), [10] * 12)
        self.assertEqual(own.amount, 120)

    def test_only_money_is_counted_in_thousands(self):
        record = self._upload(
            "單位：千元\nMonth,Metric,Salesperson,Target\n"
            f"2026-01,{self.ordered.name},amy,500\n"
            f"2026-01,{self.margin_rate.name},amy,30%\n"
            f"2026-01,{self.quantity.name},amy,7\n"
        )
        self.assertEqual((record.factor, record.problem_count), (1000, 0))
        self._import(record)
        self.assertEqual(
            {
                t.metric_id: max(t.month_ids.mapped("amount"))
                for t in self._get_targets(user_id=self.amy.id)
            },
            {self.ordered: 500_000, self.margin_rate: 30, self.quantity: 7},
        )

    def test_answers_about_past_sales_are_not_possible(self):
        record = self._upload("Salesperson,Jan,Feb\namy,5,5\n")
        for answer in (
            lambda: record.write({"on_existing": "add"}),
            lambda: record.write({"name_field": "sales.user_id"}),
            lambda: record.column_ids[0].write({"key": "sales.user_id"}),
        ):
            with self.assertRaises(ValidationError):
                answer()

    def test_a_rate_is_not_added_up_over_its_months(self):
        rows = "".join(f"2026-{n:02},amy,41%\n" for n in range(1, 13))
        record = self._upload(f"Month,Salesperson,Target\n{rows}")
        record.target_metric_id = self.margin_rate
        record.action_continue()
        self.assertEqual(record.target_ids.mapped("amount"), [41])

    def test_undo_restores_how_figures_are_spread(self):
        own = self._create_target(
            amount=120, user_id=self.amy.id, parent_id=self.root.id, spread="equal"
        )
        other = self._create_target(
            amount=120, team_id=self.team_field.id, parent_id=self.root.id
        )
        record = self._upload(
            "Month,Salesperson,Team,Target\n2026-01,amy,,99\n"
            f"2026-01,,{self.team_field.name},10\n"
        )
        record.on_existing = "replace"
        record.action_continue()
        self._import(record)
        self.assertEqual((own.spread, other.spread), ("manual", "equal"))
        self.assertEqual(self._amounts(own)[0], 99)
        record.action_undo()
        self.assertEqual(own.spread, "equal")
        self.assertEqual(self._amounts(own), [10] * 12)

    def test_a_workbook_made_to_harm_is_not_opened(self):
        content = write_sheets(S=[["Month", "Target"], ["2026-01", 1]])
        for damaged in (content[: len(content) // 2], content[:-30]):
            with self.assertRaisesRegex(UserError, "damaged"):
                self._upload(damaged, "t.xlsx")
        with (
            patch.object(workbook_reader, "MAX_UNPACKED", 100),
            self.assertRaisesRegex(UserError, "when it is unpacked"),
        ):
            self._upload(content, "t.xlsx")
        with patch.object(workbook_reader, "MAX_UNPACKED", 100):
            reader = TargetSheetReader(self.plan, content)
        self.assertIn("when it is unpacked", reader.problems[0].reason)

    def test_new_targets_are_undone_unless_they_have_changed(self):
        record = self._import(
            self._upload("Month,Salesperson,Target\n2026-01,amy,10\n")
        )
        target = self._get_targets(user_id=self.amy.id)
        target.month_ids.sorted("month")[1].amount = 5
        with self.assertRaisesRegex(UserError, "changed since"):
            record.action_undo()
        target.month_ids.sorted("month")[1].amount = 0
        record.action_undo()
        self.assertFalse(target.exists())
        self.assertEqual(record.state, "undone")

    def test_bad_figures_and_months_are_named(self):
        record = self._upload(
            "Month,Salesperson,Target\n2026-01,amy,-5\n2027-01,amy,10\n2026-03,amy,\n"
        )
        self.assertEqual(
            self._get_problems(record),
            [
                (4, "C4", "Target", ""),
                (3, "A3", "Month", "2027-01"),
                (2, "C2", "Target", "-5"),
            ],
        )

    def test_targets_in_force_are_not_changed(self):
        self._start()
        record = self._upload("Month,Salesperson,Target\n2026-01,amy,5\n")
        self.assertIn("in force", record.problem_ids.reason)

    def test_an_error_in_the_middle_saves_nothing(self):
        record = self._upload("Month,Salesperson,Target\n2026-01,amy,10\n")
        record.action_import()
        create = type(self.env["sales.target"]).create

        def create_and_break(targets, vals_list):
            create(targets, vals_list)
            raise ValueError("killed")

        with (
            patch.object(type(self.env["sales.target"]), "create", create_and_break),
            mute_logger("odoo.addons.sales_efficiency_base.tools.each_alone"),
        ):
            record._run()
        self.assertEqual(record.state, "failed")
        self.assertFalse(self._get_targets(user_id=self.amy.id))

    def test_the_workbook_of_a_plan_goes_to_its_own_import(self):
        content = TargetSheetWriter(self.plan.with_user(self.director)).get_content()
        record = self.imports.create(
            {"name": "plan.xlsx", "file": base64.b64encode(content)}
        )
        action = record.action_continue()
        self.assertEqual(action["res_model"], "sales.target.import")
        wizard = self.env["sales.target.import"].browse(action["res_id"])
        self.assertEqual((wizard.state, wizard.plan_id), ("preview", self.plan))
        self.assertFalse(record.exists())

    def test_rows_are_dated_by_any_day_of_the_month(self):
        self._import(
            self._upload("Month,Salesperson,Target\n2026/3/1,amy,10\n2026/4/1,amy,9\n")
        )
        target = self._get_targets(user_id=self.amy.id)
        self.assertEqual(
            {ln.month: ln.amount for ln in target.month_ids if ln.amount},
            {date(2026, 3, 1): 10, date(2026, 4, 1): 9},
        )
