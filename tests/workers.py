# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Distribution of tests among the workers of a run, one process per core"""

import pytest
from xdist.scheduler import LoadScopeScheduling


def get_unit(nodeid):
    """Return what a test is in: one worker runs a unit from start to end.

    * A class: it sets up its data once.
    * All browser tests: two browsers at a time exceed the ten seconds of a step.
    * Tests of the same public data, by the name of their file: it is loaded once.
    * A function by itself.
    """
    path, *names = nodeid.split("::")
    name = path.rpartition("/")[2]
    if name.startswith("test_ui"):
        return "browser"
    if name.startswith("test_sample_"):
        return name
    return "::".join([path, *names[:1]])


class UnitScheduling(LoadScopeScheduling):
    """Hands out the units in the order of their first tests."""

    def __init__(self, config, log=None):
        super().__init__(config, log)
        config.option.loadscopereorder = False

    def _split_scope(self, nodeid):
        return get_unit(nodeid)


class Completeness:
    """A run that has not reported each of its tests fails.

    A worker that dies between two tests, or before its first, leaves no failed test.
    """

    def __init__(self):
        self.left = set()

    def pytest_xdist_make_scheduler(self, config, log):
        return UnitScheduling(config, log)

    def pytest_xdist_node_collection_finished(self, ids):
        # Identical for all workers, and complete before the first test runs
        self.left.update(ids)

    def pytest_testnodedown(self, node, error):
        if error:
            self.left.add(f"what {node.gateway.id} would have run ({error})")

    def pytest_runtest_logreport(self, report):
        if report.when == "teardown":
            self.left.discard(report.nodeid)

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionfinish(self, session):
        if self.left and session.exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.INTERNAL_ERROR

    def pytest_terminal_summary(self, terminalreporter):
        if self.left:
            terminalreporter.section("not run", red=True)
            for nodeid in sorted(self.left):
                terminalreporter.line(nodeid)


def pytest_configure(config):
    if config.getoption("numprocesses", None):
        config.pluginmanager.register(Completeness())
