# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Add-ons that wait for an app come with it, work with it, and leave nothing behind.

They are not in the template of the other tests, because their apps change the screens
of everybody; so their tests run here.
"""

import os
import subprocess
import sys

import pytest
from odoo_database import ROOT, execute, manifests, run_odoo, schema, waiting

UNINSTALL = """
env["ir.module.module"].search([("name", "=", {name!r})]).button_immediate_uninstall()
left = env["ir.model.data"].search([("module", "=", {name!r})])
assert not left, left.mapped("complete_name")
"""


@pytest.mark.parametrize("name", waiting())
def test_an_addon_works_with_its_app(copy_of, name):
    database = copy_of(os.environ["SUITE_TEMPLATE"])
    apps = [need for need in manifests()[name]["depends"] if not is_ours(need)]
    server = ["server", "--stop-after-init", "--without-demo"]
    init = ["--init", ",".join(apps)]
    assert not run_odoo(database, *server, "--skip-auto-install", *init)
    assert not is_installed(database, name)
    before = schema(database)
    assert not run_odoo(database, *server, "--init", name)
    run_tests(database, name)
    assert not run_odoo(database, *server, "--update", name)
    assert not run_odoo(database, "shell", script=UNINSTALL.format(name=name))
    assert schema(database) ^ before == set()


@pytest.mark.parametrize("name", waiting())
def test_an_addon_waits_for_its_app_alone(name):
    """All else that it needs is there with the suite, or comes with the app."""
    trigger = manifests()[name]["auto_install"]
    assert set(trigger) <= set(manifests()[name]["depends"])
    assert any(is_ours(need) for need in trigger)
    assert any(not is_ours(need) for need in trigger)
    assert not is_installed(os.environ["SUITE_TEMPLATE"], name)


def run_tests(database, name):
    """Run the tests of an add-on on a database that has it."""
    own = ("TEST_RUN", "PYTEST_XDIST_WORKER", "PYTEST_CURRENT_TEST")
    command = [sys.executable, "-m", "pytest", "-n0", "-q", "-p", "no:cacheprovider"]
    done = subprocess.run(
        [*command, f"--odoo-database={database}", ROOT / "addons" / name],
        cwd=ROOT,
        env={key: value for key, value in os.environ.items() if key not in own},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-5000:]


def is_ours(name):
    return name in manifests()


def is_installed(database, name):
    return execute(
        database,
        f"SELECT state = 'installed' FROM ir_module_module WHERE name = '{name}'",
    ) == [(True,)]
