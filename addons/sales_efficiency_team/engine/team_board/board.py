# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from functools import cached_property

from odoo.fields import Domain

# Whoever sees all teams; leaders see the teams that they lead, and those below
EVERYBODY = "sales_efficiency_base.group_sales_director,hr.group_hr_user"
# Cycles to choose among
CYCLES = 8
DECIDED = ("calibration", "told", "closed")


class Board:
    """The teams and the appraisal cycle that the sections of the board are about.

    :param dict asked: ``team`` and ``cycle``, ids from a client: may be anything
    :param company: ``res.company`` record; by default the current one
    """

    def __init__(self, env, asked=None, company=None):
        self.env = env
        self.company = company or env.company
        self.today = self.company._get_sales_today()
        asked = asked or {}
        self.team = self._take(asked.get("team"), self.teams)
        self.cycle = self._take(asked.get("cycle"), self.cycles) or self.cycles[:1]

    @staticmethod
    def _take(value, records):
        """:return: the record with an id that a client has sent, if it may be chosen"""
        is_id = isinstance(value, int) and not isinstance(value, bool)
        return records.browse(value if is_id and value in records.ids else ())

    # ------------------------------------------------------------------
    # Teams
    # ------------------------------------------------------------------

    @cached_property
    def teams(self):
        """The teams to choose among"""
        domain = Domain("company_id", "in", (False, self.company.id))
        if not self.sees_all:
            domain &= self.env.user._get_led_domain(team="id")
        return self.env["crm.team"].search(domain)

    @cached_property
    def sees_all(self):
        return self.env.user.has_groups(EVERYBODY)

    def get_domain(self, name="team_id"):
        """:return: domain of the records of the teams shown, in the company"""
        domain = Domain("company_id", "=", self.company.id)
        if self.team:
            return domain & Domain(name, "child_of", self.team.ids)
        if self.sees_all:
            return domain
        return domain & Domain(name, "in", self.teams.ids)

    def get_users(self):
        """:return: the members of the teams shown"""
        team = Domain("id", "in", self.teams.ids)
        if self.team:
            team = Domain("id", "child_of", self.team.ids)
        # sudo: who is in a team is known to those who lead it and HR.
        members = self.env["crm.team.member"].sudo()
        return members.search(Domain("crm_team_id", "any", team)).user_id

    # ------------------------------------------------------------------
    # Cycles
    # ------------------------------------------------------------------

    @cached_property
    def cycles(self):
        """The last appraisal cycles, the latest first"""
        return self.env["sales.appraisal.cycle"].search(
            [
                ("company_id", "=", self.company.id),
                ("date_from", "<=", self.today),
            ],
            limit=CYCLES,
        )

    @cached_property
    def graded(self):
        """The cycle shown if it has grades already, else the latest that has"""
        decided = self.cycles.filtered(lambda cycle: cycle.state in DECIDED)
        return self.cycle if self.cycle in decided else decided[:1]

    # ------------------------------------------------------------------
    # Choices
    # ------------------------------------------------------------------

    def describe(self):
        """:return: what the user may choose"""
        choices = [
            {
                "key": "team",
                "name": self.env._("Sales Team"),
                "value": self.team.id,
                "options": [
                    {
                        "id": False,
                        "name": self.env._("All Teams")
                        if self.sees_all
                        else self.env._("My Teams"),
                    },
                    *self._get_options(self.teams),
                ],
            },
            {
                "key": "cycle",
                "name": self.env._("Appraisal Cycle"),
                "value": self.cycle.id,
                "options": self._get_options(self.cycles),
            },
        ]
        least = {"team": 2, "cycle": 1}
        return {"choices": [c for c in choices if len(c["options"]) > least[c["key"]]]}

    @staticmethod
    def _get_options(records):
        return [{"id": record.id, "name": record.display_name} for record in records]
