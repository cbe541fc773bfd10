# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from psycopg2.errors import CheckViolation

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, freeze_time, tagged
from odoo.tools import mute_logger

from .common import SalesTargetCommon

TEMPLATE = "sales_efficiency_target.sales_target_letter"


@tagged("post_install", "-at_install")
@freeze_time("2026-05-20 12:00:00")
class TestSalesTargetPursuit(SalesTargetCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.target = cls._create_target(
            parent_id=cls.root.id,
            team_id=cls.team_field.id,
            user_id=cls.salesperson.id,
            amount=12_000,
            spread="equal",
        )
        cls._start()
        cls._create_history(
            *(
                (
                    date(2026, month, 5),
                    amount,
                    {"user_id": cls.salesperson.id, "team_id": cls.team_field.id},
                )
                for month, amount in ((1, 800), (2, 1300), (4, 900))
            )
        )
        cls._refresh()

    def _plan_action(self, user, amount, **values):
        context = self.target.with_user(user).action_plan_action()["context"]
        actions = self.env["sales.action"].with_user(user).with_context(**context)
        form = Form(actions, view=context["form_view_ref"])
        form.name = "Visit the three largest customers"
        form.expected_amount = amount
        for name, value in values.items():
            form[name] = value
        return form.save()

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def test_the_person_responsible_plans_actions_without_editing_the_target(self):
        item = self._plan_action(self.salesperson, 4000)
        self.assertEqual(item.target_id, self.target)
        self.assertEqual(item.user_id, self.salesperson)
        self.assertEqual(item.metric_id, self.ordered)
        with self.assertRaises(AccessError):
            self.target.with_user(self.salesperson).strategy = "Mine"

    def test_the_leader_plans_too_and_writes_the_strategy(self):
        self._plan_action(self.leader, 500)
        self.target.with_user(self.leader).strategy = "Win two integrators"
        self.assertEqual(self.target.strategy, "Win two integrators")

    def test_others_plan_nothing(self):
        with self.assertRaises(AccessError):
            self._plan_action(self.outsider, 500)
        with self.assertRaises(AccessError):
            self.env["sales.action"].with_user(self.outsider).create(
                {
                    "name": "Mine",
                    "date_deadline": date(2026, 6, 1),
                    "target_id": self.target.id,
                }
            )

    @mute_logger("odoo.sql_db")
    def test_an_action_brings_no_loss(self):
        with self.assertRaises(CheckViolation):
            self._plan_action(self.leader, -1)

    def test_open_actions_stand_beside_what_is_still_to_reach(self):
        self._plan_action(self.salesperson, 4000)
        done = self._plan_action(self.leader, 700)
        cancelled = self._plan_action(self.leader, 300)
        done.action_done()
        cancelled.action_cancel()
        seen = self.target.with_user(self.salesperson)
        self.assertRecordValues(
            seen,
            [
                {
                    "to_go_amount": 9000,
                    "planned_amount": 4000,
                    "unplanned_amount": 5000,
                }
            ],
        )

    def test_the_person_discusses_the_target_with_the_leader(self):
        seen = self.target.with_user(self.salesperson)
        message = seen.message_post(body="The south is slow")
        self.assertIn(message, self.target.with_user(self.leader).message_ids)
        with self.assertRaises(AccessError):
            self.target.with_user(self.outsider).message_post(body="Me too")

    # ------------------------------------------------------------------
    # Progress
    # ------------------------------------------------------------------

    def test_quarters_follow_their_months_and_figures_are_cumulated(self):
        progress = self.target.with_user(self.salesperson).progress_ids
        self.assertEqual(
            progress[:5].mapped("period"),
            ["month", "month", "month", "quarter", "month"],
        )
        self.assertEqual(len(progress), 16)
        self.assertRecordValues(
            progress[1] + progress[3],
            [
                {
                    "amount": 1000,
                    "actual": 1300,
                    "cumulated_amount": 2000,
                    "cumulated_actual": 2100,
                    "cumulated_attainment": 105,
                },
                {
                    "amount": 3000,
                    "actual": 2100,
                    "cumulated_amount": 3000,
                    "cumulated_actual": 2100,
                    "cumulated_attainment": 70,
                },
            ],
        )

    def test_progress_costs_the_same_number_of_queries_for_many_targets(self):
        targets = self.root | self.target
        for some in (targets[:1], targets):
            targets.invalidate_recordset()
            some.mapped("plan_id.company_id.currency_id")
            with self.assertQueryCount(9):
                some.progress_ids.mapped("cumulated_actual")

    # ------------------------------------------------------------------
    # Letter
    # ------------------------------------------------------------------

    def test_only_the_person_responsible_acknowledges(self):
        for user in (self.leader, self.director):
            with self.assertRaisesRegex(UserError, "Only Test Salesperson"):
                self.target.with_user(user).action_acknowledge()
        self.target.with_user(self.salesperson).action_acknowledge()
        self.assertTrue(self.target.is_acknowledged)
        self.assertEqual(self.target.acknowledged_by_id, self.salesperson)
        found = self.target.search([("is_acknowledged", "=", True)])
        self.assertEqual(found, self.target)

    def test_a_changed_figure_has_to_be_acknowledged_again(self):
        self.target.with_user(self.salesperson).action_acknowledge()
        self.target.sudo().acknowledged_amount = 11_000
        self.assertFalse(self.target.is_acknowledged)
        self.target.with_user(self.salesperson).action_acknowledge()
        self.assertTrue(self.target.is_acknowledged)

    def test_nobody_signs_by_call(self):
        for user in (self.salesperson, self.leader, self.director):
            with self.assertRaises(AccessError):
                self.target.with_user(user).acknowledged_by_id = self.salesperson

    def test_the_letter_speaks_the_language_of_the_person(self):
        self.env["res.lang"]._activate_lang("zh_TW")
        module = self.env["ir.module.module"].search(
            [("name", "=", "sales_efficiency_target")]
        )
        module._update_translations(["zh_TW"])
        self.salesperson.lang = "zh_TW"
        self.target.strategy = "Win two integrators"
        self._plan_action(self.salesperson, 4000)
        html, _kind = (
            self.env["ir.actions.report"]
            .with_user(self.leader)
            ._render_qweb_html(TEMPLATE, self.target.ids)
        )
        text = html.decode()
        for part in ("目標責任書", "12,000.00", "Win two integrators", "4,000.00"):
            self.assertIn(part, text)
        self.assertNotIn("Target Letter", text)

    def test_the_letter_leaves_out_what_was_cancelled(self):
        for name in ("Call them", "Forget them"):
            action = self._plan_action(self.salesperson, 4000)
            action.name = name
        action.action_cancel()
        html, _kind = self.env["ir.actions.report"]._render_qweb_html(
            TEMPLATE, self.target.ids
        )
        self.assertIn("Call them", html.decode())
        self.assertNotIn("Forget them", html.decode())

    def test_the_letter_is_closed_to_others(self):
        with self.assertRaises(AccessError):
            self.env["ir.actions.report"].with_user(self.outsider)._render_qweb_html(
                TEMPLATE, self.target.ids
            )
