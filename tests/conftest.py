# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import pytest
from odoo_database import await_database, copy_database, drop_database, own_name


@pytest.fixture
def copy_of():
    """Return a function that copies a template; the copies are dropped at the end."""
    copies = []

    def copy(template):
        target = own_name(f"life_{len(copies)}")
        copies.append(target)
        await_database(template)
        copy_database(template, target)
        return target

    yield copy
    for database in copies:
        drop_database(database)
