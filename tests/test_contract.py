# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A sample add-on using every extension point can be installed and removed cleanly."""

import os
import re

import pytest
from odoo_database import ROOT, execute, run_odoo, schema

ADDONS = ROOT / "tests" / "addons"
CONTRACT, WITH_TARGETS = "sales_efficiency_contract", "sales_efficiency_contract_target"
SHOWN = re.compile(r"<!-- (\S+) -->\n\n```\w+\n(.*?)```\n", re.DOTALL)
UPGRADE_THEN_UNINSTALL = f"""
def check():
    mart = env["sales.mart"]
    mart._refresh()
    assert not mart._repair_cells()
    assert not mart._reconcile()
    env.cr.commit()

modules = env["ir.module.module"].search([("name", "=", {CONTRACT!r})])
check()
modules.button_immediate_upgrade()
check()
modules.button_immediate_uninstall()
check()
"""


@pytest.fixture(autouse=True)
def addons_path(monkeypatch):
    """Have Odoo find the add-ons of the tests."""
    path = f"{os.environ['ODOO_ADDONS_PATH']},{ADDONS}"
    monkeypatch.setenv("ODOO_ADDONS_PATH", path)


@pytest.mark.parametrize("with_targets", [False, True], ids=["base", "targets"])
def test_contract_is_kept(copy_of, with_targets):
    database = copy_of(
        os.environ["SUITE_TEMPLATE" if with_targets else "BASE_TEMPLATE"]
    )
    needed = ["hr_expense"] + ["sales_efficiency_base"] * (not with_targets)
    server = ["server", "--stop-after-init", "--without-demo", "--init"]
    assert not run_odoo(database, *server, ",".join(needed))
    before = schema(database)
    names = [CONTRACT, WITH_TARGETS] if with_targets else [CONTRACT]
    tags = ",".join(f"/{name}" for name in names)
    assert not run_odoo(database, *server, CONTRACT, "--test-tags", tags)
    assert execute(
        database,
        "SELECT count(*) FROM ir_module_module WHERE state = 'installed'"
        f" AND name LIKE '{CONTRACT}%'",
    ) == [(len(names),)]
    assert not run_odoo(database, "shell", script=UPGRADE_THEN_UNINSTALL)
    assert not execute(
        database, f"SELECT name FROM ir_model_data WHERE module LIKE '{CONTRACT}%'"
    )
    assert schema(database) ^ before == set()


def test_documentation_shows_the_lines_of_the_contract():
    shown = SHOWN.findall((ROOT / "docs" / "extending.md").read_text())
    for name, lines in shown:
        assert lines.strip() in (ROOT / name).read_text(), name
    declared = {
        str(path.relative_to(ROOT))
        for pattern in ("*/models/*.py", "*/engine/*.py", "*/static/src/*.*")
        for path in ADDONS.glob(pattern)
        if path.name != "__init__.py"
    }
    assert declared <= {name for name, _lines in shown}
