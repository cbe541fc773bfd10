# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections import defaultdict, namedtuple
from datetime import date, timedelta
from itertools import pairwise

from dateutil.relativedelta import relativedelta

from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import formatLang

from odoo.addons.sales_efficiency_base.tools import Period, Scope

from .training_effect import attain_together

DAY = timedelta(days=1)
UNKNOWN = "–"


class Condition(
    namedtuple("Condition", "kind name value asked is_met course", defaults=(None,))
):
    """What a level asks for, and what a person has.

    :param str kind: ``months``, ``attainment``, ``grade``, ``skill`` or ``course``
    :param str name, value, asked: as shown to the user
    :param course: the ``sales.training.course`` to pass
    """

    def describe(self, env):
        """:return: in words, what is missing"""
        if self.kind == "course":
            return env._("Pass the course %s", self.name)
        return env._(
            "%(name)s: %(value)s of %(asked)s",
            name=self.name,
            value=self.value,
            asked=self.asked,
        )


class Standing(namedtuple("Standing", "level next_level since months conditions")):
    """Where somebody is on a path, and what the next level asks for.

    :param level, next_level: ``sales.career.level``
    :param date since: first day in the level, None if it is still to come
    :param int months: whole months in the level
    :param list conditions: of :class:`Condition`
    """

    @property
    def missing(self):
        return [part for part in self.conditions if not part.is_met]

    @property
    def is_ready(self):
        return not self.missing

    @property
    def share(self):
        """What is met, in percent."""
        if not self.conditions:
            return 100.0
        met = len(self.conditions) - len(self.missing)
        return 100.0 * met / len(self.conditions)

    def to_dict(self, env):
        """:return: see ``sales.career.path._get_missing``"""
        return {
            "path_id": self.level.path_id.id,
            "path": self.level.path_id.name,
            "level_id": self.level.id,
            "level": self.level.job_id.name,
            "next_level_id": self.next_level.id,
            "next_level": self.next_level.job_id.name,
            "since": self.since,
            "months": self.months,
            "is_ready": self.is_ready,
            "conditions": [
                {
                    "kind": part.kind,
                    "name": part.name,
                    "value": part.value,
                    "asked": part.asked,
                    "is_met": part.is_met,
                    "course_id": part.course.id if part.course else False,
                }
                for part in self.conditions
            ],
            "missing": [part.describe(env) for part in self.missing],
        }


def find_since(versions, job_id, day):
    """Return since when somebody has had a job without a break.

    >>> first, second = date(2024, 1, 1), date(2025, 3, 1)
    >>> str(find_since([(first, 7), (second, 8)], 8, date(2026, 1, 1)))
    '2025-03-01'
    >>> str(find_since([(first, 7), (second, 7)], 7, date(2026, 1, 1)))
    '2024-01-01'
    >>> find_since([(first, 7), (second, 8)], 7, date(2026, 1, 1))
    >>> str(find_since([(first, 7), (second, 8)], 7, date(2025, 2, 28)))
    '2024-01-01'

    :param list versions: pairs of first day and job id, in the order of time
    :param date day: later versions do not count
    """
    since = None
    for start, of_version in versions:
        if start > day:
            break
        if of_version != job_id:
            since = None
        elif since is None:
            since = start
    return since


def count_months(since, day):
    """Return the whole months from a day to another one, that included.

    >>> count_months(date(2025, 1, 1), date(2025, 12, 31))
    12
    >>> count_months(date(2025, 1, 25), date(2025, 1, 31)), count_months(None, None)
    (0, 0)
    """
    if since is None or since > day:
        return 0
    span = relativedelta(day + DAY, since)
    return 12 * span.years + span.months


