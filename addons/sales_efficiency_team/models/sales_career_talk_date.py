# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import Command, api, models
from odoo.tools import SQL, clean_context

from ..engine import SalesPeople

TODO = "mail.mail_activity_data_todo"
# Days before a talk is due on which its superior is asked to plan it
AHEAD = 30
BATCH = 50


class SalesCareerTalk(models.Model):
    """When talks are held: each year, in the calendar of both."""

    _inherit = "sales.career.talk"  # pylint: disable=consider-merging-classes-inherited

    def _follow_date(self):
        """Keep meeting and to-dos as planned."""
        self._plan_meetings()
        for talk in self:
            talk._plan_to_dos()

    # ------------------------------------------------------------------
    # Calendar
    # ------------------------------------------------------------------

    def _plan_meetings(self):
        """Keep the meeting in the calendar as planned here."""
        for talk in self.filtered(lambda t: t.date_start and t.state == "planned"):
            values = talk._prepare_meeting()
            # sudo: the meeting is private, and HR need not take part.
            event = talk.sudo().event_id
            if event:
                event.write(values)
            else:
                events = event.with_env(
                    event.env(context=clean_context(self.env.context))
                )
                talk.sudo().event_id = events.create(
                    {**values, "user_id": talk.superior_id.id or self.env.uid}
                )

    def _prepare_meeting(self):
        partners = self.user_id.partner_id | self.superior_id.partner_id
        return {
            "name": self.env._("Career Talk"),
            "start": self.date_start,
            "stop": self.date_start + timedelta(hours=self.duration),
            "location": self.location,
            "partner_ids": [Command.set(partners.ids)],
            # Who does not take part sees that people are busy, and no more.
            "privacy": "private",
        }

    # ------------------------------------------------------------------
    # To-dos
    # ------------------------------------------------------------------

    def _plan_to_dos(self):
        """Ask the superior for a date, and once there is one the person to prepare."""
        self.ensure_one()
        self._withdraw_to_dos()
        superior, person = self.superior_id, self.user_id
        if self.state == "to_plan" and superior:
            env = self.with_context(lang=superior.lang).env
            summary = env._("Plan the career talk with %s", person.name)
            self._ask(superior, summary, self.date_due)
        elif self.state == "planned":
            env = self.with_context(lang=person.lang).env
            summary = env._("Prepare your career talk: what do you want to achieve?")
            self._ask(person, summary, self.date_start.date())

    def _ask(self, user, summary, deadline):
        to_dos = self.env["mail.activity"].with_context(mail_activity_quick_update=True)
        # sudo: the to-do is that of somebody else.
        to_dos.sudo().create(
            to_dos._prepare_sales_to_do(
                self, user, TODO, summary=summary, date_deadline=deadline
            )
        )

    def _withdraw_to_dos(self):
        # sudo: somebody else may have had the to-do.
        self.sudo().activity_unlink([TODO])

    # ------------------------------------------------------------------
    # Every year
    # ------------------------------------------------------------------

    @api.model
    def _cron_propose(self):
        """Have superiors plan the talks that are due, where there are career paths."""
        self._follow_people()
        due = self._find_due()
        commit = self.env["ir.cron"]._commit_progress
        commit(remaining=len(due))
        for start in range(0, len(due), BATCH):
            batch = due[start : start + BATCH]
            self.create(batch)
            if not commit(len(batch)):
                break

    @api.model
    def _follow_people(self):
        """Drop the talks of those who left, and hand over those of superiors who left,
        or whose people have another superior now."""
        for talk in self.search([("state", "in", ("to_plan", "planned"))]):
            if not talk.user_id._works_in(talk.company_id):
                talk._cancel()
                continue
            superiors = talk.user_id._get_sales_superiors(talk.company_id)
            if superiors and talk.superior_id not in superiors:
                talk.superior_id = superiors[0]

    @api.model
    def _find_due(self):
        """Return the values of the talks to plan: a year after the last one, or after
        the person joined, unless one is still to be held."""
        paths = self.env["sales.career.path"].search([("active", "=", True)])
        open_, last = self._get_open(), self._get_last_talks()
        values = []
        for user_id, company_id, joined in self._get_people(paths.company_id):
            if (user_id, company_id) in open_:
                continue
            company = self.env["res.company"].browse(company_id)
            today = company._get_sales_today()
            due = last.get((user_id, company_id), joined) + relativedelta(years=1)
            if due <= today + timedelta(days=AHEAD):
                values.append(
                    {
                        "user_id": user_id,
                        "company_id": company_id,
                        "date_due": max(due, today + timedelta(days=AHEAD)),
                    }
                )
        return values

    @api.model
    def _get_open(self):
        """:return: set of (user id, company id) whose talk is to be held"""
        groups = self._read_group(
            [("state", "in", ("to_plan", "planned"))], ["user_id", "company_id"]
        )
        return {(user.id, company.id) for user, company in groups}

    @api.model
    def _get_last_talks(self):
        """:return: dict (user id, company id) -> day of the last talk"""
        groups = self._read_group(
            [("state", "=", "held")], ["user_id", "company_id"], ["date_start:max"]
        )
        return {(user.id, company.id): start.date() for user, company, start in groups}

    @api.model
    def _get_people(self, companies):
        """:return: list of (user id, company id, first day) of the sales teams"""
        SalesPeople.flush(self.env)
        return self.env.execute_query(
            SQL(
                """
                SELECT person.user_id, person.company_id, person.joined
                  FROM (%s) AS person
                  JOIN hr_employee employee ON employee.id = person.employee_id
                  JOIN res_users users ON users.id = person.user_id
                 WHERE employee.active AND users.active AND person.gone IS NULL
                   AND person.company_id = ANY(%s)
                 ORDER BY person.user_id
                """,
                SalesPeople.sql(),
                companies.ids,
            )
        )
