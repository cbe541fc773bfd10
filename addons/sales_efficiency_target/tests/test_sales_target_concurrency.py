# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from freezegun import freeze_time
from psycopg2.errors import SerializationFailure

from odoo import SUPERUSER_ID, api
from odoo.fields import Date
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.sales_efficiency_base.tests.concurrency_common import (
    ConcurrencyCommon,
)


@tagged("post_install", "-at_install")
class TestSalesTargetConcurrency(ConcurrencyCommon):
    """Scheduled jobs on results and warnings, concurrent with users."""

    # pylint: disable=invalid-commit

    def setUp(self):
        super().setUp()
        self.addCleanup(self._forget)
        with self._connect() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            company = env["res.company"].search([], limit=1)
            plan = env["sales.target.plan"].create(
                {
                    "name": "concurrency test",
                    "company_id": company.id,
                    "date_from": Date.to_date("2001-01-01"),
                }
            )
            metric = env.ref("sales_efficiency_base.sales_metric_ordered_amount")
            target = env["sales.target"].create(
                {"plan_id": plan.id, "metric_id": metric.id, "amount": 1200}
            )
            self.target_id = target.id
            env.flush_all()
            cr.execute(
                "UPDATE sales_target_plan SET state = 'running' WHERE id = %s",
                [plan.id],
            )

    def _forget(self):
        with self._connect() as cr:
            for statement in (
                "DELETE FROM sales_target_adjustment WHERE plan_id = ANY(%(plans)s)",
                "DELETE FROM sales_target_result WHERE plan_id = ANY(%(plans)s)",
                "DELETE FROM sales_target WHERE plan_id = ANY(%(plans)s)",
                "DELETE FROM sales_target_plan WHERE id = ANY(%(plans)s)",
            ):
                cr.execute(
                    "SELECT array_agg(id) FROM sales_target_plan"
                    " WHERE name = 'concurrency test'"
                )
                cr.execute(statement, {"plans": cr.fetchone()[0]})

    def _get_plan(self, cr):
        env = api.Environment(cr, SUPERUSER_ID, {})
        return env["sales.target"].browse(self.target_id).plan_id

    def test_a_plan_is_approved_as_it_was_submitted(self):
        """Odoo repeats the one that comes second, which then sees the first."""

        def change(plan):
            plan.target_ids.month_ids[0].amount = 700

        def submit(plan):
            plan.target_ids.gap_reason = "Test"
            plan.action_submit()

        for first, second in ((change, submit), (submit, change)):
            with self._connect() as cr:
                cr.execute(
                    "UPDATE sales_target_plan SET state = 'draft' WHERE id = %s",
                    [self._get_plan(cr).id],
                )
            with self._connect() as cr, self._connect() as other:
                self.assertEqual(self._get_plan(cr).state, "draft")
                self.assertEqual(self._get_plan(other).state, "draft")
                first(self._get_plan(cr))
                cr.commit()
                with (
                    self.assertRaises(SerializationFailure),
                    mute_logger("odoo.sql_db"),
                ):
                    second(self._get_plan(other))
                    other.flush()
                other.rollback()

    def _run_cron_beside(self, cr, name):
        cron = self.env.ref(name)
        self._run_beside(cr, lambda env: cron.with_env(env).method_direct_trigger())

    def test_scheduled_measurement_beside_a_user_who_measures(self):
        with self._connect() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            env["sales.target.result"]._refresh(
                env["sales.target"].browse(self.target_id)
            )
            self._run_cron_beside(cr, "sales_efficiency_target.ir_cron_results")
        with self._connect() as cr:
            cr.execute(
                "SELECT measured_date IS NOT NULL FROM sales_target_plan"
                " WHERE name = 'concurrency test'"
            )
            self.assertTrue(cr.fetchone()[0], "The scheduler has measured all.")

    def test_results_are_measured_while_somebody_decides_a_request(self):
        """A decision first writes the request, and then measures its target."""
        with self._connect() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            with freeze_time("2001-01-15 12:00:00"):
                request = env["sales.target.adjustment"].create(
                    {"target_id": self.target_id, "ground": "market", "reason": "Test"}
                )
            env.flush_all()
            cr.execute(
                "UPDATE sales_target_adjustment"
                " SET state = 'requested', effect_date = NULL WHERE id = %s",
                [request.id],
            )
        with self._connect() as cr, self._connect() as other:
            cr.execute(
                "UPDATE sales_target_adjustment SET state = state WHERE id = %s",
                [request.id],
            )
            # If a lock blocks the job, let it fail instead of hanging.
            other.execute("SET lock_timeout = '5s'")
            other.commit()
            cron = self.env.ref("sales_efficiency_target.ir_cron_results")
            env = api.Environment(other, SUPERUSER_ID, {})
            cron.with_env(env).method_direct_trigger()
            other.execute("RESET lock_timeout")
        with self._connect() as cr:
            cr.execute(
                "SELECT measured_date IS NOT NULL FROM sales_target_plan"
                " WHERE name = 'concurrency test'"
            )
            self.assertTrue(cr.fetchone()[0])

    def test_warnings_are_judged_after_who_answers_one(self):
        with self._connect() as cr:
            cr.execute("UPDATE sales_alert SET state = state WHERE FALSE")
            self._run_cron_beside(cr, "sales_efficiency_base.ir_cron_alerts")
