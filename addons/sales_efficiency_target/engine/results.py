# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections import defaultdict, namedtuple
from datetime import timedelta

from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.sales_efficiency_base.tools import MetricValues, Period

from .attainment import SHARED, SUMMED, choose_whole, derive, project, sum_up
from .target_finder import TargetFinder
from .unstored_results import UnstoredResults

# Columns read from each result
COLUMNS = (
    "id",
    "target_id",
    "parent_id",
    "metric_id",
    "period",
    "date_from",
    "date_to",
    *SUMMED,
    *SHARED,
    "closed_actual",
)
DAY = timedelta(days=1)

Part = namedtuple("Part", "span kind")
Part.__doc__ = """The days that a period and a plan have in common.

:param Period span: what is measured
:param kind: as what it is stored (``sales.target.result.period``), None if it is not
"""


class ResultValues(MetricValues):
    """Read-only mapping ``(metric id, scope, period)`` → result or None.

    A result that cannot be given raises its error only when it is accessed, so that one
    scope does not block the others.
    """

    def __getitem__(self, key):
        return self._look(super().__getitem__(key))

    def column(self, metric_id, name=None):
        """Return the results of a metric by scope, then period.

        :param str name: return only this figure of each result
        """
        rows = map(self._look, super().column(metric_id))
        return [row and row[name] for row in rows] if name else list(rows)

    @staticmethod
    def _look(row):
        if isinstance(row, UserError):
            raise row
        return row


