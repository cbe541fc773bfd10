# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections import defaultdict
from datetime import datetime, time, timedelta

import pytz
from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError

from odoo.addons.sales_efficiency_base.tools import Period

# Share of a full target in a newcomer's first three months
RAMP = (0.0, 0.25, 0.5)
# Salespeople see who is in which team, but not how members are rated.
LEADERS = "sales_efficiency_base.group_sales_leader"
# Fields that leaders may write; team membership is decided above them.
FACTORS = {
    "sales_ability",
    "sales_experience",
    "sales_potential",
    "sales_start_date",
}


class CrmTeamMember(models.Model):
    """Factors of personal targets: ability, experience, market (policy 2.1.3)."""

    _inherit = "crm.team.member"

    sales_ability = fields.Float(
        string="Ability (%)",
        default=100.0,
        groups=LEADERS,
        tracking=True,
        help="Sales ability compared with the average of the team, which is 100 %.",
    )
    sales_experience = fields.Float(
        string="Experience (%)",
        default=100.0,
        groups=LEADERS,
        tracking=True,
        help="Experience compared with the average of the team, which is 100 %.",
    )
    sales_potential = fields.Float(
        string="Market Potential (%)",
        default=100.0,
        groups=LEADERS,
        tracking=True,
        help="Potential of the person's market, compared with the team's average.",
    )
    sales_start_date = fields.Date(
        string="Selling Since",
        help="A newcomer's first three months ask for 0, 25 and 50 % of a full"
        " target. Leave empty for experienced salespeople.",
    )

    _sales_factors_positive = models.Constraint(
        "CHECK (sales_ability >= 0 AND sales_experience >= 0 AND sales_potential >= 0)",
        "Ability, experience and market potential cannot be negative.",
    )

    def write(self, vals):
        names = {n for n in vals if not n.startswith(("message_", "activity_"))}
        if not (
            FACTORS.issuperset(names)
            or self.env.su
            or self.env.user.has_group("sales_team.group_sale_manager")
        ):
            # Leaders see the documents of their members: by changing membership, they
            # could see those of anybody.
            raise AccessError(
                self.env._(
                    "Leaders rate their team members. Only sales directors change"
                    " team membership."
                )
            )
        return super().write(vals)

    def _get_sales_weight(self):
        """Return the person's weight in the target of the team; 1 is average."""
        self.ensure_one()
        factors = (self.sales_ability, self.sales_experience, self.sales_potential)
        weight = 1.0
        for percent in factors:
            weight *= percent / 100
        return weight

    def _get_sales_presences(self, months, with_leave=False):
        """Return the share of a full target that applies to each person and month.

        Newcomers ramp up; leave reduces the target by the share of working time lost
        (policy 2.1.3).

        :param list months: first days of consecutive months
        :param bool with_leave: whether planned leave reduces the share
        :return: dict member -> list of shares from 0 to 1
        """
        leave = self._get_sales_leave(months) if with_leave else {}
        none = [0.0] * len(months)
        return {
            member: [
                ramp * (1 - lost)
                for ramp, lost in zip(
                    member._get_sales_presence(months),
                    leave.get(member, none),
                    strict=True,
                )
            ]
            for member in self
        }

    def _get_sales_presence(self, months):
        """Return the share of a full target by a newcomer's ramp-up; else 1.

        :param list months: first days of months
        :return: list of shares from 0 to 1
        """
        self.ensure_one()
        if not self.sales_start_date:
            return [1.0] * len(months)
        first = self.sales_start_date.replace(day=1)
        return [self._get_ramp(relativedelta(month, first)) for month in months]

    def _get_sales_leave(self, months):
        """Return the share of each month's working time that is lost to leave.

        Public holidays do not count as lost: they are not working time. The number of
        queries depends only on the number of working schedules.

        :param list months: first days of consecutive months
        :return: dict member -> list of shares from 0 to 1, without members who have no
            employee
        """
        # sudo: leaders learn only the share of time lost, not the reason for the leave.
        employees = (
            self.env["hr.employee"].sudo().search([("user_id", "in", self.user_id.ids)])
        )
        employees.resource_id.fetch(["calendar_id", "company_id", "tz", "user_id"])
        by_user = employees.grouped("user_id")
        members = {}
        for member in self:
            of_user = by_user.get(member.user_id, employees.browse())
            company = member.crm_team_id.company_id
            of_team = of_user.filtered(lambda e, c=company: e.company_id == c)
            members[member] = (of_team or of_user)[:1].resource_id
        # sudo: only shares of leave are made of them, see above.
        by_calendar = defaultdict(lambda: self.env["resource.resource"].sudo())
        for resource in members.values():
            if resource.calendar_id:
                by_calendar[resource.calendar_id] |= resource
        shares = {}
        for calendar, resources in by_calendar.items():
            shares |= self._get_leave_shares(calendar, resources, months)
        return {
            member: shares[resource]
            for member, resource in members.items()
            if resource in shares
        }

    @api.model
    def _get_leave_shares(self, calendar, resources, months):
        """:return: dict resource -> list of the share of working time lost by month"""
        timezone = pytz.timezone(calendar.tz or "UTC")
        spans = [Period.month(month) for month in months]
        start, end = (
            timezone.localize(datetime.combine(day, time.min))
            for day in (spans[0].start, spans[-1].end + timedelta(days=1))
        )
        planned = calendar._attendance_intervals_batch(
            start, end, resources, tz=timezone
        )
        leave = calendar._leave_intervals_batch(start, end, resources, tz=timezone)
        holidays = calendar._leave_intervals_batch(
            start,
            end,
            resources,
            domain=[("time_type", "=", "leave"), ("resource_id", "=", False)],
            tz=timezone,
        )
        shares = {}
        for resource in resources:
            working = planned[resource.id] - holidays[resource.id]
            there = working - leave[resource.id]
            hours, left = self._count_hours(working), self._count_hours(there)
            shares[resource] = [
                1 - left[span.start] / hours[span.start] if hours[span.start] else 0.0
                for span in spans
            ]
        return shares

    @api.model
    def _count_hours(self, intervals):
        """:return: dict first day of a month -> working hours in that month"""
        hours = defaultdict(float)
        for start, end, _records in intervals:
            month = start.date().replace(day=1)
            hours[month] += (end - start).total_seconds() / 3600
        return hours

    @api.model
    def _get_ramp(self, since_start):
        number = 12 * since_start.years + since_start.months
        if number < 0:
            return 0.0
        return RAMP[number] if number < len(RAMP) else 1.0

    def _get_sales_membership(self, target):
        """Return the one of a person's memberships that fits a target: in its team or a
        team below, else the first in its company."""
        # sudo: memberships are readable, but not teams of other companies.
        teams = {member: member.sudo().crm_team_id for member in self}
        members = self.filtered(
            lambda m: teams[m].company_id.id in (False, target.company_id.id)
        )
        team_id = str(target.team_id.id)
        below = members.filtered(
            lambda m: team_id in (teams[m].parent_path or "").split("/")
        )
        return (below or members)[:1]

    def _get_sales_company(self):
        """Return the company for which the member sells: that of the team, or of the
        user if companies share the team."""
        self.ensure_one()
        return self.crm_team_id.company_id or self.user_id.company_id
