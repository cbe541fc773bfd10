# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections import defaultdict

from odoo.tools import SQL

from odoo.addons.sales_efficiency_base.engine import (
    Dimensions,
    FactQuery,
    MetricFigures,
)

from .result_statements import ResultStatements

# Number of targets measured at once; bounds the memory needed.
BATCH = 10_000


class Measurement:
    """Measures targets and writes their results (policy 2.2.2), by SQL alone.

    Everything is measured once a day, with a number of queries that does not depend on
    the number of targets. In between, changes of the facts are added to the results, so
    that the effort depends on the size of the change.

    :param env: environment that may see the targets and their results
    """

    def __init__(self, env):
        self.env = env
        self._results = env["sales.target.result"]
        self._statements = ResultStatements(self._results)

    # ------------------------------------------------------------------
    # Refresh
    # ------------------------------------------------------------------

    def refresh_running(self):
        """Refresh the results of running plans, and of closed ones whose facts have
        changed.

        On a new day, for a new plan or after a rebuild of the facts, everything is
        measured; otherwise only changes are added.

        :return: the plans whose results are now up to date
        """
        self.tune()
        changes = self.env["sales.target.change"]
        plans = self.env["sales.target.plan"].search(
            [("state", "in", ("running", "closed"))]
        )
        ids, everything = changes._lock()
        changed = changes._filter_plans(ids, plans)
        complete = plans.filtered(
            lambda plan: (everything and plan in changed) or plan._is_outdated()
        )
        plans = changed | complete | plans.filtered(lambda p: p.state == "running")
        self.measure(complete.target_ids)
        self._follow(changed - complete, ids)
        changes._forget(ids)
        for plan in plans:
            plan._set_measured()
        self.env["sales.alert.rule"]._trigger_evaluation()
        return plans

    def refresh(self, targets):
        """Measure targets immediately, outside the scheduled refresh.

        Pending changes are now included already, and the next refresh would add them
        once more. If there are any, it measures everything instead.

        :param targets: ``sales.target`` records
        """
        self.tune()
        self.measure(targets)
        for plan in targets.plan_id.filtered(lambda plan: not plan.measured_at):
            plan._set_measured(is_complete=False)
        self.env.cr.execute("SET LOCAL enable_nestloop = on")
        self.env["sales.target.change"]._note_measured(targets.plan_id)
        self.env["sales.target.adjustment"]._refresh_waiting(targets.plan_id)
        self.env["sales.alert.rule"]._trigger_evaluation()

    def measure(self, targets):
        """Measure targets: a fixed number of queries per batch and plan."""
        self.env.flush_all()
        # One query: prefetching would split thousands of records into batches.
        dimensions = targets._get_dimensions()
        targets.fetch(["plan_id", "company_id", "metric_id", *dimensions])
        for start in range(0, len(targets), BATCH):
            for plan, group in (
                targets[start : start + BATCH].grouped("plan_id").items()
            ):
                self._write_figures(plan, group)
        self._results.invalidate_model()

    def _write_figures(self, plan, targets):
        periods = plan._get_periods()
        figures = self.measure_figures(targets, periods)
        self.env.cr.execute(self._statements.upsert(plan, periods, targets, figures))

    def tune(self):
        """Tune the query planner for large joins, in this transaction.

        It has no statistics on newly filled tables or on nested aggregates. It would
        assume one row each, and choose nested loops.
        """
        self.env["sales.mart"]._tune()
        self.env.cr.execute("SET LOCAL enable_nestloop = off")

    def _follow(self, plans, ids):
        """Add the changes of the facts to the results of plans.

        Metrics that are no sums (rates, numbers of customers, ...) are measured again,
        but only for targets with changes.

        :param list ids: ids of ``sales.target.change``
        """
        changes, targets = self.env["sales.target.change"], self.env["sales.target"]
        found = changes._find_targets(ids, plans, plans._get_followed_events())
        again = targets.browse(id_ for id_, is_again in found.items() if is_again)
        self.measure(again.sorted("id"))
        added = targets.browse(found) - again
        for plan, group in added.grouped("plan_id").items():
            periods = plan._get_periods()
            figures = self.sum_changes(group, periods, ids)
            if figures:
                # A few rows, found by index
                self.env.cr.execute("SET LOCAL enable_nestloop = on")
                self.env.cr.execute(self._statements.add(periods, figures))
                self.env.cr.execute("SET LOCAL enable_nestloop = off")
        self._results.invalidate_model()

    # ------------------------------------------------------------------
    # Figures
    # ------------------------------------------------------------------

    def measure_figures(self, targets, periods):
        """Measure targets of one plan.

        :param list periods: what ``_get_periods`` of the plan returns
        :return: a list of each of ``MEASURED``, in the order of targets × periods; None
            where there is no value
        """
        scopes = [target._get_scope() for target in targets]
        metrics = [target.metric_id.id for target in targets]
        sides = self._get_sides(targets.plan_id, periods)
        columns, asked = {}, self._get_asked(sides)
        for group in targets.metric_id._group_by_statement():
            some = [
                scope
                for scope, id_ in zip(scopes, metrics, strict=True)
                if id_ in group._ids
            ]
            values = group._evaluate(some, asked)
            for metric_id in group.ids:
                columns[metric_id] = self._by_scope(values, metric_id, some, len(asked))
        figures = [
            [
                None if place is None else columns[metric_id][scope][place]
                for scope, metric_id in zip(scopes, metrics, strict=True)
                for place in side
            ]
            for side in self._get_places(sides, asked)
        ]
        return [*figures, self._measure_pipeline(targets, scopes, periods)]

    def _get_sides(self, plan, periods):
        """Return the spans to measure, for each of ``FOLLOWED``.

        The actual of a current period is compared with the same days a year before, its
        projected landing with the whole period. Future periods have no days to compare.

        :return: list of lists of :class:`Period`, or None, in the order of periods
        """
        today = plan._get_today()
        return [
            [span for _kind, _period, span in periods],
            [
                period.until(today).previous_year() if period.start <= today else None
                for _kind, period, _span in periods
            ],
            [period.previous_year() for _kind, period, _span in periods],
        ]

    def _get_asked(self, sides):
        """:return: list of all periods to measure, each once"""
        return list(dict.fromkeys(span for side in sides for span in side if span))

    def _get_places(self, sides, asked):
        """:return: the indexes of periods in the list of those to measure, or None"""
        places = {span: place for place, span in enumerate(asked)}
        return [[places.get(span) for span in side] for side in sides]

    def _measure_pipeline(self, targets, scopes, periods):
        """:return: the pipeline for the remaining periods, see ``measure_figures``"""
        metric = self.env.ref("sales_efficiency_target.sales_metric_pipeline")
        spans = [period for _kind, period, _span in periods]
        has_pipeline = {m.id for m in targets.metric_id if m._has_pipeline()}
        some = [
            scope if target.metric_id.id in has_pipeline else None
            for target, scope in zip(targets, scopes, strict=True)
        ]
        asked = list(filter(None, some))
        values = metric._evaluate(asked, list(dict.fromkeys(spans)))
        columns = self._by_scope(values, metric.id, asked, len(set(spans)))
        places = [list(dict.fromkeys(spans)).index(span) for span in spans]
        nothing = [None] * len(spans)
        return [
            value
            for scope in some
            for value in (
                [columns[scope][place] for place in places] if scope else nothing
            )
        ]

    @staticmethod
    def _by_scope(values, metric_id, scopes, width):
        """:return: dict scope -> values of a metric by period"""
        column = values.column(metric_id)
        return {
            scope: column[row * width : (row + 1) * width]
            for row, scope in enumerate(dict.fromkeys(scopes))
        }

    def sum_changes(self, targets, periods, ids):
        """Sum the changes of facts for targets of one plan.

        :param list ids: ids of ``sales.target.change``
        :return: list of (target id, number of the period, change of each of
            ``FOLLOWED``) where there is one
        """
        by_scope = defaultdict(list)
        for target in targets:
            by_scope[target._get_scope()].append((target.id, target.metric_id.id))
        sides = self._get_sides(targets.plan_id, periods)
        asked = self._get_asked(sides)
        metrics, scopes = targets.metric_id, list(by_scope)
        query = FactQuery(Dimensions(self.env).of_scopes(scopes), scopes, asked)
        changes = SQL("(SELECT * FROM sales_target_change WHERE id = ANY(%s)) c", ids)
        sums = defaultdict(dict)
        measures = [MetricFigures(metric).get_measure() for metric in metrics]
        for position, *values in self.env.execute_query(
            query.sums_of(changes, measures)
        ):
            row, place = divmod(position, len(asked))
            for metric_id, value in zip(metrics.ids, values, strict=True):
                if value:
                    sums[row, metric_id][place] = value
        places = self._get_places(sides, asked)
        figures = []
        for row, scope in enumerate(scopes):
            for target_id, metric_id in by_scope[scope]:
                changed = sums.get((row, metric_id), {})
                for number, some in enumerate(zip(*places, strict=True)):
                    if not changed.keys().isdisjoint(some):
                        changes = (changed.get(place, 0) for place in some)
                        figures.append((target_id, number, *changes))
        return figures
