# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from ..engine import MonthFigures
from .sales_incentive_period import DECIDERS


class SalesIncentivePeriod(models.Model):
    """What the entries of a month add up to."""

    _inherit = "sales.incentive.period"  # pylint: disable=consider-merging-classes-inherited

    payee_count = fields.Integer(string="People", compute="_compute_figures")
    earned = fields.Monetary(
        compute="_compute_figures",
        help="Earned in the month, whether paid out yet or not.",
    )
    payable = fields.Monetary(
        compute="_compute_figures", help="Change of the payable balance in the month."
    )
    waiting = fields.Monetary(
        compute="_compute_figures", help="Change of the waiting balance in the month."
    )
    owed = fields.Monetary(compute="_compute_figures")
    corrected = fields.Monetary(
        string="Booked Later",
        compute="_compute_corrected",
        help="Booked in later months for the sales of this one.",
    )
    changed_count = fields.Integer(
        string="Changed after Publishing", compute="_compute_figures"
    )
    exception_count = fields.Integer(
        string="Exceptions", compute="_compute_exception_count", groups=DECIDERS
    )

    # For the conditions of approval rules
    is_above_limit = fields.Boolean(
        string="Above the Limit of Approval",
        compute="_compute_approval_figures",
        search="_search_is_above_limit",
        compute_sudo=True,
        groups=DECIDERS,
        help="The month pays the sum from which finance approves, or more.",
    )
    pays_director = fields.Boolean(
        string="Pays a Sales Director",
        compute="_compute_approval_figures",
        search="_search_pays_director",
        compute_sudo=True,
        groups=DECIDERS,
    )
    rise = fields.Float(
        string="Rise (%)",
        compute="_compute_approval_figures",
        search="_search_rise",
        compute_sudo=True,
        groups=DECIDERS,
        help="Change of the payable amount from the month before.",
    )

    @api.depends("computed_at")
    @api.depends_context("uid")
    def _compute_figures(self):
        figures = MonthFigures(self)
        sums, people = figures.read_sums(), figures.count_people()
        changed = figures.count_changes()
        for period in self:
            of_month = sums.get(period._origin, {})
            period.payable = of_month.get("payable", 0)
            period.waiting = of_month.get("waiting", 0)
            period.owed = of_month.get("owed", 0)
            period.earned = sum(of_month.values())
            period.payee_count = people.get(period._origin, 0)
            period.changed_count = changed.get(period._origin, 0)

    @api.depends("computed_at")
    @api.depends_context("uid")
    def _compute_corrected(self):
        later = dict(
            self.env["sales.incentive.statement"]._read_group(
                [("period_id", "in", self.ids)], ["period_id"], ["corrected:sum"]
            )
        )
        for period in self:
            period.corrected = later.get(period._origin, 0)

    @api.depends("computed_at")
    @api.depends_context("uid")
    def _compute_exception_count(self):
        counts = dict(
            self.env["sales.incentive.exception"]._read_group(
                [("period_id", "in", self.ids)], ["period_id"], ["__count"]
            )
        )
        for period in self:
            period.exception_count = counts.get(period._origin, 0)

    @api.depends("computed_at", "company_id.sales_incentive_approval_limit")
    def _compute_approval_figures(self):
        # Whether a sum is above a limit tells about it. Confidential plans are approved
        # on their own.
        figures = MonthFigures(self, is_open=True)
        sums, rises = figures.read_sums(), figures.read_rises()
        directors = self.env["res.users"].union(
            *(company._get_sales_directors() for company in self.company_id)
        )
        of_directors = figures.count_of(directors)
        for period in self:
            payable = sums.get(period._origin, {}).get("payable", 0)
            limit = period.company_id.sales_incentive_approval_limit
            period.is_above_limit = bool(limit) and payable >= limit
            period.pays_director = bool(of_directors.get(period._origin))
            period.rise = rises[period]

    def _search_is_above_limit(self, operator, value):
        return self._search_figure("is_above_limit", operator, value)

    def _search_pays_director(self, operator, value):
        return self._search_figure("pays_director", operator, value)

    def _search_rise(self, operator, value):
        return self._search_figure("rise", operator, value)

    def _search_figure(self, name, operator, value):
        if not self.env.su and not self.env.user.has_groups(DECIDERS):
            self._refuse_reading()
        # sudo: the figures are those of all. Months are few.
        companies = self.env.companies.ids
        months = self.sudo().search([("company_id", "in", companies)])
        found = months.filtered_domain([(name, operator, value)])
        return Domain("id", "in", found.ids)

    def _refuse_reading(self):
        raise AccessError(self.env._("Only those who close months can read this."))
