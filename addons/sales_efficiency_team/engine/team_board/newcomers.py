# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from functools import cached_property

from dateutil.relativedelta import relativedelta

from odoo.fields import Domain
from odoo.tools import format_date

from ..section import ListSection

# How long somebody counts as a newcomer
MONTHS = 6


class Newcomers(ListSection):
    """Who has begun to sell lately, and what of a full target is asked of them."""

    key = "newcomers"

    def get_title(self):
        return self.env._("Newcomers")

    def get_empty(self):
        return self.env._("Nobody has begun to sell in the last six months.")

    def get_count(self):
        return len(self._members)

    def get_rows(self):
        month = self.page.today.replace(day=1)
        shown = self._members[: self.length]
        shares = shown._get_sales_presences([month])
        users = shown.user_id.with_env(self.env)
        progress = self.env["sales.onboarding"]._get_progress(users)
        return [
            self._describe(member, shares[member][0])
            | self._describe_onboarding(progress.get(member.user_id.id))
            for member in shown
        ]

    @cached_property
    def _members(self):
        # sudo: who is in a team, and since when, is known to those who lead it and HR.
        members = self.env["crm.team.member"].sudo()
        domain = Domain("crm_team_id", "any", self._get_teams())
        domain &= Domain(
            "sales_start_date", ">=", self.page.today - relativedelta(months=MONTHS)
        )
        domain &= Domain("user_id.active", "=", True)
        return members.search(domain, order="sales_start_date desc, id")

    def _get_teams(self):
        team = self.page.team
        if team:
            return Domain("id", "child_of", team.ids)
        return Domain("id", "in", self.page.teams.ids)

    def _describe(self, member, share):
        return {
            "id": member.id,
            "name": member.user_id.name,
            "detail": self.env._(
                "%(team)s · sells since %(day)s",
                team=member.crm_team_id.name,
                day=format_date(self.env, member.sales_start_date),
            ),
            "figure": self.env._(
                "%s of a full target", self.format_percent(100 * share)
            ),
            "action": False,
        }

    def _describe_onboarding(self, onboarding):
        if not onboarding:
            return {}
        values = {
            "id": onboarding["id"],
            "progress": onboarding["progress"],
            "action": "sales_efficiency_team.sales_onboarding_action",
        }
        if onboarding["overdue"]:
            values["status"] = {
                "kind": "development",
                "value": "overdue",
                "name": self.env._("Overdue: %s", onboarding["overdue"]),
            }
        return values
