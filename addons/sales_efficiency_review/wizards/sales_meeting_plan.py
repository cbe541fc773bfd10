# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import datetime, time, timedelta

from dateutil.relativedelta import relativedelta
from dateutil.rrule import MONTHLY, rrule, weekday

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from odoo.addons.calendar.models.calendar_recurrence import (
    BYDAY_SELECTION,
    WEEKDAY_SELECTION,
)
from odoo.addons.sales_efficiency_base.tools import format_period, open_records

WEEKDAYS = [name for name, _label in WEEKDAY_SELECTION]


class SalesMeetingPlan(models.TransientModel):
    """Plans monthly meetings, e.g. on each first Monday (policy 2.2.1).

    Each meeting has its own month to discuss, so they are not recurring events.
    """

    _name = "sales.meeting.plan"
    _inherit = "sales.guard.mixin"
    _description = "Plan Sales Meetings"

    company_id = fields.Many2one(
        comodel_name="res.company",
        required=True,
        default=lambda self: self.env.company,
        ondelete="cascade",
    )
    team_ids = fields.Many2many(
        comodel_name="crm.team",
        string="Sales Teams",
        domain="[('company_id', 'in', [False, company_id])]",
        default=lambda self: self.env["sales.meeting"]._default_team_id(),
        help="Each team meets on its own, with its sub-teams. Leave empty for"
        " company-wide meetings.",
    )
    week = fields.Selection(selection=BYDAY_SELECTION, required=True, default="1")
    weekday = fields.Selection(
        selection=WEEKDAY_SELECTION, required=True, default="MON"
    )
    hour = fields.Float(
        string="At",
        required=True,
        default=10.0,
        help="In the time zone of the sales figures.",
    )
    duration = fields.Float(string="Duration (Hours)", required=True, default=1.5)
    date_from = fields.Date(
        string="From",
        required=True,
        default=lambda self: self.env.company._get_sales_today() + timedelta(days=1),
    )
    date_to = fields.Date(
        string="Until",
        required=True,
        compute="_compute_date_to",
        store=True,
        readonly=False,
        precompute=True,
    )
    preview = fields.Text(string="Meetings", compute="_compute_preview")

    _dates = models.Constraint(
        "CHECK (date_to >= date_from)", "The end date must be after the start date."
    )
    _hour_of_a_day = models.Constraint(
        "CHECK (hour >= 0 AND hour < 24)", "Enter an hour between 0:00 and 23:59."
    )
    _duration_positive = models.Constraint(
        "CHECK (duration > 0)", "Enter the duration of the meeting."
    )

    @api.depends("date_from")
    def _compute_date_to(self):
        for wizard in self:
            wizard.date_to = wizard.date_from and wizard.date_from + relativedelta(
                years=1, days=-1
            )

    @api.depends("company_id", "team_ids", "week", "weekday", "date_from", "date_to")
    def _compute_preview(self):
        for wizard in self:
            wizard.preview = "\n".join(
                self.env._(
                    "%(day)s, about %(month)s: %(team)s",
                    day=format_date(self.env, day, date_format="full"),
                    month=format_period(self.env, month),
                    team=team.name or wizard.company_id.name,
                )
                for day, month, team in wizard._get_meetings()
            )

    def action_plan(self):
        """Plan the meetings, and add them to the calendars of all attendees.

        Invitations are not e-mailed: calendars send reminders of each meeting.
        """
        self.ensure_one()
        planned = self._get_meetings()
        if not planned:
            raise UserError(
                self.env._(
                    "All these months already have a meeting. Choose other months."
                )
            )
        meetings = self.env["sales.meeting"].with_context(no_mail_to_attendees=True)
        meetings = meetings.create(
            [
                {
                    "company_id": self.company_id.id,
                    "team_id": team.id,
                    "date": self.company_id._get_sales_moment(day, self.hour),
                    "month": month,
                    "duration": self.duration,
                }
                for day, month, team in planned
            ]
        )
        return open_records(
            self.env,
            "sales_efficiency_review.sales_meeting_action",
            [("id", "in", meetings.ids)],
            view_mode="list,form",
            views=[(False, "list"), (False, "form")],
        )

    def _get_meetings(self):
        """:return: [(day, month to discuss, team or none)], without existing ones"""
        self.ensure_one()
        meetings = self.env["sales.meeting"]
        existing = {
            (meeting.team_id, meeting.month)
            for meeting in meetings.search(
                [
                    ("company_id", "=", self.company_id.id),
                    ("state", "!=", "cancelled"),
                ]
            )
        }
        teams = self.team_ids._origin or [self.team_ids]
        return [
            (day, meetings._get_month_of(day), team)
            for day in self._get_days()
            for team in teams
            if (team, meetings._get_month_of(day)) not in existing
        ]

    def _get_days(self):
        """:return: the requested days, each moved to the next working day if needed"""
        if not self.date_from or not self.date_to or self.date_to < self.date_from:
            return []
        days = rrule(
            MONTHLY,
            dtstart=datetime.combine(self.date_from, time()),
            until=datetime.combine(self.date_to, time()),
            byweekday=weekday(WEEKDAYS.index(self.weekday), int(self.week)),
        )
        working_days = self._get_working_days()
        return [
            next((day for day in working_days if day >= wanted.date()), wanted.date())
            for wanted in days
        ]

    def _get_working_days(self):
        """:return: list of days, including the next month: the last day may move"""
        end = self.date_to + relativedelta(months=1)
        days = self.company_id._get_sales_working_days(self.date_from, end)
        return [day for day, _part in days]
