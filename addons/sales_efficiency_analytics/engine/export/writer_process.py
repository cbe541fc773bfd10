# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import contextlib
import io
import json
import logging
import os
import signal
import struct
import subprocess
import sys
import tempfile
from pathlib import Path

from ..child_process import PASSED_ON

_logger = logging.getLogger(__name__)

WRITER = Path(__file__).resolve().parent / "writer.py"
LENGTH = struct.Struct(">I")
CHUNK = 1024**2
LOG_LENGTH = 4000


class WriterFailed(Exception):
    """Files cannot be written; the text says why, in the user's language."""


class Chunks(io.RawIOBase):
    """Sends what is written to it with its length before it."""

    def __init__(self, stream):
        self._stream = stream

    def writable(self):
        return True

    def write(self, data):  # pylint: disable=method-required-super
        self._stream.write(LENGTH.pack(len(data)))
        self._stream.write(data)
        return len(data)

    def end(self):
        self._stream.write(LENGTH.pack(0))
        self._stream.flush()


class WriterProcess:
    """Writes files of an export in a process of its own.

    The library for Parquet would take 90 MB of every worker of Odoo for good. The rows
    go through as PostgreSQL copies them out. The process knows neither the database nor
    a secret of the environment. It is started once for all files, as a context manager.
    """

    memory_limit = 2 * 1024**3
    # -P: what lies beside the script is not importable by its bare name.
    interpreter = (sys.executable, "-P")

    def __init__(self, env):
        self.env = env
        self.formats = ()
        self.peak = 0

    def __enter__(self):
        self._errors = tempfile.TemporaryFile()
        self._child = subprocess.Popen(
            [*self.interpreter, str(WRITER), str(self.memory_limit)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            env={
                "PATH": os.defpath,
                "LANG": "C.UTF-8",
                **{name: os.environ[name] for name in PASSED_ON if name in os.environ},
            },
            cwd="/",
            # A group of its own, so that nothing it starts outlives it.
            start_new_session=True,
        )
        try:
            self.formats = self._read_answer()["formats"]
        except BaseException:
            self.__exit__(*sys.exc_info())
            raise
        return self

    def __exit__(self, *_error):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self._child.pid, signal.SIGKILL)
        self._child.wait()
        with contextlib.suppress(BrokenPipeError):
            self._child.stdin.close()
        self._child.stdout.close()
        self._errors.close()

    def write_file(self, path, format_, columns, select):
        """Write a file.

        :param str path: a new file in a folder of ours
        :param str format_: one of ``formats``
        :param columns: the :class:`Column` objects of the rows
        :param SQL select: the rows
        :return: dict of ``rows``, ``sums`` (name → text), ``sha256`` and ``size``
        :raise WriterFailed: if the process ends without an answer
        """
        task = {
            "path": str(path),
            "format": format_,
            "columns": [(column.name, column.type) for column in columns],
            "summed": [column.name for column in columns if column.is_summed],
        }
        try:
            self._child.stdin.write(f"{json.dumps(task)}\n".encode())
            self._copy(select)
        except BrokenPipeError as error:
            raise self._failed() from error
        answer = self._read_answer()
        self.peak = max(self.peak, answer.pop("peak"))
        return answer

    def _copy(self, select):
        cr = self.env.cr
        chunks = Chunks(self._child.stdin)
        # psycopg2 writes row by row
        buffer = io.BufferedWriter(chunks, CHUNK)
        statement = cr.mogrify(select.code, select.params).decode()
        cr.copy_expert(f"COPY ({statement}) TO STDOUT (FORMAT csv)", buffer)
        buffer.flush()
        chunks.end()

    def _read_answer(self):
        line = self._child.stdout.readline()
        if not line:
            raise self._failed()
        return json.loads(line)

    def _failed(self):
        self._child.wait()
        self._errors.seek(0)
        complaint = self._errors.read().decode(errors="replace")[-LOG_LENGTH:]
        _logger.warning(
            "Writing an export ended with code %s: %s",
            self._child.returncode,
            complaint,
        )
        return WriterFailed(
            self.env._(
                "The files could not be written. The log of the server says why."
            )
        )
