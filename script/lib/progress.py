# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Show Odoo's log, read from standard input, as a single progress line.

The full log is written to the file given as argument. Warnings and errors are shown,
and written to a file of the same name plus ``.warnings`` (absent if there are none).
"""

import re
import shutil
import signal
import sys
from pathlib import Path

LOADING = re.compile(r"odoo\.modules\.loading: Loading module (\w+) \((\d+)/(\d+)\)")
RECORD = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d+ \d+ (\w+) ")
# Not caused by this project: the warning about root, and remarks of docutils on the
# descriptions of third-party add-ons.
NOISE = re.compile(r"Running as user 'root' is a security risk|<string>:\d+: ")


def main(path):
    # Ignore Ctrl-C, which is meant for Odoo.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    warnings = []
    level = "INFO"
    live = sys.stderr.isatty()
    with Path(path).open("w") as output:
        for line in sys.stdin:
            output.write(line)
            if record := RECORD.match(line):
                level = record[1]
            elif NOISE.match(line):
                continue
            if level not in ("DEBUG", "INFO"):
                warnings.append(line)
                print("\r\033[K" * live + line, end="", file=sys.stderr)
            elif live and (module := LOADING.search(line)):
                show(module[1], int(module[2]), int(module[3]))
    if live:
        print(end="\r\033[K", file=sys.stderr)
    alarm = Path(f"{path}.warnings")
    alarm.unlink(missing_ok=True)
    if warnings:
        alarm.write_text("".join(warnings))


def show(name, done, total):
    """Redraw the bar, as wide as the terminal allows."""
    width = max(10, shutil.get_terminal_size().columns - 50)
    bar = f"{'#' * (width * done // total):.<{width}}"
    print(end=f"\r\033[K    {bar} {done}/{total} {name:.30}", file=sys.stderr)


if __name__ == "__main__":
    main(sys.argv[1])
