# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Installing, upgrading and uninstalling leave no warning and nothing behind.

Each test works on a database of its own, through Odoo's command line, as an
administrator would.
"""

import ast
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import psycopg2
import pytest

from odoo.tools import config

ROOT = Path(__file__).parent.parent
ALARM = re.compile(
    r"^\d{4}-\d\d-\d\d \S+ \d+ (WARNING|ERROR|CRITICAL) .*", re.MULTILINE
)
# Rows that come and go by themselves, or tell that something happened.
VOLATILE = {
    "bus_bus",
    "ir_attachment",
    "ir_cron_progress",
    "ir_cron_trigger",
    "ir_logging",
    "ir_module_module",
    "ir_module_module_dependency",
    "ir_profile",
    "mail_message",
    "mail_notification",
    "res_device_log",
    "res_users_log",
}
# Where Odoo notes foreign keys once more while it drops fields, notes the models of an
# add-on in the name of others, and keeps what an add-on made another's model inherit:
# uninstalling add-ons of its own leaves these as well.
REFLECTED = {"ir_model_constraint", "ir_model_data", "ir_model_inherit"}
UNINSTALL = """
modules = env["ir.module.module"].search([("name", "=", {name!r})])
modules.button_immediate_uninstall()
"""


def addons():
    """Names of the suite's add-ons, each after those that it depends on."""
    depends = {
        path.parent.name: ast.literal_eval(path.read_text())["depends"]
        for path in sorted((ROOT / "addons").glob("*/__manifest__.py"))
    }
    ordered = []
    while len(ordered) < len(depends):
        ordered += [
            name
            for name in depends
            if name not in ordered
            and all(need in ordered for need in depends[name] if need in depends)
        ]
    return ordered


def run_odoo(database, *arguments, script=None):
    """Run an Odoo command; return its log lines of level WARNING and worse."""
    command = [sys.executable, "-m", "odoo", *arguments, "--no-http"]
    done = subprocess.run(
        [*command, "--database", database],
        input=script,
        capture_output=True,
        text=True,
        timeout=1200,
        check=False,
    )
    output = done.stdout + done.stderr
    assert done.returncode == 0, output[-3000:]
    return [match[0] for match in ALARM.finditer(output)]


def execute(database, query):
    connection = psycopg2.connect(dbname=database)
    try:
        with connection.cursor() as cr:
            cr.execute(query)
            return cr.fetchall()
    finally:
        connection.close()


def schema(database):
    """Every table, column, index, constraint, trigger, function, sequence and view."""
    return set(
        execute(
            database,
            """
            SELECT 'column', concat(table_name, '.', column_name, ' ', data_type)
              FROM information_schema.columns WHERE table_schema = 'public'
            UNION ALL SELECT 'relation', concat(relkind, ' ', relname)
              FROM pg_class WHERE relnamespace = 'public'::regnamespace
            UNION ALL SELECT 'constraint', concat(conrelid::regclass, ' ', conname)
              FROM pg_constraint WHERE connamespace = 'public'::regnamespace
            UNION ALL SELECT 'trigger', concat(tgrelid::regclass, ' ', tgname)
              FROM pg_trigger WHERE NOT tgisinternal
            UNION ALL SELECT 'function', proname
              FROM pg_proc WHERE pronamespace = 'public'::regnamespace
            """,
        )
    )


def row_counts(database):
    """Rows of each table that holds no mere traces."""
    tables = execute(
        database,
        "SELECT relname FROM pg_class WHERE relkind = 'r'"
        " AND relnamespace = 'public'::regnamespace",
    )
    return {
        table: execute(database, f'SELECT count(*) FROM "{table}"')[0][0]
        for (table,) in tables
        if table not in VOLATILE | REFLECTED and not table.startswith("orm_signaling_")
    }


@pytest.fixture
def copy_of():
    """Return a function that copies a template; the copies are dropped at the end."""
    copies = []

    def copy(template):
        target = f"test_run_{os.getppid()}_life_{len(copies)}"
        subprocess.run(["createdb", "--template", template, target], check=True)
        copies.append(target)
        source = Path(config.filestore(template))
        if source.is_dir():
            shutil.copytree(source, config.filestore(target), dirs_exist_ok=True)
        return target

    yield copy
    for database in copies:
        subprocess.run(["dropdb", "--if-exists", "--force", database], check=True)
        shutil.rmtree(config.filestore(database), ignore_errors=True)


def test_install_without_demo():
    """The template was installed that way; its log shall hold no warning."""
    alarms = ROOT / "var" / "log" / f"{os.environ['SUITE_TEMPLATE']}.log.warnings"
    assert not alarms.exists(), alarms.read_text()


def test_install_with_demo_then_upgrade_then_uninstall(copy_of):
    """Demo data loads and is as told; a database in use is upgraded and uninstalled."""
    database = copy_of(os.environ["BASE_DEMO_TEMPLATE"])
    names = ",".join(addons())
    server = ["server", "--stop-after-init"]
    assert not run_odoo(database, *server, "--with-demo", "--init", names)
    failures = execute(database, "SELECT count(*) FROM ir_demo_failure")
    assert failures == [(0,)]
    tests = ["--test-tags", "sales_efficiency_demo"]
    assert not run_odoo(database, *server, "--update", names, *tests)
    # The others depend on the first, so they go with it.
    script = UNINSTALL.format(name=addons()[0])
    assert not run_odoo(database, "shell", script=script)


def test_uninstall_leaves_nothing(copy_of):
    """Uninstalling one by one restores the database as it was before the suite."""
    database = copy_of(os.environ["SUITE_TEMPLATE"])
    before = os.environ["BASE_TEMPLATE"]
    for name in reversed(addons()):
        script = UNINSTALL.format(name=name)
        assert not run_odoo(database, "shell", script=script)
        left = execute(
            database, f"SELECT name FROM ir_model_data WHERE module = '{name}'"
        )
        assert not left, f"{name} left records behind"
    assert schema(database) ^ schema(before) == set()
    counts, counts_before = row_counts(database), row_counts(before)
    assert {
        table: (counts_before[table], counts[table])
        for table in counts
        if counts[table] != counts_before[table]
    } == {}
