# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import os
import subprocess
import sys
import tempfile
import time
from unittest.mock import patch

from odoo.tests import TransactionCase, tagged

from ..engine import ChildFailed, ChildProcess
from ..engine import child_process as module
from ..engine.methods import child as method_child
from .method_common import run_in_child

LOG = "odoo.addons.sales_efficiency_analytics.engine.child_process"
DATA = {"labels": ["a", "b"], "columns": {"x": [1, None]}}


def script(code):
    """Return a child that runs some code instead of a method."""
    return type("Child", (ChildProcess,), {"interpreter": (sys.executable, "-c", code)})


@tagged("post_install", "-at_install")
class TestChildProcess(TransactionCase):
    def _fail(self, reason, child=None, data=None, method="cluster", options=None):
        """:return: what the user is told"""
        child = child or ChildProcess(self.env)
        with self.assertRaises(ChildFailed) as caught:
            child.run(method, data or DATA, options)
        self.assertEqual(caught.exception.reason, reason)
        return str(caught.exception)

    def test_odoo_starts_without_the_libraries(self):
        """Every worker would have them in memory, whether it needs them or not."""
        code = (
            "import sys; from odoo.modules.registry import Registry;"
            "from odoo.tools import config;"
            "config.parse_config(['--no-http', '--log-level', 'error']);"
            "Registry(sys.argv[1]);"
            "heavy = {'numpy', 'scipy', 'sklearn', 'statsmodels'};"
            "print('loaded:', *heavy & sys.modules.keys())"
        )
        command = [sys.executable, "-c", code, self.env.cr.dbname]
        told = subprocess.check_output(command, text=True)
        self.assertEqual(told.strip(), "loaded:")

    def test_a_method_answers(self):
        answer = ChildProcess(self.env).run(
            "forecast",
            {
                "labels": [f"2026-{month:02}" for month in range(1, 9)],
                "columns": {"sales": [7] * 8},
            },
            {"horizon": 2},
        )
        self.assertEqual(answer["result"]["values"], [7, 7])

    def test_a_method_refuses_and_says_why(self):
        answer = ChildProcess(self.env).run("forecast", {"labels": [], "columns": {}})
        self.assertEqual(answer, {"refused": {"code": "no_columns", "values": {}}})

    def test_it_is_stopped_when_its_time_is_over(self):
        child = script("import time; time.sleep(60)")(self.env, time_limit=1)
        start = time.monotonic()
        self.assertIn("longer than 1 seconds", self._fail("time", child))
        self.assertLess(time.monotonic() - start, 20)

    def test_what_it_has_started_is_stopped_with_it(self):
        with tempfile.NamedTemporaryFile("r") as file:
            code = (
                "import subprocess; child = subprocess.Popen(['sleep', '60']);"
                f"open({file.name!r}, 'w').write(str(child.pid)); child.wait()"
            )
            self._fail("time", script(code)(self.env, time_limit=2))
            # A process that has ended has no working directory.
            directory = f"/proc/{file.read()}/cwd"
            patience = time.monotonic() + 10
            while os.path.exists(directory) and time.monotonic() < patience:
                time.sleep(0.05)
            self.assertFalse(os.path.exists(directory))

    def test_it_gets_no_more_memory_than_allowed(self):
        for megabytes in (10, 20, 60):
            child = ChildProcess(self.env, memory_limit=megabytes * 1024**2)
            with self.subTest(megabytes), self.assertLogs(LOG, "WARNING"):
                self.assertIn("out of memory", self._fail("memory", child))

    def test_within_its_limits_it_says_nothing_but_the_answer(self):
        answer, said = run_in_child(
            "cluster", DATA, limits=(ChildProcess.memory_limit, 60, os.getpid())
        )
        self.assertEqual(answer.keys(), {"refused"})
        self.assertEqual(said, "")

    def test_what_is_missing_is_told_from_what_a_library_says(self):
        for error, reason in (
            (MemoryError(), "memory"),
            (OSError(12, "Cannot allocate memory"), "memory"),
            (ImportError("x.so: failed to map segment from shared object"), "memory"),
            (ImportError("libgfortran.so: cannot open shared object"), "library"),
            (ModuleNotFoundError("No module", name="scipy.stats"), "library"),
        ):
            with self.subTest(error):
                self.assertEqual(method_child._reason(error), reason)

    def test_our_own_mistake_is_not_taken_for_something_missing(self):
        for error in (
            ModuleNotFoundError("No module", name="methods.tabel"),
            OSError(32, "Broken pipe"),
        ):
            with self.subTest(error), self.assertRaises(type(error)):
                method_child._reason(error)

    def test_a_missing_library_is_named(self):
        interpreter = (sys.executable, "-P", "-S")
        with (
            patch.object(ChildProcess, "interpreter", interpreter),
            self.assertLogs(LOG, "WARNING") as log,
        ):
            self.assertIn("need the Python libraries numpy", self._fail("library"))
        self.assertIn("No module named 'numpy'", log.output[0])

    def test_a_crash_is_told_and_its_reason_logged(self):
        for code in ("raise SystemError('Oops')", "import os; os.abort()"):
            child = script(code)(self.env)
            with self.subTest(code), self.assertLogs(LOG, "WARNING"):
                self.assertIn("log of the server", self._fail("crash", child))

    def test_an_answer_that_is_none_is_a_crash(self):
        for answer in ("", "hello", "[1]", "{}", '{"result": '):
            child = script(f"print({answer!r})")(self.env)
            with self.subTest(answer), self.assertLogs(LOG, "WARNING"):
                self._fail("crash", child)

    def test_an_unknown_method_is_a_crash(self):
        with self.assertLogs(LOG, "WARNING"):
            self._fail("crash", method="os")

    def test_text_is_no_number(self):
        for value in ("12", float("nan"), float("inf"), [1]):
            data = {"labels": ["North", "South"], "columns": {"sales": [1, value]}}
            with self.subTest(value):
                self.assertIn("(sales, South)", self._fail("data", data=data))

    def test_each_row_has_a_value(self):
        data = {"labels": ["North", "South"], "columns": {"sales": [1]}}
        self.assertIn("1 values for 2 rows", self._fail("data", data=data))

    def test_too_many_rows_are_refused_at_once(self):
        data = {"labels": range(10**6), "columns": {}}
        self.assertIn("1000000 rows are too many", self._fail("data", data=data))

    def test_an_option_that_cannot_be_told_is_refused(self):
        self._fail("data", options={"horizon": object()})

    def test_it_knows_no_secret(self):
        code = (
            "import json, os, sys; json.dump({'result': dict(os.environ)}, sys.stdout)"
        )
        with patch.dict(os.environ, {"PGPASSWORD": "secret", "ODOO_RC": "/etc/odoo"}):
            environment = script(code)(self.env).run("cluster", DATA)["result"]
        self.assertNotIn("PGPASSWORD", environment)
        self.assertNotIn("ODOO_RC", environment)
        self.assertEqual(environment["OPENBLAS_NUM_THREADS"], "1")

    def test_it_is_nice_and_alone(self):
        code = (
            "import json, os, sys; sys.argv = ['child', '10000000000', '300'];"
            f"sys.path.insert(0, {str(module.CHILD.parent)!r});"
            "import child; child._answer = lambda question:"
            " {'result': {'nice': os.nice(0), 'group': os.getpgid(0) == os.getpid(),"
            " 'odoo': 'odoo' in sys.modules}};"
            "child.main(*sys.argv[1:])"
        )
        found = script(code)(self.env).run("cluster", DATA)["result"]
        self.assertGreaterEqual(found["nice"], 10)
        self.assertTrue(found["group"])
        self.assertFalse(found["odoo"])

    def test_it_ends_with_the_process_that_waits_for_it(self):
        """A worker that is killed cannot stop it any more."""
        with tempfile.NamedTemporaryFile("r") as file:
            child = (
                "import os, sys, time;"
                f"sys.path.insert(0, {str(module.CHILD.parent)!r});"
                "import child; child._end_with(sys.argv[1]);"
                f"open({file.name!r}, 'w').write(str(os.getpid())); time.sleep(60)"
            )
            code = (
                "import os, subprocess, sys;"
                f"subprocess.Popen([sys.executable, '-c', {child!r}, str(os.getpid())],"
                " start_new_session=True).wait()"
            )
            parent = subprocess.Popen([sys.executable, "-c", code])
            started = self._wait_for(file.read)
            parent.kill()
            parent.wait()
            self.assertTrue(started)
            self.assertTrue(
                self._wait_for(lambda: not os.path.exists(f"/proc/{started}/cwd"))
            )

    @staticmethod
    def _wait_for(what):
        """:return: what it gives as soon as it gives something, in 20 seconds"""
        end = time.monotonic() + 20
        while not (found := what()) and time.monotonic() < end:
            time.sleep(0.05)
        return found

    def test_it_does_not_begin_after_its_parent(self):
        code = (
            f"import sys; sys.path.insert(0, {str(module.CHILD.parent)!r});"
            "import child; child._end_with('1'); print('{\"result\": 1}')"
        )
        with self.assertLogs(LOG, "WARNING"):
            self._fail("crash", script(code)(self.env))

    def test_its_processor_time_is_limited_and_told(self):
        code = (
            f"import resource, sys; sys.path.insert(0, {str(module.CHILD.parent)!r});"
            "import child; child._limit(resource.RLIMIT_CPU, 1, child.GRACE)\n"
            "while True: pass"
        )
        with self.assertLogs(LOG, "WARNING"):
            self._fail("time", script(code)(self.env, time_limit=60))

    def test_it_ends_before_odoo_kills_the_job(self):
        for cron, real, limit in (
            (-1, 120, 100),
            (200, 120, 180),
            (900, 120, 300),
            (-1, 40, 30),
            (0, 120, 300),
        ):
            limits = {"limit_time_real_cron": cron, "limit_time_real": real}
            with self.subTest(limits), patch.dict(module.config.options, limits):
                self.assertEqual(ChildProcess(self.env).time_limit, limit)
