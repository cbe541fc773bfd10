# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import datetime, time, timedelta

import pytz

from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    sales_target_tolerance = fields.Float(
        string="Tolerated Gap",
        default=0.5,
        help="Tolerated difference between a target and its parts, in percent."
        " Larger gaps need an explanation before the plan is submitted.",
    )
    sales_alert_digest = fields.Selection(
        selection=[
            ("never", "Never"),
            ("daily", "Every day"),
            ("weekly", "Every week, on Monday"),
        ],
        string="Digest of Warnings",
        default="daily",
        required=True,
        help="How often leaders get an e-mail with their team's open warnings.",
    )
    sales_target_show_above = fields.Boolean(
        string="Show Targets Above",
        help="Salespeople see the figures of the targets above their own, not only"
        " the names.",
    )

    _sales_target_tolerance_range = models.Constraint(
        "CHECK (sales_target_tolerance BETWEEN 0 AND 100)",
        "The tolerated gap must be between 0 and 100 %.",
    )

    def _get_sales_working_days(self, start, end):
        """Return the working days by the calendar of the company, holidays left out;
        without a calendar it works each day.

        :param start: first day
        :param end: last day
        :return: list of (day, how much of it is worked)
        """
        self.ensure_one()
        calendar = self.resource_calendar_id
        if not calendar:
            return [
                (start + timedelta(days=number), 1.0)
                for number in range((end - start).days + 1)
            ]
        timezone = pytz.timezone(calendar.tz or "UTC")
        moments = (
            timezone.localize(datetime.combine(day, time.min))
            for day in (start, end + timedelta(days=1))
        )
        # A calendar may be shared with companies that have other holidays.
        leave = [("time_type", "=", "leave"), ("company_id", "in", (False, self.id))]
        work = calendar._work_intervals_batch(*moments, domain=leave)[False]
        return [
            (
                interval[0].date(),
                calendar._get_attendance_intervals_days_data([interval])["days"],
            )
            for interval in work
        ]

    def _get_sales_moment(self, day, hour=0.0):
        """Return an hour of a day of the company's figures as naive UTC."""
        self.ensure_one()
        moment = datetime.combine(day, time.min) + timedelta(hours=hour)
        local = pytz.timezone(self.sales_tz).localize(moment)
        return local.astimezone(pytz.utc).replace(tzinfo=None)
