# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Read a folder of CSV files, or reject it as a whole with the problems of each row."""

import csv
import datetime
import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, NamedTuple


class Problem(NamedTuple):
    """A problem with a value, row or file; ``line`` counts from 1."""

    file: str
    line: int
    column: str
    reason: str

    def __str__(self):
        column = f", column {self.column}" if self.column else ""
        return f"{self.file}, line {self.line}{column}: {self.reason}"


class BadData(Exception):
    """Raised if the files cannot be loaded; shows up to ``SHOWN`` problems."""

    SHOWN = 20

    def __init__(self, problems):
        self.problems = list(problems)
        super().__init__(self.problems)

    def __str__(self):
        lines = [str(problem) for problem in self.problems[: self.SHOWN]]
        if len(self.problems) > self.SHOWN:
            lines.append(f"... and {len(self.problems) - self.SHOWN} more")
        return "\n".join(lines)


def text(value):
    return value


def day(value):
    """Parse a date, accepting only YYYY-MM-DD."""
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        raise ValueError("is not a date (YYYY-MM-DD)")
    try:
        return datetime.date.fromisoformat(value)
    except ValueError as error:
        raise ValueError("is not a day of the calendar") from error


def flag(value):
    if value not in ("0", "1"):
        raise ValueError("is neither 0 nor 1")
    return value == "1"


def number(minimum=0, maximum=10**12, decimals=2):
    """Return a parser of exact numbers.

    :param decimals: number of decimals that Odoo stores; more would be lost silently
    """

    def parse(value):
        try:
            result = Decimal(value)
        except InvalidOperation as error:
            raise ValueError("is not a number") from error
        if not result.is_finite():
            raise ValueError("is not a number")
        if result < minimum:
            raise ValueError(f"is less than {minimum}")
        if result > maximum:
            raise ValueError(f"is more than {maximum}")
        if result.normalize().as_tuple().exponent < -decimals:
            raise ValueError(f"has more than {decimals} decimals")
        return result

    return parse


def one_of(*values):
    def parse(value):
        if value not in values:
            raise ValueError(f"is none of {', '.join(values)}")
        return value

    return parse


@dataclass(frozen=True)
class Column:
    """How to parse a value; ``refers_to`` names the table that must contain it."""

    parse: Callable[[str], Any] = text
    required: bool = True
    refers_to: str | None = None


@dataclass(frozen=True)
class Table:
    """A file and the columns to load from it; other columns are ignored."""

    file: str
    key: tuple[str, ...]
    columns: dict[str, Column]


class Row(dict):
    """The parsed values of a row, with its position and a name made from its key."""

    def __init__(self, values, file, line, key):
        super().__init__(values)
        self.file = file
        self.line = line
        self.slug = re.sub(r"\W+", "_", key).strip("_")

    def problem(self, column, reason):
        return Problem(self.file, self.line, column, reason)


def distinct(rows, column):
    """Return the first row for each value of a column, by value and named after it."""
    found = {}
    for row in rows.values():
        value = row[column]
        if value not in found:
            found[value] = Row(row, row.file, row.line, value)
    return found


def read_folder(path, tables):
    """Read and check all tables.

    :param dict tables: :class:`Table` by name
    :return: by table name, a dict of :class:`Row` by key, in file order; the key is a
        value, or a tuple if it consists of several columns
    :raise BadData: naming every wrong row of every file
    """
    problems = []
    data = {
        name: _read_table(Path(path), table, problems) for name, table in tables.items()
    }
    bad_files = {problem.file for problem in problems}
    for name, table in tables.items():
        for column, definition in table.columns.items():
            target = definition.refers_to
            # Report a bad file once, not for every row that refers to it.
            if target and tables[target].file not in bad_files:
                problems += _find_unknown(data[name], column, tables, data, target)
    if problems:
        raise BadData(sorted(problems))
    return data


def _find_unknown(rows, column, tables, data, target):
    for row in rows.values():
        if row[column] is not None and row[column] not in data[target]:
            yield row.problem(
                column, f"{row[column]!r} is not in {tables[target].file}"
            )


def _read_table(folder, table, problems):
    rows, lines = {}, {}
    for line, values in _read_lines(folder / table.file, table, problems):
        row = _parse_row(line, values, table, problems)
        if row is None:
            continue
        if row.slug in lines:
            reason = f"the same as line {lines[row.slug]}"
            problems.append(row.problem(", ".join(table.key), reason))
            continue
        lines[row.slug] = line
        key = tuple(row[column] for column in table.key)
        rows[key if len(key) > 1 else key[0]] = row
    return rows


def _read_lines(path, table, problems):
    """Yield the line number and the values by column of each row of a file."""
    try:
        content = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        problems.append(Problem(table.file, 1, "", f"cannot be read: {error.strerror}"))
        return
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        problems.append(Problem(table.file, line, "", "is not UTF-8"))
        return
    # keepends: a quoted value may contain line breaks.
    reader = csv.reader(content.splitlines(keepends=True), strict=True)
    line = 1
    try:
        header = next(reader, [])
        for column in table.columns:
            if column not in header:
                reason = "the header line does not name this column"
                problems.append(Problem(table.file, 1, column, reason))
                return
        line = reader.line_num + 1
        for values in reader:
            if len(values) == len(header):
                yield line, dict(zip(header, values, strict=True))
            elif values:
                reason = f"has {len(values)} values, the header {len(header)}"
                problems.append(Problem(table.file, line, "", reason))
            line = reader.line_num + 1
    except csv.Error as error:
        problems.append(Problem(table.file, line, "", str(error)))


def _parse_row(line, values, table, problems):
    """Return the :class:`Row`, or None if one of its values is wrong."""
    parsed, found = {}, []
    for column, definition in table.columns.items():
        value = values[column].strip()
        parsed[column] = None
        try:
            if value:
                parsed[column] = definition.parse(value)
            elif definition.required:
                found.append(Problem(table.file, line, column, "is empty"))
        except ValueError as error:
            found.append(Problem(table.file, line, column, f"{value!r} {error}"))
    problems += found
    if found:
        return None
    key = "_".join(values[column].strip() for column in table.key)
    return Row(parsed, table.file, line, key)