class Results:
    """Targets and actuals for scopes × metrics × periods.

    Results are read if stored, or added up from stored months; the others are measured
    on the fly, together. The number of queries grows with the number of plans, not with
    that of scopes, metrics, periods or targets.

    :param env: environment of the user; record rules of targets and results apply
    """

    def __init__(self, env):
        self.env = env
        self._finder = TargetFinder(env)

    # ------------------------------------------------------------------
    # Queries
    # ------------------------------------------------------------------

    def ask(self, scopes, metrics, periods, as_of="now"):
        """Return targets and actuals of metrics, in one batch.

        Targets of running and closed plans with exactly that scope and metric count. A
        target may also name implied dimensions: a salesperson's targets in different
        teams add up to that of the salesperson. A period consists of whole months, or
        ends today: then its target covers whole months and its actual is measured to
        date, as for the year to date. Each of its months must be planned.

        :param scopes: :class:`Scope` objects
        :param metrics: ``sales.metric`` records
        :param periods: :class:`Period` objects
        :param str as_of: ``now``, or ``closing``: as first measured after the end of
            the period. Figures of the year before are always as of now.
        :return: :class:`ResultValues`; a result is a dict of ``SUMMED``, ``SHARED`` and
            the derived figures (see ``attainment.DERIVED``), and of

            - ``as_of``: the argument, ``now`` or ``closing``
            - ``is_stored``: whether it was read from stored results
            - ``measured_at``: time of the last refresh of the figures
            - ``closed_actual``: the actual as first measured after the end, else None
            - ``targets``: the ``sales.target`` records of the result

            None if there is no such target, the period does not qualify, or there is no
            figure as of its closing. Accessing the result of several targets of a rate,
            which is not additive, raises a :class:`UserError` naming them.
        """
        if as_of not in ("now", "closing"):
            raise ValueError(f"Results are as of now or of the closing, not {as_of}")
        scopes, periods = list(dict.fromkeys(scopes)), list(dict.fromkeys(periods))
        found = self._finder.find(scopes, metrics, periods)
        targets = self.env["sales.target"].union(*found.values())
        rows = self.of_targets(targets, periods)
        columns = {
            metric_id: [
                self._answer(found.get((scope, metric_id), ()), period, rows, as_of)
                for scope in scopes
                for period in periods
            ]
            for metric_id in metrics.ids
        }
        return ResultValues(scopes, periods, columns, as_of=as_of)

    def _answer(self, targets, period, rows, as_of):
        """Return the combined result of targets of one scope and metric, or None."""
        parts = defaultdict(list)
        for target in targets:
            if row := rows.get((target.id, period)):
                parts[target.plan_id].append(row)
        if not self._cover(parts, period):
            return None
        named = self.env["sales.target"].browse(
            row["target_id"] for part in parts.values() for row in part
        )
        if len(named) > 1 and not named[0].is_additive:
            return self._refuse(named)
        row = self._chain([self._join(part) for part in parts.values()])
        if as_of == "closing":
            row = self._close(row)
        return row and derive(row) | {"as_of": as_of, "targets": named}

    def _cover(self, plans, period):
        """:return: whether the plans cover the whole period without a gap"""
        start = period.start
        for plan in sorted(plans, key=lambda plan: plan.date_from):
            if plan.date_from > start:
                return False
            start = plan.date_to + DAY
        return start > period.end

    def _refuse(self, targets):
        """:return: the error naming the targets that do not add up"""
        names = [f"{t.display_name} ({t.plan_id.name})" for t in targets.sorted("id")]
        return UserError(
            self.env._(
                "Rates do not add up. Ask for one of these targets, and for the months"
                " of one plan: %(targets)s",
                targets=", ".join(names),
            )
        )

    def _close(self, row):
        """Return a result as first measured after its end, None if it has not ended."""
        actual = row["closed_actual"]
        if actual is None:
            return None
        return row | {"actual": actual, "projected": actual, "pipeline": None}

    # ------------------------------------------------------------------
    # Rows
    # ------------------------------------------------------------------

    def find(self, domain):
        """Read stored results visible to the user in one query, as dicts."""
        results = self.env["sales.target.result"]
        query = results._search(domain)
        columns = (
            SQL(
                "%s AS %s",
                results._field_to_sql(results._table, name, query),
                SQL.identifier(name),
            )
            for name in (*COLUMNS, *self._finder.dimensions)
        )
        rows = self.env.execute_query_dict(query.select(*columns))
        for row in rows:
            row["place"] = self._finder.get_place(row)
        return rows

    def get_ancestors(self, rows):
        """Return the ancestors of the regions, teams, ... of results.

        :return: dict (name of the dimension, id) -> ids from the top down to its own
        """
        ancestors = {}
        targets = self.env["sales.target"]
        for name in self._finder.dimensions:
            if targets._is_tree(name):
                ids = {row[name] for row in rows if row[name]}
                for place in targets[name].browse(ids):
                    path = (place.parent_path or f"{place.id}/").split("/")[:-1]
                    ancestors[name, place.id] = [int(step) for step in path]
        return ancestors

    def choose_whole(self, rows, ancestors):
        """See ``choose_whole``.

        :param ancestors: see ``get_ancestors``
        """
        return choose_whole(rows, self._finder.dimensions, ancestors)

    def of_targets(self, targets, periods):
        """Return the results of targets for the months shared by periods and plan.

        :return: dict (target id, :class:`Period`) -> dict of figures, without derived
            ones
        """
        parts = {plan: self._get_parts(plan, periods) for plan in targets.plan_id}
        stored = self._read_stored(targets, parts)
        rows, missing = {}, defaultdict(dict)
        for target in targets:
            for period, part in parts[target.plan_id].items():
                row = self._take_stored(target, part, stored)
                if row is None:
                    missing[target.plan_id][target.id] = None
                rows[target.id, period] = row
        for plan, ids in missing.items():
            spans = {part.span for part in parts[plan].values()}
            group = targets.browse(ids)
            measured = UnstoredResults(plan).measure(group, spans)
            for target in group:
                for period, part in parts[plan].items():
                    if rows[target.id, period] is None:
                        rows[target.id, period] = measured[target.id, part.span]
        return rows

    def _get_parts(self, plan, periods):
        """Return the :class:`Part` of a plan for each valid period.

        :return: dict :class:`Period` -> :class:`Part`
        """
        kinds = {}
        for kind, _period, span in plan._get_periods():
            # Once the year is over, year and year to date are the same: take the year.
            kinds.setdefault(span, kind)
        parts = {}
        for period in periods:
            start = max(period.start, plan.date_from)
            end = min(period.end, plan.date_to)
            is_whole = self._ends_month(end) or end == plan._get_today()
            if start <= end and start.day == 1 and is_whole:
                span = Period(start, end)
                parts[period] = Part(span, kinds.get(span))
        return parts

    @staticmethod
    def _ends_month(day):
        return (day + DAY).day == 1

    def _read_stored(self, targets, parts):
        """Read the stored results of which periods consist, in one query.

        :return: dict (target id, kind of period, first day) -> row
        """
        wanted = defaultdict(set)
        for some in parts.values():
            for span, kind in some.values():
                wanted[kind or "month"].update([span.start] if kind else span.months())
        if not wanted:
            return {}
        rows = self.find(
            Domain("target_id", "in", targets.ids)
            & Domain.OR(
                Domain("period", "=", kind) & Domain("date_from", "in", list(starts))
                for kind, starts in wanted.items()
            )
        )
        return {
            (row["target_id"], row["period"], row["date_from"]): row for row in rows
        }

    def _take_stored(self, target, part, stored):
        """Return the stored figures of a part, None if they are not stored."""
        span, kind = part
        if kind:
            rows = [stored.get((target.id, kind, span.start))]
        elif target.is_additive and self._ends_month(span.end):
            rows = [stored.get((target.id, "month", month)) for month in span.months()]
        else:
            return None
        # On the 1st, the stored year to date may still end with the previous month.
        if not all(rows) or rows[-1]["date_to"] != Period.month(span.end).end:
            return None
        return self._chain(rows) | {
            "target_id": target.id,
            "is_stored": True,
            "measured_at": target.plan_id.measured_at or None,
        }

    def _chain(self, rows):
        """Combine the figures of consecutive months or plans."""
        row = self._join(rows)
        if len(rows) > 1:
            row["remaining_days"] = sum(part["remaining_days"] for part in rows)
            if row["actual"] is not None and row["expected"]:
                figures = (row["actual"], row["amount"], row["expected"])
                row["projected"] = project(*figures, None, None, True)
        return row

    def _join(self, rows):
        """Combine the figures of several results of the same period."""
        closed = [row["closed_actual"] for row in rows]
        measured = [row["measured_at"] for row in rows if row.get("measured_at")]
        return sum_up(rows) | {
            "closed_actual": None if None in closed else sum(closed),
            "is_stored": all(row.get("is_stored") for row in rows),
            "measured_at": min(measured, default=None),
        }
