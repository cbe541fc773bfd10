# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import hashlib
import json
from dataclasses import dataclass

from odoo.tools import SQL

COMMA = SQL(", ")
# Type of a column -> how PostgreSQL writes its values out. Money has up to six decimals
# in Odoo; other decimals are as long as a split quantity needs them.
WRITTEN = {
    "boolean": "(%s)::text",
    "date": "%s",
    "decimal": "(%s)::numeric(38, 10)",
    "double": "%s",
    "integer": "%s",
    "bigint": "%s",
    "money": "(%s)::numeric(38, 6)",
    "text": "%s",
    "timestamp": """to_char(%s, 'YYYY-MM-DD"T"HH24:MI:SS')""",
}
# Those that can be added up without an error of rounding
EXACT = ("bigint", "decimal", "integer", "money")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of what leaves the house.

    :param str type: one of ``WRITTEN``
    :param SQL value: its value in a row of the relation
    :param str refers_to: name of the relation whose ``id`` it holds
    :param bool is_summed: whether the manifest tells its sum
    """

    name: str
    type: str
    value: SQL
    refers_to: str | None = None
    is_summed: bool = False


@dataclass(frozen=True, slots=True)
class Relation:
    """A table for programs outside of Odoo: a file by month, or a view.

    :param str name: what programs call it
    :param tuple columns: :class:`Column` objects
    :param SQL source: FROM item
    :param SQL condition: restricts it to the companies asked for
    :param tuple order: names of columns that put its rows in one certain order
    :param str day: name of the column whose month decides in which file a row is;
        None if there is only one file
    :param bool has_sources: whether each source of figures has files of its own
    """

    name: str
    columns: tuple
    source: SQL
    condition: SQL
    order: tuple
    day: str | None = None
    has_sources: bool = False

    def get_layout(self):
        """Return a fingerprint of the columns: another one makes all files outdated."""
        layout = [(column.name, column.type) for column in self.columns]
        return hashlib.sha256(json.dumps(layout).encode()).hexdigest()[:16]

    def get_value(self, name):
        """Return the SQL of a column."""
        return next(column.value for column in self.columns if column.name == name)

    def sql_view(self):
        """Return the SELECT of all rows, with the types of the database."""
        return SQL(
            "SELECT %s FROM %s WHERE %s",
            COMMA.join(
                SQL("%s AS %s", column.value, SQL.identifier(column.name))
                for column in self.columns
            ),
            self.source,
            self.condition,
        )

    def sql_file(self, source=None, month=None):
        """Return the SELECT of the rows of a file, with the types of the export.

        :param str source: the source of figures
        :param date month: the first day of the month
        """
        conditions = [self.condition]
        if source:
            conditions.append(SQL("%s = %s", self.get_value("source"), source))
        if month:
            day = self.get_value(self.day)
            conditions.append(
                SQL(
                    "%(day)s >= %(month)s"
                    " AND %(day)s < (%(month)s::date + interval '1 month')::date",
                    day=day,
                    month=month,
                )
            )
        return SQL(
            "SELECT %s FROM %s WHERE %s ORDER BY %s",
            COMMA.join(
                SQL(WRITTEN[column.type], column.value) for column in self.columns
            ),
            self.source,
            SQL(" AND ").join(SQL("(%s)", condition) for condition in conditions),
            COMMA.join(self.get_value(name) for name in self.order),
        )
