# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Installing, upgrading and uninstalling log no warnings and leave nothing behind.

Each test uses its own database through Odoo's command line, like an administrator.
"""

import os
import socket

import pytest
from odoo_database import ROOT, addons, execute, run_odoo, schema

# Tables whose rows change by themselves, or only log events
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
# Tables in which Odoo leaves rows even when its own add-ons are uninstalled: foreign
# keys recorded again while fields are dropped, models of an add-on recorded for others,
# and mixins that an add-on added to models of others
REFLECTED = {"ir_model_constraint", "ir_model_data", "ir_model_inherit"}
UNINSTALL = """
for name in {names!r}:
    env["ir.module.module"].search([("name", "=", name)]).button_immediate_uninstall()
    left = env["ir.model.data"].search([("module", "=", name)])
    assert not left, left.mapped("complete_name")
"""


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


def test_install_without_demo():
    """The template was installed that way; its log shall hold no warning."""
    alarms = ROOT / "var" / "log" / f"{os.environ['SUITE_TEMPLATE']}.log.warnings"
    assert not alarms.exists(), alarms.read_text()


def test_targets_need_no_projects():
    """Projects are a dimension that another add-on brings."""
    needed = execute(
        os.environ["SUITE_TEMPLATE"],
        """
        WITH RECURSIVE needed (name) AS (
            SELECT 'sales_efficiency_target'::varchar
             UNION
            SELECT d.name
              FROM ir_module_module_dependency d
              JOIN ir_module_module m ON m.id = d.module_id
              JOIN needed n ON n.name = m.name)
        SELECT name FROM needed
        """,
    )
    assert ("crm",) in needed
    assert not {name for (name,) in needed if "project" in name}


@pytest.fixture
def busy_port(monkeypatch):
    """Have another server listen where Odoo would."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        monkeypatch.setenv("ODOO_HTTP_PORT", str(server.getsockname()[1]))
        yield


@pytest.mark.usefixtures("busy_port")
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
    # The other add-ons depend on the first, and are uninstalled with it.
    script = UNINSTALL.format(names=addons()[:1])
    assert not run_odoo(database, "shell", script=script)


def test_uninstall_leaves_nothing(copy_of):
    """Uninstalling one by one restores the database as it was before the suite."""
    database = copy_of(os.environ["SUITE_TEMPLATE"])
    before = os.environ["BASE_TEMPLATE"]
    script = UNINSTALL.format(names=addons()[::-1])
    assert not run_odoo(database, "shell", script=script)
    assert schema(database) ^ schema(before) == set()
    counts, counts_before = row_counts(database), row_counts(before)
    assert {
        table: (counts_before[table], counts[table])
        for table in counts
        if counts[table] != counts_before[table]
    } == {}
