# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from odoo.addons.sales_efficiency_base.tools import Period, Scope

from .staffing_need import count_presence


@dataclass
class TeamMonth:
    """A month of a team.

    :param people: members who are here at its end
    :param present: members as shares of the month in which they sell
    :param actual: what was sold, once the month is over; None before
    """

    month: date
    target: float
    people: int
    present: float
    actual: float | None

    @property
    def is_over(self):
        return self.actual is not None


@dataclass
class TeamFigures:
    """What a staffing plan knows of a team.

    :param job: ``hr.job`` that most of its people have
    :param joined: newcomers of the plan who belong to it already
    :param sold: what it sold lately
    :param person_months: full months in which its people sold that
    """

    job: object
    joined: int
    sold: float
    person_months: float
    months: list = field(default_factory=list)

    @property
    def rate(self):
        """What one sold in a full month."""
        return self.sold / self.person_months if self.person_months else 0.0


@dataclass
class Person:
    """A member of a team.

    :param left: the day from which they are no longer here; None if none is known
    :param weight: below 1 for those who sell in several teams
    :param is_newcomer: whether the plan has hired them
    """

    member: object
    job: object
    left: date | None
    weight: float
    is_newcomer: bool

    def is_here(self, day):
        start = self.member.sales_start_date
        return (not start or start <= day) and (not self.left or self.left > day)

    def get_shares(self, months):
        """:return: the share of each month in which the person sells"""
        return [
            ramp * count_presence(month, self.left) * self.weight
            for month, ramp in zip(
                months, self.member._get_sales_presence(months), strict=True
            )
        ]


