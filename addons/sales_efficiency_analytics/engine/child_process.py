# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import contextlib
import json
import logging
import math
import os
import signal
import subprocess
import sys
from pathlib import Path

from odoo.tools import config

_logger = logging.getLogger(__name__)

CHILD = Path(__file__).resolve().parent / "methods" / "child.py"
# Where Python finds its libraries.
PASSED_ON = ("LD_LIBRARY_PATH", "PYTHONHOME", "PYTHONPATH", "PYTHONPYCACHEPREFIX")
# What remains of a long complaint for the log.
LOG_LENGTH = 4000
# Seconds that the job has for everything else, and what a method gets at least
MARGIN, LEAST_TIME = 20, 30


class ChildFailed(Exception):
    """The calculation came to no answer; the text says why, in the user's language.

    :param reason: ``data``, ``time``, ``memory``, ``library`` or ``crash``
    """

    def __init__(self, reason, message):
        super().__init__(message)
        self.reason = reason


class ChildProcess:
    """Runs a statistical method in a process of its own.

    Importing the libraries takes seconds and 250 MB that Odoo's workers would never
    give back. The child gets its data by stdin and answers by stdout; it knows neither
    the database nor a secret of the environment, and it dies at its limits.
    """

    memory_limit = 2 * 1024**3
    time_limit = 300
    # What fits into its memory. Studies ask for half of that, see ``study_data``.
    row_limit = 200_000
    # -P: what lies beside the script is not importable by its bare name.
    interpreter = (sys.executable, "-P")

    def __init__(self, env, memory_limit=None, time_limit=None):
        self.env = env
        self.memory_limit = memory_limit or self.memory_limit
        self.time_limit = time_limit or min(self.time_limit, _get_time_left())

    def run(self, method, data, options=None):
        """Return ``{"result": …}`` or ``{"refused": {"code": text, "values": dict}}``.

        :param data: ``{"labels": [text], "columns": {name: [number or None]}}``
        :raise ChildFailed: there is no answer; its text is for the user
        """
        self._check_data(data)
        question = {"method": method, "data": data, "options": options or {}}
        try:
            text = json.dumps(question, allow_nan=False)
        except (TypeError, ValueError) as error:
            raise self._failed_on_data(str(error)) from error
        return self._read(method, *self._ask(text))

    def _check_data(self, data):
        """Refuse what no method can count with, before a process is started for it."""
        labels = data.get("labels", ())
        if len(labels) > self.row_limit:
            raise self._failed_on_data(
                self.env._(
                    "%(rows)s rows are too many, %(limit)s are possible. "
                    "Choose fewer rows or a shorter time.",
                    rows=len(labels),
                    limit=self.row_limit,
                )
            )
        for name, values in data.get("columns", {}).items():
            if len(values) != len(labels):
                raise self._failed_on_data(
                    self.env._(
                        "%(column)s has %(values)s values for %(rows)s rows.",
                        column=name,
                        values=len(values),
                        rows=len(labels),
                    )
                )
            for label, value in zip(labels, values, strict=True):
                if not _is_number(value):
                    raise self._failed_on_data(
                        self.env._(
                            "“%(value)s” is not a number (%(column)s, %(row)s).",
                            value=value,
                            column=name,
                            row=label,
                        )
                    )

    def _ask(self, text):
        """Return the exit code, the answer and the complaints of a child."""
        child = subprocess.Popen(
            [
                *self.interpreter,
                str(CHILD),
                str(self.memory_limit),
                str(self.time_limit),
                str(os.getpid()),
            ],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=self._get_environment(),
            cwd="/",
            text=True,
            encoding="utf-8",
            errors="replace",
            # A group of its own, so that nothing it starts outlives it.
            start_new_session=True,
        )
        try:
            output, errors = child.communicate(text, timeout=self.time_limit)
        except subprocess.TimeoutExpired as error:
            raise ChildFailed("time", self._get_message("time")) from error
        finally:
            # Also where Odoo's own time limit interrupts the wait.
            self._kill(child)
        return child.returncode, output, errors

    @staticmethod
    def _kill(child):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()
        for pipe in (child.stdin, child.stdout, child.stderr):
            pipe.close()

    @staticmethod
    def _get_environment():
        """Return what the child may know: nothing of what Odoo was started with."""
        return {
            "PATH": os.defpath,
            "LANG": "C.UTF-8",
            **{name: os.environ[name] for name in PASSED_ON if name in os.environ},
            "PYTHONHASHSEED": "0",
            # More threads would take the cores from the users and memory for nothing.
            **dict.fromkeys(
                (
                    "OMP_NUM_THREADS",
                    "OPENBLAS_NUM_THREADS",
                    "MKL_NUM_THREADS",
                    "NUMEXPR_NUM_THREADS",
                    "VECLIB_MAXIMUM_THREADS",
                ),
                "1",
            ),
        }

    def _read(self, method, code, output, errors):
        """Return what the child answered, or raise in words what became of it."""
        try:
            answer = json.loads(output)
        except ValueError:
            answer = None
        if code == 0 and isinstance(answer, dict):
            if answer.keys() & {"result", "refused"}:
                return answer
            if "failed" in answer:
                reason = answer["failed"]["reason"]
                _logger.warning(
                    "Method %s failed: %s", method, answer["failed"]["detail"]
                )
                raise ChildFailed(reason, self._get_message(reason))
        _logger.warning(
            "Method %s ended with code %s and no answer: %s",
            method,
            code,
            errors[-LOG_LENGTH:],
        )
        reason = {-signal.SIGXCPU: "time", -signal.SIGKILL: "memory"}.get(code, "crash")
        # What a library of C says before it gives up
        if "memory allocation" in errors.lower():
            reason = "memory"
        raise ChildFailed(reason, self._get_message(reason))

    def _failed_on_data(self, detail):
        return ChildFailed(
            "data",
            self.env._("These data cannot be analysed: %(detail)s", detail=detail),
        )

    def _get_message(self, reason):
        if reason == "time":
            return self.env._(
                "The calculation took longer than %(seconds)s seconds and was stopped. "
                "Choose fewer rows or a shorter time.",
                seconds=self.time_limit,
            )
        if reason == "memory":
            return self.env._(
                "The calculation ran out of memory and was stopped. "
                "Choose fewer rows or a shorter time."
            )
        if reason == "library":
            return self.env._(
                "The statistics need the Python libraries numpy, scipy, scikit-learn "
                "and statsmodels. Ask your administrator to install them on the server."
            )
        return self.env._(
            "The calculation failed unexpectedly. The log of the server says why."
        )


def _get_time_left():
    """Return the seconds after which a job of Odoo is still not killed."""
    limit = config["limit_time_real_cron"]
    if limit is None or limit < 0:
        limit = config["limit_time_real"]
    return max(limit - MARGIN, LEAST_TIME) if limit else math.inf


def _is_number(value):
    """Say whether a value is a finite number or missing.

    >>> [_is_number(value) for value in (None, 1, 0.5, "1", float("nan"))]
    [True, True, True, False, False]
    """
    return value is None or (isinstance(value, int | float) and math.isfinite(value))
