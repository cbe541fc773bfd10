# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import Command, api, fields, models
from odoo.tools import format_date

from ..engine import StaffingMonth, StaffingNeed


class SalesStaffingNeed(models.Model):
    """The newcomers whom a team needs to reach its target of a year (policy 4.1.1).

    See :class:`.StaffingProposal` for the figures, :class:`.StaffingNeed` for the
    formula.
    """

    _name = "sales.staffing.need"
    _inherit = "sales.guard.mixin"
    _description = "Staffing Need of a Team"
    _order = "plan_id, team_id"
    _rec_name = "team_id"
    _check_company_auto = True

    plan_id = fields.Many2one(
        comodel_name="sales.staffing.plan",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(related="plan_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    state = fields.Selection(related="plan_id.state")
    team_id = fields.Many2one(
        comodel_name="crm.team",
        string="Sales Team",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    month_ids = fields.One2many(
        comodel_name="sales.staffing.month", inverse_name="need_id", string="Months"
    )
    date_newcomers = fields.Date(string="Newcomers From", required=True)
    measured_rate = fields.Monetary(
        string="Measured per Month",
        readonly=True,
        help="What one person sold in a full month lately.",
    )
    person_months = fields.Float(
        digits=(16, 1),
        readonly=True,
        help="Full months of work in which the team sold that: newcomers count by their"
        " ramp, those who left for the months in which they sold.",
    )
    rate = fields.Monetary(
        string="Per Person and Month",
        compute="_compute_rate",
        store=True,
        readonly=False,
        help="What one person will sell in a full month.",
    )
    people = fields.Integer(
        compute="_compute_people", store=True, help="Today, or when the year starts."
    )
    target = fields.Monetary(compute="_compute_need", store=True)
    capacity = fields.Monetary(
        compute="_compute_need",
        store=True,
        help="What the people sell: past months as they were, months to come by people"
        " × what one sells in a month.",
    )
    gap = fields.Monetary(
        compute="_compute_need", store=True, help="Target less capacity."
    )
    joined = fields.Integer(
        readonly=True,
        help="Newcomers of this plan who belong to the team already. They are among its"
        " people.",
    )
    need = fields.Integer(
        string="Newcomers Needed",
        compute="_compute_need",
        store=True,
        help="The fewest newcomers who close the gap, and those who have joined.",
    )
    planned = fields.Integer(
        string="Newcomers Planned",
        compute="_compute_planned",
        help="Newcomers in the positions of the team.",
    )
    message = fields.Char(compute="_compute_message")

    _team_uniq = models.Constraint(
        "UNIQUE (plan_id, team_id)", "A plan has one need of each team."
    )
    _rate_positive = models.Constraint(
        "CHECK (rate >= 0)", "What one sells cannot be negative: enter 0 or more."
    )

    # ------------------------------------------------------------------
    # Computed fields
    # ------------------------------------------------------------------

    @api.depends("measured_rate")
    def _compute_rate(self):
        for need in self:
            need.rate = need.measured_rate

    @api.depends("month_ids.people")
    def _compute_people(self):
        for need in self:
            months = need.month_ids.sorted("month")
            coming = months.filtered(lambda month: not month.is_over)
            need.people = (coming[:1] or months[-1:]).people

    @api.depends(
        "month_ids.target",
        "month_ids.present",
        "month_ids.actual",
        "month_ids.is_over",
        "rate",
        "date_newcomers",
        "joined",
        "plan_id.attrition",
    )
    def _compute_need(self):
        for need in self:
            result = need._calculate()
            need.target = result.target
            need.capacity = result.capacity
            need.gap = result.gap
            need.need = need.joined + (result.newcomers or 0)

    @api.depends("plan_id.line_ids.team_id", "plan_id.line_ids.head_count")
    def _compute_planned(self):
        for need in self:
            lines = need.plan_id.line_ids.filtered(
                lambda line, team=need.team_id: line.team_id == team
            )
            need.planned = sum(lines.mapped("head_count"))

    @api.depends("gap", "need", "planned", "rate")
    def _compute_message(self):
        for need in self:
            need.message = False
            if need.gap and not need.rate:
                need.message = self.env._("Enter what one person sells in a month.")
            elif need.gap and need.need == need.joined:
                need.message = self.env._(
                    "Newcomers start too late to close the gap of this year."
                )
            elif need.planned < need.need:
                need.message = self.env._(
                    "%s newcomers are not planned yet.", need.need - need.planned
                )

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        needs = super().create(vals_list)
        needs.plan_id._check_is_draft()
        return needs

    def write(self, vals):
        self.plan_id._check_is_draft()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_submitted(self):
        self.plan_id._check_is_draft()

    # ------------------------------------------------------------------
    # Business methods
    # ------------------------------------------------------------------

    def _prepare_new(self, figures):
        """Return the values that renew the need. A rate entered by hand stays."""
        self.ensure_one()
        is_by_hand = self.currency_id.compare_amounts(self.rate, self.measured_rate)
        return {
            "measured_rate": figures.rate,
            "person_months": figures.person_months,
            "joined": figures.joined,
            "rate": self.rate if is_by_hand else figures.rate,
            "month_ids": [Command.clear(), *self._prepare_months(figures)],
        }

    @api.model
    def _prepare_months(self, figures):
        return [
            Command.create(
                {
                    "month": month.month,
                    "target": month.target,
                    "people": month.people,
                    "present": month.present,
                    "is_over": month.actual is not None,
                    "actual": month.actual or 0.0,
                }
            )
            for month in figures.months
        ]

    def _calculate(self):
        """:rtype: StaffingNeed"""
        return self._calculate_for(
            self.plan_id, self.month_ids.sorted("month"), self.rate, self.date_newcomers
        )

    @api.model
    def _calculate_for(self, plan, months, rate, start):
        """Return the need of a team.

        :param months: objects with the figures of months
        :param rate: what one person sells in a full month
        :param start: the day on which newcomers start
        :rtype: StaffingNeed
        """
        ramp = self._get_ramp(start, [month.month for month in months])
        return StaffingNeed(
            [
                StaffingMonth(
                    target=month.target,
                    present=month.present,
                    newcomer=share,
                    actual=month.actual if month.is_over else None,
                )
                for month, share in zip(months, ramp, strict=True)
            ],
            rate,
            plan.attrition,
        )

    @api.model
    def _get_ramp(self, start, months):
        """:return: the share of a full month that a newcomer sells in each month"""
        # sudo: only the ramp of a person who does not exist.
        newcomer = self.env["crm.team.member"].sudo().new({"sales_start_date": start})
        return newcomer._get_sales_presence(months)

    def _describe(self):
        """:return: why newcomers are needed, in words"""
        self.ensure_one()
        return self.env._(
            "Target %(target)s, capacity of %(people)s people %(capacity)s: the gap is"
            " %(gap)s. A newcomer from %(start)s on sells %(share)s.",
            target=self.currency_id.format(self.target),
            people=self.people,
            capacity=self.currency_id.format(self.capacity),
            gap=self.currency_id.format(self.gap),
            start=format_date(self.env, self.date_newcomers),
            share=self.currency_id.format(self._get_brought()),
        )

    def _get_brought(self):
        """:return: what one newcomer sells until the end of the year"""
        return float(self._calculate().presence) * self.rate
