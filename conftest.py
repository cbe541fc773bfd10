# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What every test is held to, and which database it runs on."""

import functools
import gc
import logging
import os
import threading
from contextlib import contextmanager

import freezegun
import pytest
from odoo_database import copy_database, execute, own_name, waiting

from odoo import SUPERUSER_ID
from odoo.api import Environment
from odoo.modules.registry import Registry
from odoo.service import server
from odoo.tests import HttpCase
from odoo.tools import config

# Files of the longest units, in this order: so no worker is left alone with one at the
# end. All browser tests are one unit.
LONG = (
    "test_life_cycle",
    "test_waiting_addons",
    "test_ui",
    "test_contract",
    "test_sample_",
    "test_upgrade",
    "test_production",
    "test_replica",
)
# What the web client loads
BUNDLES = ("web.assets_web", "web.assets_tests", "web.chartjs_lib")
pytest_plugins = ["workers"]
# A process runs thousands of tests: it needs more memory than a server may have.
server.set_limit_memory_hard = lambda: None
# Durations are real, also of tests that stop the clock for longer than themselves.
freezegun.configure(extend_ignore_list=["_pytest.timing"])


@functools.cache
def _find_left_out():
    """Return the add-ons that wait for an app which the database does not have.

    ``tests/test_waiting_addons.py`` runs their tests.
    """
    names = ", ".join(f"'{name}'" for name in waiting())
    rows = execute(
        config["db_name"][0],
        "SELECT name FROM ir_module_module"
        f" WHERE state = 'installed' AND name IN ({names})",
    )
    return set(waiting()) - {name for (name,) in rows}


def pytest_ignore_collect(collection_path):
    """Leave out tests of add-ons that are not installed."""
    name = collection_path.name
    return (name in waiting() and name in _find_left_out()) or None


def pytest_collection_modifyitems(items):
    """Repeat a failed browser test once, and tell which tests are slow.

    The steps of a browser have ten seconds each, which a busy machine may exceed.
    """
    for item in items:
        in_browser = bool(item.cls) and issubclass(item.cls, HttpCase)
        if in_browser != item.path.name.startswith("test_ui"):
            raise pytest.UsageError(f"{item.path}: name browser tests test_ui*.py")
        if in_browser:
            item.add_marker(pytest.mark.flaky(reruns=1))
        if in_browser or item.path.name.startswith("test_sample_"):
            item.add_marker(pytest.mark.slow)
    items.sort(key=_rank)


def _rank(item):
    found = (n for n, start in enumerate(LONG) if item.path.name.startswith(start))
    return next(found, len(LONG))


@pytest.fixture(scope="session", autouse=True)
def load_registry():
    """Load the registry of a database that is this worker's alone.

    In place of the fixture of pytest-odoo, which leaves the files of all workers in one
    folder: each class of tests removes there what its own database does not know.
    """
    if "TEST_RUN" in os.environ:  # by script/test
        [template] = config["db_name"]
        config["db_name"] = own_name("tests")
        copy_database(template, *config["db_name"])
    threading.current_thread().testing = True
    Registry(*config["db_name"])
    # A million objects that stay: the collector need not go through them all the time.
    gc.collect()
    gc.freeze()


@contextmanager
def configured(name, value):
    """Have Odoo's configuration say something else for a while."""
    before = config[name]
    config[name] = value
    try:
        yield
    finally:
        config[name] = before


@pytest.fixture(scope="session")
def assets(load_registry):
    """Generate what a browser loads; each test would do so by itself, for seconds, and
    roll it back."""
    with Registry(*config["db_name"]).cursor() as cr:
        qweb = Environment(cr, SUPERUSER_ID, {})["ir.qweb"]
        for name in BUNDLES:
            bundle = qweb._get_asset_bundle(name, css=True, js=True)
            bundle.css()
            bundle.js()


@pytest.fixture(scope="class", autouse=True)
def assets_of_browser_tests(request):
    if request.cls and issubclass(request.cls, HttpCase):
        request.getfixturevalue("assets")


@pytest.fixture(scope="session")
def loaded_data(load_registry):
    """Return the databases with public data, by the name of the data set."""
    return {}


@pytest.fixture(scope="class", autouse=True)
def public_data(request, loaded_data):
    """Load public data once for all classes that use it.

    It is committed, so that it has a database of its own.
    """
    data_set = getattr(request.cls, "data_set", None)
    classes = {item.cls for item in request.session.items}
    users = [cls for cls in classes if getattr(cls, "data_set", None) == data_set]
    if "TEST_RUN" not in os.environ or not data_set or len(users) == 1:
        yield
        return
    if data_set not in loaded_data:
        loaded_data[data_set] = own_name(data_set)
        copy_database(os.environ["SUITE_TEMPLATE"], loaded_data[data_set])
        # With this flag, Odoo would run tests while it loads the registry.
        with configured("test_enable", False):
            registry = Registry(loaded_data[data_set])
        with registry.cursor() as cr:
            request.cls.load_data(Environment(cr, SUPERUSER_ID, {}))
    with configured("db_name", loaded_data[data_set]):
        yield


@pytest.fixture(autouse=True)
def no_error_logged(caplog):
    """Fail a test that logs an error; expected ones are muted or asserted."""
    yield
    errors = [
        record.getMessage()
        for record in caplog.get_records("call")
        if record.levelno >= logging.ERROR and record.name.startswith("odoo")
    ]
    if errors:
        pytest.fail("errors in the log:\n" + "\n".join(errors))
