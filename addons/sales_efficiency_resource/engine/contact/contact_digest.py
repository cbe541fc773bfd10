# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections import Counter, defaultdict
from functools import partial
from typing import NamedTuple

from odoo.fields import Domain
from odoo.tools import format_date

from odoo.addons.sales_efficiency_base.engine import DigestSection

# Customers and people named in the mail; the others are one click away
LENGTH = 10


class _Due(NamedTuple):
    """A customer that is to be contacted, and since when."""

    partner: object
    date: object
    is_overdue: bool


class ContactDigest:
    """What people read in the digest of their customers to contact (policy 5.1.3):
    salespeople whom, leaders how many of each of their people.

    :param env: environment of the sender, who sees the customers of all companies
    """

    def __init__(self, env):
        self.env = env

    def get_sections(self):
        """:return: list of (user, function that gives a section in a language)"""
        own, led = defaultdict(list), defaultdict(lambda: defaultdict(list))
        for user, leader, row in self._find_due():
            own[user].append(row)
            if leader:
                led[leader][user].append(row)
        return [
            *((user, partial(self._describe_own, rows)) for user, rows in own.items()),
            *((user, partial(self._describe_led, rows)) for user, rows in led.items()),
        ]

    def _find_due(self):
        """Find whom people have to contact by today, in one query.

        :return: list of (user, their leader, :class:`_Due`), the longest due first
        """
        plans = self.env["sales.contact.plan"]
        # Companies may lie in different time zones.
        today = {
            company: company._get_sales_today()
            for company in self.env["res.company"].search([])
        }
        domain = Domain.OR(
            Domain("company_id", "=", company.id) & plans._get_due_domain(day)
            for company, day in today.items()
        )
        groups = plans._read_group(
            domain & Domain("user_id.active", "=", True),
            ["user_id", "team_id", "company_id", "partner_id"],
            ["next_date:min"],
            order="next_date:min, partner_id",
        )
        leaders = self._find_leaders({group[:3] for group in groups})
        return [
            (
                user,
                leaders[user, team, company],
                _Due(customer, day, day < today[company]),
            )
            for user, team, company, customer, day in groups
            if self._works(user, company, "person")
        ]

    def _find_leaders(self, places):
        """Return who leads a person: the nearest leader of the team who is somebody
        else and works in the company.

        :param set places: (user, team, company)
        :return: dict place -> user
        """
        return {
            (user, team, company): next(
                (
                    leader
                    for leader in team._get_sales_leaders() - user
                    if self._works(leader, company, "leader")
                ),
                None,
            )
            for user, team, company in places
        }

    @staticmethod
    def _works(user, company, role):
        """Return whether a user may be told in this role."""
        group = f"sales_efficiency_base.group_sales_{role}"
        return user._works_in(company) and user.has_group(group)

    # ------------------------------------------------------------------
    # In words
    # ------------------------------------------------------------------

    @staticmethod
    def _describe_own(rows, env):
        """:param env: environment in the language of the reader"""
        return DigestSection(
            title=env._("Customers to contact: %(count)s", count=len(rows)),
            lines=[
                (
                    row.partner.with_env(env).display_name,
                    env._("since %(day)s", day=format_date(env, row.date))
                    if row.is_overdue
                    else env._("today"),
                )
                for row in rows[:LENGTH]
            ],
            path="/odoo/my-contacts",
            button=env._("Open My Contacts"),
        )

    @staticmethod
    def _describe_led(people, env):
        """:param env: environment in the language of the reader"""
        overdue = Counter(
            {user: sum(row.is_overdue for row in rows) for user, rows in people.items()}
        )
        ranked = sorted(people, key=lambda user: (-overdue[user], -len(people[user])))
        return DigestSection(
            title=env._(
                "Customers your people need to contact: %(count)s",
                count=sum(map(len, people.values())),
            ),
            lines=[
                (
                    user.name,
                    env._(
                        "%(due)s due, %(overdue)s of them overdue",
                        due=len(people[user]),
                        overdue=overdue[user],
                    ),
                )
                for user in ranked[:LENGTH]
            ],
            path="/odoo/sales-next-contacts",
            button=env._("Open Next Contacts"),
        )
