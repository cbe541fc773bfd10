# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from psycopg2.errors import SerializationFailure

from odoo import SUPERUSER_ID, Command, api, fields
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.sales_efficiency_base.tests.concurrency_common import (
    ConcurrencyCommon,
)

NAME = "career concurrency test"


@tagged("post_install", "-at_install")
class TestCareerConcurrency(ConcurrencyCommon):
    """Two who start an onboarding or put a move into effect at once do so once."""

    # pylint: disable=invalid-commit

    def setUp(self):
        super().setUp()
        self.addCleanup(self._forget)
        with self._connect() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {"no_reset_password": True})
            company = env["res.company"].search([], limit=1)
            jobs = env["hr.job"].create(
                [{"name": f"{NAME} {n}", "company_id": company.id} for n in (1, 2)]
            )
            course = env["sales.training.course"].create(
                {"name": NAME, "company_id": company.id}
            )
            env["sales.onboarding.course"].create(
                {"job_id": jobs[0].id, "course_id": course.id}
            )
            user = env["res.users"].create(
                {
                    "name": NAME,
                    "login": NAME,
                    "company_id": company.id,
                    "company_ids": [Command.set(company.ids)],
                }
            )
            employee = env["hr.employee"].create(
                {
                    "name": NAME,
                    "user_id": user.id,
                    "company_id": company.id,
                    "job_id": jobs[0].id,
                    "date_version": "2020-01-01",
                }
            )
            move = env["sales.career.move"].create(
                {
                    "user_id": user.id,
                    "company_id": company.id,
                    "job_id": jobs[1].id,
                    "date": fields.Date.today(),
                    "reason": NAME,
                }
            )
            move.with_context(skip_validation_check=True).state = "approved"
            self.employee_id, self.move_id = employee.id, move.id

    def _forget(self):
        with self._connect() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {"active_test": False})
            employee = env["hr.employee"].browse(self.employee_id)
            user = employee.user_id
            employee.sales_onboarding_ids.unlink()
            moves = env["sales.career.move"].search([("user_id", "=", user.id)])
            moves.with_context(skip_validation_check=True).unlink()
            employee.unlink()
            env["sales.onboarding.course"].search(
                [("job_id.name", "like", NAME)]
            ).unlink()
            env["sales.training.course"].search([("name", "=", NAME)]).unlink()
            env["hr.job"].search([("name", "like", NAME)]).unlink()
            user.unlink()

    def _get_employee(self, cr):
        env = api.Environment(cr, SUPERUSER_ID, {})
        return env["hr.employee"].browse(self.employee_id)

    def _start(self, env):
        employee = env["hr.employee"].browse(self.employee_id)
        env["sales.onboarding"]._start(employee)
        env.flush_all()

    def test_an_onboarding_starts_once(self):
        with self._connect() as cr:
            self._start(api.Environment(cr, SUPERUSER_ID, {}))

            def start_too(env):
                with (
                    mute_logger("odoo.sql_db"),
                    self.assertRaises(SerializationFailure),
                ):
                    self._start(env)
                env.cr.rollback()  # Odoo repeats it then:
                self._start(env)

            self._run_beside(cr, start_too)
        with self._connect() as cr:
            self.assertEqual(len(self._get_employee(cr).sales_onboarding_ids), 1)

    def test_a_move_is_put_into_effect_once(self):
        with self._connect() as cr, self._connect() as other:
            first, second = (
                api.Environment(c, SUPERUSER_ID, {"skip_validation_check": True})[
                    "sales.career.move"
                ].browse(self.move_id)
                for c in (cr, other)
            )
            first._apply()
            first.env.flush_all()
            second._apply()  # It leaves what the first one has locked.
            second.env.flush_all()
            self.assertEqual(second.state, "approved")
            cr.commit()
            other.rollback()
            second.env.invalidate_all()
            second._apply()
            self.assertEqual(second.state, "done")
            other.rollback()
        with self._connect() as cr:
            self.assertEqual(len(self._get_employee(cr).version_ids), 2)
