# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections import defaultdict


class Superiors:
    """Who may judge people (policy 4.3.2): leaders of their teams (else of those
    that they serve) and of those above, managers of their employee, then directors.

    Nobody judges themselves: whoever leads their own team is judged by the leader
    above. The number of queries does not depend on the number of people.

    :param users: the people
    :param company: where they are judged; superiors work there
    """

    def __init__(self, users, company):
        self._company = company
        # sudo: who leads and manages whom is public within the company.
        self._people = users.sudo().with_company(company)
        self._env = self._people.env

    def find(self):
        """:return: dict user → active users, the nearest first"""
        leaders = self._find_leaders()
        managers = self._find_managers()
        directors = self._company._get_sales_directors().sudo()
        none = self._people.browse()
        everybody = none.union(*leaders.values(), *managers.values(), directors)
        working = everybody.filtered(lambda user: user._works_in(self._company))
        found = {}
        for person in self._people:
            superiors = leaders[person] | managers[person] | directors
            found[person] = superiors.filtered(
                lambda user, person=person: user in working and user != person
            )
        return found

    def _find_leaders(self):
        """:return: dict person → leaders, those of the own teams before those above"""
        level = self._find_teams()
        self._read_with_parents(self._env["crm.team"].union(*(t for _p, t in level)))
        leaders = defaultdict(self._people.browse)
        while level:
            for person, team in level:
                leaders[person] |= team.user_id
            above = ((person, team.parent_id) for person, team in level)
            level = [(person, team) for person, team in above if team]
        return leaders

    def _find_teams(self):
        """:return: list of person and team: their own ones, or else those they serve"""
        members = self._env["crm.team.member"].search(
            [
                ("user_id", "in", self._people.ids),
                ("crm_team_id.company_id", "in", (False, self._company.id)),
            ]
        )
        others = self._people - members.user_id
        return [
            *((member.user_id, member.crm_team_id) for member in members),
            *(
                (person, team)
                for person in others
                for team in person._get_served_teams(self._company)
            ),
        ]

    @staticmethod
    def _read_with_parents(teams):
        """Read all at once what the loop above needs."""
        paths = "".join(teams.mapped("parent_path")).split("/")
        teams.browse(set(map(int, filter(None, paths)))).fetch(["user_id", "parent_id"])

    def _find_managers(self):
        """:return: dict person → managers of their employee, the nearest first"""
        employees = self._env["hr.employee"].search(
            [
                ("user_id", "in", self._people.ids),
                ("company_id", "=", self._company.id),
            ]
        )
        chains = {employee: employee for employee in employees}
        managers = defaultdict(self._people.browse)
        above = {employee: employee.parent_id for employee in employees}
        while above := {e: m for e, m in above.items() if m and m not in chains[e]}:
            # Read together, level by level
            level = employees.browse().union(*above.values())
            level.fetch(["parent_id", "user_id"])
            for employee, manager in above.items():
                chains[employee] |= manager
                managers[employee.user_id] |= manager.user_id
            above = {employee: manager.parent_id for employee, manager in above.items()}
        return managers
