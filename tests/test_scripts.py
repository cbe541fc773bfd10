# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The scripts never mistake a failed query for "there is no such database".

They run in a separate checkout, with stub programs that only record their calls. Tests
that need real databases use the cluster of the test run.
"""

import os
import shutil
import subprocess

import pytest
from odoo_database import ROOT, await_database, execute, free_port, own_name

OUT_OF_REACH = (2, "")  # psql's status if the connection fails or breaks
# Records its call, then acts on the first line of its answers; the last one is kept.
PROGRAM = """#!/bin/bash
name=$(basename "$0")
echo "$name $*" >>"$CALLS"
answers=$(dirname "$0")/$name.answers
[[ -f $answers ]] || exit 0
read -r status output <"$answers"
(($(wc -l <"$answers") == 1)) || sed -i 1d "$answers"
[[ -z $output ]] || echo "$output"
exit "$status"
"""
SETUP = """
LIB=$(dirname "${BASH_SOURCE[0]}")
source "$LIB/common.sh"
source "$LIB/postgres.sh"
source "$LIB/database.sh"
source "$LIB/templates.sh"
CLUSTER=$VAR/postgres
ODOO_PATH=$ROOT
postgres_bin() { echo "$ROOT/bin"; }
as_postgres() { "$@"; }
bootstrap() { :; }
"""
CHANGES = ("createdb", "dropdb", "odoo", "ALTER")


class Checkout:
    """The project's scripts in a folder, with programs that do nothing."""

    def __init__(self, folder):
        self.folder = folder
        self.calls = folder / "calls"
        self.calls.touch()
        for name in ("config", "script"):
            shutil.copytree(ROOT / name, folder / name)
        (folder / "script/lib/setup.sh").write_text(SETUP)
        for path in ("bin", "odoo", "var/postgres", "var/log", "addons/one"):
            (folder / path).mkdir(parents=True)
        (folder / "addons/one/__manifest__.py").write_text("{'depends': ['base']}")
        (folder / "odoo/release.py").touch()
        for name in ("psql", "odoo", "sleep", "pg_isready", "pg_ctl"):
            self.replace(name)

    def replace(self, name, *answers):
        """Put a program first in the path that answers so: (status, output)..."""
        program = self.folder / "bin" / name
        program.write_text(PROGRAM)
        program.chmod(0o755)
        if answers:
            program.with_suffix(".answers").write_text(
                "".join(f"{status} {output}\n" for status, output in answers)
            )

    def filestore(self, database):
        return self.folder / "var/data/filestore" / database

    def keep_file(self, database, content):
        path = self.filestore(database) / "aa" / content
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content)
        return path

    def run(self, command):
        """Run a command of Bash after the library is loaded, as a script does."""
        start = f"set -euo pipefail; source {self.folder}/script/lib/setup.sh"
        return self.execute(["bash", "-c", f"{start}\n{command}"])

    def serve(self, *arguments):
        return self.execute([self.folder / "script/server", *arguments])

    def execute(self, command, **environment):
        path = f"{self.folder / 'bin'}:{os.environ['PATH']}"
        environment |= {"PATH": path, "CALLS": str(self.calls)}
        return subprocess.run(
            command,
            env=os.environ | environment,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    def changes(self):
        """Return the calls that make, change or drop a database."""
        calls = self.calls.read_text().splitlines()
        return [call for call in calls if any(word in call for word in CHANGES)]


@pytest.fixture
def checkout(tmp_path):
    checkout = Checkout(tmp_path)
    for name in ("createdb", "dropdb"):
        checkout.replace(name)
    return checkout


@pytest.fixture
def port():
    return free_port()


@pytest.fixture
def databases(checkout):
    """Return two real databases, and have the checkout use the real programs."""
    for name in ("psql", "createdb", "dropdb"):
        (checkout.folder / "bin" / name).unlink()
    names = [own_name(f"script_{number}") for number in (1, 2)]
    for name in names:
        subprocess.run(["createdb", "--template", "template0", name], check=True)
    yield names
    for name in names:
        command = ["dropdb", "--if-exists", "--force", name]
        subprocess.run(command, check=True, capture_output=True)


def test_server_asks_again_when_the_database_server_is_out_of_reach(checkout, port):
    answers = OUT_OF_REACH, OUT_OF_REACH, (0, "t"), (0, "0"), (0, "|one")
    checkout.replace("psql", *answers)
    done = checkout.serve("--port", port)
    update, serve = checkout.changes()
    assert "--database=sales_efficiency " in update, done.stderr
    assert "--update=one" in update
    assert f"--http-port={port}" in serve


@pytest.mark.parametrize(
    "answer", [OUT_OF_REACH, (1, ""), (0, ""), (0, "nonsense"), (137, "")]
)
def test_server_creates_nothing_without_an_answer(checkout, port, answer):
    checkout.replace("psql", answer)
    done = checkout.serve("--port", port)
    assert done.returncode == 1
    assert "The database server" in done.stderr
    assert not checkout.changes()


@pytest.mark.parametrize("answer", [OUT_OF_REACH, (1, ""), (0, "")])
def test_server_is_not_up_to_date_without_an_answer(checkout, port, answer):
    """Which add-ons are installed is a question as well."""
    checkout.replace("psql", (0, "t"), (0, "0"), answer)
    done = checkout.serve("--port", port)
    assert done.returncode == 1
    assert not checkout.changes()
    assert not (checkout.folder / "var/stamps/database-sales_efficiency").exists()


def test_server_updates_no_database_under_a_running_server(checkout, port):
    checkout.replace("psql", (0, "t"), (0, "2"))
    done = checkout.serve("--port", port)
    assert done.returncode == 1
    assert "is in use" in done.stderr
    assert not checkout.changes()


def test_server_creates_what_is_not_there(checkout, port):
    checkout.replace("psql", (0, "f"), (0, "f"), (0, ""))
    checkout.serve("--port", port)
    _drop, create, rename, _serve = checkout.changes()
    assert "--database=sales_efficiency_unfinished " in create
    assert "--init=one" in create
    assert 'RENAME TO "sales_efficiency"' in rename


@pytest.mark.parametrize(
    "name", ["mine_unfinished", "test_run_7", "bench_small_0123456789ab", "postgres"]
)
def test_server_refuses_names_that_the_scripts_drop(checkout, port, name):
    assert checkout.serve("--port", port, "--db", name).returncode == 1
    assert not checkout.changes()


@pytest.mark.parametrize("answer", [OUT_OF_REACH, (1, ""), (0, "")])
def test_template_is_not_made_without_an_answer(checkout, answer):
    checkout.replace("psql", answer)
    done = checkout.run('template test_base_0123456789ab "" --init=base')
    assert done.returncode == 1
    assert not checkout.changes()


@pytest.mark.parametrize("answer", [OUT_OF_REACH, (1, ""), (0, "")])
def test_bench_generates_no_company_without_an_answer(checkout, answer):
    """The templates are there, and no copies are left of earlier runs."""
    checkout.replace("psql", (0, "t"), (0, "t"), (0, ""), answer)
    done = checkout.execute([checkout.folder / "script/bench", "reading"])
    assert done.returncode == 1
    assert checkout.changes()
    assert not [call for call in checkout.changes() if "test_run_" not in call]


@pytest.mark.parametrize(
    "function", ["drop_outdated test_base", "drop_abandoned", "drop_run"]
)
def test_nothing_goes_on_without_the_list_of_databases(checkout, function):
    checkout.replace("psql", (1, ""))
    done = checkout.run(f"{function}; echo went on")
    assert (done.returncode, done.stdout) == (1, "")


def test_rename_leaves_what_is_there(checkout, databases):
    new, live = databases
    files = [checkout.keep_file(new, "new"), checkout.keep_file(live, "live")]
    done = checkout.run(f"rename_database {new} {live}")
    assert done.returncode == 1
    assert f"There is a database {live} already" in done.stderr
    asked = checkout.run(f"database_exists {new} && database_exists {live}")
    assert asked.returncode == 0, asked.stderr
    assert all(file.exists() for file in files)
    assert not (checkout.filestore(live) / "aa" / "new").exists()


def test_rename_takes_the_files_along(checkout, databases):
    new, old = databases
    checkout.run(f"drop_database {old}")
    checkout.keep_file(new, "new")
    left = checkout.keep_file(old, "left behind")
    done = checkout.run(f"rename_database {new} {old} && database_exists {old}")
    assert done.returncode == 0, done.stderr
    assert (checkout.filestore(old) / "aa" / "new").exists()
    assert left.exists()
    assert not checkout.filestore(new).exists()


def test_a_database_can_be_dropped_while_autovacuum_visits_it():
    """Its worker is ended by the same right as other roles' sessions."""
    question = "SELECT pg_has_role('odoo', 'pg_signal_backend', 'member')"
    assert execute("postgres", question) == [(True,)]


def test_files_stay_if_the_database_cannot_be_dropped(checkout):
    checkout.replace("dropdb", (1, ""))
    file = checkout.keep_file("live", "file")
    done = checkout.run("drop_database live || true; echo went on")
    assert (done.returncode, done.stdout) == (1, "")
    assert "could not be dropped" in done.stderr
    assert file.exists()


def test_start_waits_until_a_running_server_answers(checkout):
    checkout.replace("pg_isready", (1, ""), (2, ""), (0, ""))
    done = checkout.run("start_postgres; echo answers")
    assert done.stdout == "answers\n", done.stderr
    assert checkout.calls.read_text().count("pg_isready") == 3


def test_server_stops_though_a_copy_cannot_be_dropped(checkout):
    checkout.replace("dropdb", (1, ""))
    done = checkout.run("start_postgres; at_exit drop_database some; exit 7")
    assert done.returncode == 7
    assert "could not be dropped" in done.stderr
    assert "stop" in checkout.calls.read_text().splitlines()[-1]


@pytest.mark.parametrize("status", [0, 2])
def test_tests_that_leave_no_results_fail_and_their_copies_are_dropped(
    checkout, status
):
    """Odoo's signal handlers may end the tests with status 0."""
    copy = "test_run_7_gw0_tests"
    checkout.replace("pytest", (status, ""))
    checkout.replace("psql", (0, ""), (0, "t"), (0, "t"), (0, copy))
    done = checkout.execute([checkout.folder / "script/test", "one"])
    assert done.returncode == 1
    assert "stopped before their end" in done.stderr
    assert checkout.changes()[-1].endswith(copy)


def test_a_cluster_that_is_there_stays_the_one(checkout):
    """Whatever is found out about who may enter the checkout."""
    (checkout.folder / "var/postgres/data").mkdir()
    done = checkout.run("as_postgres() { return 1; }; cluster_path")
    assert done.stdout == f"{checkout.folder}/var/postgres\n"


def test_a_backup_that_fails_leaves_no_file(checkout):
    checkout.replace("psql", (0, "t"))
    checkout.replace("pg_dump", (1, ""))
    path = checkout.folder / "backup.tar"
    script = checkout.folder / "script/backup"
    environment = {"ODOO_DATA_DIR": str(checkout.folder / "var/data")}
    done = checkout.execute([script, path, "--db", "live"], **environment)
    assert done.returncode == 1
    assert "could not be backed up" in done.stderr
    assert not list(checkout.folder.glob("backup.tar*"))


def test_a_restored_database_is_updated_at_the_next_start(checkout):
    checkout.replace("psql", (0, "0"))
    checkout.replace("pg_restore")
    stamp = checkout.folder / "var/stamps/database-live"
    stamp.parent.mkdir()
    stamp.touch()
    content = checkout.folder / "content"
    (content / "filestore").mkdir(parents=True)
    for name in ("backup", "database.dump"):
        (content / name).touch()
    archive = checkout.folder / "backup.tar"
    subprocess.run(["tar", "-c", "-f", archive, "-C", content, "."], check=True)
    script = checkout.folder / "script/restore"
    environment = {"ODOO_DATA_DIR": str(checkout.folder / "var/data")}
    done = checkout.execute([script, archive, "--db", "live"], **environment)
    assert done.returncode == 0, done.stderr
    assert checkout.filestore("live").is_dir()
    assert not stamp.exists()


@pytest.mark.parametrize("script", ["backup", "restore"])
def test_backups_refuse_names_that_the_scripts_drop(checkout, script):
    file = checkout.folder / "file"
    file.touch()
    command = [checkout.folder / "script" / script, file, "--db", "test_run_7"]
    assert checkout.execute(command).returncode == 1
    assert not checkout.calls.read_text()


def test_a_template_that_cannot_be_made_fails_its_tests(monkeypatch):
    with subprocess.Popen(["true"]) as maker:
        monkeypatch.setenv("TEMPLATE_MAKER", str(maker.pid))
    with pytest.raises(AssertionError, match="could not be made"):
        await_database("test_demo_nowhere")
