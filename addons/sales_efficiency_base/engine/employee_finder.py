# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.fields import Domain

from .name_finder import Match, NameFinder


class EmployeeFinder:
    """Finds the users of people whom only Employees knows by the name in a file: by
    their badge, their work e-mail, or a name that their user does not bear."""

    def __init__(self, env):
        self.env = env

    def find(self, names):
        """:return: dict name -> the employee it means; names that mean none or several
        are left out"""
        domain = Domain("company_id", "=", self.env.company.id)
        # sudo: directors may read names and work e-mails of employees as it is; a badge
        # is compared with what their file says, and never shown.
        found = NameFinder(self.env(su=True)).find("hr.employee", names, domain)
        return {
            name: match.records
            for name, match in found.items()
            if len(match.records) == 1
        }

    def find_users(self, names, domain):
        """Find the users of employees.

        :param domain: which users may be meant
        :return: dict name -> :class:`.Match`; of an employee without a user a proposal
        """
        employees = self.find(names)
        logins = {name: get_placeholder(emp) for name, emp in employees.items()}
        ids = [employee.user_id.id for employee in employees.values()]
        users = self.env["res.users"].with_context(active_test=False)
        users = users.search(
            domain
            & (Domain("id", "in", ids) | Domain("login", "in", [*logins.values()]))
        )
        by_login = users.grouped("login")
        matches = {}
        for name, employee in employees.items():
            user = users.browse(employee.user_id.ids) & users
            user = user or by_login.get(logins[name], users.browse())
            is_new = not user and not employee.user_id
            matches[name] = Match(user, bool(user), employee.name if is_new else "")
        return matches


def get_placeholder(employee):
    """:return: login of the user who stands for an employee without one"""
    return f"employee-{employee.id}"
