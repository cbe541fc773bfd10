# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo import api, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from ..engine import ImprovementCheck

# Plans that one transaction measures
BATCH = 50
# Days before the end on which the coach is reminded
REMIND_DAYS = 7


class SalesImprovementPlan(models.Model):
    """On its date a plan is checked by the metrics. If it is not reached, a superior
    decides what follows: one extension, an incentive, or a change of post."""

    _inherit = "sales.improvement.plan"  # pylint: disable=consider-merging-classes-inherited

    # ------------------------------------------------------------------
    # Checking
    # ------------------------------------------------------------------

    def action_measure(self):
        """Measure the goals by today's figures."""
        self.check_access("read")
        self._check_state_is("running")
        ImprovementCheck(self).measure()

    @api.model
    def _cron_follow(self):
        """Measure running plans, conclude those that are over, and remind people."""
        cron = self.env["ir.cron"]
        self._follow_offers()
        today = self.env.user._get_sales_today()
        domain = Domain("state", "=", "running") & (
            Domain("measured_on", "=", False) | Domain("measured_on", "<", today)
        )
        remaining = self.search_count(domain)
        cron._commit_progress(remaining=remaining)
        while plans := self.search(domain, limit=BATCH, order="id"):
            plans._check_now()
            plans.measured_on = today
            remaining = max(remaining - len(plans), 0)
            if not cron._commit_progress(len(plans), remaining=remaining):
                return

    def _check_now(self):
        """Measure, and conclude what is over."""
        ImprovementCheck(self).measure()
        for plan in self:
            today = plan.company_id._get_sales_today()
            if plan.date_end < today:
                plan._conclude()
            elif plan.date_end - timedelta(days=REMIND_DAYS) <= today:
                plan._remind()

    def _conclude(self):
        goals = self._get_goals()
        if goals and all(goals.mapped("is_reached")):
            self.write({"state": "done", "outcome": "reached"})
            self._drop_to_dos()
            self._ask(self.user_id, "reached", self._get_deadline())
        else:
            self.state = "checked"
            self._drop_to_dos()
            self._ask(self._get_superior(), "decide", self._get_deadline())

    def _remind(self):
        if not self.is_reminded:
            self.is_reminded = True
            self._ask(self.coach_id, "remind", self.date_end)

    @api.model
    def _follow_offers(self):
        """Tell superiors whose people have not accepted in time."""
        for plan in self.search([("state", "=", "offered")]).filtered(
            lambda plan: plan._is_late()
        ):
            # Once told, the superior has the to-do.
            superior = plan._get_superior()
            if superior and superior not in plan.activity_ids.user_id:
                plan._drop_to_dos()
                plan._ask(superior, "silent", plan._get_deadline())

    # ------------------------------------------------------------------
    # Deciding
    # ------------------------------------------------------------------

    def action_decide(self):
        """Decide what follows, as the superior of somebody who has not reached it."""
        self.ensure_one()
        self.check_access("write")
        self._check_state_is("checked")
        self._check_is_other()
        if not (self.decision and (self.decision_reason or "").strip()):
            raise UserError(
                self.env._(
                    "Choose what follows, and say why: %s reads it.", self.user_id.name
                )
            )
        decide = {
            "extend": self._extend,
            "incentive": self._decide_incentive,
            "post": self._decide_post,
        }[self.decision]
        self._drop_to_dos()
        # sudo: users do not write who decides; it is they.
        self.sudo().decided_by_id = self.env.uid
        action = decide()
        self._ask(self.user_id, "decided", self._get_deadline())
        return action

    def _extend(self):
        """Go on until a later day, with the goals that were missed: at the same pace,
        from the day after the plan would have ended."""
        if self.is_extended:
            raise UserError(
                self.env._("A plan is extended once. Choose what follows instead.")
            )
        if (
            not self.extended_to
            or self.extended_to < self.company_id._get_sales_today()
        ):
            raise UserError(self.env._("Say until which day the plan is extended."))
        missed = self._get_goals().filtered(lambda goal: not goal.is_reached)
        # sudo: users do not write it, the decision does.
        plan = self.sudo()
        plan.goal_ids.create([goal._prepare_extension() for goal in missed.sudo()])
        plan.write({"state": "running", "is_extended": True, "is_reminded": False})
        plan.write({"decision": False, "measured_on": False})

    def _decide_incentive(self):
        """An incentive for a goal: one that there is, or a director gives one."""
        # sudo: whoever decides need not see which pay plan it is.
        plan = self.sudo()
        plan.write({"state": "done", "outcome": "incentive"})
        if not plan.incentive_rule_id and not plan.assignment_id:
            directors = plan.company_id._get_sales_directors() - plan.user_id
            plan._ask(directors[:1], "incentive", plan._get_deadline())

    def _decide_post(self):
        # sudo: users do not write the outcome, the decision does.
        self.sudo().write({"state": "done", "outcome": "post"})
        return self._get_post_change_action()

    def _get_post_change_action(self):
        """Return the action that opens a draft of the change of post. Who may not
        propose one leaves it to HR, who get a to-do."""
        try:
            with self.env.cr.savepoint():
                move = self.env["sales.career.move"].create(
                    {
                        "company_id": self.company_id.id,
                        "user_id": self.user_id.id,
                        "kind": "post",
                        "reason": self.decision_reason,
                    }
                )
        except AccessError:
            managers = self.company_id._get_hr_managers() - self.user_id
            self._ask(managers[:1], "post", self._get_deadline())
            return False
        return move._get_records_action()

    # ------------------------------------------------------------------
    # For others
    # ------------------------------------------------------------------

    @api.model
    @api.readonly
    def get_open_plans(self, user_ids):
        """Return the open improvement plans of people, as far as the caller reads
        them: the number of queries does not depend on people.

        :param user_ids: ids of users
        :return: list of dicts, the first to end first
        """
        plans = self.search(
            [
                ("user_id", "in", user_ids),
                ("state", "in", ("offered", "running", "checked")),
            ],
            order="date_end, id",
        )
        states = dict(self._fields["state"]._description_selection(self.env))
        return [
            {
                "id": plan.id,
                "user_id": plan.user_id.id,
                "user_name": plan.user_id.name,
                "name": plan.display_name,
                "state": plan.state,
                "state_label": states[plan.state],
                "coach_name": plan.coach_id.name or "",
                "date_from": plan.date_from.isoformat(),
                "date_end": plan.date_end.isoformat(),
                "is_mine": plan.is_mine,
                "to_accept": plan.may_accept,
                "goal_count": plan.goal_count,
                "reached_count": plan.reached_count,
                "goals": [
                    {
                        "name": goal.display_name,
                        "target": goal.target_text,
                        "actual": goal.actual_text,
                        "is_reached": goal.is_reached,
                    }
                    for goal in plan._get_goals()
                ],
            }
            for plan in plans
        ]

    def _get_printed_steps(self):
        """:return: the steps, for those who may read steps at all"""
        self.ensure_one()
        steps = self.env["sales.action"]
        if not steps.has_access("read"):
            return steps
        return steps.search(
            [("improvement_plan_id", "=", self.id), ("state", "!=", "cancelled")]
        )

    def _get_report_language(self):
        """:return: the language of the person"""
        self.ensure_one()
        return self.user_id.sudo().lang or self.env.lang  # sudo: only the language
