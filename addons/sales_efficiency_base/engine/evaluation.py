# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from dataclasses import replace
from operator import add

from ..tools import Known, MetricValues, grow, round_all
from .fact_columns import FactColumns
from .metric_figures import MetricFigures

# Of a margin: the amount with a known margin, and the total amount
KNOWN = ("margin_base", "amount")


class Evaluation:
    """Measures all figures: metrics × scopes × periods → values.

    :param metrics: ``sales.metric`` records
    :param scopes: :class:`Scope` objects; repeated ones are answered once
    :param periods: :class:`Period` objects; repeated ones are answered once
    """

    def __init__(self, metrics, scopes, periods):
        # sudo: figures do not depend on the user, see ``_evaluate`` of ``sales.metric``
        self._metrics = metrics.sudo()
        self.env = self._metrics.env
        self._scopes = list(dict.fromkeys(scopes))
        self._periods = list(dict.fromkeys(periods))
        # Periods to measure: growth needs more than the requested ones.
        self._timeline, self._compared = self._periods, {}

    def get_values(self, known=False, rounded=True):
        """See ``_evaluate`` of ``sales.metric``."""
        metrics, none = self._metrics, self._metrics.browse()
        if not (metrics and self._scopes and self._periods):
            nothing = {id_: [] for id_ in metrics.ids}
            return MetricValues(self._scopes, self._periods, nothing)
        parts = metrics | metrics._get_all_parts()
        if "growth" in parts.mapped("kind"):
            self._timeline, self._compared = self._get_compared()
        margins = {metric.id: metric._get_margin_part() for metric in metrics if known}
        columns = self._measure(parts, none.union(*margins.values()))
        for metric in metrics:
            self._derive(metric, columns)
        known_of = {
            id_: list(map(Known.of, *(columns[margin.id, name] for name in KNOWN)))
            for id_, margin in margins.items()
            if margin
        }
        return MetricValues(
            self._scopes,
            self._periods,
            {
                metric.id: self._finish(metric, columns[metric.id], rounded)
                for metric in metrics
            },
            {id_: self._take_asked(column) for id_, column in known_of.items()},
        )

    # ------------------------------------------------------------------
    # Metrics measured from facts
    # ------------------------------------------------------------------

    def _measure(self, metrics, margins):
        """Return a column of values for each metric not derived from others.

        :param margins: the metrics whose known part is measured as well
        :return: metric id, and for margins (metric id, one of ``KNOWN``) → values in
            the order of scopes × periods
        """
        # Fetch at once: denominators of ratios might be read separately otherwise.
        metrics._origin.fetch(["event_ids"])
        figures = FactColumns(self.env, self._scopes, self._timeline)
        by_kind = metrics.grouped("kind")
        none = metrics.browse()
        sums = metrics.filtered(
            lambda metric: metric.kind == "sum"
            or MetricFigures(metric).are_documents_known()
        )
        columns = self._measure_sums(figures, sums.with_prefetch(metrics.ids), margins)
        numbers = self._measure_numbers(figures, by_kind.get("distinct", none))
        for id_, column in numbers.items():
            counted = columns.get(id_)
            columns[id_] = list(map(add, counted, column)) if counted else column
        for metric in by_kind.get("method", none):
            columns[metric.id] = self._measure_by_method(metric)
        return columns

    def _measure_by_method(self, metric):
        """Return a column of values, all None if the add-on with the method has been
        uninstalled but references kept the metric."""
        model = self.env.get(metric.method_model)
        method = getattr(model, metric.method_name, None)
        if not method:
            return [None] * (len(self._scopes) * len(self._timeline))
        return method(metric, self._scopes, self._timeline)

    def _measure_sums(self, figures, metrics, margins):
        """Return a column of sums for each metric, see ``FactQuery.sums``."""
        measures = {
            metric.id: MetricFigures(metric).get_measure() for metric in metrics
        } | {
            (metric.id, name): replace(MetricFigures(metric).get_measure(), column=name)
            for metric in margins
            for name in KNOWN
        }
        if not measures:
            return {}
        columns = figures.sums(list(measures.values()))
        return dict(zip(measures, columns, strict=True))

    def _measure_numbers(self, figures, metrics):
        """Return a column of counts for each metric, see ``FactQuery.counts``."""
        if not metrics:
            return {}
        relations = [
            MetricFigures(metric).get_countable(figures.names) for metric in metrics
        ]
        return dict(zip(metrics._ids, figures.counts(relations), strict=True))

    # ------------------------------------------------------------------
    # Metrics derived from other metrics
    # ------------------------------------------------------------------

    def _derive(self, metric, columns):
        """Add the columns of a metric and its parts to ``columns``."""
        if metric.id in columns:
            return
        for part in metric._get_parts():
            self._derive(part, columns)
        if metric.kind == "ratio":
            pair = (metric.numerator_id.id, metric._get_denominator().id)
            columns[metric.id] = self._divide(metric, *(columns[id_] for id_ in pair))
        else:
            base = metric.base_id
            columns[metric.id] = self._grow(columns[base.id], base._is_rate())

    @staticmethod
    def _divide(metric, numerators, denominators):
        factor = 100 if metric.unit == "percent" else 1
        return [
            None
            if numerator is None or not denominator
            else factor * numerator / denominator
            for numerator, denominator in zip(numerators, denominators, strict=True)
        ]

    def _get_compared(self):
        """Return the periods that growth compares: the elapsed days of each period, and
        the same days a year before.

        :return: list of the periods to measure, requested ones first, and a dict
            company id → for each period, its two positions in the list, or None if it
            is not requested or has not begun
        """
        timeline, spans = list(self._periods), {}
        for company_id in {scope.company_id for scope in self._scopes}:
            company = self.env["res.company"].browse(company_id)
            today = company._get_sales_today()
            spans[company_id] = [
                period.until(today) if period.start <= today else None
                for period in self._periods
            ]
            begun = [span for span in spans[company_id] if span]
            timeline += [*begun, *(span.previous_year() for span in begun)]
        timeline = list(dict.fromkeys(timeline))
        places = {period: place for place, period in enumerate(timeline)}
        others = [None] * (len(timeline) - len(self._periods))
        return timeline, {
            company_id: [
                span and (places[span], places[span.previous_year()]) for span in begun
            ]
            + others
            for company_id, begun in spans.items()
        }

    def _grow(self, column, is_rate):
        grown, start = [], 0
        for scope in self._scopes:
            places = self._compared[scope.company_id]
            row = column[start : start + len(places)]
            start += len(places)
            grown += [
                pair and grow(row[pair[0]], row[pair[1]], is_rate) for pair in places
            ]
        return grown

    def _take_asked(self, column):
        """Return the values of the requested periods, which come first."""
        length, width = len(self._timeline), len(self._periods)
        if length == width:
            return column
        return [
            value
            for row in range(0, len(column), length)
            for value in column[row : row + width]
        ]

    def _finish(self, metric, column, rounded):
        """Keep the requested periods and round ratios and growth."""
        column = self._take_asked(column)
        if not rounded or metric.kind not in ("ratio", "growth"):
            return column
        companies = {scope.company_id for scope in self._scopes}
        digits = {
            company.id: metric._define_unit(metric.unit, company).digits
            for company in self.env["res.company"].browse(companies)
        }
        rounded, size = [], len(self._periods)
        for place, scope in enumerate(self._scopes):
            row = column[place * size : (place + 1) * size]
            rounded += round_all(row, digits[scope.company_id])
        return rounded
