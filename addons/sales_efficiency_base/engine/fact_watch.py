# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What changes of tables affect the facts, and the triggers that queue them"""

import re
from typing import NamedTuple

from odoo.tools import SQL
from odoo.tools.sql import make_identifier

TRANSITION_TABLES = {
    "INSERT": "NEW TABLE AS new_rows",
    "DELETE": "OLD TABLE AS old_rows",
}
UPDATE = ("UPDATE",)
# The row in a condition
ROW = re.compile(r"\br\.")

EVENTS = ("INSERT", "UPDATE", "DELETE")
# Setting of a transaction: changes whenever it has taken something from the queue
TURN = "sales_mart.turn"


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
    """The triggers of a :class:`Watch`. They queue changes as they are made, by the ORM
    or by plain SQL.

    Rows that are inserted or deleted cost one INSERT for each statement, with no extra
    query from the client. Updates cost nothing unless they name a watched column: such
    triggers have to run per row, so each remembers the key that it queued last. Lines
    of a document mostly change together.
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
                    " CREATE TRIGGER %(trigger)s AFTER %(event)s"
                    " EXECUTE FUNCTION %(function)s()",
                    trigger=SQL.identifier(make_identifier(f"{name}_{event.lower()}")),
                    table=SQL.identifier(self.watch.table),
                    event=self._sql_event(event),
                    function=SQL.identifier(name),
                )
            )
        self.env.cr.execute(SQL(";\n").join(statements))

    def drop(self):
        """Drop a trigger function and its triggers."""
        self.env.cr.execute(
            SQL("DROP FUNCTION IF EXISTS %s() CASCADE", SQL.identifier(self.watch.name))
        )

    def _sql_event(self, event):
        """Return when a trigger fires."""
        table = SQL.identifier(self.watch.table)
        if event == "UPDATE":
            return SQL(
                "UPDATE OF %(columns)s ON %(table)s FOR EACH ROW WHEN"
                " ((%(old)s) IS DISTINCT FROM (%(new)s))",
                columns=self._list(),
                table=table,
                old=self._list("old"),
                new=self._list("new"),
            )
        return SQL(
            "%(event)s ON %(table)s REFERENCING %(rows)s FOR EACH STATEMENT",
            event=SQL(event),
            table=table,
            rows=SQL(TRANSITION_TABLES[event]),
        )

    def _list(self, *row):
        return SQL(", ").join(SQL.identifier(*row, name) for name in self.watch.columns)

    def _sql_function(self):
        """Return the trigger function that queues the keys of changed rows.

        What one transaction has queued for a key covers all that it changes there,
        until the queue is emptied.
        """
        has_updates = "UPDATE" in self.watch.events
        return SQL(
            """
            CREATE OR REPLACE FUNCTION %(name)s() RETURNS trigger
            LANGUAGE plpgsql AS $$
            DECLARE
                queued text;
            BEGIN
                IF TG_OP = 'INSERT' THEN
                    %(inserted)s
                ELSIF TG_OP = 'DELETE' THEN
                    %(deleted)s
                ELSE
                    %(updated)s
                END IF;
                RETURN NULL;
            END $$
            """,
            name=SQL.identifier(self.watch.name),
            inserted=self._sql_enqueue(self._sql_rows("new_rows")),
            deleted=self._sql_enqueue(self._sql_rows("old_rows")),
            updated=self._sql_updated() if has_updates else SQL("NULL;"),
        )

    def _sql_updated(self):
        """Return what the function does with an updated row. Both keys are queued,
        because the key itself may have changed."""
        return SQL(
            """
            queued := %(queued)s;
            IF queued = current_setting(%(setting)s, true)
                OR (%(counted)s OR %(counts)s) IS NOT TRUE THEN
                RETURN NULL;
            END IF;
            %(enqueue)s
            PERFORM set_config(%(setting)s, queued, true);
            """,
            queued=self._sql_queued(),
            setting=f"sales_mart.{self.watch.name}",
            counted=self._sql_counts("old"),
            counts=self._sql_counts("new"),
            enqueue=self._sql_enqueue(
                SQL(
                    "SELECT r.* FROM (SELECT old.* UNION ALL SELECT new.*) r WHERE %s",
                    SQL(self.watch.condition),
                )
            ),
        )

    def _sql_queued(self):
        """Return the text by which a key is known again; null if it has to be queued in
        any case: it has changed, or the row alone does not tell it."""
        if not self.watch.key.isidentifier():
            return SQL("NULL")
        return SQL(
            "CASE WHEN %(old)s = %(new)s"
            " THEN concat(%(new)s, ' ', current_setting(%(turn)s, true)) END",
            old=SQL.identifier("old", self.watch.key),
            new=SQL.identifier("new", self.watch.key),
            turn=TURN,
        )

    def _sql_counts(self, row):
        return SQL("(%s)", SQL(ROW.sub(f"{row}.", self.watch.condition)))

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
