# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from base64 import b64encode
from unittest.mock import patch

from psycopg2 import errors

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.sales_efficiency_base.models.sales_import_job import SalesImport

from .import_common import ImportCommon

SALES = "Date,Reference,Salesperson,Customer,Amount\n"
JOB = "odoo.addons.sales_efficiency_base.tools.each_alone"


@tagged("post_install", "-at_install")
class TestSalesImportUndo(ImportCommon):
    """No import is stuck, and none is undone by halves."""

    def _replace(self, content):
        record = self._upload(content)
        record.on_existing = "replace"
        record.action_continue()
        return self._import(record)

    # Undo

    def test_an_import_whose_sales_were_replaced_is_undone_last(self):
        first = self._import(self._upload(f"{SALES}2025-01-01,A1,amy,,5\n"))
        second = self._replace(f"{SALES}2025-01-01,A1,amy,,7\n")
        with self.assertRaisesRegex(UserError, "has replaced records of this import"):
            first.action_undo()
        second.action_undo()
        self.assertEqual(self._get_lines(first).amount, 5)
        first.action_undo()
        self.assertFalse(self._get_lines(first))

    @mute_logger("odoo.sql_db")
    def test_what_cannot_be_restored_is_named(self):
        partner = self.env["res.partner"].create({"name": "Test Gone"})
        self._import(self._upload(f"{SALES}2025-01-01,A1,amy,Test Gone,5\n"))
        record = self._upload(
            "Date,Reference,Customer,Amount\n2025-01-01,A1,Test Gone,7\n"
        )
        record.on_existing = "replace"
        record.action_continue()
        self._import(record)
        self._get_lines(record).partner_id = False
        self.env.cr.execute(
            "UPDATE sales_history_line SET write_date = create_date"
            " WHERE import_id = %s",
            [record.id],
        )
        self.env.invalidate_all()
        partner.unlink()
        with self.assertRaisesRegex(UserError, r"has been deleted \(Customer\)"):
            record.action_undo()
        self.assertEqual(record.state, "done")

    def test_lines_of_an_order_are_one_order_after_undo(self):
        self._import(self._upload(f"{SALES}2025-01-01,A1,amy,,5\n"))
        second = self._replace(f"{SALES}2025-01-01,A1,amy,,7\n")
        line = self.env["sales.history.line"].create(
            {
                "name": "A1",
                "date": "2025-01-02",
                "amount": 1,
                "company_id": self.company.id,
            }
        )
        second.action_undo()
        lines = line.search([("name", "=", "A1")])
        self.assertEqual(len(lines), 2)
        self.assertEqual(len(lines.filtered(lambda one: not one.document_id)), 1)

    def test_unused_records_go_after_their_figures_were_measured(self):
        record = self._upload(f"{SALES}2025-01-01,A1,Test Left,Test New,5\n")
        record.action_create_all()
        lines = self._get_lines(self._import(record))
        person, customer = lines.user_id, lines.partner_id
        self.env["sales.mart"]._refresh()
        record.action_undo()
        self.assertFalse(person.exists())
        self.assertFalse(customer.exists())

    def test_records_that_others_use_stay_and_are_named(self):
        record = self._upload(f"{SALES}2025-01-01,A1,amy,Test New,5\n")
        record.action_create_all()
        customer = self._get_lines(self._import(record)).partner_id
        lead = self.env["crm.lead"].create(
            {"name": "Test Lead", "partner_id": customer.id}
        )
        record.action_undo()
        self.assertEqual(lead.partner_id, customer)
        self.assertIn("others use them: Test New", record.message_ids[0].body)

    def test_a_product_line_that_got_parts_stays(self):
        self.director.group_ids |= self.env.ref("product.group_product_manager")
        record = self._upload("Date,Product Line,Amount\n2025-01-01,Test Chairs,5\n")
        record.action_create_all()
        line = self._get_lines(self._import(record)).categ_id
        child = self.env["product.category"].create(
            {"name": "Test Stools", "parent_id": line.id}
        )
        record.action_undo()
        self.assertTrue(child.exists())
        self.assertEqual(child.parent_id, line)

    # Job

    def test_an_error_of_the_database_ends_in_words_and_lets_others_pass(self):
        first, second = (
            self._upload(f"{SALES}2025-01-0{n},A{n},amy,,5\n") for n in (1, 2)
        )
        first.action_import()
        second.action_import()
        save = SalesImport._save

        def refuse_first(record):
            if record == first:
                raise errors.ProgramLimitExceeded("index row size exceeds")
            return save(record)

        with (
            patch.object(type(first), "_save", refuse_first),
            mute_logger(JOB),
            self.enter_registry_test_mode(),
        ):
            self.env.ref(
                "sales_efficiency_base.ir_cron_sales_import"
            ).method_direct_trigger()
        self.env.invalidate_all()
        self.assertEqual((first.state, second.state), ("failed", "done"))
        self.assertIn("The program failed", first.error)

    def test_an_import_that_another_transaction_disturbs_starts_again(self):
        record = self._upload(f"{SALES}2025-01-01,A1,amy,,5\n")
        record.action_import()
        save, calls = SalesImport._save, []

        def fail_once(self):
            calls.append(self)
            if len(calls) == 1:
                raise errors.SerializationFailure("could not serialize access")
            return save(self)

        with (
            patch.object(type(record), "_save", fail_once),
            mute_logger(JOB),
            self.enter_registry_test_mode(),
        ):
            self.env.ref(
                "sales_efficiency_base.ir_cron_sales_import"
            ).method_direct_trigger()
        self.env.invalidate_all()
        self.assertEqual((record.state, len(calls)), ("done", 2))

    def test_an_import_that_waits_can_be_stopped(self):
        record = self._upload(f"{SALES}2025-01-01,A1,amy,,5\n")
        record.action_import()
        record.action_stop()
        record._run()
        self.assertEqual(record.state, "preview")
        self._assert_nothing_saved(record)

    def test_the_importer_is_told_how_it_ended(self):
        record = self._import(self._upload(f"{SALES}2025-01-01,A1,amy,,5\n"))
        message = self.env["mail.message"].search(
            [
                ("model", "=", record._name),
                ("res_id", "=", record.id),
                ("message_type", "=", "user_notification"),
            ]
        )
        self.assertEqual(message.subject, "sales.csv has been imported")
        self.assertEqual(message.notified_partner_ids, self.director.partner_id)

    # Rights

    def test_the_rights_are_those_of_whoever_imports(self):
        record = self._upload(f"{SALES}2025-01-01,A1,amy,,5\n")
        other = self._create_user("director", login="other_director")
        self._import(record.with_user(other))
        lines = self._get_lines(record)
        self.assertEqual(lines.create_uid, other)
        self.assertEqual(record.imported_by_id, other)
        with self.assertRaises(AccessError):
            record.with_user(self.director).importer_id = self.director

    def test_only_possible_answers_are_taken(self):
        """The client offers them; a call may say anything."""
        record = self._upload("Date,Product,Amount\n2025-01-01,Unknown Thing,5\n")
        [name] = record.name_ids
        self.assertEqual(name.choices, ["map", "empty"])
        for answer in (
            {"decision": "create"},
            {"reference": f"res.users,{self.amy.id}", "decision": "map"},
        ):
            with self.subTest(answer=answer), self.assertRaises(ValidationError):
                name.write(answer)

    def test_a_name_means_a_record_of_the_company_of_the_import(self):
        other = self.env["res.company"].create({"name": "Test Other"})
        stranger = self.env["res.partner"].create(
            {"name": "Test Stranger", "company_id": other.id}
        )
        self.director.company_ids |= other
        record = self._upload("Date,Customer,Amount\n2025-01-01,Unknown,5\n")
        name = record.name_ids.with_context(
            allowed_company_ids=[self.company.id, other.id]
        )
        self.assertTrue(stranger.with_env(name.env).has_access("read"))
        with self.assertRaises(ValidationError):
            name.write({"decision": "map", "reference": f"res.partner,{stranger.id}"})

    def test_answers_end_when_the_import_runs(self):
        record = self._upload(f"{SALES}2025-01-01,A1,Nobody Known,,5\n")
        record.action_leave_all()
        record.action_import()
        for state in ("running", "done"):
            if state == "done":
                record._run()
                self.env.invalidate_all()
            self.assertEqual(record.state, state)
            for call in (
                lambda: record.name_ids.write({"decision": "map"}),
                lambda: record.column_ids[0].write({"key": False}),
                lambda: record.write({"factor": 1000}),
                lambda: record.write({"file": b64encode(b"Date,Amount")}),
            ):
                with self.assertRaisesRegex(UserError, "no longer Preview"):
                    call()

    def test_only_the_program_asks_and_shows(self):
        record = self._upload(f"{SALES}2025-01-01,A1,Nobody Known,,5\n")
        other = self._upload(f"{SALES}2025-01-01,A2,Nobody Known,,5\n")
        [name] = record.name_ids
        for call in (
            lambda: name.write({"choices": ["create", "map", "empty"]}),
            lambda: name.write({"import_id": other.id}),
            lambda: name.copy({"import_id": other.id}),
            lambda: name.unlink(),
            lambda: record.write({"fingerprint": "forged"}),
            lambda: record.write({"row_count": 7}),
            lambda: record.total_ids.create({"import_id": record.id}),
        ):
            with self.assertRaises(AccessError):
                call()

    # Memory

    def test_a_remembered_name_that_means_something_else_is_asked_again(self):
        values = {
            "kind": "name",
            "subject": "sales",
            "company_id": self.company.id,
            "field_name": "user_id",
            "name": "nobody known",
            "value": f"res.partner,{self.director.partner_id.id}",
        }
        self.env["sales.import.mapping"].with_user(self.director).create(values)
        record = self._upload(f"{SALES}2025-01-01,A1,Nobody Known,,5\n")
        self.assertTrue(record.name_ids.is_open)

    def test_remembered_names_cost_no_query_each(self):
        content = f"{SALES}2025-01-01,A1,Nobody Known,,5\n"
        record = self._upload(content)
        mappings = self.env["sales.import.mapping"].with_user(self.director)
        mappings._remember(
            self.company,
            "sales",
            [
                ("name", "user_id", f"name {n}", f"res.users,{self.amy.id}")
                for n in range(500)
            ],
        )
        record.action_continue()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        record.action_continue()
        self.env.flush_all()
        self.assertLess(self.env.cr.sql_log_count - before, 200)

    def test_colleagues_may_remember_the_same_name(self):
        mappings = self.env["sales.import.mapping"].with_user(self.director)
        for value in ("res.users,1", "res.users,2"):
            mappings._remember(
                self.company, "sales", [("name", "user_id", "x", value)] * 2
            )
        self.assertEqual(mappings.search([("name", "=", "x")]).value, "res.users,2")
