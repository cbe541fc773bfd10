# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from odoo.tools import config


@pytest.fixture
def copy_of():
    """Return a function that copies a template; the copies are dropped at the end."""
    copies = []

    def copy(template):
        target = f"test_run_{os.getppid()}_life_{len(copies)}"
        subprocess.run(["createdb", "--template", template, target], check=True)
        copies.append(target)
        source = Path(config.filestore(template))
        if source.is_dir():
            shutil.copytree(source, config.filestore(target), dirs_exist_ok=True)
        return target

    yield copy
    for database in copies:
        subprocess.run(["dropdb", "--if-exists", "--force", database], check=True)
        shutil.rmtree(config.filestore(database), ignore_errors=True)
