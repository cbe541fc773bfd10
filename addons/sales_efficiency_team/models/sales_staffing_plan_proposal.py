# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from operator import methodcaller

from dateutil.relativedelta import relativedelta

from odoo import Command, api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from odoo.addons.sales_efficiency_base.tools import each_alone

from ..engine import StaffingProposal


class SalesStaffingPlan(models.Model):
    """What a plan proposes: the need of each team, when it is made and each quarter."""

    _inherit = "sales.staffing.plan"  # pylint: disable=consider-merging-classes-inherited

    need_now = fields.Integer(
        compute="_compute_need_now",
        help="By the targets and people of today.",
    )
    need_message = fields.Char(compute="_compute_need_now")

    @api.depends("state", "need_ids.need")
    def _compute_need_now(self):
        """Compare the need with that of today: targets, people and sales change."""
        for plan in self:
            plan.need_now, plan.need_message = plan.need, False
            if plan.state not in ("submitted", "approved") or plan._is_over():
                continue
            plan.need_now = plan._count_need_now()
            if plan.need_now != plan.need:
                plan.need_message = self.env._(
                    "By the targets and people of today, %(now)s newcomers would be"
                    " needed instead of %(then)s. Revise the plan.",
                    now=plan.need_now,
                    then=plan.need,
                )

    def action_propose(self):
        """Read targets, people and sales anew, and propose the need from them."""
        for plan in self:
            plan.check_access("write")
            plan._check_state_is("draft")
            plan._propose()

    # ------------------------------------------------------------------
    # Proposal
    # ------------------------------------------------------------------

    def _propose(self):
        """Renew the figures of the teams. Rates and positions entered by hand stay."""
        self.ensure_one()
        figures = StaffingProposal(self).get_teams()
        if not figures:
            raise UserError(
                self.env._(
                    "No team has a target of %(metric)s from %(start)s on. Start a"
                    " target plan of this year first.",
                    metric=self.metric_id.name,
                    start=format_date(self.env, self.date_from),
                )
            )
        needs = {need.team_id: need for need in self.need_ids}
        commands = [
            Command.update(needs[team].id, needs[team]._prepare_new(of_team))
            if team in needs
            else Command.create(self._prepare_need(team, of_team))
            for team, of_team in figures.items()
        ]
        commands += [
            Command.delete(need.id)
            for team, need in needs.items()
            if team not in figures
        ]
        # sudo: only the program writes what has been measured.
        self.sudo().need_ids = commands
        self._propose_lines(figures)

    def _prepare_need(self, team, figures):
        return {
            "team_id": team.id,
            "date_newcomers": self.date_newcomers,
            "measured_rate": figures.rate,
            "person_months": figures.person_months,
            "joined": figures.joined,
            "month_ids": self.need_ids._prepare_months(figures),
        }

    def _propose_lines(self, figures):
        """Plan the need of each team, unless somebody has planned otherwise."""
        lines = self.line_ids.grouped("team_id")
        values = []
        for need in self.need_ids:
            planned = lines.get(need.team_id)
            job = figures[need.team_id].job
            if planned:
                planned._follow_need(need)
            elif need.need and job:
                values.append(self._prepare_line(need, job))
        # sudo: users cannot write what was proposed.
        self.env["sales.staffing.line"].sudo().create(values)

    def _prepare_line(self, need, job):
        return {
            "plan_id": self.id,
            "team_id": need.team_id.id,
            "job_id": job.id,
            "head_count": need.need,
            "proposed_count": need.need,
            "date_start": need.date_newcomers,
            "reason": need._describe(),
        }

    def _count_need_now(self):
        """Return how many newcomers the figures of today ask for, with those who have
        joined. Whoever is not hired yet starts next month at the earliest."""
        self.ensure_one()
        needs = self.need_ids.grouped("team_id")
        soon = self.company_id._get_sales_today() + relativedelta(months=1, day=1)
        total = 0
        for team, figures in StaffingProposal(self).get_teams().items():
            need = needs.get(team, self.need_ids.browse())
            result = need._calculate_for(
                self,
                figures.months,
                need.rate if need else figures.rate,
                max(need.date_newcomers or self.date_newcomers, soon),
            )
            newcomers = result.newcomers
            if newcomers is None:  # It is too late for this year: keep what is planned.
                newcomers = max(need.need - figures.joined, 0)
            total += figures.joined + newcomers
        return total

    # ------------------------------------------------------------------
    # Reviews
    # ------------------------------------------------------------------

    @api.model
    def _cron_review(self):
        """Remind those responsible, at the start of each quarter."""
        today = fields.Date.today()
        plans = self.search([("state", "=", "approved"), ("date_review", "<=", today)])
        each_alone(self.env, plans, methodcaller("_remind"))

    def _remind(self):
        """Ask for a review of the plan, once a quarter."""
        if not self._is_over():
            self.activity_schedule(
                "mail.mail_activity_data_todo",
                date_deadline=self.date_review + relativedelta(days=14),
                summary=self.env._("Review the staffing plan of this quarter"),
                user_id=self.user_id.id,
            )
        self.date_review = self._get_review_date()

    def _get_review_date(self):
        """:return: first day of the next quarter of the plan, False after the last"""
        today = self.company_id._get_sales_today()
        starts = [self.date_from + relativedelta(months=3 * n) for n in range(4)]
        return next((start for start in starts if start > today), False)
