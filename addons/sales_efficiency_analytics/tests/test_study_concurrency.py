# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from psycopg2.errors import SerializationFailure

from odoo import SUPERUSER_ID, api, fields
from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.sales_efficiency_base.tests.concurrency_common import ConcurrencyCommon

NAME = "Asked Twice"
# A child process that is at it when its worker is killed
FINISH = """
from odoo.addons.sales_efficiency_analytics.engine.child_process import ChildProcess
ChildProcess.run = lambda *_args: die()
result = env["sales.study.result"].browse({id})
result._answer_or_leave()
"""


@tagged("post_install", "-at_install")
class TestStudyConcurrency(ConcurrencyCommon):
    """Two workers give one answer, and a killed one leaves the question waiting."""

    # pylint: disable=invalid-commit

    def setUp(self):
        super().setUp()
        self.addCleanup(self._forget)
        with self._connect() as cr:
            env = self._get_env(cr)
            company = env["res.company"].create({"name": NAME})
            admin = env.ref("base.user_admin")
            admin.company_ids += company
            env["sales.history.line"].create(
                [
                    {
                        "date": fields.Date.today(),
                        "recorded_as": "order",
                        "amount": 10,
                        "company_id": company.id,
                        "user_id": admin.id,
                    }
                ]
            )
            env["sales.mart"]._refresh()
            study = (
                env["sales.study"]
                .with_user(admin)
                .create(
                    {
                        "name": NAME,
                        "company_id": company.id,
                        "rows": "user_id",
                        "metric_id": env.ref(
                            "sales_efficiency_base.sales_metric_ordered_amount"
                        ).id,
                        "period_kind": "fixed",
                        "date_from": fields.Date.today().replace(day=1),
                        "date_to": fields.Date.today(),
                    }
                )
            )
            study._ask()
            self.company_id, self.study_id = company.id, study.id
            self.result_id = study.latest_id.id

    def _get_env(self, cr):
        return api.Environment(cr, SUPERUSER_ID, {"tracking_disable": True})

    def _forget(self):
        with self._connect() as cr:
            env = self._get_env(cr)
            env["sales.study"].browse(self.study_id).unlink()
            env["sales.history.line"].search(
                [("company_id", "=", self.company_id)]
            ).unlink()
            env["sales.mart"]._refresh()
            company = env["res.company"].browse(self.company_id)
            env.ref("base.user_admin").company_ids -= company
            company.active = False
            company.name = f"{NAME} {self.company_id}, over"

    def _get_result(self, cr):
        return self._get_env(cr)["sales.study.result"].browse(self.result_id)

    def _answer(self, cr):
        self._get_result(cr)._answer_or_leave()

    def _read(self):
        with self._connect() as cr:
            result = self._get_result(cr)
            return result.state, result.attempts, result.error

    def test_a_worker_leaves_what_another_one_answers(self):
        with self._connect() as cr, self._connect() as other:
            self.assertTrue(self._get_result(cr)._take())
            self._answer(other)
            cr.rollback()
        self.assertEqual(self._read()[:2], ("queued", 0))

    def test_what_is_answered_is_not_answered_again(self):
        with self._connect() as cr, self._connect() as other:
            late = self._get_result(other)
            late.mapped("state")
            self._answer(cr)
            with mute_logger("odoo.sql_db"):
                late._answer_or_leave(lambda *_args, **_kwargs: None)
        self.assertEqual(self._read(), ("done", 1, False))

    def test_a_killed_worker_leaves_the_question_to_the_next_one(self):
        self._run_killed(FINISH.format(id=self.result_id))
        self.assertEqual(self._read()[:2], ("running", 1))
        with self._connect() as cr:
            self._answer(cr)
        self.assertEqual(self._read(), ("done", 2, False))

    def test_the_study_may_be_changed_while_it_is_answered(self):
        with self._connect() as cr, self._connect() as other:
            self.assertTrue(self._get_result(cr)._take())
            study = self._get_env(other)["sales.study"].browse(self.study_id)
            study.name = f"{NAME} or more"
            other.commit()
            cr.rollback()

    def test_two_who_ask_at_once_ask_once(self):
        def ask(env):
            env["sales.study"].browse(self.study_id)._ask()
            env.flush_all()

        with self._connect() as cr:
            self._answer(cr)
        with self._connect() as cr:
            ask(self._get_env(cr))

            def ask_too(env):
                with (
                    mute_logger("odoo.sql_db"),
                    self.assertRaises(SerializationFailure),
                ):
                    ask(env)
                env.cr.rollback()
                with self.assertRaisesRegex(UserError, "being answered already"):
                    ask(env)
                env.cr.rollback()

            self._run_beside(cr, ask_too)
        with self._connect() as cr:
            self.assertEqual(
                self._get_env(cr)["sales.study"].browse(self.study_id).result_ids.ids,
                [self.result_id + 1, self.result_id],
            )
