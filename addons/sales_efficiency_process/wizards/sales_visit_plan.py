# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import datetime, timedelta

import pytz

from odoo import Command, api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import format_amount, format_date

from odoo.addons.sales_efficiency_base.tools import get_monday, open_records

from ..engine.visit import FreeTime, Slots, VisitWeek, WeekProposals, plan_route

# From Friday on, people plan the week to come.
FRIDAY = 4
WEEK = timedelta(days=7)


class SalesVisitPlan(models.TransientModel):
    """Proposes whom to visit in a week, and puts what is accepted into free working
    time (policy 3.1.3)."""

    _name = "sales.visit.plan"
    _inherit = "sales.guard.mixin"
    _description = "Plan My Week"

    company_id = fields.Many2one(
        comodel_name="res.company",
        required=True,
        default=lambda self: self.env.company,
    )
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Salesperson",
        required=True,
        default=lambda self: self.env.user,
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
    )
    choice = fields.Selection(
        selection=[
            ("0", "This Week"),
            ("1", "Next Week"),
            ("2", "In Two Weeks"),
            ("3", "In Three Weeks"),
        ],
        string="Which Week",
        required=True,
        default=lambda self: self._default_choice(),
    )
    day = fields.Date(
        string="Week Of",
        compute="_compute_day",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
        help="Any day of the week.",
    )
    week = fields.Char(compute="_compute_week")
    line_ids = fields.One2many(
        comodel_name="sales.visit.plan.line",
        inverse_name="plan_id",
        string="Customers",
        compute="_compute_line_ids",
        # Proposed is only who the user may read.
        compute_sudo=False,
        store=True,
        readonly=False,
        precompute=True,
    )
    count = fields.Integer(string="Accepted", compute="_compute_count")
    is_empty = fields.Boolean(compute="_compute_count", export_string_translation=False)

    @api.model
    def _default_choice(self):
        today = self.env.company._get_sales_today()
        return "1" if today.weekday() >= FRIDAY else "0"

    @api.depends("choice", "company_id")
    def _compute_day(self):
        for plan in self:
            today = (plan.company_id or self.env.company)._get_sales_today()
            plan.day = today + WEEK * int(plan.choice or 0)

    @api.depends("day")
    def _compute_week(self):
        for plan in self:
            plan.week = False
            if plan.day:
                monday = get_monday(plan.day)
                plan.week = self.env._(
                    "%(monday)s to %(sunday)s",
                    monday=format_date(self.env, monday),
                    sunday=format_date(self.env, monday + WEEK - timedelta(days=1)),
                )

    @api.depends("user_id", "company_id", "day")
    def _compute_line_ids(self):
        for plan in self:
            lines = [Command.clear()]
            if plan.user_id and plan.company_id and plan.day:
                lines += map(Command.create, plan._prepare_lines())
            plan.line_ids = lines

    @api.depends("line_ids.is_accepted")
    def _compute_count(self):
        for plan in self:
            plan.count = len(plan.line_ids.filtered("is_accepted"))
            plan.is_empty = not plan.line_ids

    # ------------------------------------------------------------------
    # Proposals
    # ------------------------------------------------------------------

    def _get_week(self):
        self.ensure_one()
        return VisitWeek(self.user_id, self.company_id, get_monday(self.day))

    def _prepare_lines(self):
        """:return: values of the lines, of a person whom the user may plan for"""
        self._check_may_plan()
        week = self._get_week()
        if week.is_over:
            return []
        reasons = self.env["sales.visit"]._get_week_reasons()
        return [
            {
                "partner_id": proposal.partner.id,
                "reasons": " · ".join(
                    reasons.get(code, code) for code in proposal.reasons
                ),
                "money": proposal.money
                and format_amount(
                    self.env, proposal.money, self.company_id.currency_id
                ),
                "weight": proposal.weight,
                "last_date": proposal.last,
                "lead_id": proposal.lead.id,
            }
            for proposal in WeekProposals(week).find()
        ]

    def _check_may_plan(self):
        """Refuse to look into the week of somebody whom the user does not lead.

        :raise AccessError: if so
        """
        self.ensure_one()
        me, user = self.env.user, self.user_id
        is_led = me.has_group("sales_efficiency_base.group_sales_director") or (
            me.has_group("sales_efficiency_base.group_sales_leader")
            and user.is_in_led_team
        )
        if user != me and not is_led:
            raise AccessError(
                self.env._("Plan your own week, or that of somebody you lead.")
            )
        if self.company_id not in self.env.companies:
            raise AccessError(
                self.env._("Choose a company that you work in at the moment.")
            )

    # ------------------------------------------------------------------
    # Visits
    # ------------------------------------------------------------------

    def action_plan(self):
        """Create the accepted visits, and show the week."""
        self.ensure_one()
        self._check_may_plan()
        accepted = self.line_ids.filtered("is_accepted")
        if not accepted:
            raise UserError(self.env._("Accept at least one customer."))
        if self._get_week().is_over:
            raise UserError(self.env._("This week is over. Choose a later one."))
        route = plan_route(
            [(line, line._get_place()) for line in accepted], self._get_slots()
        )
        if not route:
            raise UserError(
                self.env._(
                    "No free working time is left in this week. Choose another week,"
                    " or plan visits by hand."
                )
            )
        visits = self.env["sales.visit"].create(
            [line._prepare_visit(start) for (line, _place), start in route]
        )
        return self._show(visits, len(accepted) - len(route))

    def _get_slots(self):
        """:return: the :class:`Slots` of what is left of the week"""
        week, company = self._get_week(), self.company_id
        gap = timedelta(minutes=company.sales_visit_gap)
        length = timedelta(minutes=company.sales_visit_minutes)
        free = FreeTime(self.user_id, company, gap)
        # A week of the person, whose clock may differ from the company's
        since, until = (
            free.tz.localize(datetime.combine(day, datetime.min.time()))
            for day in (week.start, week.end + timedelta(days=1))
        )
        now = pytz.utc.localize(fields.Datetime.now())
        intervals = free.find(
            max(since.astimezone(pytz.utc), now), until.astimezone(pytz.utc)
        )
        return Slots(
            intervals,
            length,
            gap,
            company.sales_visit_per_day,
            lambda moment: moment.astimezone(free.tz).date(),
            self._count_taken(week, free.tz),
        )

    def _count_taken(self, week, tz):
        """:return: dict day -> visits that are planned there already"""
        starts = self.env["sales.visit"].search_fetch(
            [
                ("user_id", "=", self.user_id.id),
                ("state", "!=", "cancelled"),
                ("date", ">=", week.start - timedelta(days=1)),
                ("date", "<=", week.end + timedelta(days=1)),
            ],
            ["start"],
        )
        taken = {}
        for visit in starts:
            day = pytz.utc.localize(visit.start).astimezone(tz).date()
            taken[day] = taken.get(day, 0) + 1
        return taken

    def _show(self, visits, left_out):
        """:return: the action that shows the week, and tells of what did not fit"""
        action = open_records(
            self.env,
            "sales_efficiency_process.sales_visit_action",
            [("user_id", "=", self.user_id.id)],
            views=[(False, "calendar"), (False, "list"), (False, "form")],
            context={
                "initial_date": fields.Datetime.to_string(min(visits.mapped("start")))
            },
        )
        if not left_out:
            return action
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning",
                "sticky": True,
                "message": self.env._(
                    "Visits planned: %(planned)s. No free working time was left for"
                    " %(left)s more.",
                    planned=len(visits),
                    left=left_out,
                ),
                "next": action,
            },
        }
