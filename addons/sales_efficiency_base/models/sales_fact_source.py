# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections import namedtuple

from odoo import models
from odoo.tools import SQL

from ..tools import FIRST_DAY, LAST_DAY

UPDATE = ("UPDATE",)

Watch = namedtuple(
    "Watch",
    "table origin key columns condition events",
    defaults=("TRUE", ("INSERT", "UPDATE", "DELETE")),
)
Watch.__doc__ = """Which changes of a table concern the facts.

:param str table: the table to watch
:param str origin: kind of key that a change is queued under
:param str key: column that holds the key, or a SELECT of the ``key`` from the
    changed ``%(rows)s``
:param tuple columns: columns that matter when a row is updated
:param str condition: what a row ``r`` must fulfil before or after the change. It may
    look at the row alone: what another table holds may change at the same time in a
    transaction that this one does not see.
:param tuple events: the statements that matter
"""

TRANSITION_TABLES = {
    "INSERT": "NEW TABLE AS new_rows",
    "UPDATE": "OLD TABLE AS old_rows NEW TABLE AS new_rows",
    "DELETE": "OLD TABLE AS old_rows",
}


class SalesFactSource(models.AbstractModel):
    """One source of facts: a SELECT, and the changes that make it give other rows.

    A concrete source inherits from this model and from it alone. The SELECT has no
    state: a full rebuild runs it for all documents, a refresh for the changed ones,
    the nightly reconciliation compares its rows with the facts.
    """

    _name = "sales.fact.source"
    _description = "Source of Sales Facts"
    _code = None  # value of sales.fact.source
    _sequence = 100
    _document = None  # model of the documents
    _origin = None  # origin under which a changed document is queued by its own id
    _splits_credit = False  # whether the lines name an order whose credit is split

    def init(self):
        """(Re)create the triggers that queue changed documents.

        After all models are there: a source may watch the table of a later one.
        """
        res = super().init()
        for watch in self._get_watches():
            self.pool.post_init(self._create_triggers, watch)
        return res

    def _get_watches(self):
        """Return the list of :class:`Watch` of this source."""
        return []

    def _get_expansions(self):
        """Map an origin of changes to the SELECT of the documents it touches.

        The SELECT may use ``%(ids)s``: an array of the queued keys.
        """
        return {}

    def _get_columns(self):
        """Map columns of ``sales_fact`` to SQL over the tables of ``_from``.

        Amounts are those of the whole line in company currency, rounded; ``precision``
        is the number of decimals of that currency and ``order_id`` names the order
        whose split credit divides the line (if ``_splits_credit``).
        """
        raise NotImplementedError

    def _from(self, ids=None):
        """Return FROM and WHERE of the lines.

        :param list ids: documents to restrict the lines to; None for all
        """
        raise NotImplementedError

    def _query(self, ids=None):
        """Return the SELECT of the facts, with the columns ``_fact_columns``.

        :param list ids: documents to restrict the facts to; None for all
        """
        columns = {name: SQL.identifier(name) for name in self._fact_columns()}
        columns["documents"] = SQL(
            "CASE WHEN NOT BOOL_OR(differs) OVER (PARTITION BY res_id)"
            " THEN (number = 1)::int END"
        )
        names = self.env["sales.fact"]._get_document_columns()
        alike = SQL("ROW(%s)", SQL(", ").join(map(SQL.identifier, names)))
        return SQL(
            """
            SELECT %(columns)s FROM (
                SELECT *, ROW_NUMBER() OVER parts AS number,
                       %(alike)s IS DISTINCT FROM FIRST_VALUE(%(alike)s) OVER parts
                       AS differs
                  FROM (%(lines)s) AS line
                WINDOW parts AS (
                    PARTITION BY res_id ORDER BY line_id, match_id, credit_id
                )
            ) AS fact
            """,
            columns=self._select(columns),
            alike=alike,
            lines=self._query_lines(ids),
        )

    def _query_lines(self, ids=None):
        """Return the SELECT of the facts without what their documents make of them."""
        columns = self._get_columns()
        values = {
            name: SQL.identifier("line", name)
            if name in columns
            else SQL(self._get_neutral_value(name))
            for name in self._fact_columns()
        }
        values["source"] = SQL("%s", self._code)
        # Python has no year 10000, nor a month before the year 1.
        values["date"] = SQL("LEAST(GREATEST(line.date, %s), %s)", FIRST_DAY, LAST_DAY)
        margin, join = values["margin"], SQL()
        if self._splits_credit:
            values.update(self._split_values())
            join = SQL("LEFT JOIN (%s) credit USING (order_id)", self._credits(ids))
        values["margin_base"] = SQL(
            "CASE WHEN %s IS NOT NULL THEN %s END", margin, values["amount"]
        )
        return SQL(
            "WITH line AS (SELECT %s FROM %s) SELECT %s FROM line %s",
            self._select(columns),
            self._from(ids),
            self._select(values),
            join,
        )

    def _select(self, columns):
        return SQL(", ").join(
            SQL("%s AS %s", expression, SQL.identifier(name))
            for name, expression in columns.items()
        )

    def _fact_columns(self):
        """Names of the columns that a source gives."""
        return [
            field.name
            for field in self.env["sales.fact"]._fields.values()
            if field.store and field.column_type and field.name != "id"
        ]

    def _says(self, names):
        """:return: whether the source says something of some columns: gives them, or
        what they are made of, see ``_query``"""
        made = {"source", "credit_id", "margin_base", "documents"}
        return not made.union(self._get_columns()).isdisjoint(names)

    def _get_neutral_value(self, name):
        """Return the SQL for a column that the source knows nothing of."""
        if name in ("line_id", "match_id", "credit_id"):
            return "0"
        return f"NULL::{self.env['sales.fact']._fields[name].column_type[1]}"

    def _get_unit_cost(self, line):
        """Return the cost of a unit of a line of order ``o`` in company currency. One
        that was never converted need not be kept."""
        return SQL(
            "COALESCE(%s, %s::numeric / COALESCE(NULLIF(o.currency_rate, 0), 1))",
            SQL.identifier(line, "sales_unit_cost"),
            SQL.identifier(line, "purchase_price"),
        )

    def _get_margin(self, amount, unit_cost, quantity):
        """Return the margin of a line in the currency of its company ``c``; NULL if a
        cost of 0 says that nobody knows it."""
        return SQL(
            """
            CASE WHEN c.sales_zero_cost_unknown IS NOT TRUE OR %(unit_cost)s <> 0 THEN
                ROUND(%(amount)s - COALESCE(%(unit_cost)s, 0) * %(quantity)s,
                      cur.decimal_places)
            END
            """,
            amount=amount,
            unit_cost=unit_cost,
            quantity=quantity,
        )

    def _credits(self, ids=None):
        """SELECT of the split credits, with the share up to and including each."""
        return SQL(
            """
            SELECT id, order_id, user_id, team_id, share,
                   SUM(share) OVER (PARTITION BY order_id ORDER BY id) AS upto
              FROM sales_credit
             WHERE %s
            """,
            SQL("TRUE")
            if ids is None
            else SQL("order_id IN (SELECT order_id FROM line)"),
        )

    def _split_values(self):
        """SQL of the columns that depend on the credited person."""
        return {
            "user_id": SQL("COALESCE(credit.user_id, line.user_id)"),
            "team_id": SQL("COALESCE(credit.team_id, line.team_id)"),
            "credit_id": SQL("COALESCE(credit.id, 0)"),
            "amount": self._split(SQL("line.amount")),
            "margin": self._split(SQL("line.margin")),
            "quantity": SQL("line.quantity * COALESCE(credit.share, 100) / 100"),
        }

    def _split(self, amount):
        """Return the credited part of an amount.

        The running total is rounded, not each part: so the parts add up to the whole
        to the cent, whatever the shares.
        """
        return SQL(
            "ROUND(%(a)s * COALESCE(credit.upto, 100) / 100, line.precision)"
            " - ROUND(%(a)s * COALESCE(credit.upto - credit.share, 0) / 100,"
            " line.precision)",
            a=amount,
        )

    def _create_triggers(self, watch):
        """Queue a change in the transaction that makes it, by statement-level triggers.

        They see what the ORM flushes and plain SQL alike, at the cost of one INSERT
        for each statement, without any query of the client.
        """
        name = f"sales_mart_{watch.table}_{watch.origin}"
        statements = [self._sql_trigger_function(name, watch)]
        for event in watch.events:
            statements.append(
                SQL(
                    "DROP TRIGGER IF EXISTS %(trigger)s ON %(table)s;"
                    " CREATE TRIGGER %(trigger)s AFTER %(event)s ON %(table)s"
                    " REFERENCING %(tables)s"
                    " FOR EACH STATEMENT EXECUTE FUNCTION %(function)s()",
                    trigger=SQL.identifier(f"{name}_{event.lower()}"),
                    table=SQL.identifier(watch.table),
                    event=SQL(event),
                    tables=SQL(TRANSITION_TABLES[event]),
                    function=SQL.identifier(name),
                )
            )
        self.env.cr.execute(SQL(";\n").join(statements))

    def _sql_trigger_function(self, name, watch):
        """Return the function that queues the keys of the rows that changed."""
        return SQL(
            """
            CREATE OR REPLACE FUNCTION %(name)s() RETURNS trigger
            LANGUAGE plpgsql AS $$
            BEGIN
                IF TG_OP = 'INSERT' THEN
                    %(inserted)s
                ELSIF TG_OP = 'DELETE' THEN
                    %(deleted)s
                -- Most updates of documents change nothing that matters.
                ELSIF EXISTS (%(changed)s) THEN
                    %(updated)s
                END IF;
                RETURN NULL;
            END $$
            """,
            name=SQL.identifier(name),
            inserted=self._sql_enqueue(watch, self._sql_rows(watch, "new_rows")),
            changed=self._sql_changed_rows(watch),
            updated=self._sql_enqueue(watch, self._sql_updated_rows(watch)),
            deleted=self._sql_enqueue(watch, self._sql_rows(watch, "old_rows")),
        )

    def _sql_enqueue(self, watch, rows):
        if watch.key.isidentifier():
            keys = SQL(
                "SELECT %s AS key FROM (%s) r", SQL.identifier("r", watch.key), rows
            )
        else:
            keys = SQL(watch.key, rows=rows)
        return SQL(
            "INSERT INTO sales_fact_queue (origin, res_id)"
            " SELECT DISTINCT %s, key FROM (%s) k WHERE key IS NOT NULL;",
            watch.origin,
            keys,
        )

    def _sql_rows(self, watch, table):
        return SQL(
            "SELECT r.* FROM %s r WHERE %s",
            SQL.identifier(table),
            SQL(watch.condition),
        )

    def _sql_changed_rows(self, watch):
        """SELECT the ids of rows in which a column that matters differs."""
        if "UPDATE" not in watch.events:
            return SQL("SELECT id FROM old_rows WHERE FALSE")
        return SQL(
            """
            SELECT o.id FROM old_rows o JOIN new_rows n USING (id)
             WHERE (%(old)s) IS DISTINCT FROM (%(new)s)
            """,
            old=SQL(", ").join(SQL.identifier("o", name) for name in watch.columns),
            new=SQL(", ").join(SQL.identifier("n", name) for name in watch.columns),
        )

    def _sql_updated_rows(self, watch):
        """SELECT the old and the new rows in which a column that matters differs.

        Both, because the key itself may have changed.
        """
        return SQL(
            """
            SELECT r.* FROM (
                SELECT * FROM old_rows UNION ALL SELECT * FROM new_rows
            ) r WHERE r.id IN (%(changed)s) AND %(condition)s
            """,
            changed=self._sql_changed_rows(watch),
            condition=SQL(watch.condition),
        )
