# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import datetime, time, timedelta

import pytz

from odoo import api, fields, models

from odoo.addons.base.models.res_partner import _tz_get

from ..tools import get_monday


class ResCompany(models.Model):
    _inherit = "res.company"

    sales_tz = fields.Selection(
        selection=_tz_get,
        string="Time Zone of Sales Figures",
        required=True,
        default=lambda self: self._default_sales_tz(),
        help="Sales are dated in this time zone, for every user.",
    )

    sales_zero_cost_unknown = fields.Boolean(
        string="Cost of 0 Is Unknown",
        help="A sale with a cost of 0 then has no margin instead of a margin of 100"
        " %. Margin rates exclude it.",
        groups="base.group_user",
    )

    sales_new_business_months = fields.Integer(
        string="Months of New Business",
        default=12,
        required=True,
        help="Sales in so many months after a customer's first order are new business.",
        groups="base.group_user",
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
        help="Interval of the e-mails that tell leaders their team's open warnings.",
    )

    sales_action_effect_weeks = fields.Integer(
        string="Weeks to Measure Actions",
        default=4,
        required=True,
        help="The effect of an action is its metric in so many weeks after it is done,"
        " compared with as many before.",
    )

    sales_answer_pause_days = fields.Integer(
        string="Days between Questions",
        default=30,
        required=True,
        help="Least number of days between two e-mails with questions to a customer.",
        groups="base.group_user",
    )

    _sales_new_business_months_range = models.Constraint(
        "CHECK (sales_new_business_months BETWEEN 1 AND 120)",
        "Business with a customer is new for 1 to 120 months.",
    )
    _sales_action_effect_weeks_range = models.Constraint(
        "CHECK (sales_action_effect_weeks BETWEEN 1 AND 52)",
        "The effect of actions is measured over 1 to 52 weeks.",
    )
    _sales_answer_pause_days_range = models.Constraint(
        "CHECK (sales_answer_pause_days BETWEEN 0 AND 365)",
        "Customers are asked again after 0 to 365 days.",
    )

    @api.model
    def _default_sales_tz(self):
        """Fall back to the administrator: OdooBot, who installs, has no time zone."""
        administrator = self.env.ref("base.user_admin", raise_if_not_found=False)
        return self.env.user.tz or administrator and administrator.tz or "UTC"

    def write(self, vals):
        res = super().write(vals)
        if "sales_new_business_months" in vals:
            # Figures are measured by SQL.
            self.flush_recordset(["sales_new_business_months"])
            self.env["sales.mart"]._tell_of_repair()
        return res

    def _get_sales_today(self):
        """:return: today's date in the time zone of the company's figures"""
        self.ensure_one()
        return fields.Date.context_today(self.with_context(tz=self.sales_tz))

    def _get_sales_week(self):
        """:return: the Monday of the current ISO week"""
        return get_monday(self._get_sales_today())

    def _get_sales_moment(self, day, hour=0.0):
        """Convert an hour of a day from the company's time zone to naive UTC."""
        self.ensure_one()
        moment = datetime.combine(day, time.min) + timedelta(hours=hour)
        local = pytz.timezone(self.sales_tz).localize(moment)
        return local.astimezone(pytz.utc).replace(tzinfo=None)

    def _get_sales_working_days(self, start, end):
        """Return the working days of the company's calendar, without holidays; every
        day if there is no calendar.

        :param start: first day
        :param end: last day
        :return: list of (day, fraction of the day worked)
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
        # Companies with different holidays can share a calendar.
        leave = [("time_type", "=", "leave"), ("company_id", "in", (False, self.id))]
        work = calendar._work_intervals_batch(*moments, domain=leave)[False]
        return [
            (
                interval[0].date(),
                calendar._get_attendance_intervals_days_data([interval])["days"],
            )
            for interval in work
        ]

    def _get_sales_months(self):
        """:return: the first and the last month with sales, or two times None"""
        self.ensure_one()
        sources = self.env["sales.fact"]._get_sources()
        sold = [s._code for s in sources if s._subject in ("order", "finance")]
        domain = [("company_id", "=", self.id), ("facts", ">", 0)]
        domain += [("source", "in", sold)]
        # sudo: only the months.
        totals = self.env["sales.fact.total"].sudo()
        [months] = totals._read_group(domain, [], ["month:min", "month:max"])
        return months

    def _get_sales_directors(self):
        """:return: the active sales directors of the company, sorted by id"""
        self.ensure_one()
        # sudo: sales directors are public within the company.
        group = self.env.ref("sales_efficiency_base.group_sales_director").sudo()
        directors = group.all_user_ids.filtered(
            lambda user: user.active and self in user.company_ids
        )
        return directors.sorted("id").with_env(self.env)
