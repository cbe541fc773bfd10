# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Compare Odoo's own tests without and with the suite: peer.py [MODULE...].

The tests of each module run after loading, on copies of the template databases named
by the environment variables WITHOUT and WITH. Results are stored in
``var/peer/TEMPLATE/MODULE.xml``, and reused for the same template.
"""

import contextlib
import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(os.environ["ROOT"])
SITE_ADDONS = ROOT / "var" / "site" / "odoo" / "addons"
FILESTORE = ROOT / "var" / "data" / "filestore"
TIMEOUT = 90 * 60  # seconds for the tests of one module
REPEATS = 2
CLICK = "click_everywhere"
PATTERNS = {
    "sales_team": ["test_*.py"],
    "crm": ["test_*.py"],
    "sale": ["test_*.py"],
    "sale_crm": ["test_*.py"],
    "sale_margin": ["test_*.py"],
    "sale_stock": ["test_*.py"],
    "sale_management": ["test_*.py"],
    "hr": ["test_*.py"],
    "hr_expense": ["test_*.py"],
    "account": ["test_account_move*.py", "test_account_payment*.py"],
    "base": [
        "test_acl.py",
        "test_groups.py",
        "test_ir_model.py",
        "test_menu.py",
        "test_overrides.py",
        "test_reports.py",
        "test_views.py",
    ],
    "test_lint": [
        "test_dunderinit.py",
        "test_index.py",
        "test_manifests.py",
        "test_naming.py",
        "test_onchange_domains.py",
        "test_override_signatures.py",
        "test_test_holes.py",
    ],
}


def tests_of(module):
    """Return the module's test files, as arguments of pytest."""
    if module == CLICK:
        return ["tests/peer/test_click_everywhere.py"]
    for addons in (*os.environ["ODOO_ADDONS_PATH"].split(","), SITE_ADDONS):
        tests = Path(addons, module, "tests")
        if tests.is_dir():
            return sorted(
                str(test)
                for pattern in PATTERNS[module]
                for test in tests.glob(pattern)
            )
    sys.exit(f"error: Odoo has no tests of {module}")


def run(module, template):
    """Test the module on a copy of the template, unless a report exists."""
    report = report_of(module, template)
    if not report.exists():
        execute(report, template, tests_of(module))


def failures(module, template):
    """Return the tests that fail repeatedly, and the total number of tests.

    Browser tests allow ten seconds per step, which a busy machine may exceed, so failed
    tests are repeated alone.
    """
    failed, total = read(report_of(module, template))
    for attempt in range(REPEATS):
        if failed:
            again = report_of(f"{module}_again_{attempt}", template)
            if not again.exists():
                execute(again, template, sorted(failed))
            failed &= read(again)[0]
    return failed, total


def report_of(name, template):
    return ROOT / "var" / "peer" / template / f"{name}.xml"


def execute(report, template, tests):
    """Run the tests on a copy of the template and store pytest's report."""
    report.parent.mkdir(parents=True, exist_ok=True)
    partial, log = report.with_suffix(".partial"), report.with_suffix(".log")
    with scratch(f"{template.split('_')[1]}_{report.stem}", template) as database:
        command = [
            *("pytest", "--noconftest", "--quiet"),
            *("--override-ini=junit_family=xunit1", f"--junitxml={partial}"),
            *("--odoo-http", f"--odoo-database={database}"),
            *tests,
        ]
        with log.open("w") as output:
            subprocess.run(
                command,
                stdout=output,
                stderr=subprocess.STDOUT,
                timeout=TIMEOUT,
                check=False,
            )
    if not partial.exists():
        sys.exit(f"error: no result; see {log}")
    partial.rename(report)


@contextlib.contextmanager
def scratch(name, template):
    """Provide a copy of the template, dropped at the end."""
    database = f"test_run_{os.getppid()}_{name}"
    subprocess.run(["createdb", "--template", template, database], check=True)
    try:
        if (FILESTORE / template).is_dir():
            shutil.copytree(FILESTORE / template, FILESTORE / database)
        yield database
    finally:
        subprocess.run(["dropdb", "--if-exists", "--force", database], check=True)
        shutil.rmtree(FILESTORE / database, ignore_errors=True)


def read(report):
    """Return the ids of failed tests and the total number, from a pytest report."""
    cases = ElementTree.parse(report).getroot().findall(".//testcase")
    failed = set()
    for case in cases:
        if case.find("failure") is not None or case.find("error") is not None:
            name = case.get("classname").rpartition(".")[2]
            failed.add(f"{case.get('file')}::{name}::{case.get('name')}")
    return failed, len(cases)


def compare(module):
    """Return the module's summary line and its new failures."""
    if module == CLICK:
        new, total = failures(module, os.environ["DEMO"])
        return line(module, total, "-", len(new), len(new)), new
    before, _total = failures(module, os.environ["WITHOUT"])
    after, total = failures(module, os.environ["WITH"])
    new = after - before
    return line(module, total, len(before), len(after), len(new)), new


def line(module, total, without, with_suite, new):
    return f"{module:<18}{total:>7}{without:>9}{with_suite:>6}{new:>5}"


def main(modules):
    known = [*PATTERNS, CLICK]
    if unknown := set(modules) - set(known):
        sys.exit(f"error: not among {', '.join(known)}: {', '.join(unknown)}")
    runs = [
        (module, os.environ[name])
        for module in modules or known
        for name in (["DEMO"] if module == CLICK else ["WITHOUT", "WITH"])
    ]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for _done in pool.map(run, *zip(*runs, strict=True)):
            pass
    print("failed tests without and with the suite, and how many are new", flush=True)
    print(line("", "tests", "without", "with", "new"), flush=True)
    news = []
    for module in modules or known:
        result, new = compare(module)
        print(result, flush=True)
        news += sorted(new)
    if news:
        print("\nOnly with the suite:", *news, sep="\n  ")
    return bool(news)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
