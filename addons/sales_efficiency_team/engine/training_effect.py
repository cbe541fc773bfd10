# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections import defaultdict, namedtuple
from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import format_date

from odoo.addons.sales_efficiency_base.tools import Period, Scope
from odoo.addons.sales_efficiency_target.engine import attain

MONTHS = 3
DAY = timedelta(days=1)

Spans = namedtuple("Spans", "before after")
Spans.__doc__ = """Months (:class:`Period`) before and after that of a session."""


class Comparison(namedtuple("Comparison", "trained others spans")):
    """Attainments of those trained beside those of the others, in percent.

    A comparison, not a proof: who was sent to a training differs from the others.

    >>> trained, others = Group(82, 91, 4), Group(88, 90, 6)
    >>> Comparison(trained, others, None).difference
    7
    >>> Comparison(trained, Group(None, 90, 1), None).difference

    :param Group trained, others: their attainments
    :param Spans spans: the months compared
    """

    @property
    def difference(self):
        if self.trained.change is None or self.others.change is None:
            return None
        return self.trained.change - self.others.change

    def get_values(self, env):
        """:return: values of the fields of a session"""
        return {
            "effect_months": self._describe(env),
            "effect_trained_before": self.trained.before or 0,
            "effect_trained_after": self.trained.after or 0,
            "effect_trained_change": self.trained.change or 0,
            "effect_trained_count": self.trained.people,
            "effect_others_before": self.others.before or 0,
            "effect_others_after": self.others.after or 0,
            "effect_others_change": self.others.change or 0,
            "effect_others_count": self.others.people,
            "effect_difference": self.difference or 0,
        }

    def _describe(self, env):
        """Name the months; empty if one of the four attainments is missing."""
        if self.difference is None:
            return False
        first, last = (
            [format_date(env, span.start, date_format="MMM y") for span in part]
            for part in self.spans
        )
        return env._(
            "%(before_first)s – %(before_last)s against %(after_first)s –"
            " %(after_last)s",
            before_first=first[0],
            before_last=first[-1],
            after_first=last[0],
            after_last=last[-1],
        )


class Group(namedtuple("Group", "before after people")):
    """Attainments of a group before and after a session, and its number of people.

    >>> Group(82, 91, 4).change, Group(82, None, 4).change
    (9, None)
    """

    @property
    def change(self):
        if self.before is None or self.after is None:
            return None
        return self.after - self.before


def attain_together(rows):
    """Return the attainment of a group in percent: actuals ÷ targets, or the mean of
    the attainments of a rate; None without any.

    :param list rows: results of :class:`.Results`, of one metric

    >>> row = {"is_additive": True, "higher_is_better": True}
    >>> attain_together([row | {"actual": 50, "amount": 100, "attainment": 50},
    ...                  row | {"actual": 330, "amount": 300, "attainment": 110}])
    95.0
    >>> attain_together([{"is_additive": False, "attainment": 80},
    ...                  {"is_additive": False, "attainment": 90}])
    85.0
    >>> attain_together([])
    """
    if not rows:
        return None
    if rows[0]["is_additive"]:
        actual, amount = (
            sum(row[name] or 0 for row in rows) for name in ("actual", "amount")
        )
        return attain(actual, amount, rows[0]["higher_is_better"])
    rates = [row["attainment"] for row in rows if row["attainment"] is not None]
    return sum(rates) / len(rates) if rates else None


