# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections import defaultdict
from hashlib import sha256

from odoo.fields import Domain

from .superiors import Superiors

# Peers and customers who are asked about a person: enough to stay anonymous, and few
# enough to answer
PEERS = 5
CUSTOMERS = 10


def pick_next(own, others, count):
    """Return whoever follows in a circle, so that all are picked equally often.

    >>> team = [1, 2, 3, 4, 5]
    >>> [pick_next(one, team, 2) for one in team]
    [[2, 3], [3, 4], [4, 5], [5, 1], [1, 2]]
    >>> pick_next(9, [1, 2], 5)
    [1, 2]
    """
    others = sorted(other for other in others if other != own)
    return sorted(others, key=lambda other: (other < own, other))[:count]


def draw(seed, items, count):
    """Draw some items, the same in each run, by no merit of theirs.

    >>> draw(1, range(100), 3) == draw(1, range(100), 3) != draw(2, range(100), 3)
    True
    >>> draw(1, [5], 3)
    [5]
    """
    return sorted(items, key=lambda item: sha256(f"{seed},{item}".encode()).digest())[
        :count
    ]


class RaterProposal:
    """Who should rate people: a fixed number of queries for any number of people.

    :param appraisals: the appraisals of one cycle
    """

    def __init__(self, appraisals):
        # sudo: who works and sells with whom is needed of everybody.
        self._appraisals = appraisals.sudo()
        self._env = self._appraisals.env
        self._cycle = self._appraisals.cycle_id
        self._company = self._cycle.company_id
        self._people = self._appraisals.user_id
        self._period = (
            Domain("company_id", "=", self._company.id)
            & Domain("date", ">=", self._cycle.date_from)
            & Domain("date", "<=", self._cycle.date_to)
        )

    def propose(self):
        """:return: list of values of raters"""
        find = {
            "self": self._find_self(),
            "superior": self._find_superiors(),
            "report": self._find_reports(),
            "peer": self._find_peers(),
            "customer": self._find_customers(),
        }
        values = []
        for appraisal in self._appraisals:
            asked = set()
            kinds = appraisal.part_ids.mapped("kind")
            for kind in (kind for kind in find if kind in kinds):
                name = "partner_id" if kind == "customer" else "user_id"
                for who in find[kind].get(appraisal, ()):
                    if who not in asked and (name == "partner_id" or self._works(who)):
                        asked.add(who)
                        values.append(
                            {
                                "appraisal_id": appraisal.id,
                                "kind": kind,
                                name: who.id,
                            }
                        )
        return values

    def _works(self, user):
        return not user.share and user._works_in(self._company)

    def _find_self(self):
        return {appraisal: appraisal.user_id for appraisal in self._appraisals}

    def _find_superiors(self):
        """:return: whom appraisals name; instead of those who left, who follows"""
        named = {
            appraisal: appraisal.superior_id
            for appraisal in self._appraisals
            if appraisal.superior_id and self._works(appraisal.superior_id)
        }
        others = self._appraisals.filtered(lambda a: a not in named)
        following = Superiors(others.user_id, self._company).find()
        return named | {a: following[a.user_id][:1] for a in others}

    def _find_reports(self):
        """Return the members of the teams that people lead, the leaders of teams below,
        and whom they manage."""
        teams = self._people.sales_led_team_ids.filtered(
            lambda team: team.company_id in (self._company, self._company.browse())
        )
        members = self._get_members(teams)
        below = self._env["crm.team"].search([("parent_id", "in", teams.ids)])
        leaders = below.grouped("parent_id")
        managed = (
            self._env["hr.employee"]
            .search([("parent_id.user_id", "in", self._people.ids)])
            .grouped(lambda employee: employee.parent_id.user_id)
        )
        found = {}
        for appraisal in self._appraisals:
            person = appraisal.user_id
            led = person.sales_led_team_ids & teams
            reports = self._people.browse().union(*(members[team] for team in led))
            for team in led:
                reports |= leaders.get(team, below.browse()).user_id
            if person in managed:
                reports |= managed[person].user_id
            found[appraisal] = reports - person
        return found

    def _find_peers(self):
        """Return colleagues: first those with whom a person shares sales, then others
        of the team, so that all are asked about equally many people."""
        shared = self._find_shared()
        members = self._get_members(self._appraisals.team_id)
        found = {}
        for appraisal in self._appraisals:
            person = appraisal.user_id
            mates = members[appraisal.team_id].filtered(self._works)
            ids = pick_next(person.id, mates.ids, PEERS)
            nearest = draw(person.id, shared[person], PEERS)
            peers = person.browse(dict.fromkeys((*nearest, *ids)))
            above = appraisal.superior_id | appraisal.team_id.user_id
            found[appraisal] = (peers - person - above).filtered(self._works)[:PEERS]
        return found

    def _find_shared(self):
        """:return: dict person → ids of those who have sold the same orders with them
        in the period"""
        facts = self._env["sales.fact"]._read_group(
            self._period
            & Domain("source", "=", "order")
            & Domain("credit_id", "!=", False),
            ["res_id"],
            ["user_id:array_agg_distinct"],
        )
        shared = defaultdict(set)
        for _order_id, ids in facts:
            ids = [id_ for id_ in ids if id_]
            for user in self._people.browse(ids) & self._people:
                shared[user].update(set(ids) - {user.id})
        return shared

    def _get_members(self, teams):
        """:return: dict team → its active members"""
        members = self._env["crm.team.member"].search(
            [("crm_team_id", "in", teams.ids)]
        )
        found = defaultdict(self._people.browse)
        for team, some in members.grouped("crm_team_id").items():
            found[team] = some.user_id
        return found

    def _find_customers(self):
        """Return customers with sales in the period who can be written to. They are
        drawn: nobody picks those who like them."""
        sold = self._env["sales.fact"]._read_group(
            self._period
            & Domain("source", "=", "order")
            & Domain("user_id", "in", self._people.ids)
            & Domain("partner_id", "!=", False)
            & Domain("amount", ">", 0),
            ["user_id"],
            ["partner_id:array_agg_distinct"],
        )
        none = self._env["res.partner"]
        everybody = none.browse({id_ for _user, ids in sold for id_ in ids})
        customers = {user: everybody.browse(ids) for user, ids in sold}
        (everybody + everybody.child_ids).fetch(["active", "email_normalized"])
        found = {}
        for appraisal in self._appraisals:
            some = customers.get(appraisal.user_id, none)
            contacts = none.union(*map(self._find_contact, some & everybody))
            found[appraisal] = none.browse(draw(appraisal.id, contacts.ids, CUSTOMERS))
        return found

    @staticmethod
    def _find_contact(customer):
        """:return: the customer, or the first of their contacts with an address"""
        return (customer + customer.child_ids).filtered(
            lambda partner: partner.active and partner.email_normalized
        )[:1]
