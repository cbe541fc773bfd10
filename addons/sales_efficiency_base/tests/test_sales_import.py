# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date
from unittest.mock import patch

from odoo.exceptions import AccessDenied, AccessError, UserError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from odoo.addons.base.tests.test_ir_cron import CronMixinCase
from odoo.addons.sales_efficiency_base.engine import HistoryWriter, bulk_create

from .import_common import ImportCommon, write_sheets

SALES = "Date,Reference,Salesperson,Customer,Amount\n"
TWO = f"{SALES}2025-03-05,A1,amy,Customer North,100\n2025-04-06,A2,amy,,250.5\n"


@tagged("post_install", "-at_install")
class TestSalesImport(ImportCommon, CronMixinCase):
    """Asked, previewed, saved as a whole, undone as a whole."""

    def _answer(self, record, **answers):
        """Say who is meant by names: a record, "create" or "empty"."""
        for line in record.name_ids:
            if (answer := answers.get(line.name)) is not None:
                is_record = not isinstance(answer, str)
                line.decision = "map" if is_record else answer
                line.reference = answer if is_record else False
        record.action_continue()

    # Preview

    def test_the_preview_adds_up_by_year_month_and_person(self):
        record = self._upload(
            f"{TWO}2024-03-05,A3,test_colleague,,1000\n2025-03-09,A4,,,4\n"
        )
        self.assertEqual(record.state, "preview")
        self.assertEqual(
            self._get_totals(record.year_ids), [("2024", 1, 1000), ("2025", 3, 354.5)]
        )
        self.assertEqual(
            self._get_totals(record.month_ids),
            [("March 2024", 1, 1000), ("March 2025", 2, 104), ("April 2025", 1, 250.5)],
        )
        self.assertEqual(
            self._get_totals(record.person_ids),
            [
                ("Test Colleague", 1, 1000),
                (self.amy.name, 2, 350.5),
                ("Nobody", 1, 4),
            ],
        )
        self._assert_nothing_saved(record)

    def test_a_past_sale_gets_what_customer_and_salesperson_propose(self):
        self.team_field.member_ids += self.amy
        lines = self._get_lines(self._import(self._upload(TWO)))
        self.assertRecordValues(
            lines,
            [
                {
                    "name": "A1",
                    "date": date(2025, 3, 5),
                    "user_id": self.amy.id,
                    "team_id": self.team_field.id,
                    "partner_id": self.customer_north.id,
                    "region_id": self.region_north.id,
                    "channel_id": self.channel_agent.id,
                    "recorded_as": "sale",
                    "amount": 100,
                    "is_margin_known": False,
                    "create_uid": self.director.id,
                },
                {
                    "name": "A2",
                    "date": date(2025, 4, 6),
                    "user_id": self.amy.id,
                    "team_id": self.team_field.id,
                    "partner_id": False,
                    "region_id": False,
                    "channel_id": False,
                    "recorded_as": "sale",
                    "amount": 250.5,
                    "is_margin_known": False,
                    "create_uid": self.director.id,
                },
            ],
        )

    def test_plain_sql_saves_what_the_orm_saves(self):
        rows = "".join(
            f"2025-01-{n % 28 + 1:02},R{n // 3},amy,Customer North,{n}.5,"
            f"{n % 3 or ''},{n % 4},Ordered\n"
            for n in range(30)
        )
        content = (
            "Date,Reference,Salesperson,Customer,Amount,Margin,Quantity,Recorded As\n"
            + rows
        )
        names = [
            *("date", "name", "user_id", "team_id", "partner_id", "region_id"),
            *("channel_id", "amount", "margin", "is_margin_known", "quantity"),
            *("recorded_as", "company_id", "create_uid", "write_uid"),
        ]

        def save():
            record = self._import(self._upload(content))
            lines = self._get_lines(record).sorted(lambda line: line.amount)
            self.assertEqual(len(lines), 30)
            self.assertEqual(len(lines.filtered("document_id")), 20)
            values = [[line[name] for name in names] for line in lines]
            record.action_undo()
            return values

        with patch.object(bulk_create, "IS_USED", False):
            expected = save()
        self.assertEqual(save(), expected)

    def test_figures_beyond_the_limits_are_refused(self):
        for day, amount in (("2025-01-01", "1e30"), ("1025-01-01", "5")):
            record = self._upload(f"Date,Amount\n{day},{amount}\n2025-01-02,5\n")
            self.assertTrue(record.problem_count, (day, amount))
        for amount in ("NaN", "inf", "-inf", "#N/A", "1,2,3"):
            record = self._upload(f'Date,Amount\n2025-01-01,"{amount}"\n2025-01-02,5\n')
            self.assertEqual(record.problem_ids.mapped("row"), [2], amount)

    # Questions

    def test_dates_of_two_readings_are_asked_with_both(self):
        record = self._upload("Date,Amount\n03/04/2025,100\n05/06/2025,50\n")
        self.assertEqual(record.state, "questions")
        self.assertEqual(
            {line.results for line in record.reading_ids},
            {"April 3, 2025 · June 5, 2025", "March 4, 2025 · May 6, 2025"},
        )
        self.assertEqual(
            set(record.reading_ids.mapped("samples")), {"03/04/2025 · 05/06/2025"}
        )
        record.reading_ids.filtered(lambda r: "April" in r.results).action_choose()
        self.assertEqual(record.state, "preview")
        lines = self._get_lines(self._import(record))
        self.assertEqual(lines.mapped("date"), [date(2025, 4, 3), date(2025, 6, 5)])

    def test_a_missing_column_is_asked(self):
        record = self._upload("Date,Blah\n2025-01-01,100\n2025-01-02,50\n")
        self.assertEqual(record.state, "questions")
        self.assertIn("Amount", record.question)
        record.column_ids[1].key = "sales.amount"
        record.action_continue()
        self.assertEqual((record.state, record.amount), ("preview", 150))

    def test_changed_answers_need_another_preview(self):
        record = self._upload("Date,Amount,Margin\n2025-01-01,100,30\n")
        self.assertEqual(record.state, "preview")
        record.column_ids[2].key = False
        self.assertEqual(record.state, "questions")
        record.action_import()
        self.assertEqual(record.state, "preview")

    def test_a_leaver_holds_past_sales_but_cannot_log_in(self):
        record = self._upload(f"{SALES}2020-01-01,A1,Wang Gone 王離,,5\n")
        self.assertEqual(record.state, "questions")
        self._answer(record, **{"Wang Gone 王離": "create"})
        person = self._get_lines(self._import(record)).user_id
        self.assertEqual(person.name, "Wang Gone 王離")
        self.assertFalse(person.active)
        self.assertFalse(person.all_group_ids)
        self.assertFalse(person.partner_id.active)
        with self.assertRaises(AccessDenied):
            person.with_user(person)._check_credentials(
                {"type": "password", "password": ""}, {"interactive": True}
            )
        again = self._upload(f"{SALES}2020-02-01,A2,王離,,5\n")
        self.assertEqual(self._get_lines(self._import(again)).user_id, person)

    def test_people_known_only_to_hr_are_found_and_cannot_log_in(self):
        employee = self.env["hr.employee"].create(
            {
                "name": "Test Clerk 測試員",
                "barcode": "E0042",
                "work_email": "clerk@test.example.com",
                "company_id": self.company.id,
            }
        )
        employee.active = False
        record = self._upload(
            f"{SALES}2020-01-01,A1,e0042,,5\n2020-01-02,A2,測試員,,6\n"
            "2020-01-03,A3,Clerk@test.example.com,,7\n"
        )
        self.assertEqual(record.state, "preview", record.question)
        self.assertEqual(
            {(line.decision, line.hint) for line in record.name_ids},
            {("create", "Test Clerk 測試員 is an employee without a user")},
        )
        lines = self._get_lines(self._import(record))
        person = lines.user_id
        self.assertEqual([line.user_id for line in lines], [person] * 3)
        self.assertEqual(person.name, "Test Clerk 測試員")
        self.assertFalse(person.active)
        self.assertFalse(person.all_group_ids)
        self.assertFalse(employee.user_id, "Employees are the business of HR.")
        again = self._upload(f"{SALES}2020-02-01,A4,E0042,,5\n")
        self.assertFalse(again.name_ids)
        self.assertEqual(self._get_lines(self._import(again)).user_id, person)

    def test_people_are_found_by_what_hr_calls_them(self):
        self.env["hr.employee"].create(
            {
                "name": "Test Nickname",
                "user_id": self.amy.id,
                "barcode": "E0043",
                "company_id": self.company.id,
            }
        )
        record = self._upload(
            f"{SALES}2020-01-01,A1,E0043,,5\n2020-01-02,A2,Test Nickname,,6\n"
        )
        self.assertEqual(self._get_lines(self._import(record)).user_id, self.amy)

    def test_employees_of_another_company_are_not_found(self):
        company = self.env["res.company"].create({"name": "Test Other Company"})
        self.env["hr.employee"].create(
            {"name": "Test Stranger", "company_id": company.id}
        )
        record = self._upload(f"{SALES}2020-01-01,A1,Test Stranger,,5\n")
        self.assertEqual(record.state, "questions")
        self.assertEqual(record.name_ids.hint, "Unknown")

    def test_a_director_without_other_rights_gets_a_whole_file_in(self):
        record = self._upload(
            "Date,Salesperson,Customer,Product Line,Amount\n"
            "2020-01-01,Test Gone,Test Acme,Test Lamps,5\n"
        )
        record.action_create_all()
        self.assertEqual(record.state, "preview", record.question)
        line = self._get_lines(self._import(record))
        self.assertEqual(line.categ_id.name, "Test Lamps")
        category = line.categ_id
        record.action_undo()
        self.assertFalse(category.exists())

    def test_unknown_names_are_mapped_or_left_empty(self):
        record = self._upload(
            f"{SALES}2020-01-01,A1,Zhang,Acme X,5\n2020-01-01,A2,Li,Acme X,6\n"
        )
        self.assertEqual(len(record.name_ids), 3)
        self._answer(record, Zhang=self.amy, Li="empty")
        self.assertEqual(record.state, "questions")
        self._answer(record, **{"Acme X": "create"})
        lines = self._get_lines(self._import(record))
        self.assertEqual([line.user_id.id for line in lines], [self.amy.id, False])
        customer = lines.partner_id
        self.assertEqual(customer.name, "Acme X")
        record.action_undo()
        self.assertFalse(customer.exists())

    def test_answers_are_remembered_for_the_next_file(self):
        content = "Datum X,Wert X,Verk X\n2020-01-01,5,Zhang\n2020-01-02,6,Li\n"
        record = self._upload(content)
        for column, key in zip(
            record.column_ids, ("date", "amount", "user_id"), strict=True
        ):
            column.key = f"sales.{key}"
        record.action_continue()
        self._answer(record, Zhang=self.amy, Li="empty")
        self._import(record)
        again = self._upload(content.replace("2020", "2021"))
        self.assertEqual(again.state, "preview")
        lines = self._get_lines(self._import(again))
        self.assertEqual([line.user_id.id for line in lines], [self.amy.id, False])

    def test_a_file_that_is_none_is_refused_in_words(self):
        with self.assertRaises(UserError):
            self._upload(b"\x89PNG\r\n\x1a\n\x00\x00", "picture.png")

    # Margin

    def test_a_cost_makes_the_margin_and_a_missing_one_leaves_it_unknown(self):
        content = "日期,單號,業務員,金額,成本\n" + "".join(
            f"2025-01-0{n},A{n},amy,100,{cost}\n"
            for n, cost in enumerate(("70", "", "0", "100", "(5)"), start=1)
        )
        record = self._upload(content)
        self.assertEqual(record.column_ids[4].key, "sales.cost")
        lines = self._get_lines(self._import(record))
        expected = [
            {"margin": 30, "is_margin_known": True, "cost": 70},
            {"margin": 0, "is_margin_known": False, "cost": 0},
            {"margin": 100, "is_margin_known": True, "cost": 0},
            {"margin": 0, "is_margin_known": True, "cost": 100},
            {"margin": 105, "is_margin_known": True, "cost": -5},
        ]
        self.assertRecordValues(lines, expected)
        self.env["sales.mart"]._refresh()
        facts = self.env["sales.fact"].search(
            [("source", "=", "history"), ("user_id", "=", self.amy.id)]
        )
        self.assertEqual(sum(facts.mapped("margin")), 235)

    def test_a_margin_goes_before_a_cost(self):
        record = self._upload(
            "Date,Amount,Gross Profit,Cost\n2025-01-01,100,30,60\n2025-01-02,100,,60\n"
        )
        lines = self._get_lines(self._import(record))
        self.assertEqual(lines.mapped("margin"), [30, 40])

    def test_costs_in_thousands_are_multiplied_with_the_amounts(self):
        record = self._upload("單位：千元,,\n日期,金額,成本\n2025-01-01,100,60\n")
        lines = self._get_lines(self._import(record))
        self.assertRecordValues(lines, [{"amount": 100_000, "margin": 40_000}])

    # Matrix

    def test_months_as_columns(self):
        self.env["product.category"].create({"name": "Test Chairs"})
        record = self._upload(
            write_sheets(
                Sheet=[
                    ("Salesperson", "Product Line", "2025-01", "2025-02", "Total"),
                    ("amy", "Test Line", 100, 200, 300),
                    ("test_colleague", "Test Chairs", None, 50, 50),
                    ("Total", None, 100, 250, 350),
                ]
            ),
            "matrix.xlsx",
        )
        self.assertEqual((record.state, record.shape), ("preview", "matrix"))
        self.assertEqual((record.row_count, record.amount), (3, 350))
        lines = self._get_lines(self._import(record)).sorted("amount")
        self.assertEqual(
            [(ln.date, ln.user_id, ln.categ_id.name, ln.amount) for ln in lines],
            [
                (date(2025, 2, 28), self.colleague, "Test Chairs", 50),
                (date(2025, 1, 31), self.amy, "Test Line", 100),
                (date(2025, 2, 28), self.amy, "Test Line", 200),
            ],
        )

    def test_people_as_columns(self):
        record = self._upload(
            "Month,amy,Test Colleague\n2025-01,100,7\n2025-02,200,8\n"
        )
        self.assertEqual((record.state, record.shape), ("preview", "matrix"))
        self.assertEqual(record.name_field, "sales.user_id")
        self.assertEqual(
            self._get_totals(record.person_ids),
            [(self.amy.name, 2, 300), ("Test Colleague", 2, 15)],
        )

    def test_product_lines_as_columns(self):
        self.env["product.category"].create(
            [{"name": "Test Chairs"}, {"name": "Test Desks"}]
        )
        record = self._upload(
            "Month,Test Desks,Test Chairs\n2025-01,100,7\n2025-02,2,8\n"
        )
        self.assertEqual(record.name_field, "sales.categ_id")
        lines = self._get_lines(self._import(record))
        self.assertEqual(sum(lines.mapped("amount")), 117)
        self.assertEqual(len(lines.categ_id), 2)

    def test_months_in_rows_count_on_their_last_day(self):
        record = self._upload(
            "月份,業務員,金額\n2025年1月,amy,100\n2025年2月,amy,200\n"
        )
        self.assertEqual(record.state, "preview")
        lines = self._get_lines(self._import(record))
        self.assertEqual(lines.mapped("date"), [date(2025, 1, 31), date(2025, 2, 28)])

    def test_months_without_a_year_are_asked(self):
        record = self._upload("Salesperson,Jan,Feb\namy,100,200\n")
        self.assertEqual(record.state, "questions")
        record.year = 2024
        record.action_continue()
        self.assertEqual(record.state, "preview")
        self.assertEqual(self._get_totals(record.year_ids), [("2024", 2, 300)])

    def test_figures_of_a_matrix_are_read_alike(self):
        record = self._upload("Salesperson;2025-01;2025-02\namy;1.234;2.345\n")
        self.assertEqual(record.state, "questions")
        line = record.reading_ids.filtered(
            lambda line: line.results == "1,234.00 · 2,345.00"
        )
        line.action_choose()
        self.assertEqual((record.state, record.amount), ("preview", 3579))

    def test_of_targets_and_actuals_side_by_side_one_is_chosen(self):
        record = self._upload(
            "業務員,2025年1月 目標,2025年1月 實績,2025年2月 目標,2025年2月 實績\n"
            "amy,10,100,20,200\n"
        )
        self.assertEqual(record.state, "questions")
        record.reading_ids.filtered(lambda line: line.name == "實績").action_choose()
        self.assertEqual((record.state, record.amount), ("preview", 300))

    # The same again

    def test_the_same_file_again_is_recognised(self):
        first = self._import(self._upload(TWO))
        again = self._upload(TWO)
        self.assertEqual(again.same_import_id, first)
        self.assertEqual((again.row_count, again.existing_count), (2, 2))
        self._import(again)
        self.assertEqual(again.saved_count, 0)
        self.assertEqual(self._upload(TWO).same_import_id, again, "the last one")

    def test_rows_that_are_there_already_are_skipped_replaced_or_added(self):
        first = self._get_lines(self._import(self._upload(TWO)))
        more = f"{TWO.replace(',100', ',111')}2025-05-01,A5,amy,,9\n"
        for choice, amounts in (
            ("skip", [9, 100, 250.5]),
            ("replace", [9, 111, 250.5]),
            ("add", [9, 100, 111, 250.5, 250.5]),
        ):
            with self.subTest(choice):
                record = self._upload(more)
                self.assertEqual(record.existing_count, 2)
                record.on_existing = choice
                record.action_continue()
                self._import(record)
                lines = self.env["sales.history.line"].search(
                    [("name", "in", ("A1", "A2", "A5"))]
                )
                self.assertEqual(sorted(lines.mapped("amount")), amounts)
                record.action_undo()
                lines = self.env["sales.history.line"].search(
                    [("name", "in", ("A1", "A2", "A5"))]
                )
                self.assertEqual(set(lines.ids), set(first.ids))
                self.assertEqual(sorted(lines.mapped("amount")), [100, 250.5])

    def test_rows_without_reference_are_recognised_by_what_they_say(self):
        content = "Date,Salesperson,Amount\n2025-03-05,amy,100\n2025-03-05,amy,100\n"
        self._import(self._upload(content))
        again = self._upload(f"{content}2025-03-05,amy,100\n2025-03-06,amy,100\n")
        self.assertEqual((again.row_count, again.existing_count), (4, 2))
        self.assertEqual(self._import(again).saved_count, 2)

    def test_what_has_changed_since_the_preview_is_looked_at_again(self):
        record, other = self._upload(TWO), self._upload(TWO)
        record.action_import()
        self._import(other)
        record._run()
        self.assertEqual(record.state, "failed")
        self.assertIn("changed since the preview", record.error)
        self._assert_nothing_saved(record)
        record.action_continue()
        self.assertEqual((record.state, record.existing_count), ("preview", 2))

    # All or nothing

    def test_an_error_in_the_middle_saves_nothing(self):
        rows = "".join(f"2025-01-01,B{n},Unknown,,{n + 1}\n" for n in range(20))
        record = self._upload(SALES + rows)
        record.action_create_all()
        insert = HistoryWriter._insert

        def insert_and_break(writer, *args):
            insert(writer, *args)
            raise ValueError("killed")

        record.action_import()
        with (
            patch.object(HistoryWriter, "_insert", insert_and_break),
            mute_logger("odoo.addons.sales_efficiency_base.tools.each_alone"),
        ):
            record._run()
        self.assertEqual(record.state, "failed")
        self._assert_nothing_saved(record)
        self.assertFalse(
            self.env["res.users"]
            .with_context(active_test=False)
            .search([("name", "=", "Unknown")])
        )
        record.action_continue()
        self._import(record)
        self.assertEqual(len(self._get_lines(record)), 20)

    def test_a_worker_that_is_killed_leaves_nothing_and_the_job_starts_again(self):
        record = self._upload(SALES + "2025-01-01,B1,Unknown,,1\n2025-01-02,B2,,,2\n")
        record.action_create_all()
        record.action_import()
        create = type(self.env["sales.history.line"]).create

        def create_and_die(lines, vals_list):
            create(lines, vals_list)
            raise SystemExit  # as the server ends a worker beyond its limits

        with (
            patch.object(
                type(self.env["sales.history.line"]), "create", create_and_die
            ),
            self.assertRaises(SystemExit),
            self.env.cr.savepoint(),  # as the database undoes what was not committed
        ):
            record._run()
        self.env.invalidate_all()
        self.assertEqual(record.state, "running")
        self._assert_nothing_saved(record)
        record._run()
        self.assertEqual((record.state, record.saved_count), ("done", 2))

    def test_a_job_that_runs_twice_saves_once(self):
        record = self._import(self._upload(TWO))
        record._run()
        self.assertEqual(len(self._get_lines(record)), 2)

    def test_an_import_that_another_worker_saves_is_left_to_it(self):
        record = self._upload(TWO)
        record.action_import()
        model = type(record)
        with patch.object(
            model, "try_lock_for_update", lambda self, **_: self.browse()
        ):
            record._run()
        self.assertEqual(record.state, "running")
        record._run()
        self.assertEqual(record.state, "done")

    def test_the_job_starts_at_once(self):
        record = self._upload(TWO)
        cron = self.env.ref("sales_efficiency_base.ir_cron_sales_import")
        with self.capture_triggers(cron.id) as triggers:
            record.action_import()
        self.assertEqual(len(triggers.records), 1)

    # Undo

    def test_lines_changed_since_are_not_undone(self):
        record = self._import(self._upload(TWO))
        lines = self._get_lines(record)
        self.env.cr.execute(
            "UPDATE sales_history_line SET write_date = write_date + interval '1 s'"
            " WHERE id = %s",
            [lines[0].id],
        )
        self.env.invalidate_all()
        with self.assertRaisesRegex(UserError, "changed since"):
            record.action_undo()
        self.assertEqual(record.state, "done")
        self.assertEqual(self._get_lines(record), lines)

    def test_an_import_is_undone_before_it_is_deleted(self):
        record = self._import(self._upload(TWO))
        with self.assertRaises(UserError):
            record.unlink()
        record.action_undo()
        self.assertEqual(record.state, "undone")
        record.unlink()

    # Rights

    def test_only_directors_import(self):
        record = self._import(self._upload(TWO))
        users = [self.salesperson, self.leader]
        users += [
            new_test_user(self.env, f"import_{name}", groups=f"base.group_{name}")
            for name in ("portal", "user")
        ]
        for user in users:
            other = record.with_user(user)
            for job in (
                lambda other=other: other.action_undo(),
                lambda other=other: other.action_continue(),
                lambda other=other: other.read(["name"]),
                lambda other=other: other.create({"name": "a", "file": "YQ=="}),
            ):
                with self.subTest(user.login), self.assertRaises(AccessError):
                    job()
        self.assertEqual(record.state, "done")

    def test_nobody_reads_or_writes_what_undoing_puts_back(self):
        record = self._import(self._upload(TWO))
        for name in ("replaced", "created"):
            with self.assertRaises(AccessError):
                record.write({name: {"res.users": [{"id": 1}]}})
            with self.assertRaises(AccessError):
                record.read([name])
        with self.assertRaises(AccessError):
            record.write({"state": "preview"})

    # Speed

    def test_the_number_of_queries_does_not_depend_on_the_number_of_rows(self):
        def count(rows):
            content = SALES + "".join(
                f"2025-01-01,Q{rows}-{n},amy,Customer North,{n + 1}\n"
                for n in range(rows)
            )
            record = self._upload(content)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            record.action_continue()
            record.action_import()
            record._run()
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        count(2)
        self.assertLessEqual(count(500), count(5) + 2)
