# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What every test is held to."""

import logging

import pytest

from odoo.tests import HttpCase


def pytest_collection_modifyitems(items):
    """Repeat a failed browser test once, and tell which tests are slow.

    The steps of a browser have ten seconds each, which a busy machine may exceed.
    """
    for item in items:
        in_browser = item.cls and issubclass(item.cls, HttpCase)
        if in_browser:
            item.add_marker(pytest.mark.flaky(reruns=1))
        if in_browser or item.path.name.startswith("test_sample_"):
            item.add_marker(pytest.mark.slow)


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
