# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""An incomplete test run never succeeds, whatever happens to a worker."""

import os
import subprocess
import sys

import pytest
from odoo_database import ROOT
from workers import get_unit

PASSES = "def test_{name}(): pass\n"


class Run:
    """Runs tests of its own with two workers, without Odoo."""

    def __init__(self, folder):
        self.folder = folder

    def write(self, name, content):
        (self.folder / name).write_text(content)

    def __call__(self, *options):
        command = [sys.executable, "-m", "pytest", self.folder, *options]
        command += ["--rootdir", self.folder, "-c", ROOT / "pyproject.toml"]
        command += ["-p", "no:odoo", "-p", "no:cacheprovider", "-p", "workers"]
        command += ["--numprocesses=2", "--max-worker-restart=0"]
        # Variables of the outer test run, not to be inherited
        ours = ("ODOO_", "PYTEST_", "COV", "TEST_RUN")
        env = {key: os.environ[key] for key in os.environ if not key.startswith(ours)}
        return subprocess.run(
            command,
            env=env
            | {"PYTHONPATH": str(ROOT / "tests"), "PYTHONDONTWRITEBYTECODE": "1"},
            cwd=self.folder,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )


@pytest.fixture
def run(tmp_path):
    run = Run(tmp_path)
    for name in ("one", "two", "three", "four"):
        run.write(f"test_{name}.py", PASSES.format(name=name))
    return run


def test_all_tests_are_run_once(run):
    done = run()
    assert done.returncode == 0, done.stdout
    assert "4 passed" in done.stdout


@pytest.mark.parametrize(
    "death", ["os.kill(os.getpid(), 9)", "os._exit(0)", "os.kill(os.getpid(), 2)"]
)
def test_a_worker_that_dies_in_a_test_fails_the_run(run, death):
    run.write("test_death.py", f"import os\ndef test_death(): {death}\n")
    done = run()
    assert done.returncode, done.stdout
    assert "gw" in done.stdout


@pytest.mark.parametrize("hook", ["pytest_sessionstart", "pytest_collection_finish"])
@pytest.mark.parametrize("death", ["os._exit(0)", "os.kill(os.getpid(), 9)"])
def test_a_worker_that_dies_between_tests_fails_the_run(run, hook, death):
    run.write(
        "conftest.py",
        f"import os\ndef {hook}(session):\n"
        f"    if os.environ.get('PYTEST_XDIST_WORKER') == 'gw1': {death}\n",
    )
    done = run()
    assert done.returncode, done.stdout


def test_a_test_that_hangs_is_ended_and_named(run):
    run.write("test_hangs.py", "import time\ndef test_hangs(): time.sleep(600)\n")
    done = run("-o", "faulthandler_timeout=1")
    assert done.returncode == 1, done.stdout
    assert "test_hangs.py" in done.stdout
    assert "Timeout" in done.stderr


def test_a_file_that_cannot_be_read_fails_the_run(run):
    run.write("test_broken.py", "import nonsense\n")
    done = run()
    assert done.returncode, done.stdout
    assert "test_broken.py" in done.stdout


def test_workers_that_find_different_tests_fail_the_run(run):
    worker = "os.environ['PYTEST_XDIST_WORKER']"
    run.write(
        "test_different.py",
        "import os, pytest\n"
        f"@pytest.mark.parametrize('worker', [{worker}])\n"
        "def test_different(worker): pass\n",
    )
    done = run()
    assert done.returncode, done.stdout
    assert "Different tests were collected" in done.stdout


def test_results_of_all_workers_are_written(run):
    run("--junitxml=results.xml")
    results = (run.folder / "results.xml").read_text()
    assert results.count("<testcase") == 4


def test_units():
    one, two = "addons/one/tests/", "addons/two/tests/"
    assert get_unit(f"{one}test_a.py::TestA::test_b") == f"{one}test_a.py::TestA"
    assert get_unit("tests/test_a.py::test_b[c]") == "tests/test_a.py::test_b[c]"
    browser = {f"{one}test_ui.py::TestUi::b", f"{two}test_ui_b.py::TestB::b"}
    assert {get_unit(nodeid) for nodeid in browser} == {"browser"}
    public = {f"{one}test_sample_a.py::TestA::b", f"{two}test_sample_a.py::TestB::b"}
    assert {get_unit(nodeid) for nodeid in public} == {"test_sample_a.py"}
