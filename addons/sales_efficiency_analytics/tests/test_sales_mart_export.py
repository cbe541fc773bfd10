# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import ast
import doctest
import gzip
import io
import tempfile
import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path
from unittest import skipUnless
from unittest.mock import patch

from psycopg2.errors import UniqueViolation

from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, new_test_user, tagged
from odoo.tools import SQL, mute_logger

from odoo.addons.sales_efficiency_base.tools import Period, Scope

from ..engine import WriterFailed, write_archive
from ..engine.export import (
    WriterProcess,
    mart_export,
    metric_statement,
    relations,
    writer,
)
from .export_common import ExportCommon

try:
    import duckdb
except ImportError:
    duckdb = None


@tagged("post_install", "-at_install")
@freeze_time("2026-10-15 12:00:00")
class TestSalesMartExport(ExportCommon):
    def test_the_examples_in_the_code_hold(self):
        for module in (mart_export, metric_statement, relations, writer):
            with self.subTest(module.__name__):
                self.assertFalse(doctest.testmod(module).failed)

    def test_only_a_process_of_its_own_loads_the_library(self):
        """What one worker of Odoo loads, all of them keep."""
        addon = Path(mart_export.__file__).parents[2]
        loading = {
            path.name
            for path in addon.rglob("*.py")
            if "tests" not in path.parts
            for node in ast.walk(ast.parse(path.read_text()))
            if isinstance(node, ast.Import | ast.ImportFrom)
            if "pyarrow" in ast.unparse(node) or ".writer " in f"{ast.unparse(node)} "
        }
        self.assertEqual(loading, {"writer.py"})

    def test_rows_are_read_in_whatever_chunks_they_come(self):
        rows = b'1,12.340000,"two\nlines, ""quoted"""\n2,0.010000,""\n3,,\n'
        chunks = [rows[place : place + 5] for place in range(0, len(rows), 5)]
        stream = b"".join(
            writer.LENGTH.pack(len(chunk)) + chunk for chunk in [*chunks, b""]
        )
        for format_ in writer.FORMATS:
            with self.subTest(format_), tempfile.NamedTemporaryFile() as file:
                told = writer.write(
                    {
                        "path": file.name,
                        "format": format_,
                        "columns": [("id", "integer"), ("a", "money"), ("b", "text")],
                        "summed": ["id", "a"],
                    },
                    io.BytesIO(stream),
                )
                self.assertEqual(told["rows"], 3)
                self.assertEqual(told["sums"], {"id": "6", "a": "12.35"})

    def test_there_is_a_file_for_each_source_and_month(self):
        self._export()
        facts = {name for name in self._get_files("facts") if "source=order" in name}
        self.assertEqual(
            facts,
            {
                f"facts/source=order/in_month=2026-{month}/facts.parquet"
                for month in ("08", "09", "10")
            },
        )
        self.assertEqual(len(self._get_files("cells")), len(self._get_files("facts")))
        self.assertEqual(list(self._get_files("users")), ["users/users.parquet"])

    def test_the_manifest_says_rows_and_sums(self):
        self._export()
        manifest = self._get_manifest()
        self.assertEqual(manifest["schema_version"], 1)
        self.assertEqual(manifest["company"]["id"], self.company.id)
        [file] = [
            file
            for file in manifest["tables"]["facts"]["files"]
            if (file["source"], file["month"]) == ("history", "2026-08")
        ]
        self.assertEqual((file["rows"], file["sums"]["amount"]), (1, "1234.56"))
        types = {
            column["name"]: column["type"]
            for column in manifest["tables"]["facts"]["columns"]
        }
        self.assertEqual(types["amount"], "decimal(38,6)")
        self.assertEqual(types["date"], "date")

    def test_columns_say_where_the_names_are(self):
        self._export()
        tables = self._get_manifest()["tables"]
        for table in tables.values():
            for column in table["columns"]:
                if "refers_to" in column:
                    self.assertIn(column["refers_to"], tables)
        told = {
            column["name"]: column.get("refers_to")
            for column in tables["facts"]["columns"]
        }
        for name in self.env["sales.fact"]._get_dimensions():
            self.assertIn(name, told)
        self.assertEqual(told["categ_id"], "category")
        self.assertEqual(told["user_id"], "users")

    def test_only_months_that_have_changed_are_written_anew(self):
        self._export()
        before = self._get_files()
        self.assertEqual(self._export()["written_count"], 0)
        self.assertEqual(self._get_files(), before)
        self.order.order_line.price_unit = 44.44
        self._refresh()
        written = []
        write = WriterProcess.write_file

        def note(process, path, format_, columns, select):
            written.append({column.name for column in columns})
            return write(process, path, format_, columns, select)

        with patch.object(WriterProcess, "write_file", note):
            values = self._export()
        changed = {
            path for path, sha in self._get_files().items() if before[path] != sha
        }
        self.assertEqual(
            changed,
            {
                f"{table}/source=order/in_month=2026-08/{table}.parquet"
                for table in ("facts", "cells")
            },
        )
        self.assertEqual(values["written_count"], 2)
        read = [names for names in written if "res_id" in names]
        self.assertEqual(len(read), 1, "unchanged months are not even read")

    def test_a_change_that_leaves_the_sums_alone_is_noticed(self):
        self._export()
        before = self._get_files("facts")
        self.order.with_context(tracking_disable=True).partner_id = self.customer_south
        self._refresh()
        self._export()
        self.assertNotEqual(self._get_files("facts"), before)

    def test_a_figure_changed_behind_our_back_is_noticed(self):
        self._export()
        before = self._get_files("facts")
        self.env.cr.execute(
            "UPDATE sales_fact SET amount = amount + 1"
            " WHERE source = 'history' AND company_id = %s",
            [self.company.id],
        )
        self.env["sales.mart"]._sum_anew()
        self._export()
        changed = [
            path
            for path, sha in self._get_files("facts").items()
            if before[path] != sha
        ]
        self.assertEqual(
            changed, ["facts/source=history/in_month=2026-08/facts.parquet"]
        )

    def test_a_month_without_figures_loses_its_files(self):
        self._export()
        if self.order.locked:
            self.order.action_unlock()
        self.order._action_cancel()
        self._refresh()
        self._export()
        self.assertFalse(
            [
                path
                for path in self._get_files()
                if "source=order/in_month=2026-08" in path
            ]
        )

    def test_a_repair_has_all_months_read_again(self):
        self._export()
        self.env["sales.mart"]._tell_of_repair()
        # The same rows are the same file.
        self.assertEqual(self._export()["written_count"], 0)
        self.env.cr.execute(
            "SELECT FROM sales_mart_export_change WHERE company_id = %s",
            [self.company.id],
        )
        self.assertFalse(self.env.cr.rowcount)

    def test_companies_without_export_note_no_changes(self):
        self.export.unlink()
        self._sell(1, "2026-10-13")
        self._refresh()
        self.env.cr.execute("SELECT FROM sales_mart_export_change")
        self.assertFalse(self.env.cr.rowcount)

    def test_all_can_be_written_anew(self):
        self._export()
        self.export.with_user(self.director).action_export_all()
        self.assertEqual(self.export.state, "queued")
        self.assertEqual(self._export()["written_count"], len(self.export.file_ids))

    def test_what_is_being_written_is_left_to_the_job(self):
        """It has locked its files."""
        self._export()
        self.export.state = "running"
        self.export.with_user(self.director).action_export_all()
        self.assertTrue(all(self.export.file_ids.mapped("layout")))

    def test_another_company_is_not_in_it(self):
        other = self.env["res.company"].create({"name": "Other Company"})
        self.env["sales.history.line"].create(
            {
                "date": "2026-07-31",
                "recorded_as": "order",
                "amount": 99.99,
                "company_id": other.id,
                "partner_id": self.customer_south.id,
            }
        )
        self._refresh()
        self._export()
        self.assertFalse([path for path in self._get_files() if "2026-07" in path])
        self.assertEqual(
            self.export.file_ids.filtered(lambda f: f.relation == "company").row_count,
            1,
        )

    def test_without_pyarrow_it_is_csv(self):
        self._export(formats=["csv"])
        self.assertEqual(self.export.format, "csv")
        content, _type = self.export._find_content(
            "facts/source=history/in_month=2026-08/facts.csv.gz"
        )
        head, row = gzip.decompress(content).decode().splitlines()
        values = dict(zip(head.split(","), row.split(","), strict=True))
        self.assertEqual(values["amount"], "1234.560000")
        self.assertEqual(values["date"], "2026-08-31")
        # And back: another format is other files
        self._export(formats=["parquet"])
        self.assertFalse([path for path in self._get_files() if path.endswith("gz")])

    def test_no_mail_address_leaves_the_house(self):
        self.customer_north.name = "anna@north.example"
        self._export(formats=["csv"])
        content, _type = self.export._find_content("partner/partner.csv.gz")
        text = gzip.decompress(content).decode()
        self.assertNotIn("@", text)
        self.assertIn(f"{self.customer_north.id},*", text)

    def test_only_people_of_the_house_are_named(self):
        portal = new_test_user(self.env, "portal_reader", groups="base.group_portal")
        self._export(formats=["csv"])
        content, _type = self.export._find_content("users/users.csv.gz")
        text = gzip.decompress(content).decode()
        self.assertIn(f"{self.salesperson.id},Test Salesperson", text)
        self.assertNotIn(f"\n{portal.id},", text)

    def test_deleting_an_export_deletes_what_is_in_its_files(self):
        self._export()
        contents = self.export.file_ids.attachment_id | self.export.manifest_id
        self.export.with_user(self.director).unlink()
        self.assertFalse(contents.exists())

    def test_only_customers_are_named(self):
        private = self.env["res.partner"].create({"name": "Private Address"})
        self._export(formats=["csv"])
        content, _type = self.export._find_content("partner/partner.csv.gz")
        ids = [
            line.split(",")[0]
            for line in gzip.decompress(content).decode().splitlines()
        ]
        self.assertNotIn(str(private.id), ids)
        self.assertIn(str(self.customer_north.id), ids)

    def test_products_of_other_companies_are_not_named(self):
        other = self.env["res.company"].create({"name": "Other Company"})
        theirs, ours = self.env["product.product"].create(
            [
                {"name": "Their Product", "company_id": other.id},
                {"name": "Our Product", "company_id": self.company.id},
            ]
        )
        self._export(formats=["csv"])
        content, _type = self.export._find_content("product/product.csv.gz")
        text = gzip.decompress(content).decode()
        self.assertIn(f"{ours.id},Our Product", text)
        self.assertNotIn(theirs.name, text)

    def test_names_are_in_the_language_of_the_export(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.region_north.with_context(lang="fr_FR").name = "Nord"
        self.export.lang = "fr_FR"
        self._export(formats=["csv"])
        content, _type = self.export._find_content("region/region.csv.gz")
        text = gzip.decompress(content).decode()
        self.assertIn("Nord", text)
        self.assertNotIn("Test North", text)


@tagged("post_install", "-at_install")
@freeze_time("2026-10-15 12:00:00")
@skipUnless(duckdb, "needs duckdb")
class TestExportOnDuckdb(ExportCommon):
    """Another engine reads the files, and comes to the same figures."""

    def setUp(self):
        super().setUp()
        self._export()
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self._unpack(Path(folder.name))
        self.duckdb = duckdb.connect()
        self.addCleanup(self.duckdb.close)
        for table in self._get_manifest()["tables"]:
            self.duckdb.execute(
                f"CREATE VIEW {table} AS SELECT * FROM"
                f" read_parquet('{folder.name}/{table}/**/*.parquet',"
                " hive_partitioning = false)"
            )

    def _ask(self, statement):
        return self.duckdb.execute(statement).fetchall()

    def test_the_rows_are_those_of_the_mart(self):
        names = ["source", "event", "date", "res_id", "user_id", "amount", "quantity"]
        columns = ", ".join(names)
        [[number]] = self._ask("SELECT COUNT(*) FROM facts")
        self.env.cr.execute(
            SQL(
                "SELECT %s FROM sales_fact WHERE company_id = %s ORDER BY %s",
                SQL(columns),
                self.company.id,
                SQL('source COLLATE "C", event COLLATE "C", res_id, line_id'),
            )
        )
        expected = [
            (*row[:5], row[5], row[6] if row[6] is None else round(row[6], 10))
            for row in self.env.cr.fetchall()
        ]
        found = [
            (*row[:5], float(row[5]), row[6] if row[6] is None else float(row[6]))
            for row in self._ask(
                f"SELECT {columns} FROM facts ORDER BY source, event, res_id, line_id"
            )
        ]
        self.assertEqual(number, len(expected))
        self.assertEqual(
            found,
            [
                (*row[:5], float(row[5]), None if row[6] is None else float(row[6]))
                for row in expected
            ],
        )

    def test_metrics_are_those_of_the_product_to_the_cent(self):
        """By month, salesperson, and for the company."""
        told = {
            metric["code"]: metric["sql"] for metric in self._get_manifest()["metrics"]
        }
        metrics = self.env["sales.metric"].search([("code", "in", list(told))])
        self.assertGreaterEqual(
            set(told),
            {"ordered_amount", "order_count", "margin_rate", "campaign_expense"},
        )
        periods = [Period.month(date(2026, month, 1)) for month in (8, 9, 10)]
        scopes = [
            Scope(self.company.id),
            Scope(self.company.id, user_id=self.salesperson.id),
            Scope(self.company.id, user_id=self.colleague.id),
        ]
        values = metrics._evaluate(scopes, periods, rounded=False)
        for metric in metrics:
            for scope in scopes:
                for period in periods:
                    user = dict(scope.dimensions).get("user_id")
                    condition = f" AND user_id = {user[0]}" if user else ""
                    [[found]] = self._ask(
                        f"SELECT {told[metric.code]} FROM facts"
                        f" WHERE date BETWEEN '{period.start}' AND '{period.end}'"
                        + condition
                    )
                    expected = values.get((metric.id, scope, period))
                    with self.subTest(metric.code, scope=scope, period=period):
                        if expected is None:
                            self.assertIsNone(found)
                        else:
                            self.assertAlmostEqual(float(found), expected, 2)

    def test_every_sum_metric_has_its_statement(self):
        told = {metric["code"] for metric in self._get_manifest()["metrics"]}
        metrics = self.env["sales.metric"].search(
            [("kind", "in", ("sum", "distinct")), ("code", "!=", False)]
        )
        self.assertEqual(set(metrics.mapped("code")) - told, set())

    def test_a_filter_of_all_below_one_is_told_as_what_is_below(self):
        kind = self.env["sales.expense.kind"].create({"name": "Fairs"})
        part = self.env["sales.expense.kind"].create(
            {"name": "Stands", "parent_id": kind.id}
        )
        metric = self.env["sales.metric"].search(
            [("code", "=", f"expense_kind_{kind.id}")]
        )
        self.assertIn(
            f"expense_kind_id IN ({kind.id}, {part.id})",
            metric_statement.MetricStatement(metric).get_text(),
        )

    def test_cells_and_names_fit(self):
        [[cells]] = self._ask("SELECT SUM(amount) FROM cells")
        [[facts]] = self._ask("SELECT SUM(amount) FROM facts")
        self.assertEqual(cells, facts)
        self.assertIsInstance(facts, Decimal)
        rows = self._ask(
            "SELECT users.name, SUM(amount) FROM facts"
            " JOIN users ON users.id = facts.user_id"
            " WHERE event = 'confirmed' GROUP BY users.name ORDER BY users.name"
        )
        self.assertIn(("Test Colleague", Decimal("200")), rows)

    def test_sums_of_the_manifest_are_exact(self):
        for file in self._get_manifest()["tables"]["facts"]["files"]:
            [[amount, quantity]] = self._ask(
                "SELECT SUM(amount), SUM(quantity) FROM facts WHERE"
                f" source = '{file['source']}'"
                f" AND strftime(date, '%Y-%m') = '{file['month']}'"
            )
            self.assertEqual(amount, Decimal(file["sums"]["amount"]))
            self.assertEqual(quantity or 0, Decimal(file["sums"]["quantity"]))


@tagged("post_install", "-at_install")
@freeze_time("2026-10-15 12:00:00")
class TestExportQueue(ExportCommon):
    def setUp(self):
        super().setUp()
        commit = type(self.env["ir.cron"])._commit_progress
        self.assertTrue(commit)
        self.startPatcher(
            patch.object(
                type(self.env["ir.cron"]), "_commit_progress", lambda *_a, **_k: 1.0
            )
        )

    def test_a_director_exports(self):
        export = self.export.with_user(self.director)
        with self.assertRaisesRegex(UserError, "Export Now"):
            export.action_download()
        export.action_export()
        self.assertEqual(export.state, "queued")
        self.env["sales.mart.export"]._cron_export()
        self.assertRecordValues(
            export, [{"state": "done", "attempts": 1, "error": False}]
        )
        self.assertTrue(export.row_count)
        self.assertEqual(
            export.action_download()["url"],
            f"/sales_efficiency_analytics/export/{export.id}/archive",
        )
        archive = io.BytesIO()
        write_archive(export, archive)
        names = zipfile.ZipFile(archive).namelist()
        self.assertEqual(names[-1], "manifest.json")
        self.assertEqual(len(names), export.file_count + 1)

    def test_every_night_it_is_written_once(self):
        self.export.write({"state": "done", "done_at": "2026-10-14 04:00:00"})
        exports = self.env["sales.mart.export"]
        exports._queue_due()
        self.assertEqual(self.export.state, "queued")
        exports._cron_export()
        exports._queue_due()
        self.assertEqual(self.export.state, "done")

    def test_what_nobody_has_started_is_not_written_at_night(self):
        self.env["sales.mart.export"]._queue_due()
        self.assertEqual(self.export.state, "new")

    def test_a_failure_keeps_the_files_from_before(self):
        self._export()
        before = self._get_files(), self.export._get_manifest()
        self.order.order_line.price_unit = 44.44
        self._refresh()
        self.export._queue()

        def fail(*_args):
            raise WriterFailed("The disk is full.")

        with patch.object(WriterProcess, "write_file", fail):
            self.env["sales.mart.export"]._cron_export()
        self.assertRecordValues(
            self.export, [{"state": "failed", "error": "The disk is full."}]
        )
        self.assertEqual((self._get_files(), self.export._get_manifest()), before)
        # The change is not lost.
        self.export._queue()
        self.env["sales.mart.export"]._cron_export()
        self.assertEqual(self.export.written_count, 2)

    @mute_logger("odoo.addons.sales_efficiency_analytics.engine.export.writer_process")
    def test_a_writer_without_memory_is_told_in_words(self):
        self.export._queue()
        with patch.object(WriterProcess, "memory_limit", 1024**2):
            self.env["sales.mart.export"]._cron_export()
        self.assertEqual(self.export.state, "failed")
        self.assertIn("log of the server", self.export.error)

    def test_it_is_not_begun_forever(self):
        self.export.write({"state": "running", "attempts": 3})
        self.env["sales.mart.export"]._cron_export()
        self.assertEqual(self.export.state, "failed")
        self.assertIn("3 times", self.export.error)

    def test_others_than_directors_see_nothing_of_it(self):
        self._export()
        for user in (self.leader, self.salesperson):
            with self.assertRaises(AccessError):
                self.export.with_user(user).read(["state"])
            with self.assertRaises(AccessError):
                self.export.file_ids.attachment_id[0].with_user(user).read(["raw"])

    def test_only_who_directs_all_companies_lets_a_reader_in_again(self):
        other = self.env["res.company"].create({"name": "Other Company"})
        both, own = self.env["sales.bi.role"].create(
            [
                {"name": f"reader_{number}", "company_ids": companies.ids}
                for number, companies in enumerate((self.company | other, self.company))
            ]
        )
        (both | own).with_user(self.director).active = False
        own.with_user(self.director).active = True
        with self.assertRaisesRegex(AccessError, "director of all"):
            both.with_user(self.director).active = True
        self.director.company_ids |= other
        both.with_user(self.director).with_context(
            allowed_company_ids=self.director.company_ids.ids
        ).active = True

    def test_directors_cannot_forge_what_was_written(self):
        export = self.export.with_user(self.director)
        for values in ({"state": "done"}, {"manifest_id": 1}, {"size": 3}):
            with self.assertRaises(AccessError):
                export.write(values)

    @mute_logger("odoo.sql_db")
    def test_a_company_has_one_export(self):
        with self.assertRaises(UniqueViolation):
            self.export.copy({"company_id": self.company.id})

    def test_paths_are_looked_up_and_never_opened(self):
        self._export()
        for path in ("../../../etc/passwd", "/etc/passwd", "facts", "users\0"):
            self.assertFalse(self.export._find_content(path))
