# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models
from odoo.tools import SQL

from ..engine import FactTriggers
from ..tools import FIRST_DAY, LAST_DAY


class SalesFactSource(models.AbstractModel):
    """One source of facts: a SELECT, and the changes that affect its result.

    A concrete source inherits from this model only. The SELECT is stateless: a full
    rebuild runs it for all documents, a refresh for the changed ones, and the nightly
    reconciliation compares its rows with the facts.

    Everything else is derived: its value of ``sales.fact.source``, its events and their
    records, its row of the data mart, its triggers, and the cleanup when its add-on is
    uninstalled.
    """

    _name = "sales.fact.source"
    _description = "Source of Sales Facts"
    _code = None  # value of sales.fact.source
    _title = None  # name of its row of the data mart
    _summary = None  # description in that row
    _subject = "other"  # value of sales.mart.source.subject
    # Tables to watch. A class that extends a source lists only its additions.
    _watches = []
    _sequence = 100
    _document = None  # model of the documents
    _origin = None  # origin of changes queued by document id
    _splits_credit = False  # whether lines have an order with split credit

    def init(self):
        """(Re)create the triggers that queue changed documents, and the records.

        This runs after all models are set up: a source may watch a table that is
        created later.
        """
        res = super().init()
        if self._code:
            self.pool.post_init(self._create_records)
            watches = self._get_watches()
            for name in {watch.name for watch, _module in self._get_own_watches()}:
                self.pool.post_init(FactTriggers(self.env, watches[name]).install)
        return res

    @api.model
    def _get_watches(self, without=()):
        """Return the watches of all sources, joined by trigger function.

        :param without: names of add-ons to leave out
        :return: dict name of the function -> :class:`Watch`
        """
        watches = {}
        for source in self.env["sales.fact"]._get_sources():
            for watch, module in source._get_own_watches():
                if module not in without:
                    known = watches.get(watch.name)
                    watches[watch.name] = known.join(watch) if known else watch
        return watches

    def _get_own_watches(self):
        """Return pairs of a watch and the add-on that defines it."""
        return [
            (watch, definition._module)
            for definition in reversed(type(self)._model_classes__)
            for watch in vars(definition).get("_watches", ())
        ]

    def _create_records(self):
        """Create or adopt the records of the source and of its new events.

        Events of earlier sources are skipped. The records belong to the add-on of the
        source and are deleted with it.
        """
        add_on = self._original_module
        values = {
            "name": self._title,
            "code": self._code,
            "subject": self._subject,
            "sequence": self._sequence,
            "description": self._summary,
        }
        rows = self.env["sales.mart.source"]
        is_known = rows.search_count([("code", "=", self._code)], limit=1)
        row = rows._load_records(
            [
                {
                    "xml_id": f"{add_on}.sales_mart_source_{self._code}",
                    "noupdate": True,
                    "values": values,
                }
            ],
            update=True,
        )
        if row.subject != self._subject:
            row.subject = self._subject
        if not is_known:
            # Its documents may be older than the source.
            row._queue_rebuild()
        facts = self.env["sales.fact"]
        sources = facts._get_sources()
        before = sources[: [source._name for source in sources].index(self._name)]
        known = {event for source in before for event in source._get_events()}
        known.update(facts._get_answer_events())
        self.env["sales.metric.event"]._load_records(
            [
                {
                    "xml_id": f"{add_on}.sales_metric_event_{event}",
                    "noupdate": False,
                    "values": {"event": event, "sequence": self._sequence},
                }
                for event in self._get_events()
                if event not in known
            ],
            update=True,
        )

    def _get_label(self):
        """Return the label of the source: the name of one of its documents."""
        raise NotImplementedError

    def _get_events(self):
        """:return: dict value of ``sales.fact.event`` -> label"""
        raise NotImplementedError

    def _get_expansions(self):
        """Map origins of changes to the SELECTs of the affected documents.

        The SELECT may use ``%(ids)s``: an array of the queued keys.
        """
        return {}

    def _get_columns(self):
        """Map columns of ``sales_fact`` to SQL over the tables of ``_from``.

        Amounts are for the whole line, rounded, in company currency. ``precision`` is
        the number of decimals of that currency. With ``_splits_credit``, ``order_id``
        is the order whose split credit divides the line.
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
        # One array: comparing the columns one by one takes several times as long.
        event, date, *dimensions = self.env["sales.fact"]._get_document_columns()
        alike = (
            SQL.identifier(event),
            SQL.identifier(date),
            SQL("ARRAY[%s]", SQL(", ").join(map(SQL.identifier, dimensions))),
        )
        columns["documents"] = SQL(
            "CASE WHEN %s THEN (ROW_NUMBER() OVER parts = 1)::int END",
            SQL(" AND ").join(
                SQL("MIN(%(part)s) OVER parts = MAX(%(part)s) OVER parts", part=part)
                for part in alike
            ),
        )
        return SQL(
            """
            SELECT %(columns)s
              FROM (%(lines)s) AS fact
            WINDOW parts AS (
                PARTITION BY res_id ORDER BY line_id, match_id, credit_id
                ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
            )
            """,
            columns=self._select(columns),
            lines=self._query_lines(ids),
        )

    def _query_lines(self, ids=None):
        """Return the SELECT of the facts, before ``documents`` is computed."""
        columns = self._get_columns()
        values = {
            name: SQL.identifier("line", name)
            if name in columns
            else SQL(self._get_neutral_value(name))
            for name in self._fact_columns()
        }
        values["source"] = SQL("%s", self._code)
        # Limit dates to the range that Python supports.
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
        """Return the names of the columns that a source fills."""
        return [
            field.name
            for field in self.env["sales.fact"]._fields.values()
            if field.store and field.column_type and field.name != "id"
        ]

    def _says(self, names):
        """Return whether the source fills one of the columns, see ``_query``."""
        made = {"source", "credit_id", "margin_base", "documents"}
        return not made.union(self._get_columns()).isdisjoint(names)

    def _get_neutral_value(self, name):
        """Return the SQL for a column that the source does not provide."""
        if name in ("line_id", "match_id", "credit_id"):
            return "0"
        return f"NULL::{self.env['sales.fact']._fields[name].column_type[1]}"

    def _get_unit_cost(self, line):
        """Return the unit cost of a line of order ``o`` in company currency.

        Without a stored unit cost, it is converted from the purchase price.
        """
        return SQL(
            "COALESCE(%s, %s)",
            SQL.identifier(line, "sales_unit_cost"),
            self._convert(SQL("%s::numeric", SQL.identifier(line, "purchase_price"))),
        )

    def _convert(self, amount):
        """Return an amount of order ``o`` in company currency.

        The rate is the one on the order, that of its date. Most orders skip the
        division, which is expensive.
        """
        return SQL(
            "CASE WHEN o.currency_rate NOT IN (0, 1)"
            " THEN %(amount)s / o.currency_rate ELSE %(amount)s END",
            amount=amount,
        )

    def _in_unit(self, quantity, unit, other):
        """Return a quantity in another unit of measure.

        Both units are aliases of outer-joined tables.
        """
        return SQL(
            """
            CASE WHEN %(unit)s.id <> %(other)s.id
                 THEN %(quantity)s * COALESCE(
                      %(unit)s.factor / NULLIF(%(other)s.factor, 0), 1)
                 ELSE %(quantity)s END
            """,
            quantity=quantity,
            unit=SQL.identifier(unit),
            other=SQL.identifier(other),
        )

    def _get_margin(self, amount, unit_cost, quantity):
        """Return the margin of a line in the currency of its company ``c``.

        It is NULL if the cost is 0 and the company treats such costs as unknown.
        """
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
        """Return the SELECT of the split credits with their running total of shares."""
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
        """Return the SQL of the columns that depend on the credited person."""
        return {
            "user_id": SQL("COALESCE(credit.user_id, line.user_id)"),
            "team_id": SQL("COALESCE(credit.team_id, line.team_id)"),
            "credit_id": SQL("COALESCE(credit.id, 0)"),
            "amount": self._split(SQL("line.amount")),
            "margin": self._split(SQL("line.margin")),
            "quantity": SQL(
                "CASE WHEN credit.id IS NULL THEN line.quantity"
                " ELSE line.quantity * credit.share / 100 END"
            ),
        }

    def _split(self, amount):
        """Return the credited part of an amount.

        The running total is rounded rather than each part, so that the parts always
        add up exactly to the whole.
        """
        return SQL(
            """
            CASE WHEN credit.id IS NULL THEN %(a)s
                 ELSE ROUND(%(a)s * credit.upto / 100, line.precision)
                    - ROUND(%(a)s * (credit.upto - credit.share) / 100, line.precision)
            END
            """,
            a=amount,
        )
