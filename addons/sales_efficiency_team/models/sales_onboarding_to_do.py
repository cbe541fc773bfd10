# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from operator import methodcaller

from odoo import api, models
from odoo.tools import format_list

from odoo.addons.sales_efficiency_base.tools import each_alone, take_free

WELCOME = "mail.mail_activity_data_todo"
OVERDUE = "sales_efficiency_team.mail_activity_type_onboarding"


class SalesOnboarding(models.Model):
    """Newcomers learn what awaits them; they, their leader and HR what is overdue."""

    _inherit = "sales.onboarding"  # pylint: disable=consider-merging-classes-inherited

    def _welcome(self):
        """Tell newcomers once what awaits them, as soon as they have a user."""
        # sudo: users do not write it.
        for onboarding in self.sudo().filtered(lambda o: not o.is_welcomed):
            user = onboarding.user_id
            if user.active and onboarding.state == "running" and onboarding.step_ids:
                env = onboarding.with_context(lang=user.lang).env
                summary = env._("Get to know your onboarding")
                onboarding._ask(user, WELCOME, summary, onboarding.date_start)
                onboarding.is_welcomed = True

    def _stop(self):
        """Stop it: what is still open needs not be done any more."""
        # sudo: the to-dos are those of others; who may stop it has been checked.
        onboardings = self.sudo()
        onboardings.is_stopped = True
        steps = onboardings.step_ids.filtered(lambda step: step.state == "open")
        steps.activity_id.unlink()
        onboardings.activity_unlink([WELCOME, OVERDUE])

    @api.model
    def _cron_follow(self):
        """Tell what has become overdue, and stop the onboarding of those who left."""
        running = self.search([("state", "=", "running")])
        each_alone(self.env, running, methodcaller("_follow"), take=take_free)

    def _follow(self):
        """Tell each step once; what has been done since is not overdue any more."""
        self.ensure_one()
        today = self.company_id._get_sales_today()
        employee = self.employee_id
        gone = employee.departure_date
        if not employee.active or gone and gone < today:
            self._stop()
            return
        overdue = self.step_ids.filtered("is_overdue")
        if fresh := overdue.filtered(lambda step: not step.told_on):
            for user in self._get_followers(overdue):
                self._tell_overdue(user, overdue)
            fresh.told_on = today
        elif not overdue:
            self.activity_unlink([OVERDUE])

    def _get_followers(self, steps):
        """:return: who is told that steps are overdue: HR, the superior, and newcomers
        themselves if the steps are theirs"""
        company = self.company_id
        superiors = (
            self.team_id._get_sales_leaders() | self.employee_id.parent_id.user_id
        )
        if self.user_id:
            superiors = self.user_id._get_sales_superiors(company)
        followers = superiors[:1] | self.hr_user_id
        followers |= self.user_id & steps.responsible_id
        return followers.filtered(lambda user: user._works_in(company))

    def _tell_overdue(self, user, steps):
        """Give somebody a to-do that names all that is overdue, or update it."""
        onboarding = self.with_context(lang=user.lang)
        steps = steps.with_env(onboarding.env)
        summary = onboarding.env._(
            "Overdue in the onboarding of %(newcomer)s: %(steps)s",
            newcomer=onboarding.name,
            steps=format_list(onboarding.env, steps.mapped("display_name")),
        )
        if known := self.activity_search([OVERDUE], user_id=user.id):
            known.summary = summary
        else:
            self._ask(user, OVERDUE, summary, self.company_id._get_sales_today())

    def _ask(self, user, activity_type, summary, deadline):
        to_dos = self.env["mail.activity"].with_context(mail_activity_quick_update=True)
        # sudo: the to-do is that of somebody else.
        to_dos.sudo().create(
            to_dos._prepare_sales_to_do(
                self, user, activity_type, summary=summary, date_deadline=deadline
            )
        )
