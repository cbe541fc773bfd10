# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from psycopg2.errors import SerializationFailure

from odoo import SUPERUSER_ID, Command, api
from odoo.exceptions import UserError
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
            # Nobody but the owner of the database takes back what is locked.
            cr.execute("ALTER TABLE sales_incentive_entry DISABLE TRIGGER USER")
            for statement in (
                "DELETE FROM sales_incentive_entry WHERE plan_id = %(plan)s",
                "DELETE FROM sales_incentive_payout",
                "DELETE FROM sales_incentive_period",
                "DELETE FROM sales_incentive_change",
                "DELETE FROM mail_activity WHERE res_model LIKE 'sales.incentive.%%'",
                "DELETE FROM sales_incentive_plan WHERE id = %(plan)s",
            ):
                cr.execute(statement, {"plan": self.plan_id})
            cr.execute("ALTER TABLE sales_incentive_entry ENABLE TRIGGER USER")

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

    # ------------------------------------------------------------------
    # Payouts
    # ------------------------------------------------------------------

    def _lock_month(self):
        """Lock the month as if it were over, and make a draft of its payout."""
        with self._connect() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            env["sales.incentive.period"]._follow()
            period = env["sales.incentive.period"].search([], limit=1)
            self.period_id = period.id
            period._set_state("approved")
            period.action_lock()
            self.payout_id = (
                env["sales.incentive.payout"].create({"period_id": period.id}).id
            )

    def _get_paid(self):
        with self._connect() as cr:
            cr.execute(
                "SELECT p.state, COUNT(e.id), COALESCE(SUM(e.amount), 0)"
                "  FROM sales_incentive_period p"
                "  LEFT JOIN sales_incentive_entry e"
                "    ON e.period_id = p.id AND e.kind = 'payout'"
                " WHERE p.id = %s GROUP BY p.state",
                [self.period_id],
            )
            return cr.fetchone()

    @mute_logger("odoo.sql_db")
    def test_two_who_pay_at_once_pay_once(self):
        self._lock_month()
        failed = []

        def pay(other):
            try:
                other["sales.incentive.payout"].browse(self.payout_id).action_pay()
            except SerializationFailure as failure:
                failed.append(failure)
                other.cr.rollback()

        with self._connect() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            env["sales.incentive.payout"].browse(self.payout_id).action_pay()
            env.flush_all()
            self._run_beside(cr, pay)
        self.assertTrue(failed, "who came second is tried again")
        self.assertEqual(self._get_paid(), ("paid", 1, -100))
        with self._connect() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            with self.assertRaisesRegex(UserError, "no longer Draft"):
                env["sales.incentive.payout"].browse(self.payout_id).action_pay()
        self.assertEqual(self._get_paid(), ("paid", 1, -100))

    def test_a_payout_that_is_killed_half_way_has_paid_nothing(self):
        self._lock_month()
        with self._connect() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            env["sales.incentive.payout"].browse(self.payout_id).action_pay()
            env.flush_all()
            cr.rollback()
        self.assertEqual(self._get_paid(), ("locked", 0, 0))
        with self._connect() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            env["sales.incentive.payout"].browse(self.payout_id).action_pay()
        self.assertEqual(self._get_paid(), ("paid", 1, -100))

    # ------------------------------------------------------------------
    # Users
    # ------------------------------------------------------------------

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

    @mute_logger("odoo.sql_db")
    def test_two_approvals_of_an_adjustment_book_it_once(self):
        self.addCleanup(self._forget_adjustments)
        # As after the last review
        model = self.env.registry["sales.incentive.adjustment"]
        self.patch(model, "_check_state_conditions", lambda _adjustments, _vals: False)
        adjustment_id = self._submit_adjustment()
        with self._connect() as cr, self._connect() as other:
            first, late = (self._find_adjustment(c, adjustment_id) for c in (cr, other))
            self.assertEqual(late.state, "submitted")
            first._approve()
            cr.commit()
            with self.assertRaises(SerializationFailure):
                late._approve()
                late.flush_recordset()
            other.rollback()
            with self.assertRaises(UserError):
                self._find_adjustment(other, adjustment_id)._approve()
            for _time in range(2):
                first.env["sales.incentive.period"]._follow()
                cr.commit()
            cr.execute(
                "SELECT amount FROM sales_incentive_entry"
                " WHERE source = 'adjustment' AND res_id = %s",
                [adjustment_id],
            )
            self.assertEqual(cr.fetchall(), [(200,)])

    def _submit_adjustment(self):
        """Ask for 200 in the first month, as the administrator."""
        with self._connect() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {"tracking_disable": True})
            env["sales.incentive.period"]._follow()
            plan = env["sales.incentive.plan"].browse(self.plan_id)
            adjustment = env["sales.incentive.adjustment"].create(
                {
                    "assignment_id": plan.assignment_ids.id,
                    "amount": 200,
                    "reason": "concurrency test",
                }
            )
            env.flush_all()
            cr.execute(
                "UPDATE sales_incentive_adjustment SET state = 'submitted',"
                " create_uid = %s WHERE id = %s",
                [env.ref("base.user_admin").id, adjustment.id],
            )
            return adjustment.id

    def _find_adjustment(self, cr, id_):
        env = api.Environment(cr, SUPERUSER_ID, {"tracking_disable": True})
        return env["sales.incentive.adjustment"].browse(id_)

    def _forget_adjustments(self):
        with self._connect() as cr:
            cr.execute("DELETE FROM sales_incentive_adjustment")
            cr.execute(
                "DELETE FROM mail_message WHERE model = 'sales.incentive.adjustment'"
            )
            cr.execute(
                "DELETE FROM mail_followers"
                " WHERE res_model = 'sales.incentive.adjustment'"
            )
