# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections import defaultdict, namedtuple
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import format_date, formatLang

from odoo.addons.sales_efficiency_base.tools import Period, Scope

# Months whose attainment is judged, as long as newcomers ramp up
MONTHS = 3
# Months in which a course is not proposed again to whoever passed it
PAUSE = 12
DAY = timedelta(days=1)

Need = namedtuple("Need", "course user reason text deadline", defaults=(None, None))
Need.__doc__ = """A course that a person needs.

:param str reason: see ``sales.training.plan.line``
:param str text: the reason in words and figures
:param date deadline: until when, None if within the year
"""


class TrainingNeeds:
    """Proposes who of a team needs which course in a year (policy 4.2.2): certificates
    that run out, duties of newcomers and of the job, skills below those of the job, and
    KPIs below the line of the course.

    Each person needs a course once, for the first of these reasons. What is planned
    already, or has a place in a session to come, is left out. The number of queries
    does not depend on that of people and courses.

    :param plan: a ``sales.training.plan`` that the user may write
    """

    def __init__(self, plan):
        self._user_env = plan.env
        # sudo: needs follow from skills and targets, which those who plan do not all
        # read; they learn what their people need and why.
        self._plan = plan.sudo()
        self.env = self._plan.env

    def propose(self):
        """:return: list of :class:`Need`"""
        self._read()
        needs = {}
        for finder in (
            self._find_certificates,
            self._find_duties,
            self._find_skills,
            self._find_kpis,
        ):
            for need in finder():
                needs.setdefault((need.user, need.course), need)
        taken = self._taken
        return [need for key, need in needs.items() if key not in taken]

    # ------------------------------------------------------------------
    # What is known
    # ------------------------------------------------------------------

    def _read(self):
        company = self._plan.company_id
        self._courses = self.env["sales.training.course"].search(
            Domain("company_id", "=", company.id)
        )
        self._users = self._plan._get_people()
        employees = self.env["hr.employee"].search(
            Domain("user_id", "in", self._users.ids)
            & Domain("company_id", "=", company.id)
        )
        self._employees = {person.user_id: person for person in employees}
        self._passed = defaultdict(list)
        self._taken = {(line.user_id, line.course_id) for line in self._plan.line_ids}
        for row in self.env["sales.training.attendance"].search(
            Domain("user_id", "in", self._users.ids)
            & Domain("course_id", "in", self._courses.ids)
            & (Domain("passed", "=", True) | Domain("state", "=", "booked"))
        ):
            key = (row.user_id, row.course_id)
            if row.state == "booked":
                self._taken.add(key)
            else:
                self._passed[key].append(row)
        self._skills = defaultdict(list)
        for skill in self.env["hr.employee.skill"].search(
            Domain("employee_id", "in", employees.ids)
            & Domain("skill_id", "in", self._courses.skill_id.ids)
        ):
            self._skills[skill.employee_id, skill.skill_id].append(skill)

    # ------------------------------------------------------------------
    # Reasons
    # ------------------------------------------------------------------

    def _find_certificates(self):
        """What somebody has passed, but not until the end of the year."""
        last = self._plan.date_to
        for (user, course), rows in self._passed.items():
            end = max(row.valid_until or date.max for row in rows)
            if end <= last:
                yield self._run_out(course, user, end)
        for user, employee in self._employees.items():
            for course in self._courses.filtered("skill_id"):
                skills = self._skills[employee, course.skill_id]
                end = max((s.valid_to or date.max for s in skills), default=date.max)
                if self._plan.date_from <= end <= last:
                    yield self._run_out(course, user, end)

    def _run_out(self, course, user, day):
        text = self.env._("Valid until %s", format_date(self._user_env, day))
        return Need(course, user, "certificate", text, day)

    def _find_duties(self):
        """Courses of the job that somebody has not passed yet."""
        start = self._plan.date_from - relativedelta(months=MONTHS)
        since = {
            member.user_id: member.sales_start_date
            for member in self._plan.team_id.crm_team_member_ids
        }
        for user, employee in self._employees.items():
            began = since.get(user)
            is_new = bool(began and began >= start)
            for course in self._courses:
                if employee.job_id not in course.job_ids:
                    continue
                if self._passed.get((user, course)):
                    continue
                yield Need(
                    course,
                    user,
                    "newcomer" if is_new else "duty",
                    self._describe_duty(employee, began if is_new else None),
                    began + relativedelta(months=MONTHS) if is_new else None,
                )

    def _describe_duty(self, employee, began):
        if began:
            return self.env._(
                "%(job)s since %(day)s",
                job=employee.job_id.name,
                day=format_date(self._user_env, began),
            )
        return employee.job_id.name

    def _find_skills(self):
        """The course that reaches what the job asks for, else the highest one."""
        today = self._plan.company_id._get_sales_today()
        jobs = self.env["hr.job"].union(*(e.job_id for e in self._employees.values()))
        asked = self.env["hr.job.skill"].search(
            Domain("job_id", "in", jobs.ids)
            & Domain("skill_id", "in", self._courses.skill_id.ids)
            & (Domain("valid_to", "=", False) | Domain("valid_to", ">=", today))
        )
        by_job = asked.grouped("job_id")
        for user, employee in self._employees.items():
            for need in by_job.get(employee.job_id, ()):
                level = self._get_level(employee, need.skill_id, today)
                course = self._choose(need, level)
                if course and not self._is_recent(user, course):
                    text = self.env._(
                        "%(skill)s: %(level)s %% of %(asked)s %%",
                        skill=need.skill_id.name,
                        level=level,
                        asked=need.level_progress,
                    )
                    yield Need(course, user, "skill", text)

    def _get_level(self, employee, skill, today):
        """:return: progress of the level that an employee has today, 0 if none"""
        return max(
            (
                row.level_progress
                for row in self._skills[employee, skill]
                if not row.valid_to or row.valid_to >= today
            ),
            default=0,
        )

    def _choose(self, need, level):
        if level >= need.level_progress:
            return None
        courses = self._courses.filtered(
            lambda course: course.skill_id == need.skill_id
            and course.skill_level_id.level_progress > level
        )
        courses = courses.sorted(lambda course: course.skill_level_id.level_progress)
        enough = courses.filtered(
            lambda course: course.skill_level_id.level_progress >= need.level_progress
        )
        return enough[:1] or courses[-1:]

    def _find_kpis(self):
        """Attainments of the latest whole months below the line of a course."""
        courses = self._courses.filtered("metric_id")
        if not courses or not self._users:
            return
        company = self._plan.company_id
        month = company._get_sales_today().replace(day=1)
        period = Period(month - relativedelta(months=MONTHS), month - DAY)
        scopes = {user: Scope(company.id, user_id=user.id) for user in self._users}
        values = self.env["sales.target.result"].ask(
            list(scopes.values()), courses.metric_id, [period]
        )
        for user, scope in scopes.items():
            for course in courses:
                key = (course.metric_id.id, scope, period)
                attainment = self._look(values, key)
                if attainment is None or attainment >= course.attainment_line:
                    continue
                if not self._is_recent(user, course):
                    text = self._describe_kpi(course.metric_id, attainment, period)
                    yield Need(course, user, "kpi", text)

    def _look(self, values, key):
        try:
            row = values[key]
        except UserError:  # Rates of two teams have no total.
            return None
        return row and row["attainment"]

    def _describe_kpi(self, metric, attainment, period):
        first, last = (
            format_date(self._user_env, day, date_format="MMM y")
            for day in (period.start, period.end)
        )
        return self.env._(
            "%(metric)s: %(attainment)s %% (%(first)s – %(last)s)",
            metric=metric.name,
            attainment=formatLang(self._user_env, attainment, digits=1),
            first=first,
            last=last,
        )

    def _is_recent(self, user, course):
        """:return: whether somebody passed a course lately"""
        since = self._plan.date_from - relativedelta(months=PAUSE)
        return any(row.date >= since for row in self._passed.get((user, course), ()))
