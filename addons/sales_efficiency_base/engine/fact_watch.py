# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What changes of tables affect the facts, and the triggers that queue them"""

import re
from typing import NamedTuple

from odoo.tools import SQL
from odoo.tools.sql import make_identifier

TRANSITION_TABLES = {
    "INSERT": "NEW TABLE AS new_rows",
    "UPDATE": "OLD TABLE AS old_rows NEW TABLE AS new_rows",
    "DELETE": "OLD TABLE AS old_rows",
}
UPDATE = ("UPDATE",)
# The row in a condition
ROW = re.compile(r"\br\.")

EVENTS = ("INSERT", "UPDATE", "DELETE")


class Watch(NamedTuple):
    """The changes of a table that affect the facts.

    :param str table: the table to watch
    :param str origin: kind of key that a change is queued under
    :param str key: column that holds the key, or a SELECT of the ``key`` from the
        changed ``%(rows)s``
    :param tuple columns: columns that matter when a row is updated
    :param str condition: condition on a row ``r`` before or after the change. It may
        only use that row: a concurrent transaction, not visible to this one, may be
        changing other tables.
    :param tuple events: the statements that matter
    """

    table: str
    origin: str
    key: str
    columns: tuple
    condition: str = "TRUE"
    events: tuple = EVENTS

    @property
    def name(self):
        """Name of the function that the triggers of the table call."""
        return make_identifier(f"sales_mart_{self.table}_{self.origin}")

    def join(self, other):
        """Return the union of two watches of the same name.

        >>> one = Watch("lead", "lead", "id", ("user_id",), "r.active", UPDATE)
        >>> two = Watch("lead", "lead", "id", ("user_id", "team_id"), "r.active")
        >>> one.join(two) == two
        True
        """
        if other.key != self.key:
            raise ValueError(f"{self.name}: {self.key} and {other.key}")
        condition = self.condition
        if other.condition != condition:
            condition = f"({condition}) OR ({other.condition})"
        return self._replace(
            columns=tuple(dict.fromkeys((*self.columns, *other.columns))),
            condition=condition,
            events=tuple(e for e in EVENTS if e in self.events + other.events),
        )


class FactTriggers:
    """The statement-level triggers of a :class:`Watch`. They queue changes as they are
    made, by the ORM or by plain SQL.

    The cost is one INSERT for each statement, with no extra query from the client.
    """

    def __init__(self, env, watch):
        self.env, self.watch = env, watch

    def install(self):
        """Create the triggers, or replace those that are there."""
        name = self.watch.name
        statements = [self._sql_function()]
        for event in self.watch.events:
            statements.append(
                SQL(
                    "DROP TRIGGER IF EXISTS %(trigger)s ON %(table)s;"
                    " CREATE TRIGGER %(trigger)s AFTER %(event)s ON %(table)s"
                    " REFERENCING %(tables)s"
                    " FOR EACH STATEMENT EXECUTE FUNCTION %(function)s()",
                    trigger=SQL.identifier(make_identifier(f"{name}_{event.lower()}")),
                    table=SQL.identifier(self.watch.table),
                    event=SQL(event),
                    tables=SQL(TRANSITION_TABLES[event]),
                    function=SQL.identifier(name),
                )
            )
        self.env.cr.execute(SQL(";\n").join(statements))

    def drop(self):
        """Drop a trigger function and its triggers."""
        self.env.cr.execute(
            SQL("DROP FUNCTION IF EXISTS %s() CASCADE", SQL.identifier(self.watch.name))
        )

    def _sql_function(self):
        """Return the trigger function that queues the keys of changed rows."""
        return SQL(
            """
            CREATE OR REPLACE FUNCTION %(name)s() RETURNS trigger
            LANGUAGE plpgsql AS $$
            BEGIN
                IF TG_OP = 'INSERT' THEN
                    %(inserted)s
                ELSIF TG_OP = 'DELETE' THEN
                    %(deleted)s
                -- Most updates change nothing that matters, or documents that do not
                -- count yet: one look tells.
                ELSIF EXISTS (SELECT FROM %(pairs)s WHERE %(matters)s) THEN
                    %(updated)s
                END IF;
                RETURN NULL;
            END $$
            """,
            name=SQL.identifier(self.watch.name),
            inserted=self._sql_enqueue(self._sql_rows("new_rows")),
            pairs=self._sql_pairs(),
            matters=self._sql_matters(),
            updated=self._sql_enqueue(self._sql_updated_rows()),
            deleted=self._sql_enqueue(self._sql_rows("old_rows")),
        )

    def _sql_enqueue(self, rows):
        if self.watch.key.isidentifier():
            keys = SQL(
                "SELECT %s AS key FROM (%s) r",
                SQL.identifier("r", self.watch.key),
                rows,
            )
        else:
            keys = SQL(self.watch.key, rows=rows)
        return SQL(
            "INSERT INTO sales_fact_queue (origin, res_id)"
            " SELECT DISTINCT %s, key FROM (%s) k WHERE key IS NOT NULL;",
            self.watch.origin,
            keys,
        )

    def _sql_rows(self, table):
        return SQL(
            "SELECT r.* FROM %s r WHERE %s",
            SQL.identifier(table),
            SQL(self.watch.condition),
        )

    def _sql_updated_rows(self):
        """Return the SELECT of old and new rows in which a watched column differs.

        Both, because the key itself may have changed.
        """
        return SQL(
            """
            SELECT r.*
              FROM %(pairs)s
             CROSS JOIN LATERAL (SELECT o.* UNION ALL SELECT n.*) r
             WHERE %(differs)s AND (%(condition)s)
            """,
            pairs=self._sql_pairs(),
            differs=self._sql_differs(),
            condition=SQL(self.watch.condition),
        )

    def _sql_pairs(self):
        """Return the FROM item of rows before (o) and after (n) an update.

        A full join is never done by nested loops. Without it, the planner, who does not
        know the number of rows, chooses them, and thousands of rows take minutes.
        """
        return SQL("old_rows o FULL JOIN new_rows n ON n.id = o.id")

    def _sql_matters(self):
        """Return the condition that a pair differs, and counts before or after."""
        if self.watch.condition == "TRUE":
            return self._sql_differs()
        return SQL(
            "%s AND ((%s) OR (%s))",
            self._sql_differs(),
            *(SQL(ROW.sub(f"{alias}.", self.watch.condition)) for alias in ("o", "n")),
        )

    def _sql_differs(self):
        """Return the condition that a watched column of a pair differs."""
        if "UPDATE" not in self.watch.events:
            return SQL("FALSE")
        return SQL(
            "(%s) IS DISTINCT FROM (%s)",
            *(
                SQL(", ").join(
                    SQL.identifier(alias, name) for name in self.watch.columns
                )
                for alias in ("o", "n")
            ),
        )
