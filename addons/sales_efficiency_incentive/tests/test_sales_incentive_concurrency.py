# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from psycopg2.errors import SerializationFailure

from odoo import SUPERUSER_ID, Command, api
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.sales_efficiency_base.tests.concurrency_common import (
    ConcurrencyCommon,
)


@tagged("post_install", "-at_install")
class TestSalesIncentiveConcurrency(ConcurrencyCommon):
    """Two computations or locks at once: one result, nothing twice."""

    # pylint: disable=invalid-commit

    def setUp(self):
        super().setUp()
        self.addCleanup(self._forget)
        with self._connect() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            company = env["res.company"].search([], limit=1)
            this_month = company._get_sales_today().replace(day=1)
            plan = env["sales.incentive.plan"].create(
                {"name": "concurrency test", "company_id": company.id}
            )
            version = env["sales.incentive.version"].create(
                {
                    "plan_id": plan.id,
                    "date_from": this_month,
                    "guarantee_month": 100,
                    "rule_ids": [
                        Command.create(
                            {
                                "name": "Commission",
                                "metric_id": env.ref(
                                    "sales_efficiency_base.sales_metric_ordered_amount"
                                ).id,
                                "rate": 10,
                            }
                        )
                    ],
                }
            )
            env.flush_all()
            cr.execute(
                "UPDATE sales_incentive_version SET state = 'approved' WHERE id = %s",
                [version.id],
            )
            env.invalidate_all()
            env["sales.incentive.assignment"].create(
                {
                    "plan_id": plan.id,
                    "user_id": env.ref("base.user_admin").id,
                    "date_from": date(2001, 1, 1),
                }
            )
            self.plan_id = plan.id

    def _forget(self):
        with self._connect() as cr:
            for statement in (
                "DELETE FROM sales_incentive_entry WHERE plan_id = %(plan)s",
                "DELETE FROM sales_incentive_period WHERE state = 'open'",
                "DELETE FROM sales_incentive_change",
                "DELETE FROM mail_activity WHERE res_model LIKE 'sales.incentive.%%'",
                "DELETE FROM sales_incentive_plan WHERE id = %(plan)s",
            ):
                cr.execute(statement, {"plan": self.plan_id})

    def _count(self):
        with self._connect() as cr:
            cr.execute(
                "SELECT COUNT(*) FROM sales_incentive_entry WHERE plan_id = %s",
                [self.plan_id],
            )
            return cr.fetchone()[0]

    def test_the_job_computes_what_has_changed(self):
        with self._connect() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            job = env.ref("sales_efficiency_incentive.ir_cron_incentives")
            job.method_direct_trigger()
        with self._connect() as cr:
            cr.execute("SELECT FROM sales_incentive_change WHERE is_new")
            self.assertFalse(cr.rowcount)
        self.assertEqual(self._count(), 1)

    def test_two_computations_write_entries_once(self):
        with self._connect() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            env["sales.mart"]._lock("sales_incentive_entry")
            env["sales.incentive.period"]._follow()
            self._run_beside(
                cr,
                lambda other: (
                    other["sales.mart"]._lock("sales_incentive_entry"),
                    other["sales.incentive.period"]._follow(),
                ),
            )
        self.assertEqual(self._count(), 1)

    def test_a_computation_that_is_killed_leaves_its_changes(self):
        with self._connect() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            env["sales.incentive.period"]._follow()
            cr.rollback()
        self.assertEqual(self._count(), 0)
        with self._connect() as cr:
            api.Environment(cr, SUPERUSER_ID, {})["sales.incentive.period"]._follow()
        self.assertEqual(self._count(), 1)

    @mute_logger("odoo.sql_db")
    def test_a_user_who_comes_too_late_starts_again(self):
        with self._connect() as cr, self._connect() as other:
            env = api.Environment(cr, SUPERUSER_ID, {})
            late = api.Environment(other, SUPERUSER_ID, {})
            env["sales.incentive.period"]._follow()
            cr.commit()
            periods = late["sales.incentive.period"].search([])
            env["sales.incentive.period"]._get_following()._compute_entries()
            cr.commit()
            with self.assertRaises(SerializationFailure):
                periods._hold()
            other.rollback()
