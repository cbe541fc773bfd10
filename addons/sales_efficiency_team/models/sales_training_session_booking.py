# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import format_list

from odoo.addons.sales_efficiency_base.tools import take_turns


class SalesTrainingSession(models.Model):
    """Places of a session, and the line of those who wait for one."""

    _inherit = "sales.training.session"  # pylint: disable=consider-merging-classes-inherited

    my_state = fields.Selection(
        selection=lambda self: self._selection_my_state(),
        string="My Place",
        compute="_compute_my_state",
    )
    can_ask = fields.Boolean(compute="_compute_my_state")
    can_give_up = fields.Boolean(compute="_compute_my_state")

    def _selection_my_state(self):
        attendances = self.env["sales.training.attendance"]
        return attendances._fields["state"]._description_selection(self.env)

    @api.depends("state", "date_start", "attendance_ids.state")
    @api.depends_context("uid")
    def _compute_my_state(self):
        own = {row.session_id: row.state for row in self._get_own_attendances()}
        now = fields.Datetime.now()
        is_employed = bool(self._get_own_employees())
        for session in self:
            state = own.get(session._origin)
            is_to_come = session.state == "open" and session.date_start > now
            session.my_state = state
            session.can_ask = (
                is_to_come and is_employed and state in (None, "cancelled")
            )
            session.can_give_up = is_to_come and state in ("booked", "waiting")

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_ask_place(self):
        """Take a place, or the next one in the waiting line."""
        self.ensure_one()
        self.check_access("read")
        self._check_is_to_come()
        employee = self._get_own_employees().filtered(
            lambda person: person.company_id == self.company_id
        )[:1]
        if not employee:
            raise UserError(
                self.env._(
                    "You have no employee record in %s. Ask HR to enter you.",
                    self.company_id.name,
                )
            )
        self._take_in(employee)

    def action_give_up_place(self):
        """Leave the place to the first one who waits."""
        self.ensure_one()
        self.check_access("read")
        self._check_is_to_come()
        own = self._get_own_attendances().filtered(
            lambda row: row.state in ("booked", "waiting")
        )
        if not own:
            raise UserError(self.env._("You have no place in %s.", self.display_name))
        own.sudo().state = "cancelled"  # sudo: people cancel their own place alone.
        self._fill_places()

    def _take_in(self, employees):
        """Put employees at the end of the line.

        :param employees: ``hr.employee`` records
        """
        # sudo: who may put whom in line has been checked by the caller.
        session = self.sudo()
        take_turns(session)
        known = session.attendance_ids.filtered(
            lambda row: row.employee_id in employees
        )
        if placed := known.filtered(lambda row: row.state != "cancelled"):
            raise UserError(
                self.env._(
                    "%(people)s: already in %(session)s.",
                    people=format_list(self.env, placed.mapped("name")),
                    session=session.display_name,
                )
            )
        known.write({"state": "waiting", "asked_at": fields.Datetime.now()})
        session.attendance_ids.create(
            [
                {"session_id": session.id, "employee_id": employee.id}
                for employee in employees - known.employee_id
            ]
        )
        session._fill_places()

    def _fill_places(self):
        """Give the free places to those who wait, the first in line first.

        Transactions that do so for one session run one after the other: two people
        never get the last place.
        """
        # sudo: the line is the same, whoever is allowed to see its people.
        sessions = self.sudo().filtered(lambda s: s.state in ("planned", "open"))
        take_turns(sessions)
        for session in sessions:
            line = session.attendance_ids.filtered(lambda row: row.state == "waiting")
            first = line.sorted(lambda row: (row.asked_at, row.id))
            first[: session.free_count].state = "booked"
        sessions._update_event()

    # ------------------------------------------------------------------
    # Checks and queries
    # ------------------------------------------------------------------

    def _check_is_to_come(self):
        self._check_state_is("open")
        for session in self:
            if session.date_start <= fields.Datetime.now():
                raise UserError(
                    self.env._("%s has begun already. Ask HR.", session.display_name)
                )

    def _get_own_attendances(self):
        """:return: the attendances of the user in these sessions"""
        return self.env["sales.training.attendance"].search(
            Domain("session_id", "in", self._origin.ids)
            & Domain("user_id", "=", self.env.uid)
        )

    def _get_own_employees(self):
        """:return: the employees of the user, which they may not read themselves"""
        # sudo: see above; only that they exist.
        return self.env.user.sudo().employee_ids
