# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from psycopg2.errors import SerializationFailure

from odoo import SUPERUSER_ID, Command, api
from odoo.exceptions import LockError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from odoo.addons.sales_efficiency_base.tests.concurrency_common import ConcurrencyCommon

NAME = "budget concurrency test"


@tagged("post_install", "-at_install")
@freeze_time("2001-06-15 12:00:00")
class TestBudgetConcurrency(ConcurrencyCommon):
    """Two moves of the same money at once: one passes."""

    # pylint: disable=invalid-commit

    def setUp(self):
        super().setUp()
        self.addCleanup(self._forget)
        with self._connect() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            kinds = env["sales.expense.kind"].create(
                [{"name": f"{NAME} {number}"} for number in range(2)]
            )
            plan = env["sales.target.plan"].create(
                {"name": NAME, "purpose": "budget", "date_from": date(2001, 1, 1)}
            )
            metric = env.ref("sales_efficiency_resource.sales_metric_sales_expense")
            self.budget_ids = (
                env["sales.target"]
                .create(
                    [
                        {
                            "plan_id": plan.id,
                            "metric_id": metric.id,
                            "expense_kind_id": kind.id,
                            "amount": 1_200,
                        }
                        for kind in kinds
                    ]
                )
                .ids
            )
            plan.state = "running"
            moves = [self._create_move(env, plan).id for _number in range(2)]
            self.first_id, self.second_id = moves

    def _create_move(self, env, plan):
        source, dest = self.budget_ids
        move = env["sales.budget.move"].create(
            {
                "plan_id": plan.id,
                "reason": "Test",
                "line_ids": [
                    Command.create(
                        {
                            "source_id": source,
                            "dest_id": dest,
                            "month": date(2001, 12, 1),
                            "amount": 60,
                        }
                    )
                ],
            }
        )
        move.state = "requested"
        # Who approves does not matter here.
        move.request_validation().write({"status": "approved"})
        return move

    def _forget(self):
        with self._connect() as cr:
            for statement in (
                "DELETE FROM tier_review WHERE model = %s AND res_id = ANY(%s)",
                "DELETE FROM mail_activity WHERE res_model = %s AND res_id = ANY(%s)",
                "DELETE FROM mail_message WHERE model = %s AND res_id = ANY(%s)",
            ):
                ids = [self.first_id, self.second_id]
                cr.execute(statement, ["sales.budget.move", ids])
            for statement in (
                "DELETE FROM sales_budget_move WHERE plan_id IN (%s)",
                "DELETE FROM sales_target_result WHERE plan_id IN (%s)",
                "DELETE FROM sales_target WHERE plan_id IN (%s)",
                "DELETE FROM sales_target_plan WHERE id IN (%s)",
            ):
                cr.execute(
                    statement % "SELECT id FROM sales_target_plan WHERE name = %s",
                    [NAME],
                )
            env = api.Environment(cr, SUPERUSER_ID, {})
            kinds = env["sales.expense.kind"].search([("name", "like", NAME)])
            metrics = kinds.metric_id
            kinds.unlink()
            metrics.exists().unlink()

    def _approve(self, cr, move_id):
        env = api.Environment(cr, SUPERUSER_ID, {})
        env["sales.budget.move"].browse(move_id)._after_validation()
        env.flush_all()

    def test_the_same_money_moves_once(self):
        with self._connect() as cr, self._connect() as other:
            other.execute("SELECT 1 FROM sales_target")  # what it sees is now fixed
            self._approve(cr, self.first_id)
            with self.assertRaises(LockError):
                self._approve(other, self.second_id)
            cr.commit()
            with (
                self.assertRaises(SerializationFailure),
                mute_logger("odoo.sql_db"),
            ):
                self._approve(other, self.second_id)
            other.rollback()
            # Odoo repeats it: now it sees that 40 is left, not 60.
            with self.assertRaisesRegex(Exception, "only .* left"):
                self._approve(other, self.second_id)
            other.rollback()
        with self._connect() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            budgets = env["sales.target"].browse(self.budget_ids)
            self.assertEqual(budgets.mapped("amount"), [1_140, 1_260])
