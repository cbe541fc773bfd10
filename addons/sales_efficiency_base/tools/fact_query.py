# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from bisect import bisect_left, bisect_right
from collections import defaultdict
from dataclasses import dataclass

from odoo.tools import SQL

from .period import DAY, Period

AND = SQL(" AND ")
COMMA = SQL(", ")
OR = SQL(" OR ")
UNION = SQL(" UNION ALL ")


@dataclass(frozen=True, slots=True)
class Dimension:
    """A column by which facts are told apart.

    :param bool in_cells: whether the monthly cells have the column too
    :param dict below: in a tree, what lies below an id (and the id itself): the
        values of the column that the id stands for; None if there is no tree
    """

    in_cells: bool
    below: dict | None = None

    def expand(self, ids):
        """Return the values of the column that some ids stand for."""
        if self.below is None:
            return ids
        return set().union(*(self.below.get(id_, ()) for id_ in ids))


@dataclass(frozen=True, slots=True)
class Measure:
    """What is added up: a column of the facts of some events.

    :param tuple events: values of ``sales_fact.event``
    :param str column: a measure of the cells; ``facts`` counts the facts
    :param str type: type of the sum in PostgreSQL
    :param SQL condition: restriction of ``sales_fact`` that cells know nothing of
    """

    events: tuple
    column: str
    type: str
    condition: SQL | None = None