class StaffingProposal:
    """Reads what each team is to sell, with how many people, and what one of them
    sells in a month.

    The narrowest teams with targets count, each with the people of the teams below:
    the target of a team above includes theirs.

    The number of queries depends neither on people nor on teams.

    :param plan: ``sales.staffing.plan`` whose year and company are read
    """

    def __init__(self, plan):
        # sudo: HR plans without a role in sales, and leaders of teams see no other
        # team. Only sums of teams are kept: nobody reads here who is to leave.
        self._plan = plan = plan.sudo()
        self._env = plan.env
        self._company = plan.company_id
        self._metric = plan.metric_id
        self._today = self._company._get_sales_today()
        self._months = Period(plan.date_from, plan.date_to).months()
        self._recent = self._get_recent(plan.recent_months)

    def get_teams(self):
        """:return: dict ``crm.team`` → :class:`TeamFigures`"""
        teams = self._env["crm.team"].search(
            [("company_id", "in", (False, self._company.id))]
        )
        results = self._read_results(teams)
        leaves = self._find_leaves({team for team, _month in results})
        people = self._read_people(leaves)
        sold = self._read_sold(leaves)
        former = self._count_former(leaves, people)
        return {
            team: TeamFigures(
                job=self._get_usual_job(people[team]),
                joined=sum(person.is_newcomer for person in people[team]),
                sold=sold.get(team, 0.0),
                person_months=former[team] + self._count_person_months(people[team]),
                months=self._get_months(team, people[team], results),
            )
            for team in leaves
        }

    # ------------------------------------------------------------------
    # Targets
    # ------------------------------------------------------------------

    def _read_results(self, teams):
        """:return: dict (team, month) → result of its target"""
        scopes = {team: self._get_scope(team) for team in teams}
        periods = {month: Period.month(month) for month in self._months}
        results = self._env["sales.target.result"].ask(
            scopes.values(), self._metric, periods.values()
        )
        return {
            (team, month): result
            for team, scope in scopes.items()
            for month, period in periods.items()
            if (result := results[self._metric.id, scope, period])
        }

    def _get_scope(self, team):
        return Scope(self._company.id, team_id=team.id)

    def _find_leaves(self, teams):
        """:return: the teams without those that have another one below"""
        above = {step for team in teams for step in self._get_path(team)[:-1]}
        leaves = [team.id for team in teams if team.id not in above]
        return self._env["crm.team"].browse(leaves)

    @staticmethod
    def _get_path(team):
        """:return: ids of the teams above, from the top, and of the team itself"""
        return [int(step) for step in (team.parent_path or "").split("/") if step]

    def _choose(self, team, leaves):
        """:return: the one of the teams to which another one belongs, or none"""
        path = self._get_path(team)
        return leaves.filtered(lambda leaf: leaf.id in path)

    # ------------------------------------------------------------------
    # People
    # ------------------------------------------------------------------

    def _read_people(self, leaves):
        """:return: dict team → list of :class:`Person`"""
        members = self._env["crm.team.member"].search(
            [("crm_team_id", "child_of", leaves.ids)]
        )
        employees = self._read_employees(members.user_id)
        hired = self._read_hired()
        teams_of = Counter(member.user_id for member in members)
        people = {team: [] for team in leaves}
        for member in members:
            employee = employees.get(member.user_id)
            person = Person(
                member=member,
                job=employee and employee.job_id,
                left=employee and self._get_left(employee),
                weight=1 / teams_of[member.user_id],
                is_newcomer=member.user_id in hired,
            )
            for team in self._choose(member.crm_team_id, leaves):
                people[team].append(person)
        return people

    def _read_employees(self, users):
        """:return: dict user → employee in the company, rather one who is here"""
        employees = self._env["hr.employee"].with_context(active_test=False)
        found = employees.search(
            [("user_id", "in", users.ids), ("company_id", "=", self._company.id)],
            order="active, id DESC",
        )
        return {employee.user_id: employee for employee in found}

    def _read_hired(self):
        """:return: the users whom the plan has hired"""
        applicants = self._env["hr.applicant"].with_context(active_test=False)
        hired = applicants.search(
            [
                ("sales_staffing_line_id.plan_id", "=", self._plan.id),
                ("employee_id.user_id", "!=", False),
            ]
        )
        return hired.employee_id.user_id

    @staticmethod
    def _get_left(employee):
        return employee.departure_date or (None if employee.active else date.min)

    @staticmethod
    def _get_usual_job(people):
        """:return: the job that most people have, else None"""
        jobs = Counter(person.job for person in people if person.job)
        return max(jobs, key=lambda job: (jobs[job], -job.id), default=None)

    def _get_months(self, team, people, results):
        """:return: list of :class:`TeamMonth`"""
        shares = [person.get_shares(self._months) for person in people]
        months = []
        for number, month in enumerate(self._months):
            end = Period.month(month).end
            result = results.get((team, month), {"amount": 0.0, "actual": None})
            months.append(
                TeamMonth(
                    month=month,
                    target=result["amount"],
                    people=sum(person.is_here(end) for person in people),
                    present=sum(share[number] for share in shares),
                    actual=result["actual"] if end < self._today else None,
                )
            )
        return months

    # ------------------------------------------------------------------
    # What one person sells
    # ------------------------------------------------------------------

    def _get_recent(self, count):
        """Return the last whole months, as far back as there are sales.

        :return: :class:`Period` or None
        """
        end = self._today.replace(day=1) - timedelta(days=1)
        start = end.replace(day=1) - relativedelta(months=count - 1)
        first = self._company._get_sales_months()[0]
        if not first or first > end:
            return None
        return Period(max(start, first), end)

    def _read_sold(self, teams):
        """:return: dict team → what it sold lately"""
        if not self._recent:
            return {}
        scopes = {team: self._get_scope(team) for team in teams}
        values = self._metric._evaluate(scopes.values(), [self._recent])
        return {
            team: values[self._metric.id, scope, self._recent] or 0.0
            for team, scope in scopes.items()
        }

    def _count_person_months(self, people):
        if not self._recent:
            return 0.0
        months = self._recent.months()
        return sum(sum(person.get_shares(months)) for person in people)

    def _count_former(self, leaves, people):
        """Count the months in which people sold who are no longer in the team.

        :return: dict team → number
        """
        months = {team: set() for team in leaves}
        present = {
            team: {person.member.user_id for person in group}
            for team, group in people.items()
        }
        for team, user, month in self._read_sellers(leaves):
            for leaf in self._choose(team, leaves):
                if user not in present[leaf]:
                    months[leaf].add((user, month))
        return {team: len(found) for team, found in months.items()}

    def _read_sellers(self, leaves):
        """:return: tuples of team, user and month in which the user sold lately"""
        if not self._recent:
            return []
        return self._env["sales.fact"]._read_group(
            [
                *self._metric._get_facts_domain(),
                ("company_id", "=", self._company.id),
                ("date", ">=", self._recent.start),
                ("date", "<=", self._recent.end),
                ("team_id", "child_of", leaves.ids),
                ("user_id", "!=", False),
            ],
            ["team_id", "user_id", "date:month"],
        )
