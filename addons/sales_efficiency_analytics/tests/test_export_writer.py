# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import hashlib
import io
import json
import subprocess
import tempfile
from pathlib import Path

from odoo.tests import BaseCase, tagged

from ..engine.export import WriterProcess, writer

ROWS = b"1,12.340000\n2,0.010000\n"


@tagged("post_install", "-at_install")
class TestExportWriter(BaseCase):
    """The process that writes files of an export, spoken to without Odoo."""

    def setUp(self):
        super().setUp()
        self.folder = Path(self.enterContext(tempfile.TemporaryDirectory()))

    def _get_task(self, name, format_):
        return {
            "path": str(self.folder / name),
            "format": format_,
            "columns": [("id", "integer"), ("amount", "money")],
            "summed": ["amount"],
        }

    def _ask(self, *tasks):
        """:return: the exit code of the process, and its answers"""
        chunks = b"".join(
            writer.LENGTH.pack(len(chunk)) + chunk for chunk in (ROWS, b"")
        )
        done = subprocess.run(
            [
                *WriterProcess.interpreter,
                writer.__file__,
                str(WriterProcess.memory_limit),
            ],
            input=b"".join(f"{json.dumps(task)}\n".encode() + chunks for task in tasks),
            capture_output=True,
            check=False,
            timeout=120,
        )
        return done.returncode, [json.loads(line) for line in done.stdout.splitlines()]

    def test_one_process_writes_file_after_file_until_nothing_is_asked(self):
        formats = list(writer.FORMATS)
        code, [head, *answers] = self._ask(
            *(self._get_task(format_, format_) for format_ in formats)
        )
        self.assertEqual(code, 0)
        self.assertEqual(head, {"formats": formats})
        self.assertEqual(len(answers), len(formats))
        for format_, answer in zip(formats, answers, strict=True):
            content = (self.folder / format_).read_bytes()
            self.assertEqual(
                (answer["rows"], answer["sums"], answer["size"], answer["sha256"]),
                (
                    2,
                    {"amount": "12.35"},
                    len(content),
                    hashlib.sha256(content).hexdigest(),
                ),
            )
            self.assertTrue(0 < answer["peak"] < WriterProcess.memory_limit)

    def test_an_unknown_format_ends_it_without_an_answer(self):
        code, answers = self._ask(self._get_task("file", "xlsx"))
        self.assertEqual(code, 1)
        self.assertEqual(answers, [{"formats": list(writer.FORMATS)}])
        self.assertFalse(list(self.folder.iterdir()))

    def test_rows_that_break_off_are_no_file(self):
        """As when Odoo is killed while it copies them."""
        stream = writer.LENGTH.pack(len(ROWS)) + ROWS[:5]
        for format_ in writer.FORMATS:
            with (
                self.subTest(format_),
                self.assertRaisesRegex(EOFError, "before they are complete"),
            ):
                writer.write(self._get_task(format_, format_), io.BytesIO(stream))