class FactQuery:
    """Statements that answer scopes × periods from the data mart.

    Each is one statement whatever is asked: rows are summed by all the dimensions in
    use, then by each set of dimensions that scopes have, and only these few rows
    meet the trees, the scopes and the periods. Whole months come from the monthly
    cells; other days, dimensions that cells do not have, and measures with a
    condition come from the facts.

    An answer has the ``position`` of its scope and period in scopes × periods.

    :param dict dimensions: :class:`Dimension` by name
    :param list scopes: distinct :class:`Scope` objects
    :param list periods: distinct :class:`Period` objects
    """

    def __init__(self, dimensions, scopes, periods):
        self._dimensions = dimensions
        self._periods = periods
        self._companies = list({scope.company_id for scope in scopes})
        # What a scope names in a dimension, one id or several, is known by one key:
        # so ids, unions of ids and trees are all matched by equality.
        self._keys = defaultdict(dict)
        # set of dimensions -> (place, company, key in each dimension) of its scopes
        self._scopes = defaultdict(list)
        for row, scope in enumerate(scopes):
            names = tuple(name for name, _ids in scope.dimensions)
            keys = [
                self._keys[name].setdefault(ids, len(self._keys[name]))
                for name, ids in scope.dimensions
            ]
            self._scopes[names].append((row * len(periods), scope.company_id, *keys))
        # dimension -> (value of the column, key that it belongs to)
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
        :return: SELECT of a position and a value per measure; no row, NULL and 0 all
            say that there is nothing
        """
        plain = [None if measure.condition else measure for measure in measures]
        conditional = [measure if measure.condition else None for measure in measures]
        sets = list(self._scopes)
        in_cells = [
            names
            for names in sets
            if all(self._dimensions[name].in_cells for name in names)
        ]
        beyond_cells = [names for names in sets if names not in in_cells]
        splits = [period.split() for period in self._periods]
        months = [[whole] if whole else [] for whole, _rest in splits]
        rest = [rest for _whole, rest in splits]
        periods = [[period] for period in self._periods]
        parts = [
            *self._sum("sales_fact_cell", in_cells, months, plain),
            *self._sum("sales_fact", in_cells, rest, plain),
            *self._sum("sales_fact", beyond_cells, periods, plain),
            *self._sum("sales_fact", sets, periods, conditional),
        ]
        return self._total(parts, measures)

    def sums_of(self, relation, measures):
        """Return the SELECT of the sums of measures over rows that are no figures yet,
        or no longer.

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
            in use, and the ``kind`` and ``key`` of what to count
        :return: SELECT of a position, the index of a relation and a number; no row
            says that there is nothing
        """
        sets = list(self._scopes)
        columns = self._columns(("company_id", "date", *self.names, "kind", "key"))
        relation = SQL(
            "(%s) AS relation",
            UNION.join(
                SQL("SELECT %s AS number, %s FROM %s", number, columns, relation)
                for number, relation in enumerate(relations)
            ),
        )
        periods = [[period] for period in self._periods]
        part = self._answer(
            relation, "date", sets, periods, keys=("number", "kind", "key")
        )
        return SQL(
            "SELECT position, number, COUNT(*)"
            " FROM (SELECT DISTINCT * FROM (%s) AS part) AS part"
            " GROUP BY position, number",
            part,
        )

    # ------------------------------------------------------------------
    # Parts of a statement
    # ------------------------------------------------------------------

    def _total(self, parts, measures):
        """Return the SELECT that adds up parts by position."""
        return SQL(
            "SELECT position, %s FROM (%s) AS part GROUP BY position",
            COMMA.join(
                SQL("SUM(%s)::%s", self._value(n), SQL(measure.type))
                for n, measure in enumerate(measures)
            ),
            UNION.join(parts),
        )

    def _sum(self, table, sets, ranges, measures):
        """Return the SELECT of sums from a table, in a list: empty if none is asked.

        :param table: name of a table, or SQL of another FROM item
        :param list ranges: for each period, the ranges of days to answer it from
        :param list measures: :class:`Measure` objects; None for what others answer
        """
        events = {event for measure in measures if measure for event in measure.events}
        if not (events and sets and any(ranges)):
            return []
        return [
            self._answer(
                table if isinstance(table, SQL) else SQL.identifier(table),
                "month" if table == "sales_fact_cell" else "date",
                sets,
                ranges,
                values=[self._figure(table, measure, events) for measure in measures],
                where=[SQL("event IN %s", tuple(sorted(events)))],
            )
        ]

    def _figure(self, table, measure, events):
        """Return what a row of some events, its own among them, adds to a measure."""
        if measure is None:
            return SQL("NULL::numeric")
        column = SQL.identifier(measure.column)
        if table == "sales_fact" and measure.column == "facts":
            column = SQL("1")
        conditions = []
        if events - set(measure.events):
            conditions.append(SQL("event IN %s", measure.events))
        if measure.condition:
            conditions.append(SQL("(%s)", measure.condition))
        if not conditions:
            return column
        return SQL("CASE WHEN %s THEN %s END", AND.join(conditions), column)

    def _answer(self, relation, day, sets, ranges, keys=(), values=(), where=()):
        """Return the SELECT of position, keys and values for some sets of dimensions.

        :param SQL relation: FROM item
        :param str day: column that says when
        :param tuple keys: further columns to group by
        :param list values: what a row adds to each value
        """
        slice_of_day, slices = self._slice(day, ranges)
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
        if len(sets) == 1:
            # Most rows may belong to no scope: they are not worth adding up before.
            return SQL(
                "(%s)", self._match(SQL("(%s)", rows), *sets, slices, keys, aliases)
            )
        base = self._coarsen(SQL("(%s)", rows), names, keys, aliases)
        parts = []
        for scope_names in sets:
            coarser = SQL("base")
            if len(scope_names) < len(names):
                coarser = self._coarsen(coarser, scope_names, keys, aliases)
            parts.append(self._match(coarser, scope_names, slices, keys, aliases))
        return SQL("(WITH base AS %s %s)", base, UNION.join(parts))

    def _coarsen(self, rows, names, keys, values):
        """Return the FROM item of rows summed by some dimensions."""
        columns = self._columns(("slice", "company_id", *names, *keys))
        sums = [SQL("SUM(%s) AS %s", value, value) for value in values]
        return SQL(
            "(SELECT %s FROM %s AS fine GROUP BY %s)",
            COMMA.join([columns, *sums]),
            rows,
            columns,
        )

    def _match(self, base, names, slices, keys, values):
        """Return the SELECT of position, keys and values for one set of dimensions.

        Each row meets the scopes that it belongs to by equality of what they name in
        each dimension; only what is left is added up by periods, by one number.
        """
        scope = dict.fromkeys(("place", "company_id", *names), "int")
        of_keys = [SQL.identifier("base", key) for key in keys]
        matched = SQL(
            "SELECT base.slice, scope.place, %s FROM %s AS base %s JOIN %s ON %s"
            " GROUP BY %s",
            COMMA.join([*of_keys, *(SQL("SUM(%s) AS %s", v, v) for v in values)]),
            base,
            SQL(" ").join(
                SQL(
                    "JOIN %s ON %s = %s",
                    self._rows(name, {"leaf": "int", "key": "int"}, leaves),
                    SQL.identifier(name, "leaf"),
                    SQL.identifier("base", name),
                )
                for name, leaves in self._get_leaves(names)
            ),
            self._rows("scope", scope, self._scopes[names]),
            AND.join(
                [
                    SQL("scope.company_id = base.company_id"),
                    *(
                        SQL(
                            "%s = %s",
                            SQL.identifier("scope", name),
                            SQL.identifier(name, "key"),
                        )
                        for name in names
                    ),
                ]
            ),
            COMMA.join([SQL("base.slice"), SQL("scope.place"), *of_keys]),
        )
        return SQL(
            "SELECT %s FROM (%s) AS matched JOIN %s ON period.slice = matched.slice"
            " GROUP BY %s",
            COMMA.join(
                [
                    SQL("matched.place + period.place AS position"),
                    *(SQL.identifier("matched", key) for key in keys),
                    *(SQL("SUM(%s) AS %s", value, value) for value in values),
                ]
            ),
            matched,
            self._rows("period", {"slice": "date", "place": "int"}, slices),
            COMMA.join(
                [SQL("position"), *(SQL.identifier("matched", key) for key in keys)]
            ),
        )

    def _get_leaves(self, names):
        """Yield each dimension with the leaves of the keys that its scopes have."""
        _places, _companies, *columns = zip(*self._scopes[names], strict=True)
        for name, keys in zip(names, map(set, columns), strict=True):
            yield name, [(leaf, key) for leaf, key in self._leaves[name] if key in keys]

    def _filter(self, day, sets, ranges):
        """Return the conditions that leave out what no scope and no period asks for."""
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
                    for part in self._merge(ranges)
                ),
            ),
            *(
                SQL("%s = ANY(%s::int[])", SQL.identifier(name), self._array(leaves))
                for name, leaves in sorted(shared.items())
            ),
        ]

    def _slice(self, day, ranges):
        """Slice time so that a day belongs to one slice, and a range to whole slices.

        :return: SQL of the first day of the slice, and pairs of the first day of a
            slice and the place of a period that it is part of
        """
        parts = [part for parts in ranges for part in parts]
        if day == "month":
            first_day = SQL("month")
            starts = {month for part in parts for month in part.months()}
        else:
            starts = {part.start for part in parts} | {part.end + DAY for part in parts}
            array = SQL("%s::date[]", self._array(sorted(starts)))
            first_day = SQL("(%s)[width_bucket(date, %s)]", array, array)
        starts = sorted(starts)
        return first_day, [
            (start, place)
            for place, parts in enumerate(ranges)
            for part in parts
            for start in starts[
                bisect_left(starts, part.start) : bisect_right(starts, part.end)
            ]
        ]

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    @staticmethod
    def _merge(ranges):
        """Return the days that ranges cover in as few ranges as possible."""
        merged = []
        for part in sorted(part for parts in ranges for part in parts):
            if merged and part.start <= merged[-1].end + DAY:
                end = max(part.end, merged[-1].end)
                merged[-1] = Period(merged[-1].start, end)
            else:
                merged.append(part)
        return merged

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
