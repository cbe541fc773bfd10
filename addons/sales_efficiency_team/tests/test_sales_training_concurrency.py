# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from psycopg2.errors import SerializationFailure

from odoo import SUPERUSER_ID, api, fields
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.sales_efficiency_base.tests.concurrency_common import (
    ConcurrencyCommon,
)


@tagged("post_install", "-at_install")
class TestSalesTrainingConcurrency(ConcurrencyCommon):
    """Two people take the last place at once: one has it, the other one waits."""

    # pylint: disable=invalid-commit

    def setUp(self):
        super().setUp()
        self.addCleanup(self._forget)
        with self._connect() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            company = env["res.company"].search([], limit=1)
            course = env["sales.training.course"].create(
                {"name": "concurrency test", "company_id": company.id, "places": 1}
            )
            session = env["sales.training.session"].create(
                {
                    "course_id": course.id,
                    "date_start": fields.Datetime.now() + timedelta(days=7),
                }
            )
            session._set_state("open")
            employees = env["hr.employee"].create(
                [
                    {"name": f"concurrency test {n}", "company_id": company.id}
                    for n in (1, 2)
                ]
            )
            self.session_id, self.employee_ids = session.id, employees.ids

    def _forget(self):
        with self._connect() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            courses = env["sales.training.course"].search(
                [("name", "=", "concurrency test")]
            )
            sessions = courses.session_ids
            sessions.attendance_ids.unlink()
            sessions.event_id.unlink()
            sessions.state = "cancelled"
            sessions.unlink()
            courses.unlink()
            employees = env["hr.employee"].search([("name", "like", "concurrency te")])
            employees.unlink()

    def _take_in(self, env, number):
        employee = env["hr.employee"].browse(self.employee_ids[number])
        env["sales.training.session"].browse(self.session_id)._take_in(employee)
        env.flush_all()

    def test_the_last_place_is_given_once(self):
        with self._connect() as cr:
            self._take_in(api.Environment(cr, SUPERUSER_ID, {}), 0)

            def take_too(env):
                with (
                    mute_logger("odoo.sql_db"),
                    self.assertRaises(SerializationFailure),
                ):
                    self._take_in(env, 1)
                env.cr.rollback()  # Odoo repeats it then:
                self._take_in(env, 1)

            self._run_beside(cr, take_too)
        with self._connect() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            session = env["sales.training.session"].browse(self.session_id)
            self.assertEqual(
                session.attendance_ids.sorted("id").mapped("state"),
                ["booked", "waiting"],
            )
