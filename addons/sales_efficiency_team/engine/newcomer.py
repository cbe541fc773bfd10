# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from dateutil.relativedelta import relativedelta

from odoo import fields
from odoo.tools import format_date

TODO = "mail.mail_activity_data_todo"


class Newcomer:
    """What follows when an applicant was hired (policy 4.1.3, 4.2.1): onboarding, the
    sales team with *Selling Since*, and a proposal for plan and target.

    People sell by their user, which employees often get later. So the team waits for
    it: :meth:`join_team` runs again whenever an employee gets a user, and acts once.
    """

    def __init__(self, employee):
        self.employee = employee
        self.env = employee.env
        # sudo: HR hires, and decides thereby who joins a team. The application has
        # said which one.
        applications = employee.sudo().with_context(active_test=False).applicant_ids
        self.applicant = applications.filtered(lambda a: not a.sales_is_handed_over)[:1]
        self.team = self.applicant.sales_team_id

    def start(self):
        """Welcome an employee who was just made from an application."""
        self._start_onboarding()
        if self.team and not self.employee.user_id:
            self._remind(
                self.env._(
                    "Create the user: %(person)s joins %(team)s with it",
                    person=self.employee.name,
                    team=self.team.name,
                )
            )
        self.join_team()

    def join_team(self):
        """Make a user a member of the team for which the person was hired."""
        # sudo: recruiters hire without reading employees.
        user = self.employee.sudo().user_id
        if not (self.team and user):
            return
        members = self.team.crm_team_member_ids
        if user not in members.user_id:
            members.create(
                {
                    "user_id": user.id,
                    "crm_team_id": self.team.id,
                    "sales_start_date": self._get_first_day(),
                }
            )
        self._ask_for_plan_and_target(user)
        self.applicant.sales_is_handed_over = True

    # ------------------------------------------------------------------
    # Onboarding
    # ------------------------------------------------------------------

    def _start_onboarding(self):
        """Start the onboarding of the job, if it has one."""
        onboarding = self.env["sales.onboarding"]._start(
            self.employee,
            job_id=self.applicant.job_id.id,
            team_id=self.team.id,
            date_start=self._get_first_day(),
        )
        if onboarding.needs_tasks:
            # e.g. it names a coach, and there is none yet. That must not stop hiring.
            self._remind(
                self.env._("Start the onboarding: %s", onboarding.plan_id.name)
            )

    def _remind(self, summary):
        self.employee.activity_schedule(
            TODO,
            date_deadline=self._get_first_day(),
            summary=summary,
            user_id=self.env.uid,
        )

    # ------------------------------------------------------------------
    # Plan and target
    # ------------------------------------------------------------------

    def _ask_for_plan_and_target(self, user):
        company = self.team.company_id or self.employee.company_id
        superior = user._get_sales_superiors(company)[:1]
        if not superior:
            return
        env = self.env(context={**self.env.context, "lang": superior.lang})
        # sudo: it is the superior's to-do, whoever hires.
        env["sales.action"].sudo().create(
            {
                "name": self._propose(env, user),
                "user_id": superior.id,
                "company_id": company.id,
                "date_deadline": max(self._get_first_day(), company._get_sales_today()),
            }
        )

    def _propose(self, env, user):
        """:return: in words, the usual plan of the team, and the ramp of the target"""
        first_day = self._get_first_day()
        member = self.team.crm_team_member_ids.filtered(lambda m: m.user_id == user)
        months = [first_day.replace(day=1) + relativedelta(months=n) for n in range(4)]
        shares = member._get_sales_presence(months)
        values = {
            "person": user.name,
            "date": format_date(env, first_day),
            "ramp": " / ".join(f"{share:.0%}" for share in shares),
        }
        if plan := self._find_usual_plan(first_day):
            return env._(
                "Propose plan and target for %(person)s, who sells from %(date)s on:"
                " plan %(plan)s as most of the team; %(ramp)s of a full target in the"
                " first months",
                plan=plan.name,
                **values,
            )
        return env._(
            "Propose plan and target for %(person)s, who sells from %(date)s on:"
            " %(ramp)s of a full target in the first months",
            **values,
        )

    def _find_usual_plan(self, day):
        """:return: the incentive plan of most members of the team, or none"""
        # sudo: the superior knows the plans of their people.
        assignments = self.env["sales.incentive.assignment"].sudo()
        groups = assignments._read_group(
            [
                ("user_id", "in", self.team.crm_team_member_ids.user_id.ids),
                ("date_from", "<=", day),
                "|",
                ("date_to", "=", False),
                ("date_to", ">=", day),
            ],
            ["plan_id"],
            ["__count"],
            order="__count desc, plan_id",
            limit=1,
        )
        return groups[0][0] if groups else None

    def _get_first_day(self):
        """:return: when the person starts: as agreed, but not before being hired"""
        company = self.employee.company_id
        hired = self.applicant.date_closed or self.employee.create_date
        local = fields.Datetime.context_timestamp(
            self.employee.with_context(tz=company.sales_tz), hired
        )
        return max(local.date(), self.applicant.availability or local.date())
