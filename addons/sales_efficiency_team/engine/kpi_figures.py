# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from dataclasses import dataclass

from odoo.exceptions import UserError
from odoo.fields import Domain

from odoo.addons.sales_efficiency_base.tools import Period, Scope
from odoo.addons.sales_efficiency_target.engine import Results

from .measured_teams import find_measured_teams, join_teams


@dataclass(eq=False, slots=True)
class KpiQuestion:
    """What a KPI asks: whose figure, of which time, against what.

    Every question stands for itself: to compare thousands of them takes long.

    :param metric: ``sales.metric`` record
    :param user: ``res.users`` record
    :param company: ``res.company`` record
    :param period: :class:`Period`
    :param str measures: ``own`` sales, or those of the teams led (``team``) or
        ``served``
    :param float value: to reach; None: the person's target
    """

    metric: object
    user: object
    company: object
    period: Period
    measures: str
    value: float | None = None

    @classmethod
    def of_line(cls, line, metric, subject):
        """Return what a line of an appraisal asks.

        :param line: record, or row, of ``sales.appraisal.kpi``
        :param metric: its metric
        :param subject: see ``_get_kpi_subject`` of its appraisal
        """
        value = line.target if line.target_from == "value" else None
        return cls(metric=metric, measures=line.measures, value=value, **subject)

    def get_scopes(self):
        """:return: the scopes whose targets add up to that of the KPI"""
        if self.measures == "own":
            return [Scope(self.company.id, user_id=self.user.id)]
        return [Scope(self.company.id, team_id=team.id) for team in self._find_teams()]

    def get_whole_scope(self):
        """:return: the scope of the figure; None if there is no team"""
        if self.measures == "own":
            return self.get_scopes()[0]
        teams = self._find_teams()
        return join_teams(teams, self.company) if teams else None

    def get_facts_domain(self):
        """:return: the domain of the facts behind the figure"""
        domain = Domain("company_id", "=", self.company.id)
        domain &= Domain("date", ">=", self.period.start)
        domain &= Domain("date", "<=", self.period.end)
        if self.measures == "own":
            domain &= Domain("user_id", "=", self.user.id)
        else:
            domain &= Domain("team_id", "child_of", self._find_teams().ids)
        return domain & self.metric._get_facts_domain()

    def _find_teams(self):
        return find_measured_teams(self.user, self.company, self.measures)


class KpiFigures:
    """Finds what was reached, and what was to be reached (policy 4.3.2).

    Figures of all people, metrics and periods come in one batch, targets in another:
    the number of statements does not depend on people or KPIs.

    :param env: environment whose user may see all that is asked
    """

    def __init__(self, env):
        self.env = env

    def ask(self, questions):
        """:return: dict question → (figure or None, target or None)"""
        questions = list(questions)
        scopes, wholes = self._find_scopes(questions)
        actuals = self._ask_actuals(wholes)
        targets = self._ask_targets(scopes)
        return {q: (actuals.get(q), targets.get(q)) for q in questions}

    @staticmethod
    def _find_scopes(questions):
        """Find the scopes of questions; those of a person serve all KPIs.

        :return: dicts question → scopes whose targets add up, and → scope of the figure
        """
        scopes, wholes, known = {}, {}, {}
        for question in questions:
            who = question.user.id, question.company.id, question.measures
            if who not in known:
                known[who] = question.get_scopes(), question.get_whole_scope()
            scopes[question], whole = known[who]
            if whole:
                wholes[question] = whole
        return scopes, wholes

    def _ask_actuals(self, wholes):
        metrics = self._unite_metrics(wholes)
        periods = [question.period for question in wholes]
        values = metrics._evaluate(list(wholes.values()), periods, rounded=False)
        return {q: values[q.metric.id, whole, q.period] for q, whole in wholes.items()}

    def _ask_targets(self, scopes):
        targets = {q: q.value for q in scopes if q.value is not None}
        asked = [question for question in scopes if question not in targets]
        if not asked:
            return targets
        results = Results(self.env).ask(
            [scope for question in asked for scope in scopes[question]],
            self._unite_metrics(asked),
            [question.period for question in asked],
        )
        for question in asked:
            metric_id, period = question.metric.id, question.period
            keys = [(metric_id, scope, period) for scope in scopes[question]]
            targets[question] = self._add_up(results, keys)
        return targets

    def _unite_metrics(self, questions):
        ids = dict.fromkeys(question.metric.id for question in questions)
        return self.env["sales.metric"].browse(ids)

    @staticmethod
    def _add_up(results, keys):
        """Return the sum of targets; None without one, or if they do not add up."""
        try:
            rows = [row for key in keys if (row := results[key])]
        except UserError:
            return None
        if not rows or (len(rows) > 1 and not rows[0]["is_additive"]):
            return None
        return sum(row["amount"] for row in rows)