class CareerProgress:
    """Measures what people lack for the next levels of their paths (policy 4.2.3).

    People are on a level by their job of today, and only what they did in it counts:
    whole months in the job, and the attainment of these. Appraisals count once they are
    told, courses once the session is recorded.

    The number of queries depends neither on that of people nor on that of levels.

    :param env: environment of the user, whose language the texts are in
    """

    def __init__(self, env):
        self._user_env = env
        # sudo: levels ask for figures, skills and grades that users do not all read.
        # The caller has checked whose careers they may see; of these the user is told
        # what is met. Appraisals that were not told stay out.
        self.env = env(su=True)

    def get(self, employees):
        """:return: dict employee -> list of :class:`Standing`, by path"""
        people = employees.with_env(self.env)
        self._read_levels(people)
        self._read_versions(people)
        self._read_grades(people)
        self._read_skills(people)
        self._read_courses(people)
        self._read_attainments(people)
        found = zip(employees, people, strict=True)
        return {
            employee: [
                self._get_standing(person, *step) for step in self._steps[person]
            ]
            for employee, person in found
        }

    # ------------------------------------------------------------------
    # What is known
    # ------------------------------------------------------------------

    def _read_levels(self, people):
        """Find the level of each person in each path, and the next one."""
        levels = self.env["sales.career.level"].search(
            Domain("company_id", "in", people.company_id.ids)
            & Domain("path_id.active", "=", True)
        )
        by_job = defaultdict(list)
        # The paths in their own order
        for path in levels.path_id.sorted():
            own = levels.filtered(lambda level, path=path: level.path_id == path)
            for level, next_level in pairwise(own._sort_by_height()):
                by_job[level.company_id, level.job_id].append((level, next_level))
        self._steps = {
            person: by_job.get((person.company_id, person.job_id), [])
            for person in people
        }
        self._next = levels.browse().union(
            *(step[1] for steps in self._steps.values() for step in steps)
        )
        self._today = {
            company: company._get_sales_today() for company in people.company_id
        }

    def _read_versions(self, people):
        versions = defaultdict(list)
        for version in self.env["hr.version"].search(
            Domain("employee_id", "in", people.ids), order="employee_id, date_version"
        ):
            start = version.date_version
            if not versions[version.employee_id]:
                # As for head counts: the first one begins with the contract.
                start = version.contract_date_start or start
            versions[version.employee_id].append((start, version.job_id.id))
        self._since = {
            person: find_since(
                versions[person], person.job_id.id, self._today[person.company_id]
            )
            for person in people
        }

    def _read_grades(self, people):
        """Read the grade of the latest appraisal that each was told, of several that
        end together that of the longest period."""
        self._grades = {}
        if not self._next.grade_id:
            return
        for appraisal in self.env["sales.appraisal"].search(
            Domain("user_id", "in", people.user_id.ids)
            & Domain("told_at", "!=", False)
            & Domain("is_current", "=", True)
            & Domain("grade_id", "!=", False),
            order="date_to desc, date_from, id desc",
        ):
            key = (appraisal.company_id, appraisal.user_id)
            self._grades.setdefault(key, appraisal.grade_id)

    def _read_skills(self, people):
        asking = self._next.filtered("asks_skills")
        asked = self.env["hr.job.skill"].search(
            Domain("job_id", "in", asking.job_id.ids)
        )
        self._asked_skills = defaultdict(list)
        for need in asked:
            if self._is_valid(need.valid_to, max(self._today.values())):
                self._asked_skills[need.job_id].append(need)
        self._skills = defaultdict(list)
        for skill in self.env["hr.employee.skill"].search(
            Domain("employee_id", "in", people.ids)
            & Domain("skill_id", "in", asked.skill_id.ids)
        ):
            self._skills[skill.employee_id, skill.skill_id].append(skill)

    def _read_courses(self, people):
        self._passed = defaultdict(list)
        for row in self.env["sales.training.attendance"].search(
            Domain("employee_id", "in", people.ids)
            & Domain("course_id", "in", self._next.course_ids.ids)
            & Domain("passed", "=", True)
            & Domain("session_id.state", "=", "done")
        ):
            self._passed[row.employee_id, row.course_id].append(row)

    def _read_attainments(self, people):
        """Ask for the results of all people and months in one batch."""
        self._results = {}
        asking = self._next.filtered("attainment")
        scopes, periods = {}, {}
        for person in people.filtered("user_id"):
            for _level, next_level in self._steps[person]:
                if next_level.attainment:
                    scopes[self._get_scope(person)] = None
                    months = self._get_months(person, next_level)
                    periods.update(dict.fromkeys(months))
        if scopes and periods:
            self._results = self.env["sales.target.result"].ask(
                list(scopes), asking.metric_id, list(periods)
            )

    def _get_scope(self, person):
        return Scope(person.company_id.id, user_id=person.user_id.id)

    def _get_months(self, person, next_level):
        """:return: the latest whole months (:class:`Period`) in the present level"""
        since, today = self._since[person], self._today[person.company_id]
        first = today.replace(day=1)
        months = (
            first - relativedelta(months=number)
            for number in range(1, next_level.attainment_months + 1)
        )
        return [Period.month(month) for month in months if since and month >= since]

    # ------------------------------------------------------------------
    # Conditions
    # ------------------------------------------------------------------

    def _get_standing(self, person, level, next_level):
        since, today = self._since[person], self._today[person.company_id]
        months = count_months(since, today)
        conditions = [
            *self._check_months(next_level, months),
            *self._check_attainment(person, next_level),
            *self._check_grade(person, next_level),
            *self._check_skills(person, next_level, today),
            *self._check_courses(person, next_level, today),
        ]
        return Standing(
            level.with_env(self._user_env(su=True)),
            next_level.with_env(self._user_env(su=True)),
            since,
            months,
            conditions,
        )

    def _check_months(self, next_level, months):
        if next_level.months:
            yield Condition(
                "months",
                self.env._("Months in the level"),
                str(months),
                str(next_level.months),
                months >= next_level.months,
            )

    def _check_attainment(self, person, next_level):
        if not next_level.attainment:
            return
        value = self._attain(person, next_level)
        yield Condition(
            "attainment",
            self.env._("Average attainment, %s", next_level.metric_id.name),
            UNKNOWN if value is None else self._show(value),
            self._show(next_level.attainment),
            value is not None and value >= next_level.attainment,
        )

    def _attain(self, person, next_level):
        """:return: attainment of the latest months in percent, None if unknown"""
        rows = []
        for month in self._get_months(person, next_level):
            key = (next_level.metric_id.id, self._get_scope(person), month)
            try:
                row = self._results[key]
            except (KeyError, UserError):  # Rates of two teams have no total.
                continue
            if row and row["actual"] is not None:
                rows.append(row)
        return attain_together(rows)

    def _show(self, percent):
        return f"{formatLang(self._user_env, percent, digits=1)} %"

    def _check_grade(self, person, next_level):
        if asked := next_level.grade_id:
            grade = self._grades.get((person.company_id, person.user_id))
            yield Condition(
                "grade",
                self.env._("Grade of the last appraisal"),
                grade.name if grade else UNKNOWN,
                asked.name,
                bool(grade) and grade.lowest >= asked.lowest,
            )

    def _check_skills(self, person, next_level, today):
        if not next_level.asks_skills:
            return
        for need in self._asked_skills[next_level.job_id]:
            valid = [
                skill
                for skill in self._skills[person, need.skill_id]
                if self._is_valid(skill.valid_to, today)
            ]
            best = max(valid, key=lambda skill: skill.level_progress, default=None)
            yield Condition(
                "skill",
                need.skill_id.name,
                best.skill_level_id.name if best else UNKNOWN,
                need.skill_level_id.name,
                best is not None and best.level_progress >= need.level_progress,
            )

    def _check_courses(self, person, next_level, today):
        for course in next_level.course_ids:
            is_met = any(
                self._is_valid(row.valid_until, today)
                for row in self._passed[person, course]
            )
            yield Condition(
                "course",
                course.name,
                self.env._("passed") if is_met else UNKNOWN,
                self.env._("passed"),
                is_met,
                course,
            )

    @staticmethod
    def _is_valid(last_day, today):
        return (last_day or date.max) >= today
