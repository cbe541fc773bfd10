# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Run one method: reads a JSON object from stdin, writes one to stdout.

In: ``{"method": "regression", "data": {...}, "options": {...}}``. Out:
``{"result": {...}}``, ``{"refused": {"code": text, "values": {...}}}`` or, where a
library or memory is missing, ``{"failed": {"reason": text, "detail": text}}``. What is
not a number becomes null.

Arguments: bytes of memory and seconds of processor time that it may use, and the number
of the process that waits for the answer: the child ends with it.
"""

import ctypes
import dataclasses
import importlib
import json
import math
import os
import resource
import signal
import sys
from pathlib import Path

METHODS = (
    "descriptive",
    "correlation",
    "trend",
    "forecast",
    "regression",
    "cluster",
    "effect",
    "allocation",
)


# Of Linux: the signal that a process gets when its parent ends
PR_SET_PDEATHSIG = 1
# Seconds between the signal that tells the limit and the one that tells nothing
GRACE = 5


def main(memory=None, seconds=None, parent=None):
    """Answer the question on stdin."""
    os.nice(10)
    _end_with(parent)
    # Set here, before anything large is imported: the parent has threads, in which a
    # function run between fork and exec may hang.
    _limit(resource.RLIMIT_AS, memory)
    _limit(resource.RLIMIT_CPU, seconds, GRACE)
    # The folder above is no package here: nothing of Odoo is imported.
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    try:
        answer = _answer(json.load(sys.stdin))
    except (ImportError, MemoryError, OSError) as error:
        answer = {"failed": {"reason": _reason(error), "detail": repr(error)}}
    json.dump(answer, sys.stdout, allow_nan=False)


def _end_with(parent):
    """Have this process killed with its parent, which may itself be killed at once."""
    if parent is None or sys.platform != "linux":
        return
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != int(parent):
        # It was gone before the signal was asked for.
        sys.exit(1)


def _limit(kind, value, grace=0):
    """Lower a limit; one that is lower already stays.

    :param grace: how much later the hard limit comes
    """
    if value is None:
        return
    limits = [limit for limit in resource.getrlimit(kind) if limit >= 0]
    soft, hard = (min([int(value) + more, *limits]) for more in (0, grace))
    resource.setrlimit(kind, (soft, hard))


def _reason(error):
    """Say what is missing: memory or a library; raise again what is our own mistake."""
    if isinstance(error, ModuleNotFoundError) and not error.name.startswith("methods"):
        return "library"
    # A library that finds no room to be loaded says so in several ways.
    text = str(error)
    if isinstance(error, MemoryError) or "allocate" in text or "map segment" in text:
        return "memory"
    if isinstance(error, ImportError) and not isinstance(error, ModuleNotFoundError):
        return "library"
    raise error


def _answer(question):
    if question["method"] not in METHODS:
        raise ValueError(f"Unknown method {question['method']}")
    module = importlib.import_module(f"methods.{question['method']}")
    refused = importlib.import_module("methods.refused").Refused
    try:
        result = module.run(question["data"], question["options"])
    except refused as error:
        return {"refused": {"code": error.code, "values": _plain(error.values)}}
    return {"result": _plain(dataclasses.asdict(result))}


def _plain(value):
    """Return what JSON knows: numpy's arrays and numbers as Python's, NaN as None."""
    if hasattr(value, "tolist"):
        value = value.tolist()
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value


if __name__ == "__main__":
    main(*sys.argv[1:])
