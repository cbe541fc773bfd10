# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Each add-on is a package that names what it needs."""

import ast
import subprocess
import sys
import zipfile

import pytest
from odoo_database import ROOT, manifests

# What Odoo's own requirements bring, and every add-on may take for granted
BROUGHT_BY_ODOO = {
    "PIL",
    "babel",
    "dateutil",
    "lxml",
    "markupsafe",
    "odoo",
    "psycopg2",
    "pytz",
    "reportlab",
    "stdnum",
}
# What an add-on can do without
OPTIONAL = {"pyarrow"}
# Import -> the library that brings it
NAMES = {"sklearn": "scikit-learn"}


def get_manifest(name):
    return ast.literal_eval((ROOT / "addons" / name / "__manifest__.py").read_text())


def get_libraries(name):
    """Return the libraries that an add-on declares, itself or by what it builds on."""
    manifest = get_manifest(name)
    declared = set(manifest.get("external_dependencies", {}).get("python", []))
    for need in set(manifest["depends"]) & set(manifests()):
        declared |= get_libraries(need)
    return declared


def get_imports(name):
    """Return the libraries that an add-on imports, tests left out."""
    imported = set()
    for path in (ROOT / "addons" / name).rglob("*.py"):
        if "tests" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Import):
                imported |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and not node.level:
                imported.add(node.module.split(".")[0])
    imported -= sys.stdlib_module_names | BROUGHT_BY_ODOO | OPTIONAL
    return {NAMES.get(name, name) for name in imported}


@pytest.mark.parametrize("name", manifests())
def test_libraries_that_are_imported_are_declared(name):
    assert get_imports(name) <= get_libraries(name)
    requirements = (ROOT / "requirements.txt").read_text().splitlines()
    assert get_libraries(name) <= {line.partition("==")[0] for line in requirements}


@pytest.mark.parametrize("name", manifests())
def test_an_addon_builds_a_wheel(name, tmp_path):
    command = [sys.executable, "-m", "pip", "wheel", "--wheel-dir", tmp_path]
    done = subprocess.run(
        [*command, "--no-deps", "--no-build-isolation", ROOT / "addons" / name],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    [path] = tmp_path.glob("*.whl")
    with zipfile.ZipFile(path) as wheel:
        names = wheel.namelist()
        [metadata] = [name for name in names if name.endswith("/METADATA")]
        told = wheel.read(metadata).decode()
    folder = f"odoo/addons/{name}"
    assert f"{folder}/__manifest__.py" in names
    assert f"{folder}/static/description/index.html" in names
    manifest = get_manifest(name)
    assert f"Version: {manifest['version']}" in told
    for library in manifest.get("external_dependencies", {}).get("python", []):
        assert f"Requires-Dist: {library}" in told
    for need in set(manifest["depends"]) & set(manifests()):
        assert f"Requires-Dist: odoo-addon-{need}".replace("_", "-") in told.replace(
            "_", "-"
        )
