# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from dateutil.relativedelta import relativedelta

from odoo import Command, api, fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.sales_efficiency_base.tools import open_records

from .sales_appraisal_cycle_period import LENGTHS
from .sales_improvement_plan import ENDED, LONGEST


class SalesImprovementPlan(models.Model):
    """From the proposal to the start: a director approves, the person accepts."""

    _inherit = "sales.improvement.plan"  # pylint: disable=consider-merging-classes-inherited

    # ------------------------------------------------------------------
    # Proposing
    # ------------------------------------------------------------------

    @api.model
    def _follow(self, appraisals):
        """Propose plans to superiors of people who were told that they are below the
        standard; take back what a correction has made needless.

        :param appraisals: as superuser
        """
        # sudo: the system proposes, and takes back; superiors change it.
        plans = self.sudo()
        by_person = plans.search(
            [
                ("company_id", "in", appraisals.company_id.ids),
                ("user_id", "in", appraisals.user_id.ids),
                ("state", "not in", ENDED),
            ]
        ).grouped(lambda plan: (plan.company_id, plan.user_id))
        for appraisal in appraisals:
            person = (appraisal.company_id, appraisal.user_id)
            if appraisal.is_below_standard and person not in by_person:
                plan = plans.create(self._prepare_proposal(appraisal))
                plan._ask(plan._get_superior(), "propose", plan._get_deadline())
                by_person[person] = plan
            elif not appraisal.is_below_standard and appraisal.corrects_id:
                needless = by_person.get(person, plans.browse()).filtered(
                    lambda plan: plan.state == "draft"
                )
                needless._drop_to_dos()
                needless.state = "cancelled"

    @api.model
    def _prepare_proposal(self, appraisal):
        """Return the values of a plan to close the gaps of an appraisal."""
        appraisal.ensure_one()
        gaps = appraisal.kpi_ids.filtered(lambda kpi: kpi._is_gap())
        today = appraisal.company_id._get_sales_today()
        length = LENGTHS[appraisal.rhythm]
        months = min(length, LONGEST)
        courses = self.env["sales.training.course"].search(
            [
                ("company_id", "=", appraisal.company_id.id),
                ("metric_id", "in", gaps.metric_id.ids),
            ]
        )
        return {
            "company_id": appraisal.company_id.id,
            "user_id": appraisal.user_id.id,
            "appraisal_id": appraisal.id,
            "date_from": today,
            "date_to": today + relativedelta(months=months, days=-1),
            "course_ids": [Command.set(courses.ids)],
            "goal_ids": [
                Command.create(gap._prepare_goal(months / length)) for gap in gaps
            ],
        }

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_submit(self):
        """Send the plan to those who approve it."""
        self.check_access("write")
        self._check_state_is("draft")
        for plan in self:
            if not plan.goal_ids:
                raise UserError(
                    self.env._(
                        "Enter what %s is to reach: at least one KPI and its value.",
                        plan.user_id.name,
                    )
                )
            plan._drop_to_dos()
        # sudo: users cannot write who has submitted; it is they.
        self.sudo().submitted_by_id = self.env.user
        self._set_state("submitted")
        return self._request_approval()

    def action_approve(self):
        """Approve where no approval rule applies."""
        self.check_access("read")
        for plan in self:
            # sudo: who has submitted is compared only.
            plan._check_approver(plan.sudo().submitted_by_id)
            plan._check_can_decide()
            plan._check_no_reviews()
            plan._offer()

    def action_accept(self):
        """The person accepts the plan, and so starts it."""
        self.check_access("read")
        self._check_state_is("offered")
        for plan in self:
            if plan.user_id != self.env.user:
                raise AccessError(self.env._("Only the person accepts the plan."))
            # sudo: people do not write it; that it is theirs has been checked.
            plan.sudo().accepted_at = fields.Datetime.now()
            plan.sudo()._start()

    def action_start(self):
        """Start the plan of somebody who has not replied in time."""
        self.check_access("write")
        self._check_state_is("offered")
        for plan in self:
            if not plan._is_late():
                raise UserError(
                    self.env._(
                        "%(person)s can accept it until %(day)s.",
                        person=plan.user_id.name,
                        day=fields.Date.to_string(plan.accept_deadline),
                    )
                )
            plan.sudo()._start()  # sudo: users do not write the status, it is they.

    def action_cancel(self):
        self.check_access("write")
        for plan in self:
            if plan.state in ENDED:
                plan._check_state_is("running")
            plan._drop_to_dos()
            # sudo: somebody else owns some of the steps.
            steps = plan.sudo().action_ids
            steps.filtered(lambda step: step.state == "open").state = "cancelled"
        self.with_context(skip_validation_check=True)._set_state("cancelled")

    @api.readonly
    def action_open_actions(self):
        self.ensure_one()
        return open_records(
            self.env,
            "sales_efficiency_base.sales_action_action",
            [("improvement_plan_id", "=", self.id)],
            name=self.display_name,
            context={"default_improvement_plan_id": self.id},
        )

    @api.readonly
    def action_open_appraisal(self):
        self.ensure_one()
        return self.appraisal_id._get_records_action()

    # ------------------------------------------------------------------
    # Approval
    # ------------------------------------------------------------------

    def _after_validation(self):
        self._offer()

    def _after_rejection(self):
        """The superior changes it, by the comment of the reviewer."""
        # sudo: reviewers may not write it; that it is their turn has been checked.
        plan = self.sudo().with_context(skip_validation_check=True)
        author = plan.submitted_by_id
        plan.state = "draft"
        plan._ask(author, "rejected", plan._get_deadline())

    def _filter_reviewers(self, users):
        """Nobody approves their own plan."""
        return super()._filter_reviewers(users) - self.user_id.with_env(users.env)

    def _check_can_decide(self):
        self._check_is_other()
        return super()._check_can_decide()

    def _get_tier_validation_readonly_domain(self):
        return "state == 'submitted'"

    # ------------------------------------------------------------------
    # Starting
    # ------------------------------------------------------------------

    def _is_late(self):
        today = self.company_id._get_sales_today()
        return bool(self.accept_deadline) and self.accept_deadline < today

    def _offer(self):
        """Ask the person to accept the approved plan."""
        self._check_state_is("submitted")
        # sudo: who may approve has been checked. The reviewed content stays.
        plan = self.sudo().with_context(skip_validation_check=True)
        plan.write(
            {
                "state": "offered",
                "offered_on": plan.company_id._get_sales_today(),
                "accept_deadline": plan._get_deadline(),
            }
        )
        plan._ask(plan.user_id, "accept", plan.accept_deadline)

    def _start(self):
        self.state = "running"
        self._drop_to_dos()
        self.env["sales.action"].create(
            [self._prepare_course_step(course) for course in self.course_ids]
        )

    def _prepare_course_step(self, course):
        lang = self.user_id.lang
        name = self.with_context(lang=lang).env._(
            "Take part in the course %s", course.with_context(lang=lang).name
        )
        return {
            "name": name,
            "company_id": self.company_id.id,
            "improvement_plan_id": self.id,
            "user_id": self.user_id.id,
            "date_deadline": self.date_end,
            "metric_id": course.metric_id.id,
        }
