# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections import defaultdict
from dataclasses import replace
from operator import add

from odoo import models
from odoo.fields import Domain
from odoo.tools import SQL

from ..tools import Dimension, FactQuery, Known, Measure, MetricValues, grow, round_all

# Of a margin: the amount whose margin is known, and all of it
KNOWN = ("margin_base", "amount")


class SalesMetricEvaluation(models.AbstractModel):
    """The one place where figures are measured: metrics × scopes × periods → values."""

    _name = "sales.metric.evaluation"
    _description = "Evaluation of Sales Metrics"

    def _evaluate(self, scopes, periods, known=False):
        """Measure the metrics for all scopes and periods at once.

        Sums are exact: they are added up as decimals in the database and then given as
        the float next to them. Sums of nothing and counts of nothing are 0. A quotient
        is made of sums, never of other quotients' averages; it is None where its
        denominator is 0, and rounded to the decimals of the company's currency, of
        product units, or to 4 for percent, days and numbers. Growth compares the days
        of a period that have been with the same days a year before.

        The number of queries depends neither on the number of metrics, scopes and
        periods nor on their kinds: at most one reads the trees, one the sums, one the
        numbers of documents and customers; each metric that is ``Computed by the
        program`` adds its own.

        Record rules do not matter: it is for the caller to ask only for what the user
        may see.

        :param scopes: :class:`Scope` objects; repeated ones are answered once
        :param periods: :class:`Period` objects; repeated ones are answered once
        :param bool known: whether to say also, by the same statement, how much of
            margins and of their rates is known: ``MetricValues.known`` then has
            :class:`Known` of the amount, be it sold or returned
        :rtype: MetricValues
        :raise ValueError: if the figures do not have a dimension of a scope
        """
        metrics, none = self.sudo(), self.sudo().browse()
        scopes, periods = list(dict.fromkeys(scopes)), list(dict.fromkeys(periods))
        if not (metrics and scopes and periods):
            return MetricValues(scopes, periods, {id_: [] for id_ in metrics.ids})
        parts = metrics | metrics._get_all_parts()
        timeline, compared = periods, {}
        if "growth" in parts.mapped("kind"):
            timeline, compared = self._get_compared(scopes, periods)
        margins = {metric.id: metric._get_margin_part() for metric in metrics if known}
        columns = parts._measure(scopes, timeline, none.union(*margins.values()))
        for metric in metrics:
            metric._derive(columns, scopes, compared)
        known_of = {
            id_: list(map(Known.of, *(columns[margin.id, name] for name in KNOWN)))
            for id_, margin in margins.items()
            if margin
        }
        return MetricValues(
            scopes,
            periods,
            {
                metric.id: metric._finish(columns[metric.id], scopes, timeline, periods)
                for metric in metrics
            },
            {
                id_: self._take_asked(column, timeline, periods)
                for id_, column in known_of.items()
            },
        )

    # ------------------------------------------------------------------
    # What is measured by figures
    # ------------------------------------------------------------------

    def _measure(self, scopes, periods, margins):
        """Return a column of values for each metric that is not made of others.

        :param margins: the metrics to measure what is known of as well
        :return: metric id, and for margins (metric id, one of ``KNOWN``) → values in
            the order of scopes × periods
        """
        # At once: what ratios are divided by may be read apart otherwise.
        self._origin.fetch(["event_ids"])
        query = FactQuery(self._get_dimensions(scopes), scopes, periods)
        length = len(scopes) * len(periods)
        by_kind = self.grouped("kind")
        none = self.browse()
        sums = self.filtered(lambda m: m.kind == "sum" or m._is_counted_by_figures())
        columns = sums.with_prefetch(self.ids)._measure_sums(query, length, margins)
        numbers = by_kind.get("distinct", none)._measure_numbers(query, length)
        for id_, column in numbers.items():
            counted = columns.get(id_)
            columns[id_] = list(map(add, counted, column)) if counted else column
        for metric in by_kind.get("method", none):
            columns[metric.id] = metric._measure_by_method(scopes, periods)
        return columns

    def _measure_by_method(self, scopes, periods):
        """Return a column of values; none if the add-on with the method is gone, and
        the metric was kept by what refers to it."""
        self.ensure_one()
        method = getattr(self.env.get(self.method_model), self.method_name, None)
        if not method:
            return [None] * (len(scopes) * len(periods))
        return method(self, scopes, periods)

    def _measure_sums(self, query, length, margins):
        """Return a column of sums for each metric, see ``FactQuery.sums``."""
        measures = {metric.id: metric._get_measure() for metric in self} | {
            (metric.id, name): replace(metric._get_measure(), column=name)
            for metric in margins
            for name in KNOWN
        }
        if not measures:
            return {}
        asked = list(measures.values())
        columns = self._read_sums(query.sums(asked), asked, length)
        return dict(zip(measures, columns, strict=True))

    def _read_sums(self, statement, measures, length):
        """Return a column for each measure of what ``FactQuery`` has added up."""
        columns = [
            [0 if measure.type == "bigint" else 0.0] * length for measure in measures
        ]
        for position, *values in self.env.execute_query(statement):
            for column, value in zip(columns, values, strict=True):
                if value is not None:
                    column[position] = value
        return columns

    def _measure_numbers(self, query, length):
        if not self:
            return {}
        relations = [metric._get_countable(query.names) for metric in self]
        columns = self._count(query, relations, length)
        return dict(zip(self._ids, columns, strict=True))

    def _count(self, query, relations, length):
        """Return a column of numbers for each relation, see ``FactQuery.counts``."""
        columns = [[0] * length for _relation in relations]
        for position, number, count in self.env.execute_query(query.counts(relations)):
            columns[number][position] = count
        return columns

    def _is_counted_by_figures(self):
        """Return whether figures say how many of the documents there are."""
        return (
            self.kind == "distinct"
            and self.counted == "document"
            and not self.is_of_known_margin
            and self._get_domain().is_true()
        )

    def _get_measure(self):
        """Return the :class:`Measure` of a metric that is a sum."""
        facts = self.env["sales.fact"]
        column = self.measure or "documents"
        counts = column == "facts" or facts._fields[column].type == "integer"
        return Measure(
            events=tuple(self.event_ids.mapped("event")),
            column=column,
            type="bigint" if counts else "float8",
            condition=self._get_condition(),
        )

    def _get_countable(self, names):
        """Return the FROM item of what a metric counts, see ``FactQuery.counts``."""
        condition = self._get_condition() or SQL("TRUE")
        if self._is_counted_by_figures():
            uncounted = self._sql_countable(names, SQL("documents IS NULL"))
            return uncounted, self._sql_countable(names, condition)
        return self._sql_countable(names, condition)

    def _sql_countable(self, names, condition):
        if self.counted == "customer":
            kind, key = SQL("''"), SQL("partner_id")
        else:
            kind, key = SQL("source"), SQL("res_id")
        return SQL(
            "(SELECT %s, %s AS kind, %s AS key FROM sales_fact"
            " WHERE event IN %s AND %s IS NOT NULL AND %s) AS countable",
            SQL(", ").join(map(SQL.identifier, ("company_id", "date", *names))),
            kind,
            key,
            tuple(self.event_ids.mapped("event")),
            key,
            condition,
        )

    def _get_condition(self):
        """Return the filter of a metric as a condition on ``sales_fact``, or None."""
        domain = self._get_domain().map_conditions(self._look_below)
        if self.is_of_known_margin:
            domain &= Domain.custom(
                to_sql=lambda _facts, alias, _query: SQL(
                    "%s IS NOT NULL", SQL.identifier(alias, "margin")
                )
            )
        if domain.is_true():
            return None
        facts = self.env["sales.fact"].with_context(active_test=False)
        query = facts._search(domain)
        if query.from_clause == SQL.identifier("sales_fact"):
            return query.where_clause
        return SQL("sales_fact.id IN %s", query.subselect())

    def _include_below(self, condition):
        """Let nodes of a tree stand for what is below them, in filters as in scopes."""
        name, ids = condition.field_expr, self._get_nodes(condition)
        if ids and condition.operator in ("=", "in"):
            return Domain(name, "child_of", ids)
        if ids and condition.operator in ("!=", "not in"):
            return Domain(name, "=", False) | ~Domain(name, "child_of", ids)
        return condition

    def _look_below(self, condition):
        """Look up a tree in the statement itself: the ORM would query it before."""
        name, ids = condition.field_expr, self._get_nodes(condition)
        if not ids or condition.operator != "child_of":
            return condition
        return Domain.custom(
            to_sql=lambda facts, alias, query: SQL(
                "%s IN (SELECT id FROM (%s) AS below)",
                facts._field_to_sql(alias, name, query),
                self._query_below(name, ids),
            )
        )

    def _get_nodes(self, condition):
        """Return the ids of the nodes of a tree that a condition names, if it does."""
        value = condition.value
        ids = list(value) if isinstance(value, (list, tuple, set)) else [value]
        is_tree = self._is_tree(condition.field_expr)
        return ids if is_tree and all(type(id_) is int for id_ in ids) else []

    # ------------------------------------------------------------------
    # What is computed by the program
    # ------------------------------------------------------------------

    def _measure_new_customers(self, metric, scopes, periods):
        """Count the customers whose first sale ever falls in a period.

        They are counted where the figures of that day lie. A customer is a commercial
        partner, and new to each company.

        :param metric: the metric, whose events say what a sale is
        :return: values in the order of scopes × periods
        """
        query = FactQuery(self._get_dimensions(scopes), scopes, periods)
        length = len(scopes) * len(periods)
        if not query.names:
            # The day is all that matters: each customer has one, and is counted by it.
            first = metric._sql_first_days()
            days = SQL("(SELECT *, '' AS event, 1 AS facts FROM %s) AS day", first)
            measures = [Measure(events=("",), column="facts", type="bigint")]
            return self._read_sums(query.sums_of(days, measures), measures, length)[0]
        # One figure of a document knows its day, customer and all that does not divide
        # documents.
        conditions = SQL("fact.documents IS DISTINCT FROM 0"), SQL("TRUE")
        relations = tuple(
            metric._sql_first_sales(query.names, condition) for condition in conditions
        )
        return self._count(query, [relations], length)[0]

    def _sql_first_days(self):
        """Return the FROM item of the first day of each customer of a company."""
        return SQL(
            """
            (SELECT company_id, partner_id, MIN(date) AS date
               FROM sales_fact
              WHERE event IN %s AND partner_id IS NOT NULL
                AND documents IS DISTINCT FROM 0
              GROUP BY company_id, partner_id) AS first
            """,
            tuple(self.event_ids.mapped("event")),
        )

    def _sql_first_sales(self, names, condition):
        """Return the FROM item of the figures of each customer's first day."""
        return SQL(
            """
            (SELECT %(columns)s, '' AS kind, fact.partner_id AS key
               FROM sales_fact AS fact
               JOIN %(first)s
                 ON first.company_id = fact.company_id
                AND first.partner_id = fact.partner_id
                AND first.date = fact.date
              WHERE fact.event IN %(events)s AND fact.partner_id IS NOT NULL
                AND %(condition)s) AS countable
            """,
            columns=SQL(", ").join(
                SQL.identifier("fact", name) for name in ("company_id", "date", *names)
            ),
            first=self._sql_first_days(),
            events=tuple(self.event_ids.mapped("event")),
            condition=condition,
        )

    # ------------------------------------------------------------------
    # Dimensions
    # ------------------------------------------------------------------

    def _get_dimensions(self, scopes):
        """Return a :class:`Dimension` for each dimension of some scopes, by name."""
        asked = defaultdict(set)
        for scope in scopes:
            for name, ids in scope.dimensions:
                asked[name].update(ids)
        self._check_dimensions(asked)
        cells = self.env["sales.fact.cell"]._get_keys()
        below = self._get_below(
            {name: ids for name, ids in asked.items() if self._is_tree(name)}
        )
        facts = self.env["sales.fact"]
        return {
            name: Dimension(name in cells, below.get(name), facts._divides(name))
            for name in asked
        }

    def _check_dimensions(self, names):
        fields = self.env["sales.fact"]._fields
        for name in names:
            field = fields.get(name)
            if not (field and field.store and field.type == "many2one"):
                raise ValueError(f"Sales facts have no dimension {name}")

    def _is_tree(self, name):
        return self.env["sales.fact"]._is_tree(name)

    def _get_below(self, asked):
        """Read what lies below nodes of trees, archived or not.

        :param dict asked: dimension → ids
        :return: dimension → id → ids of the node itself and of all below it
        """
        below = {name: defaultdict(list) for name in asked}
        if asked:
            queries = [
                SQL(
                    "SELECT %s, ancestor, id FROM (%s) AS below",
                    name,
                    self._query_below(name, ids),
                )
                for name, ids in asked.items()
            ]
            for name, ancestor, id_ in self.env.execute_query(
                SQL(" UNION ALL ").join(queries)
            ):
                below[name][ancestor].append(id_)
        return below

    def _query_below(self, name, ids):
        """Return the SELECT (ancestor, id) of what lies below nodes of a tree."""
        tree = self.env[self.env["sales.fact"]._fields[name].comodel_name]
        return SQL(
            "SELECT ancestor, node.id FROM %s AS node, unnest("
            "string_to_array(rtrim(%s, '/'), '/')::int[]) AS ancestor"
            " WHERE ancestor = ANY(%s)",
            SQL.identifier(tree._table),
            tree._field_to_sql("node", "parent_path"),
            list(ids),
        )

    # ------------------------------------------------------------------
    # What is measured by other metrics
    # ------------------------------------------------------------------

    def _derive(self, columns, scopes, compared):
        """Add the column of a metric, and of those it is made of, to ``columns``.

        :param dict compared: see ``_get_compared``
        """
        self.ensure_one()
        if self.id in columns:
            return
        for part in self._get_parts():
            part._derive(columns, scopes, compared)
        if self.kind == "ratio":
            columns[self.id] = self._divide(
                columns[self.numerator_id.id], columns[self._get_denominator().id]
            )
        else:
            columns[self.id] = self._grow(columns[self.base_id.id], scopes, compared)

    def _divide(self, numerators, denominators):
        factor = 100 if self.unit == "percent" else 1
        return [
            None
            if numerator is None or not denominator
            else factor * numerator / denominator
            for numerator, denominator in zip(numerators, denominators, strict=True)
        ]

    def _get_compared(self, scopes, periods):
        """Say which figures growth compares: the days of a period that have been, and
        the same days a year before.

        :return: list of the periods to measure, those that are asked for first, and a
            dict company id → for each of them the two places in the list, None for what
            is not asked for or has not begun
        """
        timeline, spans = list(periods), {}
        for company_id in {scope.company_id for scope in scopes}:
            company = self.env["res.company"].browse(company_id)
            today = company._get_sales_today()
            spans[company_id] = [
                period.until(today) if period.start <= today else None
                for period in periods
            ]
            begun = [span for span in spans[company_id] if span]
            timeline += [*begun, *(span.previous_year() for span in begun)]
        timeline = list(dict.fromkeys(timeline))
        places = {period: place for place, period in enumerate(timeline)}
        others = [None] * (len(timeline) - len(periods))
        return timeline, {
            company_id: [
                span and (places[span], places[span.previous_year()]) for span in begun
            ]
            + others
            for company_id, begun in spans.items()
        }

    def _grow(self, column, scopes, compared):
        grown, start, is_rate = [], 0, self.base_id._is_rate()
        for scope in scopes:
            places = compared[scope.company_id]
            row = column[start : start + len(places)]
            start += len(places)
            grown += [
                pair and grow(row[pair[0]], row[pair[1]], is_rate) for pair in places
            ]
        return grown

    @staticmethod
    def _take_asked(column, timeline, periods):
        """Take the periods that are asked for, which come first."""
        if len(timeline) == len(periods):
            return column
        return [
            value
            for row in range(0, len(column), len(timeline))
            for value in column[row : row + len(periods)]
        ]

    def _finish(self, column, scopes, timeline, periods):
        """Take the asked periods and round what was divided."""
        column = self._take_asked(column, timeline, periods)
        if self.kind not in ("ratio", "growth"):
            return column
        companies = self.env["res.company"].browse({s.company_id for s in scopes})
        digits = {c.id: self._define_unit(self.unit, c).digits for c in companies}
        rounded, size = [], len(periods)
        for place, scope in enumerate(scopes):
            row = column[place * size : (place + 1) * size]
            rounded += round_all(row, digits[scope.company_id])
        return rounded