class TrainingEffect:
    """Compares those trained with people of the same jobs who were not (policy 4.2.2).

    Attainment of the KPI of the course, in the three whole months before the month of
    the session and in the three after it, as far as they are over. Whoever left counts
    until then: in the whole months that they stayed.

    The number of queries does not depend on that of sessions and people.

    :param env: environment of the user, who sees only figures of groups
    """

    def __init__(self, env):
        self._user_env = env
        # sudo: HR does not read targets. What is told are attainments of groups.
        self.env = env(su=True)

    def measure(self, sessions):
        """:return: dict session -> :class:`Comparison`, of those with both sides"""
        sessions = sessions.with_env(self.env).filtered(
            lambda session: session.state == "done" and session.course_id.metric_id
        )
        if not sessions:
            return {}
        spans = {session: self._get_spans(session) for session in sessions}
        trained, others = self._get_people(sessions, spans)
        values = self._ask(sessions, spans, trained, others)
        last_days = self._get_last_days(trained, others)
        return {
            session.with_env(self._user_env): Comparison(
                *(
                    self._get_group(session, people[session], spans, values, last_days)
                    for people in (trained, others)
                ),
                spans[session],
            )
            for session in sessions
            if spans[session].after
        }

    # ------------------------------------------------------------------
    # Months
    # ------------------------------------------------------------------

    def _get_spans(self, session):
        month = session.date.replace(day=1)
        today = session.company_id._get_sales_today()
        before, after = (
            [Period.month(month + relativedelta(months=n)) for n in numbers]
            for numbers in (range(-MONTHS, 0), range(1, MONTHS + 1))
        )
        return Spans(before, [span for span in after if span.end < today])

    # ------------------------------------------------------------------
    # People
    # ------------------------------------------------------------------

    def _get_people(self, sessions, spans):
        """Return who is compared: two dicts session -> set of users.

        The others have one of the jobs of those trained on the day of the session, and
        did not attend the course from the first to the last month compared.
        """
        rows = self._read_attendances(sessions, spans)
        versions = self._read_versions(sessions.company_id)
        trained, others = {}, {}
        for session in sessions:
            own = [row for row in rows if row.session_id == session]
            trained[session] = {row.user_id for row in own if row.user_id}
            jobs = {row.job_id for row in own if row.job_id}
            first, last = spans[session].before[0].start, self._get_end(session, spans)
            taught = {
                row.user_id
                for row in rows
                if row.course_id == session.course_id and first <= row.date <= last
            }
            same_job = {
                version.employee_id.user_id
                for version in self._get_in_effect(versions, session)
                if version.job_id in jobs
            }
            others[session] = {user for user in same_job - taught if user}
        return trained, others

    def _get_end(self, session, spans):
        after = spans[session].after
        return after[-1].end if after else session.date

    def _read_attendances(self, sessions, spans):
        days = [span.start for session in sessions for span in spans[session].before]
        ends = [self._get_end(session, spans) for session in sessions]
        return self.env["sales.training.attendance"].search(
            Domain("course_id", "in", sessions.course_id.ids)
            & Domain("state", "=", "attended")
            & Domain("date", ">=", min(days))
            & Domain("date", "<=", max(ends))
        )

    def _read_versions(self, companies):
        """:return: versions of the employees of companies, also of those who left"""
        versions = self.env["hr.version"].with_context(active_test=False)
        return versions.search(
            Domain("company_id", "in", companies.ids)
            & Domain("employee_id.user_id", "!=", False),
            order="employee_id, date_version",
        )

    def _get_in_effect(self, versions, session):
        """:return: the version of each employee on the day of a session"""
        in_effect = {}
        for version in versions:
            is_ours = version.company_id == session.company_id
            is_first = version.employee_id not in in_effect
            # Odoo often begins with the day on which the employee was entered.
            if is_ours and (is_first or version.date_version <= session.date):
                in_effect[version.employee_id] = version
        return in_effect.values()

    def _get_last_days(self, *groups):
        """:return: dict user -> last day of those who left"""
        users = self.env["res.users"].union(
            *(user for group in groups for people in group.values() for user in people)
        )
        employees = self.env["hr.employee"].with_context(active_test=False)
        found = employees.search(Domain("user_id", "in", users.ids))
        return {
            employee.user_id: employee.departure_date
            for employee in found
            if employee.departure_date
        }

    # ------------------------------------------------------------------
    # Figures
    # ------------------------------------------------------------------

    def _ask(self, sessions, spans, trained, others):
        scopes, periods = {}, {}
        for session in sessions:
            people = trained[session] | others[session]
            scopes.update(
                (self._get_scope(session, user), None)
                for user in sorted(people, key=lambda user: user.id)
            )
            periods.update((span, None) for part in spans[session] for span in part)
        return self.env["sales.target.result"].ask(
            list(scopes), sessions.course_id.metric_id, list(periods)
        )

    def _get_scope(self, session, user):
        return Scope(session.company_id.id, user_id=user.id)

    def _get_group(self, session, people, spans, values, last_days):
        attainments, counted = [], defaultdict(set)
        for part in spans[session]:
            rows = []
            for user in people:
                for span in part:
                    left = last_days.get(user)
                    row = self._look(values, session, user, span)
                    if row and not (left and left < span.end):
                        rows.append(row)
                        counted[user].add(span)
            attainments.append(attain_together(rows))
        return Group(*attainments, len(counted))

    def _look(self, values, session, user, span):
        """:return: a result; None if it does not exist or cannot be added up"""
        metric = session.course_id.metric_id
        try:
            row = values[metric.id, self._get_scope(session, user), span]
        except UserError:  # Rates of two teams have no total.
            return None
        return row if row and row["actual"] is not None else None
