# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections import defaultdict
from datetime import timedelta
from decimal import Decimal

from odoo.tools import SQL

from odoo.addons.sales_efficiency_base.tools import Period, Scope
from odoo.addons.sales_efficiency_target.engine import Results

from .fiscal_calendar import last_day
from .terms import Attainment
from .terms_reader import to_decimal

DAY = timedelta(days=1)


class AttainmentReader:
    """Asks the results of targets what was promised to whom, and what came.

    The targets of closed months stay as they were when those were closed.

    :param env: environment that may read all targets
    :param date month: the month that is computed
    :param date today: today in the company
    """

    def __init__(self, env, month, today):
        self.env = env
        self._month = month
        self._today = today
        #: (assignment id, root, month, is condition) → scopes, metric, periods
        self._questions = {}

    def ask(self, assignment, terms, rule, rule_terms, within):
        """Note that a rule needs the attainment of an assignment, see ``answer``.

        :param date within: a month, for all of its interval until the month computed
        """
        scopes = self._get_scopes(assignment, rule)
        if not scopes:
            return
        interval = terms.calendar.months(rule_terms.interval, within)
        year = terms.calendar.months("year", within)
        metric = rule.target_metric_id
        for month in interval:
            if month > self._month:
                break
            about = (assignment.id, rule.root_id, month)
            if rule_terms.needs_target:
                spans = self._get_spans(interval, month)
                if rule_terms.attainment == "whole":
                    spans = (spans[0], spans[2], spans[2])
                self._questions[(*about, False)] = (scopes, metric, spans)
            if rule_terms.condition_attainment is not None:
                # Quotas of the intervals that have begun in the fiscal year
                spans = self._get_spans((year[0], *interval), month)
                spans = (spans[0], spans[2], spans[2])
                self._questions[(*about, True)] = (scopes, metric, spans)

    def answer(self):
        """Return attainments and conditions.

        :return: two dicts assignment id → root → month → :class:`.Attainment`
        """
        scopes, metrics, periods = {}, self.env["sales.metric"], {}
        for wanted, metric, spans in self._questions.values():
            scopes.update(dict.fromkeys(wanted))
            periods.update(dict.fromkeys(filter(None, spans)))
            metrics |= metric
        values = None
        if self._questions:
            values = Results(self.env).ask(list(scopes), metrics, list(periods))
        frozen = self._read_frozen()
        attainments = tuple(defaultdict(lambda: defaultdict(dict)) for _ in range(2))
        for key, (wanted, metric, spans) in self._questions.items():
            found = self._get_attainment(values, wanted, metric, spans, frozen.get(key))
            if found:
                assignment_id, root_id, month, is_condition = key
                attainments[is_condition][assignment_id][root_id][month] = found
        return attainments

    def _get_attainment(self, values, scopes, metric, spans, frozen):
        figures = [
            self._sum(values, scopes, metric, span, name)
            for span, name in zip(spans, ("actual", "amount", "amount"), strict=True)
        ]
        actual, target, interval_target = figures
        if frozen:
            target, interval_target = frozen
        if target is None:
            return None
        return Attainment(actual or Decimal(0), target, interval_target)

    def _sum(self, values, scopes, metric, span, name):
        """Return a figure of a period, over all scopes; None without a target."""
        rows = [values[metric.id, scope, span] for scope in scopes] if span else []
        rows = [row for row in rows if row]
        if not rows:
            return None
        return sum((to_decimal(row[name] or 0) for row in rows), Decimal(0))

    def _get_spans(self, interval, month):
        """Return the periods of actual, target to date, and target of the interval."""
        end = last_day(month)
        if month <= self._today <= end:
            to_date = Period(interval[0], self._today)
        elif end < self._today:
            to_date = Period(interval[0], end)
        else:
            return (None, None, None)
        return to_date, Period(interval[0], end), self._get_whole(interval)

    def _get_whole(self, interval):
        return Period(interval[0], last_day(interval[-1]))

    def _get_scopes(self, assignment, rule):
        """Return the scopes whose targets are those of the assignment."""
        company_id = assignment.company_id.id
        places = {name: id_ for name, id_ in rule._get_scope_ids().items() if id_}
        if rule.kind == "pool":
            return [Scope(company_id, **places)]
        if rule.credit == "own":
            name, id_ = assignment._get_own_place()
            return [Scope(company_id, **places | {name: id_})] if id_ else []
        if rule.credit == "scope":
            for name in assignment._get_answered_dimensions():
                if assignment[name]:
                    places[name] = assignment[name].id
            return [Scope(company_id, **places)]
        return [
            Scope(company_id, **places | {"team_id": team.id})
            for team in assignment.team_ids
        ]

    def _read_frozen(self):
        """Return the targets of months that are closed.

        :return: dict like ``_questions`` → target, target of the interval
        """
        keys = list(self._questions)
        if not keys:
            return {}
        rows = self.env.execute_query(
            SQL(
                """
                SELECT assignment_id, root_id, month, is_condition, target::text,
                       interval_target::text
                  FROM sales_incentive_attainment
                 WHERE assignment_id = ANY(%s) AND month < %s
                   AND state = 'locked'
                """,
                list({key[0] for key in keys}),
                self._month,
            )
        )
        return {
            tuple(key): (Decimal(target), whole and Decimal(whole))
            for *key, target, whole in rows
            if target is not None
        }
