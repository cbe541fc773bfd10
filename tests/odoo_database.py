# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Access to Odoo databases, through its command line and through PostgreSQL"""

import ast
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

import psycopg2

from odoo.tools import config

ROOT = Path(__file__).parent.parent
ALARM = re.compile(
    r"^\d{4}-\d\d-\d\d \S+ \d+ (WARNING|ERROR|CRITICAL) .*", re.MULTILINE
)


def manifests():
    """Manifests of the suite's add-ons, by their names."""
    return {
        path.parent.name: ast.literal_eval(path.read_text())
        for path in sorted((ROOT / "addons").glob("*/__manifest__.py"))
    }


def waiting():
    """Names of the add-ons that wait for an app, which their ``auto_install`` names."""
    return [
        name
        for name, manifest in manifests().items()
        if isinstance(manifest.get("auto_install"), list)
    ]


def addons():
    """Names of the add-ons that a database gets, each after those it depends on."""
    depends = {
        name: manifest["depends"]
        for name, manifest in manifests().items()
        if name not in waiting()
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


def own_name(purpose):
    """Name a database of this worker alone; script/test drops it at the end."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    return f"{os.environ['TEST_RUN']}_{worker}_{purpose}"


def await_database(name):
    """Wait for a template that script/test still makes while the first tests run."""
    maker = Path("/proc", os.environ["TEMPLATE_MAKER"])
    is_made = True
    while not execute("postgres", f"SELECT FROM pg_database WHERE datname = '{name}'"):
        assert is_made, f"The template {name} could not be made; see its messages."
        is_made = maker.exists()
        time.sleep(1)


def copy_database(template, target):
    """Copy a database with its files."""
    subprocess.run(["createdb", "--template", template, target], check=True)
    source = Path(config.filestore(template))
    if source.is_dir():
        shutil.copytree(source, config.filestore(target), dirs_exist_ok=True)


def drop_database(name):
    subprocess.run(["dropdb", "--if-exists", "--force", name], check=True)
    shutil.rmtree(config.filestore(name), ignore_errors=True)


def free_port():
    """Return a port that nothing listens on, for a server of a moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])


def run_odoo(database, *arguments, script=None):
    """Run an Odoo command; return its log lines of level WARNING and worse.

    With tests it listens, whatever it is told, and another server may do so as well.
    """
    command = [sys.executable, "-m", "odoo", *arguments, "--no-http"]
    done = subprocess.run(
        [*command, "--database", database],
        input=script,
        env={**os.environ, "ODOO_HTTP_PORT": free_port()},
        capture_output=True,
        text=True,
        timeout=1200,
        check=False,
    )
    output = done.stdout + done.stderr
    alarms = [match[0] for match in ALARM.finditer(output)]
    assert done.returncode == 0, "\n".join([*alarms, output[-3000:]])
    return alarms


def execute(database, query):
    connection = psycopg2.connect(dbname=database)
    try:
        with connection, connection.cursor() as cr:
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
