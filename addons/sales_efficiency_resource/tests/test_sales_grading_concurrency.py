# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from unittest.mock import patch

from psycopg2.errors import SerializationFailure

from odoo import SUPERUSER_ID, api, fields
from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.sales_efficiency_base.tests.concurrency_common import (
    ConcurrencyCommon,
)

NAME = "grading concurrency test"
# Killed as all grades are written, but neither the run nor the customers
CONFIRM = """
from odoo.addons.sales_efficiency_resource.engine.grading import GradeHistory
GradeHistory._write_customers = lambda self, customers: die()
env["sales.grading"].browse({id}).run_ids.action_confirm()
"""
# Killed as the month is computed, and nobody has been told
PREPARE = """
from odoo.addons.sales_efficiency_resource.engine.grading import Scoring
store = Scoring.store
def store_and_die(self):
    store(self)
    die()
Scoring.store = store_and_die
env["sales.grading"].browse({id})._run_month()
"""


@tagged("post_install", "-at_install")
class TestSalesGradingConcurrency(ConcurrencyCommon):
    """Two gradings at once, a cron twice and a killed process give one result."""

    # pylint: disable=invalid-commit

    def setUp(self):
        super().setUp()
        self.addCleanup(self._forget)
        with self._connect() as cr:
            env = self._get_env(cr)
            company = env["res.company"].create({"name": NAME})
            partners = env["res.partner"].create(
                [{"name": f"{NAME} {number}"} for number in range(3)]
            )
            env["sales.history.line"].create(
                [
                    {
                        "date": fields.Date.today(),
                        "recorded_as": "order",
                        "amount": 10 * number,
                        "company_id": company.id,
                        "partner_id": partner.id,
                    }
                    for number, partner in enumerate(partners)
                ]
            )
            grading = env["sales.grading"].create(
                {"name": NAME, "company_id": company.id}
            )
            env["sales.mart"]._refresh()
            self.company_id, self.grading_id = company.id, grading.id
            self.partner_ids = partners.ids

    def _get_env(self, cr):
        return api.Environment(cr, SUPERUSER_ID, {"tracking_disable": True})

    def _forget(self):
        with self._connect() as cr:
            env = self._get_env(cr)
            for table in (
                "sales_customer_grade",
                "sales_grade_override",
                "sales_grading_run",
                "sales_grading",
            ):
                cr.execute(
                    f"DELETE FROM {table} WHERE company_id = %s", [self.company_id]
                )
            lines = env["sales.history.line"].search(
                [("company_id", "=", self.company_id)]
            )
            lines.unlink()
            env["sales.mart"]._refresh()
            partners = env["res.partner"].browse(self.partner_ids)
            cr.execute(
                "UPDATE res_partner SET sales_grade_id = NULL WHERE id = ANY(%s)",
                [self.partner_ids],
            )
            partners.unlink()
            env["sales.grade"].search([("company_id", "=", self.company_id)]).unlink()
            company = env["res.company"].browse(self.company_id)
            company.active = False
            company.name = f"{NAME} {self.company_id}, over"

    def _run(self, env):
        env["sales.grading"].browse(self.grading_id).action_run()
        env.flush_all()

    def _count(self, table):
        with self._connect() as cr:
            cr.execute(
                f"SELECT count(*) FROM {table} WHERE company_id = %s", [self.company_id]
            )
            return cr.fetchone()[0]

    def _repeat(self, job, error=SerializationFailure):
        """:return: the job as Odoo runs it: what comes second is repeated"""

        def run(env):
            with mute_logger("odoo.sql_db"), self.assertRaises(error):
                job(env)
            env.cr.rollback()
            job(env)

        return run

    def test_two_who_grade_at_once_make_one_run(self):
        self._run_committed()
        with self._connect() as cr:
            self._run(self._get_env(cr))
            self._run_beside(cr, self._repeat(self._run))
        self.assertEqual(self._count("sales_grading_run"), 1)
        with self._connect() as cr:
            run = self._get_env(cr)["sales.grading"].browse(self.grading_id).run_ids
            self.assertEqual(run.customer_count, 3)

    def _run_committed(self):
        with self._connect() as cr:
            self._run(self._get_env(cr))

    def test_two_who_confirm_at_once_do_so_once(self):
        self._run_committed()

        def confirm(env):
            run = env["sales.grading"].browse(self.grading_id).run_ids
            run.action_confirm()
            env.flush_all()

        def confirm_too(env):
            with mute_logger("odoo.sql_db"), self.assertRaises(SerializationFailure):
                confirm(env)
            env.cr.rollback()
            with self.assertRaisesRegex(UserError, "no longer Preview"):
                confirm(env)
            env.cr.rollback()

        with self._connect() as cr:
            confirm(self._get_env(cr))
            self._run_beside(cr, confirm_too)
        self.assertEqual(self._count("sales_customer_grade"), 3)

    def test_an_override_beside_the_first_run_waits_for_it(self):
        """Two periods of a customer would overlap."""
        self._run_committed()
        with self._connect() as cr:
            env = self._get_env(cr)
            grading = env["sales.grading"].browse(self.grading_id)
            override = env["sales.grade.override"].create(
                {
                    "partner_id": self.partner_ids[0],
                    "company_id": self.company_id,
                    "grade_id": env["sales.grade"]
                    ._find_grades(grading.company_id)[0]
                    .id,
                    "reason": NAME,
                }
            )
            override.state = "submitted"
            override_id = override.id

        def approve(env):
            override = env["sales.grade.override"].browse(override_id)
            # As if its reviewers had approved it
            with patch.object(
                type(override),
                "_tier_validation_check_state_on_write",
                lambda _self, _vals: None,
            ):
                override._approve()
                env.flush_all()

        with self._connect() as cr:
            grading = self._get_env(cr)["sales.grading"].browse(self.grading_id)
            grading.run_ids.action_confirm()
            grading.env.flush_all()
            self._run_beside(cr, self._repeat(approve))
        with self._connect() as cr:
            cr.execute(
                "SELECT override_id FROM sales_customer_grade"
                " WHERE company_id = %s AND active ORDER BY partner_id",
                [self.company_id],
            )
            self.assertEqual(cr.fetchall(), [(override_id,), (None,), (None,)])

    def test_the_cron_twice_at_once_prepares_one_run(self):
        def prepare(env):
            env["sales.grading"].browse(self.grading_id)._run_month()
            env.flush_all()

        with self._connect() as cr, self._connect() as other:
            prepare(self._get_env(cr))
            # It leaves what the first one has locked.
            prepare(self._get_env(other))
            other.commit()
            cr.commit()
        with self._connect() as cr:
            prepare(self._get_env(cr))
        self.assertEqual(self._count("sales_grading_run"), 1)

    def test_whoever_is_killed_in_the_middle_leaves_nothing(self):
        self._run_committed()
        with self._connect() as cr:
            env = self._get_env(cr)
            run = env["sales.grading"].browse(self.grading_id).run_ids
            run.action_confirm()
            env.flush_all()
            cr.rollback()  # as PostgreSQL does when the process is gone
        self.assertEqual(self._count("sales_customer_grade"), 0)
        with self._connect() as cr:
            run = self._get_env(cr)["sales.grading"].browse(self.grading_id).run_ids
            self.assertEqual(run.state, "preview")
            run.action_confirm()
        self.assertEqual(self._count("sales_customer_grade"), 3)

    def test_a_confirmation_that_is_killed_is_done_by_the_next(self):
        self._run_committed()
        self._run_killed(CONFIRM.format(id=self.grading_id))
        self.assertEqual(self._count("sales_customer_grade"), 0)
        with self._connect() as cr:
            run = self._get_env(cr)["sales.grading"].browse(self.grading_id).run_ids
            self.assertEqual(run.state, "preview")
            run.action_confirm()
        self.assertEqual(self._count("sales_customer_grade"), 3)

    def test_a_job_that_is_killed_prepares_one_run(self):
        self._run_killed(PREPARE.format(id=self.grading_id))
        self.assertEqual(self._count("sales_grading_run"), 0)
        for _time in range(2):
            with self._connect() as cr:
                env = self._get_env(cr)
                env["sales.grading"].browse(self.grading_id)._run_month()
        with self._connect() as cr:
            run = self._get_env(cr)["sales.grading"].browse(self.grading_id).run_ids
            self.assertEqual((len(run), len(run.result_ids)), (1, 3))
            self.assertLessEqual(len(run.activity_ids), 1)
