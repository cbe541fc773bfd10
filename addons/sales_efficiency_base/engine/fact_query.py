# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections import defaultdict

from odoo.tools import SQL

from . import slices

AND = SQL(" AND ")
COMMA = SQL(", ")
OR = SQL(" OR ")
UNION = SQL(" UNION ALL ")
# Tables of monthly sums: of whole companies, and by dimensions
MONTHLY = ("sales_fact_total", "sales_fact_cell")
# Above this number of events, summing all cells is faster than filtering them.
MANY_EVENTS = 8


class FactQuery:
    """Statements that answer scopes × periods from the data mart.

    Each query is a single statement. It sums rows by all dimensions in use, then by
    each set of dimensions of the scopes, and joins only these few rows with the trees,
    scopes and periods. Whole months come from the monthly cells, those of the whole
    company from the monthly totals; other days, dimensions missing from the cells, and
    measures with a condition come from the facts.

    Each result row has the ``position`` of its scope and period in scopes × periods.

    :param dict dimensions: :class:`Dimension` by name
    :param list scopes: distinct :class:`Scope` objects
    :param list periods: distinct :class:`Period` objects
    """

    def __init__(self, dimensions, scopes, periods):
        self._dimensions = dimensions
        self._periods = periods
        self._companies = list({scope.company_id for scope in scopes})
        # One key stands for all ids of a scope in a dimension, so that ids, unions of
        # ids and trees are all matched by equality.
        self._keys = defaultdict(dict)
        # set of dimensions → (place, company, key in each dimension) of its scopes
        self._scopes = defaultdict(list)
        for row, scope in enumerate(scopes):
            names = tuple(name for name, _ids in scope.dimensions)
            keys = [
                self._keys[name].setdefault(ids, len(self._keys[name]))
                for name, ids in scope.dimensions
            ]
            self._scopes[names].append((row * len(periods), scope.company_id, *keys))
        # dimension → (value of the column, its key)
        self._leaves = {
            name: [
                (leaf, key)
                for ids, key in keys.items()
                for leaf in dimensions[name].expand(ids)
            ]
            for name, keys in self._keys.items()
        }

    # ------------------------------------------------------------------
    # Statements
    # ------------------------------------------------------------------

    @property
    def names(self):
        """Names of the dimensions in use."""
        return self._names(self._scopes)

    def sums(self, measures):
        """Return the SELECT of the sums of measures.

        :param list measures: :class:`Measure` objects
        :return: SELECT of a position and a value per measure; a missing row, NULL and
            0 all mean zero
        """
        sets = list(self._scopes)
        if not any(measure.column == "documents" for measure in measures):
            return self._total(self._parts(sets, measures), measures)
        others = [None if m.column == "documents" else m for m in measures]
        parts = [
            *self._parts([n for n in sets if not self._is_divided(n)], measures),
            *self._parts([n for n in sets if self._is_divided(n)], others),
        ]
        return self._total(parts, measures)

    def sums_of(self, relation, measures):
        """Return the SELECT of the sums of measures over rows other than stored facts.

        :param SQL relation: FROM item with ``company_id``, ``date``, ``event``, the
            dimensions in use and the measures
        :param list measures: :class:`Measure` objects without condition
        :return: see ``sums``
        """
        periods = [[period] for period in self._periods]
        parts = self._sum(relation, list(self._scopes), periods, measures)
        return self._total(parts, measures)

    def counts(self, relations):
        """Return the SELECT of the numbers of distinct keys.

        :param list relations: FROM items with ``company_id``, ``date``, the dimensions
            in use, and the ``kind`` and ``key`` to count; or pairs of them, the second
            one for scopes that divide documents
        :return: SELECT of a position, the index of a relation and a number; a missing
            row means zero
        """
        pairs = [
            relation if isinstance(relation, tuple) else (relation, relation)
            for relation in relations
        ]
        parts = []
        for divided in (False, True):
            sets = [
                names for names in self._scopes if self._is_divided(names) == divided
            ]
            if sets:
                parts.append(self._count([pair[divided] for pair in pairs], sets))
        return SQL(
            "SELECT position, number, COUNT(*)"
            # If PostgreSQL sorts, it starts with the most selective column.
            " FROM (SELECT DISTINCT key, kind, position, number FROM (%s) AS part)"
            " AS part GROUP BY position, number",
            UNION.join(parts),
        )

    def by_key(self, relation, keys, value):
        """Return the SELECT of sums by further keys, e.g. to count or square them.

        :param SQL relation: FROM item with ``company_id``, ``date``, the dimensions in
            use, and the keys
        :param tuple keys: names of columns of the relation
        :param SQL value: contribution of a row
        :return: SELECT of a position, the keys and the sum ``value_0``, one row each
        """
        periods = [[period] for period in self._periods]
        sets = list(self._scopes)
        return self._answer(relation, "date", sets, periods, keys, values=[value])

    # ------------------------------------------------------------------
    # Parts of a statement
    # ------------------------------------------------------------------

    def _is_divided(self, names):
        """Return whether any of the dimensions divides documents."""
        return any(self._dimensions[name].divides for name in names)

    def _parts(self, sets, measures):
        """Return the SELECTs of the sums of measures for some sets of dimensions."""
        plain = [None if m is None or m.condition else m for m in measures]
        conditional = [m if m and m.condition else None for m in measures]
        in_cells = [
            names
            for names in sets
            if all(self._dimensions[name].in_cells for name in names)
        ]
        of_company = [names for names in in_cells if not names]
        by_dimension = [names for names in in_cells if names]
        beyond_cells = [names for names in sets if names not in in_cells]
        splits = [period.split() for period in self._periods]
        months = [[whole] if whole else [] for whole, _rest in splits]
        rest = [rest for _whole, rest in splits]
        periods = [[period] for period in self._periods]
        return [
            *self._sum("sales_fact_total", of_company, months, plain),
            *self._sum("sales_fact_cell", by_dimension, months, plain),
            *self._sum("sales_fact", in_cells, rest, plain),
            *self._sum("sales_fact", beyond_cells, periods, plain),
            *self._sum("sales_fact", sets, periods, conditional),
        ]

    def _count(self, relations, sets):
        """Return the SELECT of the keys to count for some sets of dimensions."""
        columns = self._columns(("company_id", "date", *self.names, "kind", "key"))
        relation = SQL(
            "(%s) AS relation",
            UNION.join(
                SQL("SELECT %s AS number, %s FROM %s", number, columns, relation)
                for number, relation in enumerate(relations)
            ),
        )
        periods = [[period] for period in self._periods]
        return self._answer(
            relation, "date", sets, periods, keys=("number", "kind", "key")
        )

    def _total(self, parts, measures):
        """Return the SELECT that adds up parts by position; each part has one row for
        a position."""
        values = [self._value(n) for n in range(len(measures))]
        if not parts:
            nothing = [SQL("NULL::numeric AS %s", value) for value in values]
            select = SQL("SELECT NULL::int AS position, %s", COMMA.join(nothing))
            parts = [SQL("%s WHERE FALSE", select)]
        rows = SQL("(%s) AS part", UNION.join(parts))
        total = self._add_up([SQL("position")], values, rows, once=len(parts) == 1)
        return SQL(
            "SELECT position, %s FROM (%s) AS total",
            COMMA.join(
                SQL("%s::%s", value, SQL(measure.type))
                for value, measure in zip(values, measures, strict=True)
            ),
            total,
        )

    def _sum(self, table, sets, ranges, measures):
        """Return a list with the SELECT of sums from a table, empty if not needed.

        :param table: name of a table, or SQL of another FROM item
        :param list ranges: for each period, the ranges of days to answer it from
        :param list measures: :class:`Measure` objects; None if another part answers
        """
        events = {event for measure in measures if measure for event in measure.events}
        if not (events and sets and any(ranges)):
            return []
        several = len({measure.events for measure in measures if measure}) > 1
        where = [SQL("event IN %s", tuple(sorted(events)))]
        if table in MONTHLY and several:
            relation = self._sum_events(table, sets, measures)
            if len(events) > MANY_EVENTS:
                events, where = None, []
        else:
            relation = table if isinstance(table, SQL) else SQL.identifier(table)
        return [
            self._answer(
                relation,
                "month" if table in MONTHLY else "date",
                sets,
                ranges,
                values=[self._figure(table, measure, events) for measure in measures],
                where=where,
            )
        ]

    def _sum_events(self, table, sets, measures):
        """Return the FROM item of monthly sums by event and the dimensions in use.

        Many measures sum one column for different events, so add it up only once.
        """
        columns = ("month", "company_id", "event", *self._names(sets))
        values = {measure.column for measure in measures if measure}
        return SQL(
            "(%s) AS cell",
            self._add_up(
                list(map(SQL.identifier, columns)),
                list(map(SQL.identifier, sorted(values))),
                SQL.identifier(table),
            ),
        )

    def _figure(self, table, measure, events):
        """Return the contribution of a row to a measure.

        :param set events: possible events of the rows; None for any
        """
        if measure is None:
            return SQL("NULL::numeric")
        column = SQL.identifier(measure.column)
        if table == "sales_fact" and measure.column == "facts":
            column = SQL("1")
        conditions = []
        if events is None or events - set(measure.events):
            conditions.append(SQL("event IN %s", measure.events))
        if measure.condition:
            conditions.append(SQL("(%s)", measure.condition))
        if not conditions:
            return column
        return SQL("CASE WHEN %s THEN %s END", AND.join(conditions), column)

    def _answer(self, relation, day, sets, ranges, keys=(), values=(), where=()):
        """Return the SELECT of position, keys and values for some sets of dimensions.

        :param SQL relation: FROM item
        :param str day: column of the date
        :param tuple keys: further columns to group by
        :param list values: contribution of a row to each value
        """
        slice_of_day, starts = slices.cut(day, ranges)
        names = self._names(sets)
        columns = self._columns(("company_id", *names, *keys))
        aliases = [self._value(n) for n in range(len(values))]
        rows = SQL(
            "SELECT %s FROM %s WHERE %s",
            COMMA.join(
                [
                    SQL("%s AS slice", slice_of_day),
                    columns,
                    *(
                        SQL("%s AS %s", *pair)
                        for pair in zip(values, aliases, strict=True)
                    ),
                ]
            ),
            relation,
            AND.join([*self._filter(day, sets, ranges), *where]),
        )
        base = self._coarsen(SQL("(%s)", rows), names, keys, aliases)
        parts = []
        for scope_names in sets:
            coarser = SQL("base")
            if len(scope_names) < len(names):
                coarser = self._coarsen(coarser, scope_names, keys, aliases)
            parts.append(self._match(coarser, scope_names, starts, keys, aliases))
        return SQL("(WITH base AS %s %s)", base, UNION.join(parts))

    def _coarsen(self, rows, names, keys, values):
        """Return the FROM item of rows summed by some dimensions."""
        columns = map(SQL.identifier, ("slice", "company_id", *names, *keys))
        return SQL("(%s)", self._add_up(list(columns), values, SQL("%s AS fine", rows)))

    def _match(self, base, names, starts, keys, values):
        """Return the SELECT of position, keys and values for one set of dimensions.

        Rows are joined with their scopes by the key of each dimension. Only the
        remaining rows are then added up by period. Keys without values may repeat.
        """
        scope = dict.fromkeys(("place", "company_id", *names), "int")
        leaves = dict(self._get_leaves(names))
        joins = [
            SQL(
                "JOIN %s ON %s = %s",
                self._rows(name, {"leaf": "int", "key": "int"}, pairs),
                SQL.identifier(name, "leaf"),
                SQL.identifier("base", name),
            )
            for name, pairs in leaves.items()
        ]
        conditions = [
            SQL("scope.company_id = base.company_id"),
            *(
                SQL("%s = %s", SQL.identifier("scope", n), SQL.identifier(n, "key"))
                for n in names
            ),
        ]
        matched = self._add_up(
            [
                SQL("base.slice"),
                SQL("scope.place"),
                *(SQL.identifier("base", key) for key in keys),
            ],
            values,
            SQL(
                "%s AS base %s JOIN %s ON %s",
                base,
                SQL(" ").join(joins),
                self._rows("scope", scope, self._scopes[names]),
                AND.join(conditions),
            ),
            once=not values or all(map(self._is_one_to_one, leaves.values())),
        )
        return self._add_up(
            [
                SQL("matched.place + period.place AS position"),
                *map(SQL.identifier, keys),
            ],
            values,
            SQL(
                "(%s) AS matched JOIN %s USING (slice)",
                matched,
                self._rows("period", {"slice": "date", "place": "int"}, starts),
            ),
            once=not values or self._is_one_to_one(starts),
        )

    def _add_up(self, columns, values, rows, once=False):
        """Return the SELECT of columns and the sums of values, grouped by the columns.

        :param SQL rows: FROM item
        :param bool once: whether the columns are unique, so that no sum is needed
        """
        if once:
            return SQL("SELECT %s FROM %s", COMMA.join([*columns, *values]), rows)
        sums = [SQL("SUM(%s) AS %s", value, value) for value in values]
        return SQL(
            "SELECT %s FROM %s GROUP BY %s",
            COMMA.join([*columns, *sums]),
            rows,
            COMMA.join(SQL(str(number + 1)) for number in range(len(columns))),
        )

    def _get_leaves(self, names):
        """Yield each dimension with the leaves of the keys of its scopes."""
        _places, _companies, *columns = zip(*self._scopes[names], strict=True)
        for name, keys in zip(names, map(set, columns), strict=True):
            yield name, [(leaf, key) for leaf, key in self._leaves[name] if key in keys]

    def _filter(self, day, sets, ranges):
        """Return the conditions that exclude rows outside all scopes and periods."""
        column = SQL.identifier(day)
        shared = {
            name: {leaf for leaf, _key in self._leaves[name]}
            for name in set.intersection(*map(set, sets))
        }
        return [
            SQL("company_id = ANY(%s)", self._companies),
            SQL(
                "(%s)",
                OR.join(
                    SQL("%s BETWEEN %s AND %s", column, part.start, part.end)
                    for part in slices.merge(ranges)
                ),
            ),
            *(
                SQL("%s = ANY(%s::int[])", SQL.identifier(name), self._array(leaves))
                for name, leaves in sorted(shared.items())
            ),
        ]

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    @staticmethod
    def _is_one_to_one(pairs):
        """Return whether each whole has only one part, in pairs (part, whole)."""
        return len({whole for _part, whole in pairs}) == len(pairs)

    @staticmethod
    def _names(sets):
        return sorted({name for names in sets for name in names})

    @staticmethod
    def _columns(names):
        return COMMA.join(SQL.identifier(name) for name in names)

    @staticmethod
    def _value(number):
        return SQL.identifier(f"value_{number}")

    @staticmethod
    def _array(values):
        return f"{{{','.join(map(str, values))}}}"

    def _rows(self, name, types, rows):
        """Return the FROM item of some rows."""
        columns = zip(*rows, strict=True) if rows else [()] * len(types)
        return SQL(
            "unnest(%s) AS %s (%s)",
            COMMA.join(
                SQL("%s::%s[]", self._array(column), SQL(type_))
                for column, type_ in zip(columns, types.values(), strict=True)
            ),
            SQL.identifier(name),
            self._columns(types),
        )
