# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from psycopg2.errors import SerializationFailure

from odoo import SUPERUSER_ID, Command, api
from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.base.models.ir_model import MODULE_UNINSTALL_FLAG
from odoo.addons.sales_efficiency_base.tests.concurrency_common import (
    ConcurrencyCommon,
)

NAME = "expense concurrency test"
DAY = "2001-06-15"


@tagged("post_install", "-at_install")
class TestExpenseConcurrency(ConcurrencyCommon):
    """Left 1,000, two claims of 600 at once (policy 5.3.2): one passes."""

    # pylint: disable=invalid-commit

    def setUp(self):
        super().setUp()
        self.addCleanup(self._forget)
        with self._connect() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            product = env["product.product"].create(
                {"name": NAME, "can_be_expensed": True, "type": "service"}
            )
            kind = env["sales.expense.kind"].create(
                {"name": NAME, "product_ids": product.ids, "counts_all": True}
            )
            plan = env["sales.target.plan"].create(
                {"name": NAME, "purpose": "budget", "date_from": "2001-01-01"}
            )
            budget = env["sales.target"].create(
                {
                    "plan_id": plan.id,
                    "metric_id": env.ref(
                        "sales_efficiency_resource.sales_metric_sales_expense"
                    ).id,
                    "expense_kind_id": kind.id,
                    "month_ids": [
                        Command.create(
                            {
                                "month": f"2001-{month:02}-01",
                                "amount": 1_000 * (month == 1),
                            }
                        )
                        for month in range(1, 13)
                    ],
                }
            )
            plan.state = "running"
            self.rule_id = (
                env["sales.expense.rule"]
                .create({"name": NAME, "kind_id": kind.id, "effect": "block"})
                .id
            )
            employee = env["hr.employee"].create(
                {"name": NAME, "expense_manager_id": env.ref("base.user_admin").id}
            )
            claims = env["hr.expense"].create(
                [
                    {
                        "name": NAME,
                        "employee_id": employee.id,
                        "product_id": product.id,
                        "total_amount_currency": 600,
                        "date": DAY,
                        "tax_ids": [],
                    }
                    for _number in range(2)
                ]
            )
            self.claim_ids, self.kind_id = claims.ids, kind.id
            self.plan_id, self.budget_id = plan.id, budget.id
            self.employee_id, self.product_id = employee.id, product.id
            cr.commit()

    def _forget(self):
        with self._connect() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {MODULE_UNINSTALL_FLAG: True})
            claims = env["hr.expense"].browse(self.claim_ids)
            claims.action_reset()
            claims.unlink()
            env["hr.employee"].browse(self.employee_id).unlink()
            env["sales.expense.rule"].browse(self.rule_id).unlink()
            plan = env["sales.target.plan"].browse(self.plan_id)
            plan.state = "draft"
            plan.unlink()
            env["sales.mart"]._refresh()
            kind = env["sales.expense.kind"].browse(self.kind_id)
            kind.product_ids = False
            metric = kind.metric_id
            kind.unlink()
            metric.exists().unlink()
            env["product.product"].browse(self.product_id).product_tmpl_id.unlink()
            cr.commit()

    def _submit(self, env, number):
        env["hr.expense"].browse(self.claim_ids[number]).action_submit()
        env.flush_all()

    def _get_states(self):
        with self._connect() as cr:
            cr.execute(
                "SELECT state FROM hr_expense WHERE id = ANY(%s) ORDER BY id",
                [self.claim_ids],
            )
            return [state for [state] in cr.fetchall()]

    def test_of_two_claims_at_once_one_passes(self):
        self._assert_one_passes("exceeded")

    def test_of_two_claims_at_once_within_a_monthly_limit_one_passes(self):
        """No budget is over them."""
        with self._connect() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            env["sales.target.plan"].browse(self.plan_id).state = "draft"
            rule = env["sales.expense.rule"].browse(self.rule_id)
            rule.write({"condition": "month", "amount": 1_000})
            cr.commit()
        self._assert_one_passes("a month")

    def _assert_one_passes(self, text):
        refused = []

        def submit_other(env):
            # The request that waits has looked at the budget before.
            env["hr.expense"].browse(self.claim_ids[1]).mapped("sales_budget_status")
            with mute_logger("odoo.sql_db"), self.assertRaises(SerializationFailure):
                self._submit(env, 1)
            # Odoo repeats it.
            env.cr.rollback()
            env.transaction.reset()
            with self.assertRaisesRegex(UserError, text) as caught:
                self._submit(env, 1)
            refused.append(caught.exception)
            env.cr.rollback()

        with self._connect() as cr:
            self._submit(api.Environment(cr, SUPERUSER_ID, {}), 0)
            self._run_beside(cr, submit_other)
        self.assertTrue(refused)
        self.assertEqual(self._get_states(), ["submitted", "draft"])

    def test_a_submission_that_is_killed_leaves_nothing(self):
        with self._connect() as cr:
            self._submit(api.Environment(cr, SUPERUSER_ID, {}), 0)
            cr.rollback()
        self.assertEqual(self._get_states(), ["draft", "draft"])
        with self._connect() as cr:
            self._submit(api.Environment(cr, SUPERUSER_ID, {}), 1)
            cr.commit()
        self.assertEqual(self._get_states(), ["draft", "submitted"])
