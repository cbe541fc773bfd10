# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Print the peak memory in MB of this process during a rebuild of the data mart.

python -m bench_suite.memory DATABASE
"""

import re
import subprocess
import sys
from pathlib import Path

from .database import environment
from .result import Result


def measure(databases):
    """Compare rebuilds of two databases, each in a separate process."""
    peaks = [
        float(subprocess.check_output([sys.executable, "-m", __spec__.name, name]))
        for name in (databases.small, databases.large)
    ]
    yield Result(
        "peak memory of Python during a rebuild, times that of a tenth of the lines",
        1.05,
        peaks[1] / peaks[0],
        "{1:.1f} MB ÷ {0:.1f} MB".format(*peaks),
    )


def peak(database):
    with environment(database) as env:
        # Loading the models has a higher peak than the rebuild.
        forget_peak()
        env["sales.mart"]._rebuild()
    return read_peak()


def forget_peak():
    Path("/proc/self/clear_refs").write_text("5")


def read_peak():
    """:return: peak memory of this process in MB since the last reset"""
    return _read_status("VmHWM")


def read_resident():
    """:return: memory that this process has now, in MB"""
    return _read_status("VmRSS")


def _read_status(name):
    status = Path("/proc/self/status").read_text()
    return int(re.search(rf"{name}:\s+(\d+) kB", status)[1]) / 1024


if __name__ == "__main__":
    print(peak(sys.argv[1]))
