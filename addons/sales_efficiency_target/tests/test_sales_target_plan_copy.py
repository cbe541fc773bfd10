# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from psycopg2.errors import CheckViolation

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, freeze_time, tagged
from odoo.tools import mute_logger

from .common import SalesTargetCommon


@tagged("post_install", "-at_install")
class TestSalesTargetPlanCopy(SalesTargetCommon):
    def _open(self, plan=None, **defaults):
        """Open the wizard as the director does."""
        wizard = self.env["sales.target.plan.copy"].with_user(self.director)
        if plan:
            defaults["default_plan_id"] = plan.id
        return Form(wizard.with_context(**defaults))

    def _create(self, form):
        """:return: the new plan, and its targets by scope: region, team, person"""
        action = form.save().action_copy()
        plan = self.env["sales.target.plan"].browse(action["res_id"])
        return plan, {
            target.user_id or target.team_id or target.region_id: target
            for target in plan.target_ids
        }

    def _create_tree(self):
        """World 1,200,000 > North 600,000 > team 600,000 > two people 300,000 each."""
        self.north, self.south = (
            self._create_target(
                parent_id=self.root.id, region_id=region.id, amount=600_000
            )
            for region in (self.region_north, self.region_south)
        )
        self.team = self._create_target(
            parent_id=self.north.id,
            team_id=self.team_field.id,
            spread="parent",
            amount=600_000,
        )
        self.people = self.env["sales.target"].concat(
            *(
                self._create_target(
                    parent_id=self.team.id,
                    user_id=user.id,
                    spread="parent",
                    amount=300_000,
                )
                for user in (self.salesperson, self.colleague)
            )
        )

    def test_next_year_is_a_copy_with_growth(self):
        north = self._create_target(
            parent_id=self.root.id, region_id=self.region_north.id, amount=1_200_000
        )
        north.month_ids.sorted("month")[0].amount = 0
        rate = self._create_target(metric_id=self.margin_rate.id, amount=30)
        wizard = (
            self.env["sales.target.plan.copy"]
            .with_user(self.director)
            .create({"plan_id": self.plan.id, "growth": 10})
        )
        plan = self.env["sales.target.plan"].browse(wizard.action_copy()["res_id"])
        self.assertEqual(plan.date_from, date(2027, 1, 1))
        self.assertNotEqual(plan.name, self.plan.name)
        copies = {
            (target.metric_id, target.region_id): target for target in plan.target_ids
        }
        self.assertEqual(len(copies), 3)
        copy = copies[self.ordered, self.region_north]
        self.assertEqual(copy.amount, 1_210_000)
        self.assertEqual(self._amounts(copy), [0] + [110_000] * 11)
        self.assertEqual(copy.parent_id.amount, 1_320_000)
        self.assertEqual(copies[self.margin_rate, rate.region_id].amount, 30)

    def test_next_year_leaves_out_who_has_left_and_says_so(self):
        team = self._create_target(
            parent_id=self.root.id, team_id=self.team_field.id, amount=1_200_000
        )
        people = self.salesperson + self.colleague
        gone, own = self.env["sales.target"].concat(
            *(
                self._create_target(parent_id=team.id, user_id=user.id, amount=600_000)
                for user in people
            )
        )
        self._create_target(
            parent_id=gone.id,
            user_id=gone.user_id.id,
            categ_id=self.category.id,
            amount=600_000,
        )
        gone.user_id.sudo().active = False
        wizard = (
            self.env["sales.target.plan.copy"]
            .with_user(self.director)
            .create({"plan_id": self.plan.id})
        )
        plan = self.env["sales.target.plan"].browse(wizard.action_copy()["res_id"])
        self.assertEqual(plan.target_ids.user_id, own.user_id)
        copy = plan.target_ids.filtered("child_ids") - plan.target_ids.filtered(
            lambda target: not target.parent_id
        )
        self.assertEqual((copy.amount, copy.gap), (1_200_000, -600_000))
        self.assertIn(gone.user_id.name, plan.message_ids[0].body)

    def test_next_year_says_who_was_below_an_archived_team(self):
        team = self._create_target(
            parent_id=self.root.id, team_id=self.team_field.id, amount=1_200_000
        )
        self._create_target(
            parent_id=team.id, user_id=self.salesperson.id, amount=1_200_000
        )
        self.team_field.active = False
        wizard = self.env["sales.target.plan.copy"].create({"plan_id": self.plan.id})
        plan = self.env["sales.target.plan"].browse(wizard.action_copy()["res_id"])
        self.assertFalse(plan.target_ids.child_ids)
        self.assertIn(self.salesperson.name, plan.message_ids[0].body)
        self.assertIn(self.team_field.name, plan.message_ids[0].body)

    def test_it_shrinks_less_than_to_nothing(self):
        with self.assertRaises(CheckViolation), mute_logger("odoo.sql_db"):
            self.env["sales.target.plan.copy"].create(
                {"plan_id": self.plan.id, "growth": -100}
            )

    def test_each_market_grows_by_its_own_and_what_is_above_by_all_of_them(self):
        self._create_tree()
        form = self._open(self.plan)
        form.growth = 10
        with form.growth_ids.new() as line:
            line.region_id = self.region_north
            line.growth = 50
        with form.growth_ids.new() as line:
            line.team_id = self.team_field
            line.growth = 100
        _plan, copies = self._create(form)
        none = self.env["sales.region"]
        self.assertEqual(copies[self.salesperson].amount, 600_000)
        self.assertEqual(copies[self.region_north].amount, 1_200_000)
        self.assertEqual(copies[self.region_south].amount, 660_000)
        self.assertEqual(copies[none].amount, 1_860_000)
        self.assertFalse(any(target.gap for target in copies.values()))

    def test_the_growth_of_a_metric_is_preferred_to_that_of_all(self):
        self._create_target(metric_id=self.quantity.id, amount=100)
        form = self._open(self.plan)
        for metric, growth in ((self.quantity, 30), (self.quantity.browse(), 20)):
            with form.growth_ids.new() as line:
                line.metric_id = metric
                line.growth = growth
        plan, _copies = self._create(form)
        self.assertEqual(
            {target.metric_id: target.amount for target in plan.target_ids},
            {self.ordered: 1_440_000, self.quantity: 130},
        )

    @freeze_time("2026-07-15 12:00:00")
    def test_it_starts_from_actuals_and_the_targets_of_months_to_come(self):
        rate = self._create_target(metric_id=self.margin_rate.id, amount=30)
        self._create_history(
            (date(2026, 1, 5), 500_000, {"margin": 100_000}),
            (date(2026, 7, 5), 900_000, {}),
        )
        form = self._open(self.plan)
        form.basis = "actuals"
        form.growth = 10
        plan, _copies = self._create(form)
        copies = {target.metric_id: target for target in plan.target_ids}
        # July is not over: its target of 100,000 counts, as those of the rest.
        self.assertEqual(copies[self.ordered].amount, 1_210_000)
        self.assertEqual(
            self._amounts(copies[self.ordered]), [550_000] + [0] * 5 + [110_000] * 6
        )
        self.assertEqual(copies[self.margin_rate].amount, 20)
        self.assertEqual(rate.amount, 30)

    def test_parts_of_a_level_that_is_left_out_move_up(self):
        self._create_tree()
        form = self._open(self.plan)
        names = [line["dimension"] for line in form.level_ids._records]
        self.assertEqual(names, ["region_id", "team_id", "user_id"])
        self.assertEqual(form.level_ids._records[2]["target_count"], 2)
        with form.level_ids.edit(names.index("team_id")) as line:
            line.is_copied = False
        plan, copies = self._create(form)
        self.assertEqual(len(plan.target_ids), 5)
        part = copies[self.salesperson]
        self.assertEqual(part.parent_id, copies[self.region_north])
        self.assertEqual((part.amount, part.spread), (300_000, "parent"))

    def test_a_target_is_left_out_with_its_parts(self):
        self._create_tree()
        form = self._open(self.plan)
        form.left_out_ids.add(self.team)
        plan, copies = self._create(form)
        self.assertEqual(
            plan.target_ids.region_id, self.region_north + self.region_south
        )
        self.assertEqual(len(copies), 3)
        self.assertIn("Left out", plan.message_ids[0].body)

    def test_an_empty_draft_is_filled_by_its_forecast(self):
        self._create_tree()
        draft = self.plan.copy({"date_from": date(2027, 1, 1)})
        draft.with_user(self.director).forecast_ids = [
            (0, 0, {"region_id": self.region_north.id, "growth": 20})
        ]
        form = self._open(default_into_id=draft.id)
        self.assertEqual(form.plan_id, self.plan)
        self.assertFalse(form.other_names)
        plan, copies = self._create(form)
        self.assertEqual(plan, draft)
        self.assertEqual(copies[self.region_north].amount, 720_000)
        self.assertEqual(copies[self.region_south].amount, 600_000)
        # From the plan before, the same draft is proposed.
        draft.target_ids.unlink()
        self.assertEqual(self._open(self.plan).into_id, draft)

    def test_a_second_plan_of_the_same_year_is_said_at_once(self):
        form = self._open(self.plan)
        self.assertFalse(form.other_names)
        plan, _copies = self._create(form)
        self.assertFalse(plan.other_names)
        self.assertEqual(self._open(self.plan).other_names, plan.name)
        second = self.plan.copy({"date_from": date(2027, 7, 1)})
        self.assertEqual(second.with_user(self.director).other_names, plan.name)
        with Form(self.plan.browse().with_user(self.director)) as form:
            form.date_from = date(2026, 1, 1)
            self.assertEqual(form.other_names, self.plan.name)

    def test_a_plan_with_targets_is_not_filled(self):
        other = self.plan.copy({"date_from": date(2027, 1, 1)})
        self._create_target(plan_id=other.id, amount=1)
        wizard = self.env["sales.target.plan.copy"].with_user(self.director)
        wizard = wizard.create({"plan_id": self.plan.id, "into_id": other.id})
        with self.assertRaisesRegex(UserError, "has targets already"):
            wizard.action_copy()
        other.action_submit()
        with self.assertRaisesRegex(UserError, "cannot change"):
            wizard.action_copy()

    def test_the_log_says_what_was_taken_over(self):
        form = self._open(self.plan)
        form.growth = 10
        plan, _copies = self._create(form)
        body = plan.message_ids[0].body
        for text in (self.plan.name, "1,200,000", "1,320,000", "+10.0"):
            self.assertIn(text, body)

    def test_the_log_counts_overlapping_targets_once(self):
        self._create_target(categ_id=self.category.id, amount=300_000)
        form = self._open(self.plan)
        plan, _copies = self._create(form)
        self.assertIn("1,200,000", plan.message_ids[0].body)
        self.assertNotIn("1,500,000", plan.message_ids[0].body)

    def test_only_directors_take_targets_over(self):
        wizard = self.env["sales.target.plan.copy"]
        for user in (self.leader, self.salesperson):
            with self.assertRaises(AccessError):
                wizard.with_user(user).create({"plan_id": self.plan.id})
