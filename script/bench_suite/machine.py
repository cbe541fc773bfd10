# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import os
import platform
import re
from datetime import date
from pathlib import Path

from .database import environment


def describe(database):
    """Return the date, hardware and software of the measurement as text."""
    [processor] = set(
        re.findall(r"model name\s*: (.*)", Path("/proc/cpuinfo").read_text())
    ) or {platform.machine()}
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    with environment(database) as env:
        env.cr.execute("SHOW server_version")
        [server] = env.cr.fetchone()
    return (
        f"{date.today()}: {os.cpu_count()} × {processor}, {memory:.0f} GiB,"
        f" PostgreSQL {server.split()[0]}, Python {platform.python_version()}"
    )
