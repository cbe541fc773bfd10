# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections import defaultdict
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from odoo.tools import SQL

from odoo.addons.sales_efficiency_base.engine import MetricFigures, NewCustomers
from odoo.addons.sales_efficiency_base.tools import to_array

from ..tools import select_documents

AND = SQL(" AND ")
COMMA = SQL(", ")
KEY = ("source", "res_id", "line_id", "match_id", "credit_id", "event")


class Line(NamedTuple):
    """A figure that is credited by :class:`.Credit` number ``credit``"""

    credit: int
    key: tuple
    date: date
    base: Decimal
    margin: str | None
    margin_base: str | None
    seller: tuple
    customer_id: int | None
    product_id: int | None

    @property
    def document(self):
        return self.key[:2]


class CreditedLines:
    """Reads the figures that are credited to people, in one statement.

    Credits that need the same columns are joined with the figures together. All ids of
    a dimension that count for a credit have one key, so that people, teams and trees
    are matched by equality. Imported history never earns.

    :param env: environment that may read all figures
    :param list credits: :class:`.Credit` objects
    :param SQL figures: SELECT that takes the place of ``sales_fact``; None: the figures
    :param bool with_history: let imported history earn, as simulations do
    """

    def __init__(self, env, credits, figures=None, with_history=False):
        self.env = env
        self._credits = credits
        self._figures = figures
        self._with_history = with_history
        self._metrics = {
            metric.id: metric
            for metric in env["sales.metric"].browse({c.metric_id for c in credits})
        }

        # Ratios, whose targets may decide about pay, count by what they consist of.
        self._events = {
            id_: tuple((metric | metric._get_all_parts()).event_ids.mapped("event"))
            for id_, metric in self._metrics.items()
        }

    def find(self, start=None, end=None, documents=None, fixed=None):
        """Return the credited figures.

        :param start: first day; None: any
        :param end: last day
        :param documents: pairs of source and id of a document; None: all
        :param fixed: pairs of the number of a credit and a key: read just these, even
            where places do not match any more
        :return: list of :class:`Line`
        """
        statement = self.select(start, end, documents, fixed)
        if not statement:
            return []
        return [
            self._make_line(*row)
            for row in self.env.execute_query(statement)
            if row[8] is not None
        ]

    def select(self, start=None, end=None, documents=None, fixed=None):
        """Return the statement of ``find``, or None if nothing can be credited."""
        parts = self._get_parts(start, end, documents, fixed)
        if not parts:
            return None
        statement = SQL(" UNION ALL ").join(SQL("(%s)", part) for part in parts)
        if self._figures:
            statement = SQL("WITH sales_fact AS (%s) %s", self._figures, statement)
        return statement

    def add_up(self):
        """Return the sum of what each credit counts.

        :return: dict number of a credit → sum; what has no figure is left out
        """
        statement = self.select()
        if not statement:
            return {}
        return {
            number: Decimal(value) * self._credits[number].share
            for number, value in self.env.execute_query(
                SQL(
                    "SELECT number, SUM(value::numeric)::text FROM (%s) line"
                    " WHERE value IS NOT NULL GROUP BY number",
                    statement,
                )
            )
        }

    def find_assignments(self, documents):
        """Return the ids of the assignments that documents are credited to."""
        if not documents:
            return set()
        places = self._read_places(documents)
        # Otherwise each figure would be compared with all credits, one by one.
        credits = [
            credit
            for credit in self._credits
            if all(not ids.isdisjoint(places[n]) for n, ids in credit.places.items())
        ]
        lines = CreditedLines(self.env, credits).find(documents=documents)
        return {credits[line.credit].assignment_id for line in lines}

    def _read_places(self, documents):
        """Return where documents count: dict dimension → ids."""
        names = sorted({name for credit in self._credits for name in credit.places})
        if not names:
            return {}
        [row] = self.env.execute_query(
            SQL(
                "SELECT %s FROM sales_fact %s",
                COMMA.join(
                    SQL("array_agg(DISTINCT %s)", SQL.identifier("sales_fact", name))
                    for name in names
                ),
                self._join_documents(documents),
            )
        )
        return {name: set(ids or ()) for name, ids in zip(names, row, strict=True)}

    def _make_line(self, number, *row):
        day, base, margin, margin_base, user_id, team_id, customer, product = row[6:]
        base = Decimal(base) * self._credits[number].share
        seller = (user_id, team_id)
        return Line(
            number, row[:6], day, base, margin, margin_base, seller, customer, product
        )

    # ------------------------------------------------------------------
    # Statement
    # ------------------------------------------------------------------

    def _get_parts(self, start, end, documents, fixed):
        groups = defaultdict(list)
        for number, credit in enumerate(self._credits):
            first = max(filter(None, (start, credit.date_from)))
            last = min(filter(None, (end, credit.date_to)))
            if first <= last and self._events[credit.metric_id]:
                names = () if fixed is not None else tuple(sorted(credit.places))
                groups[credit.metric_id, names].append((number, credit, first, last))
        if documents is not None and not documents:
            return []
        if fixed is not None and not fixed:
            return []
        return [
            self._select(metric_id, names, rows, documents, fixed)
            for (metric_id, names), rows in groups.items()
        ]

    def _select(self, metric_id, names, rows, documents, fixed):
        metric = self._metrics[metric_id]
        figures = MetricFigures(metric)
        joins, columns = self._join_places(names, rows)
        conditions = [
            SQL("sales_fact.event IN %s", self._events[metric_id]),
            SQL("TRUE" if self._with_history else "sales_fact.source <> 'history'"),
            SQL("sales_fact.company_id = ANY(%s)", self._get_companies(rows)),
            SQL(
                "sales_fact.date BETWEEN %s AND %s",
                min(first for *_credit, first, _last in rows),
                max(last for *_credit, _first, last in rows),
            ),
        ]
        if condition := self._get_condition(metric, figures):
            conditions.append(condition)
        if documents is not None:
            joins.append(self._join_documents(documents))
        if fixed is not None:
            joins.append(self._join_keys(fixed))
        return SQL(
            """
            SELECT %(distinct)s credit.number, %(key)s, sales_fact.date,
                   %(value)s::text AS value, sales_fact.margin::text,
                   sales_fact.margin_base::text, sales_fact.user_id,
                   sales_fact.team_id, sales_fact.partner_id, sales_fact.product_id
              FROM sales_fact
              JOIN %(credits)s ON credit.company_id = sales_fact.company_id
               AND sales_fact.date BETWEEN credit.date_from AND credit.date_to
               AND sales_fact.user_id IS DISTINCT FROM credit.without_user
               AND %(same)s
              %(joins)s
             WHERE %(conditions)s
             %(order)s
            """,
            distinct=self._get_distinct(metric),
            key=self._columns("sales_fact", KEY),
            value=self._get_value(metric),
            credits=self._unnest_credits(rows, columns),
            same=AND.join(
                [
                    SQL("TRUE"),
                    *(
                        SQL(
                            "%s = %s",
                            SQL.identifier("credit", name),
                            SQL.identifier("sales_fact", name),
                        )
                        for name, (_values, is_leaf) in columns.items()
                        if is_leaf
                    ),
                ]
            ),
            joins=SQL(" ").join(joins),
            conditions=AND.join(conditions),
            order=self._get_order(metric),
        )

    def _join_places(self, names, rows):
        """Return the joins that match places, and the columns of credits they need.

        :return: list of joins, and dict dimension → values by credit, whether they are
            ids of the dimension itself
        """
        joins, columns = [], {}
        for name in names:
            sets = [credit.places[name] for _number, credit, *_days in rows]
            if all(len(ids) == 1 for ids in sets):
                columns[name] = [next(iter(ids)) for ids in sets], True
                continue
            keys = {ids: key for key, ids in enumerate(dict.fromkeys(sets))}
            columns[name] = [keys[ids] for ids in sets], False
            pairs = [(leaf, key) for ids, key in keys.items() for leaf in ids]
            joins.append(
                SQL(
                    "JOIN unnest(%(leaves)s::int[], %(keys)s::int[])"
                    " AS %(alias)s (leaf, key)"
                    " ON %(alias)s.leaf = %(column)s AND %(alias)s.key = %(wanted)s",
                    leaves=to_array(leaf for leaf, _key in pairs),
                    keys=to_array(key for _leaf, key in pairs),
                    alias=SQL.identifier(f"place_{name}"),
                    column=SQL.identifier("sales_fact", name),
                    wanted=SQL.identifier("credit", name),
                )
            )
        return joins, columns

    def _unnest_credits(self, rows, columns):
        numbers, credits, firsts, lasts = zip(*rows, strict=True)
        arrays = {
            "number": ("int", numbers),
            "company_id": ("int", (credit.company_id for credit in credits)),
            "date_from": ("date", firsts),
            "date_to": ("date", lasts),
            "without_user": ("int", (credit.without_user for credit in credits)),
            **{name: ("int", values) for name, (values, _leaf) in columns.items()},
        }
        return SQL(
            "unnest(%s) AS credit (%s)",
            COMMA.join(
                SQL("%s::%s[]", to_array(values), SQL(type_))
                for type_, values in arrays.values()
            ),
            COMMA.join(map(SQL.identifier, arrays)),
        )

    def _join_documents(self, documents):
        return SQL(
            "JOIN (%s) AS document ON document.source = sales_fact.source"
            " AND document.res_id = sales_fact.res_id",
            select_documents(set(documents)),
        )

    def _join_keys(self, fixed):
        types = ("int", "text", "int", "int", "int", "int", "text")
        columns = zip(*((number, *key) for number, key in fixed), strict=True)
        return SQL(
            "JOIN unnest(%s) AS fixed (number, %s)"
            " ON fixed.number = credit.number AND (%s) = (%s)",
            COMMA.join(
                SQL("%s::%s[]", to_array(values), SQL(type_))
                for values, type_ in zip(columns, types, strict=True)
            ),
            COMMA.join(map(SQL.identifier, KEY)),
            self._columns("fixed", KEY),
            self._columns("sales_fact", KEY),
        )

    # ------------------------------------------------------------------
    # Metrics
    # ------------------------------------------------------------------

    def _get_value(self, metric):
        if metric.kind == "sum" and metric.measure != "facts":
            return SQL.identifier("sales_fact", metric.measure)
        return SQL("1")

    def _get_condition(self, metric, figures):
        if metric.kind == "method":
            return SQL(
                "(sales_fact.company_id, sales_fact.partner_id, sales_fact.date) IN"
                " (SELECT company_id, partner_id, date FROM %s)",
                NewCustomers(self.env, figures.events)._sql_first_days(),
            )
        return figures.get_condition()

    def _get_counted(self, metric):
        """Return the columns of what is counted once, None for sums."""
        if metric.kind == "sum":
            return None
        if metric.kind == "distinct" and metric.counted == "document":
            return self._columns("sales_fact", ("source", "res_id"))
        return self._columns("sales_fact", ("partner_id",))

    def _get_distinct(self, metric):
        counted = self._get_counted(metric)
        if not counted:
            return SQL()
        return SQL(
            "DISTINCT ON (credit.number, date_trunc('month', sales_fact.date), %s)",
            counted,
        )

    def _get_order(self, metric):
        """Of what is counted once, the first figure stands for all."""
        counted = self._get_counted(metric)
        if not counted:
            return SQL()
        return SQL(
            "ORDER BY credit.number, date_trunc('month', sales_fact.date), %s,"
            " sales_fact.date, %s",
            counted,
            self._columns("sales_fact", KEY),
        )

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    @staticmethod
    def _get_companies(rows):
        return list({credit.company_id for _number, credit, *_days in rows})

    @staticmethod
    def _columns(alias, names):
        return COMMA.join(SQL.identifier(alias, name) for name in names)
