# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta
from operator import methodcaller

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.tools import format_date

from odoo.addons.sales_efficiency_base.tools import attempt, each_alone

LEADER = "sales_efficiency_base.group_sales_leader"
# So long newcomers ramp up
RAMP_MONTHS = 3


class SalesCareerMove(models.Model):
    """What a move changes on its date: the version of the employee, the team, and what
    follows from both. Facts keep the team in which they were sold."""

    _inherit = "sales.career.move"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _cron_apply(self):
        """Put the moves of today into effect, each on its own: one that fails is told,
        and does not stop the others."""
        tomorrow = fields.Date.today() + timedelta(days=1)
        due = self.search(
            [("state", "=", "approved"), ("date", "<=", tomorrow)], order="date, id"
        )
        due = due.filtered(lambda m: m.date <= m.company_id._get_sales_today())
        due = due.with_context(skip_validation_check=True)
        each_alone(self.env, due, methodcaller("_try_to_apply"))

    def _try_to_apply(self):
        if problem := attempt(self.env, self._apply):
            self._note_problem(problem)

    def _apply(self):
        """Put an approved move into effect, once."""
        self.ensure_one()
        if not self.try_lock_for_update():
            return  # Somebody else does so just now.
        self.invalidate_recordset(["state"])
        if self.state != "approved":
            return
        employee = self._get_employee()
        gone = employee.departure_date
        if not employee or gone and gone <= self.date:
            self._drop()
            return
        self._change_version(employee)
        self._change_team()
        self._change_superior(employee)
        self.write({"state": "done", "problem": False})
        self._ask_for_target_and_plan()

    def _drop(self):
        """Cancel the move of somebody who leaves."""
        self.state = "cancelled"
        teller = self.submitted_by_id
        env = self.with_context(lang=teller.lang).env
        self._ask(teller, env._("%s leaves: the move was cancelled", self.user_id.name))

    def _note_problem(self, text):
        """Tell once why the move could not be put into effect."""
        if self.problem != text:
            self.problem = text
            teller = self.submitted_by_id
            env = self.with_context(lang=teller.lang).env
            self._ask(teller, env._("The move could not be put into effect: %s", text))

    # ------------------------------------------------------------------
    # Employee
    # ------------------------------------------------------------------

    def _change_version(self, employee):
        """Write the version of the day, and what HR has planned after it with the same
        job: that would bring the former job back."""
        former = employee._get_version(self.date)
        former_job, former_department = former.job_id, former.department_id
        # It returns the version of the day if there is one already.
        version = employee.create_version({"date_version": self.date})
        for later in employee.version_ids.sorted("date_version"):
            if later.date_version < self.date:
                continue
            values = {}
            if later == version or later.job_id == former_job:
                values |= self._prepare_job()
            if self.department_id and (
                later == version or later.department_id == former_department
            ):
                values["department_id"] = self.department_id.id
            later.write(values)

    def _prepare_job(self):
        job = self.job_id.with_context(lang=self.user_id.lang)
        # With its title, which Odoo keeps if somebody has changed that of the former.
        return {"job_id": job.id, "job_title": job.name}

    def _change_superior(self, employee):
        manager = self.env["hr.employee"].search(
            [
                ("user_id", "in", self.superior_id.ids),
                ("company_id", "=", self.company_id.id),
            ],
            limit=1,
        )
        if manager and manager != employee:
            employee.parent_id = manager

    # ------------------------------------------------------------------
    # Team
    # ------------------------------------------------------------------

    def _change_team(self):
        members = self._get_members()
        former = members.filtered(lambda m: m.crm_team_id == self.from_team_id)
        if self.team_id and self.team_id not in members.crm_team_id:
            members.create(
                {
                    "user_id": self.user_id.id,
                    "crm_team_id": self.team_id.id,
                    **self._prepare_factors((former or members)[:1]),
                }
            )
        if self.from_team_id != self.team_id:
            former.filtered("active").action_archive()
            self._leave_leadership()
        if self.leads_team and self.team_id:
            self.team_id.user_id = self.user_id

    def _prepare_factors(self, member):
        """Return what stays with the person: ability, experience, and since when they
        sell. The potential of the market is that of the new team."""
        if not member:
            return {}
        start = member.sales_start_date
        joined = member.create_date.date()
        if not start and joined <= self.date - relativedelta(months=RAMP_MONTHS):
            # Elections count the months in sales from here on.
            start = joined
        return {
            "sales_ability": member.sales_ability,
            "sales_experience": member.sales_experience,
            "sales_start_date": start,
        }

    def _leave_leadership(self):
        """Whoever leaves a team does not lead it any more: until there is somebody else
        the leader above does."""
        team = self.from_team_id
        if team.user_id != self.user_id:
            return
        team.user_id = False
        leaders = team._get_sales_leaders() - self.user_id
        leaders |= self.company_id._get_sales_directors()
        for leader in leaders[:1]:
            env = self.with_context(lang=leader.lang).env
            self._create_action(leader, env._("Choose who leads %s", team.name))

    # ------------------------------------------------------------------
    # What follows
    # ------------------------------------------------------------------

    def _ask_for_target_and_plan(self):
        """Have the superior propose what fits the new job."""
        superior = self.user_id._get_sales_superiors(self.company_id)[:1]
        if not superior or not self.team_id:
            return
        env = self.with_context(lang=superior.lang).env
        move = self.with_env(env)
        post = filter(None, (move.job_id.name, move.team_id.name))
        values = {
            "person": self.user_id.name,
            "post": ", ".join(post),
            "date": format_date(env, self.date),
        }
        texts = [
            env._("Set the target of %(person)s: %(post)s from %(date)s on", **values),
            env._(
                "Choose the incentive plan of %(person)s: %(post)s from %(date)s on",
                **values,
            ),
        ]
        if self.leads_team and not self.user_id.has_group(LEADER):
            texts.append(
                env._("Ask for the role of team leader for %s", self.user_id.name)
            )
        for text in texts:
            self._create_action(superior, text)

    def _create_action(self, user, name):
        today = self.company_id._get_sales_today()
        return self.env["sales.action"].create(
            {
                "name": name,
                "user_id": user.id,
                "company_id": self.company_id.id,
                "date_deadline": max(self.date, today) + timedelta(days=7),
            }
        )
