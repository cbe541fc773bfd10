# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Writes files of an export; run as a process of its own, without Odoo.

It says first which formats it knows, as a line of JSON. Then each file is asked for by
a line of JSON, followed by its rows as CSV, as PostgreSQL copies them out: in chunks
with their length before them, the last of length 0. What was written is answered by a
line of JSON. No input means the end.
"""

import csv
import gzip
import hashlib
import io
import json
import resource
import struct
import sys
from decimal import Decimal, getcontext

try:
    import pyarrow as pa
    from pyarrow import compute, parquet
    from pyarrow import csv as arrow_csv
except ImportError:
    pa = None

LENGTH = struct.Struct(">I")
BLOCK = 4 * 1024**2


class Rows(io.RawIOBase):
    """The rows of a file, from the chunks in which they come."""

    def __init__(self, stream):
        self._stream = stream
        self._left = self._read_length()

    def readable(self):
        return True

    @property
    def is_over(self):
        return not self._left

    def readinto(self, buffer):
        if self.is_over:
            return 0
        data = self._stream.read(min(len(buffer), self._left))
        if not data:
            raise EOFError("The rows end before they are complete")
        buffer[: len(data)] = data
        self._left -= len(data)
        if not self._left:
            self._left = self._read_length()
        return len(data)

    def _read_length(self):
        return LENGTH.unpack(self._stream.read(LENGTH.size))[0]


class Tee(io.RawIOBase):
    """Reads rows, and writes what is read into another file, too."""

    def __init__(self, rows, target):
        self._rows, self._target = rows, target

    def readable(self):
        return True

    def readinto(self, buffer):
        length = self._rows.readinto(buffer)
        self._target.write(buffer[:length])
        return length


# ----------------------------------------------------------------------
# Formats: each returns the number of rows, and the sums by name
# ----------------------------------------------------------------------


def write_parquet(path, columns, summed, rows):
    """Write rows with the types that are stated: none is guessed."""
    schema = pa.schema([pa.field(name, TYPES[type_]()) for name, type_ in columns])
    count, sums = 0, dict.fromkeys(summed, 0)
    with parquet.ParquetWriter(path, schema, compression="zstd") as writer:
        # pyarrow takes a file without rows for a mistake
        for batch in [] if rows.is_over else read_batches(schema, rows):
            writer.write_batch(batch)
            count += batch.num_rows
            for name in summed:
                sums[name] += compute.sum(batch.column(name)).as_py() or 0
    return count, sums


def read_batches(schema, rows):
    return arrow_csv.open_csv(
        # Whole blocks: pyarrow gives up if a row begins in one that is shorter than it.
        pa.PythonFile(io.BufferedReader(rows, BLOCK), mode="r"),
        read_options=arrow_csv.ReadOptions(
            column_names=schema.names, block_size=BLOCK, use_threads=False
        ),
        parse_options=arrow_csv.ParseOptions(newlines_in_values=True),
        convert_options=arrow_csv.ConvertOptions(
            column_types=schema,
            # PostgreSQL writes nothing for NULL, and "" for an empty text.
            null_values=[""],
            strings_can_be_null=True,
            quoted_strings_can_be_null=False,
            true_values=["true"],
            false_values=["false"],
            timestamp_parsers=[arrow_csv.ISO8601],
        ),
    )


TYPES = pa and {
    "boolean": pa.bool_,
    "date": pa.date32,
    "decimal": lambda: pa.decimal128(38, 10),
    "double": pa.float64,
    "integer": pa.int32,
    "bigint": pa.int64,
    "money": lambda: pa.decimal128(38, 6),
    "text": pa.string,
    "timestamp": lambda: pa.timestamp("s"),
}


def write_csv(path, columns, summed, rows):
    names = [name for name, _type in columns]
    places = [(name, names.index(name)) for name in summed]
    count, sums = 0, dict.fromkeys(summed, Decimal(0))
    # Neither name nor time: the same rows are the same file.
    with (
        open(path, "wb") as file,
        gzip.GzipFile("", "wb", 6, file, mtime=0) as target,
    ):
        target.write(f"{','.join(names)}\n".encode())
        tee = io.BufferedReader(Tee(rows, target), BLOCK)
        for row in csv.reader(io.TextIOWrapper(tee, "utf-8", newline="")):
            count += 1
            for name, place in places:
                if row[place]:
                    sums[name] += Decimal(row[place])
    return count, sums


FORMATS = {"parquet": write_parquet, "csv": write_csv} if pa else {"csv": write_csv}


# ----------------------------------------------------------------------
# Conversation
# ----------------------------------------------------------------------


def write(task, stream):
    rows = Rows(stream)
    method = FORMATS[task["format"]]
    count, sums = method(task["path"], task["columns"], task["summed"], rows)
    with open(task["path"], "rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        size = file.tell()
    return {
        "rows": count,
        "sums": {name: format_number(value) for name, value in sums.items()},
        "sha256": digest,
        "size": size,
    }


def format_number(value):
    """Write a sum without exponent and without zeros at its end.

    >>> [format_number(value) for value in (0, Decimal("1200.500000"), Decimal("1E+3"))]
    ['0', '1200.5', '1000']
    """
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def read_peak():
    """Return the most memory that this process has taken, in bytes.

    What the system counts for a process (``ru_maxrss``) begins with its parent's.
    """
    try:
        with open("/proc/self/status") as file:
            [line] = [line for line in file if line.startswith("VmHWM:")]
        return int(line.split()[1]) * 1024
    except (OSError, ValueError):
        return 0


def say(answer):
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


def main(memory_limit):
    resource.setrlimit(resource.RLIMIT_AS, (memory_limit, memory_limit))
    if pa:
        # What is freed goes back; the database works beside it.
        pa.set_memory_pool(pa.system_memory_pool())
        pa.set_cpu_count(1)
        pa.set_io_thread_count(1)
    csv.field_size_limit(BLOCK)
    # Sums are exact, however long.
    getcontext().prec = 60
    say({"formats": list(FORMATS)})
    stream = sys.stdin.buffer
    while line := stream.readline():
        say({**write(json.loads(line), stream), "peak": read_peak()})


if __name__ == "__main__":
    main(int(sys.argv[1]))
