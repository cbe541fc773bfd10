# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Show the files with the lowest test coverage; fail if one is below the floor.

pyproject.toml configures the measured files and lines; ``$COVERAGE_FILE`` is the path
of the measurement.
"""

import json
import sys
import tempfile

from coverage import Coverage

FLOOR = 85  # percent of a file's statements and branches
SHOWN = 10


def measure():
    """Return the percentage of each file, lowest first, and the totals."""
    coverage = Coverage()
    coverage.load()
    with tempfile.NamedTemporaryFile("r") as file:
        coverage.json_report(outfile=file.name)
        report = json.load(file)
    files = {
        path: data["summary"]["percent_covered"]
        for path, data in report["files"].items()
    }
    return sorted(files.items(), key=lambda item: item[1]), report["totals"]


def main():
    files, totals = measure()
    below = [path for path, percent in files if percent < FLOOR]
    print(f"Branch coverage: {totals['percent_covered']:.1f} % of {len(files)} files")
    for path, percent in files[: max(SHOWN, len(below))]:
        print(f"  {percent:5.1f} %  {path}")
    if below:
        sys.exit(f"error: {len(below)} files are covered by less than {FLOOR} %")


if __name__ == "__main__":
    main()
