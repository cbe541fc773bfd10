# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import io
import os
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from types import SimpleNamespace
from unittest.mock import patch

from odoo.tests import tagged

from .sample_common import CHECKOUT, import_loader
from .test_sample_loader import SampleLoaderCase


@tagged("post_install", "-at_install")
class TestSampleCommand(SampleLoaderCase):
    """What ``script/load-sample`` says, and what it leaves in the database."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.command = import_loader(".__main__")

    def _run(self):
        """Run the command on the database of the tests.

        :return: its exit status, what it says, and its complaints
        """
        arguments = ["northwind", str(self.folder), "--db", self.env.cr.dbname]
        said, complaints = io.StringIO(), io.StringIO()
        with (
            # The configuration is the one of the tests.
            patch.object(self.command.config, "parse_config"),
            self.enter_registry_test_mode(),
            redirect_stdout(said),
            redirect_stderr(complaints),
        ):
            status = self.command.main(arguments)
        self.env.invalidate_all()
        return status, said.getvalue(), complaints.getvalue()

    def test_it_says_what_it_created_and_where_to_see_it(self):
        status, said, _complaints = self._run()
        company = self._get("company")
        self.assertEqual(status, 0)
        self.assertRegex(said, rf"^[1-9]\d* records created: .* {company.name} ")
        facts = self.env["sales.fact"].search([("company_id", "=", company.id)])
        self.assertEqual(str(min(facts.mapped("date"))), "1996-07-04")

    def test_it_says_when_there_is_nothing_to_do(self):
        self._run()
        loaded = self._count_loaded()
        status, said, _complaints = self._run()
        self.assertEqual(status, 0)
        self.assertIn("Everything is there already", said)
        self.assertEqual(self._count_loaded(), loaded)

    def test_a_wrong_row_is_told_and_nothing_loaded(self):
        self._replace("orders.csv", "ISLAT", "NOONE")
        status, said, complaints = self._run()
        self.assertEqual((status, said), (1, ""))
        self.assertIn("orders.csv, line 3, column customer_id", complaints)
        self.assertTrue(complaints.endswith("Nothing was loaded.\n"))
        self.assertFalse(self._count_loaded())

    def test_who_interrupts_it_half_way_has_loaded_nothing(self):
        orders = self.env.registry["sale.order"]
        with patch.object(orders, "_prepare_invoice", side_effect=KeyboardInterrupt):
            status, said, complaints = self._run()
        self.assertEqual((status, said), (130, ""))
        self.assertIn("Interrupted: nothing was loaded.", complaints)
        self.assertFalse(self._count_loaded())

    def test_a_database_without_the_suite_is_refused(self):
        registry = SimpleNamespace(_init_modules={"base", "sale"})
        with (
            patch.object(self.command, "Registry", return_value=registry),
            self.assertRaisesRegex(SystemExit, "base is not installed in the database"),
        ):
            self._run()

    def test_an_unknown_database_is_told_in_one_line(self):
        """In a process of its own, as the script starts it."""
        command = [sys.executable, "-m", "load_sample", "northwind", str(self.folder)]
        done = subprocess.run(
            [*command, "--db", "no_such_database"],
            env={**os.environ, "PYTHONPATH": str(CHECKOUT / "script")},
            capture_output=True,
            text=True,
            check=False,
        )
        self.assertEqual(done.returncode, 1)
        self.assertNotIn("Traceback", done.stderr)
        self.assertRegex(
            done.stderr.splitlines()[-1],
            "^The database no_such_database cannot be opened: .*does not exist$",
        )
