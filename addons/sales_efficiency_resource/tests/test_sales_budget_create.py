# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from psycopg2.errors import CheckViolation

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, freeze_time, tagged
from odoo.tools import mute_logger

from odoo.addons.sales_efficiency_base.tools import Period

from .expense_budget_common import BudgetCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-11-10 12:00:00")
class TestSalesBudgetCreate(BudgetCommon):
    """Budgets follow from sales targets by ratios (policy 5.3.1)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.budget_plan.target_ids.unlink()

    def _set_months(self, target, amounts):
        for line, amount in zip(target.month_ids.sorted("month"), amounts, strict=True):
            line.amount = amount

    def _wizard(self, *ratios, **values):
        wizard = (
            self.env["sales.budget.create"]
            .with_user(self.director)
            .create({"plan_id": self.plan.id, **values})
        )
        wizard.line_ids = [
            Command.clear(),
            *(
                Command.create({"kind_id": kind.id, "ratio": ratio})
                for kind, ratio in ratios
            ),
        ]
        return wizard

    def _create(self, *ratios, **values):
        wizard = self._wizard(*ratios, **values)
        action = wizard.action_create_budgets()
        return self.env["sales.target.plan"].browse(action["res_id"])

    def _budget_of(self, plan, kind, **scope):
        return plan.target_ids.filtered(
            lambda b: b.expense_kind_id == kind
            and b.team_id == scope.get("team", b.team_id.browse())
        )

    def test_months_add_up_to_the_ratio_of_the_year(self):
        self._set_months(self.root, [333_333.33, 333_333.33, 333_333.34] + [0] * 9)
        plan = self._create((self.kind_travel, 2.5))
        budget = self._budget_of(plan, self.kind_travel)
        self.assertEqual(self._amounts(budget)[:3], [8_333.33, 8_333.33, 8_333.34])
        self.assertEqual(budget.amount, 25_000)

    def test_seven_months_of_one_and_five_of_another_figure(self):
        self._set_months(self.root, [100_000] * 7 + [150_000] * 5)
        plan = self._create((self.kind_travel, 1.33))
        budget = self._budget_of(plan, self.kind_travel)
        self.assertEqual(self._amounts(budget), [1_330] * 7 + [1_995] * 5)
        self.assertEqual(budget.amount, 19_285)

    def test_the_plan_is_made_with_a_total_above_the_kinds(self):
        plan = self._create((self.kind_travel, 1), (self.kind_marketing, 2))
        self.assertEqual(plan, self.budget_plan)
        total = self._budget_of(plan, self.kind_travel.browse())
        self.assertEqual(total.amount, 36_000)
        self.assertEqual(total.gap, 0)
        self.assertEqual(total.child_ids.mapped("amount"), [12_000, 24_000])
        travel = self._budget_of(plan, self.kind_travel)
        self.assertEqual(travel.budget_source_id, self.root)
        self.assertEqual(travel.budget_ratio, 1)

    def test_a_year_without_draft_gets_a_plan(self):
        self.budget_plan.unlink()
        plan = self._create((self.kind_travel, 1))
        self.assertEqual((plan.purpose, plan.state), ("budget", "draft"))
        self.assertEqual(plan.date_from, date(2026, 1, 1))

    def test_teams_add_up_to_the_company(self):
        self._set_months(self.root, [100.01] * 12)
        for team, amount in ((self.team_field, 33.34), (self.team_other, 66.67)):
            part = self._create_target(parent_id=self.root.id, team_id=team.id)
            self._set_months(part, [amount] * 12)
        plan = self._create((self.kind_travel, 33.33), depth="team")
        whole = self._budget_of(plan, self.kind_travel)
        self.assertEqual(whole.gap, 0)
        parts = whole.child_ids
        self.assertEqual(parts.team_id, self.team_field + self.team_other)
        sums = [sum(m) for m in zip(*map(self._amounts, parts), strict=True)]
        for month, total in zip(sums, self._amounts(whole), strict=True):
            self.assertAlmostEqual(month, total, 2)

    def test_existing_budgets_stay_unless_they_are_to_be_replaced(self):
        plan = self._create((self.kind_travel, 1))
        wizard = self._wizard((self.kind_travel, 2), (self.kind_marketing, 3))
        self.assertIn("Test Travel", wizard.existing)
        wizard.action_create_budgets()
        self.assertEqual(self._budget_of(plan, self.kind_travel).amount, 12_000)
        self.assertEqual(self._budget_of(plan, self.kind_marketing).amount, 36_000)
        self._create((self.kind_travel, 2), replaces=True)
        self.assertEqual(self._budget_of(plan, self.kind_travel).amount, 24_000)
        self.assertEqual(
            self._budget_of(plan, self.kind_travel.browse()).amount, 60_000
        )

    def test_the_preview_shows_target_ratio_and_last_year(self):
        self._spend(self.kind_travel, "2025-06-03", 900)
        self._create_history((date(2025, 6, 1), 90_000, {}))
        form = Form(
            self.env["sales.budget.create"]
            .with_user(self.director)
            .with_context(default_plan_id=self.plan.id)
        )
        rows = form.matrix["rows"]
        self.assertTrue(rows[0]["is_target"])
        travel = next(row for row in rows if row["name"] == "Test Travel")
        self.assertEqual((travel["ratio"], travel["last_year"]), (1, 900))
        self.assertEqual(travel["year"], 12_000)

    def test_planned_costs_of_channel_plans_are_proposed(self):
        self.kind_marketing.planned_cost_of = "channel"
        plan = self.env["sales.channel.plan"].create(
            {
                "channel_id": self.channel_agent.id,
                "date_from": "2026-01-01",
                "planned_cost": 12_000,
            }
        )
        plan.state = "running"
        wizard = self._wizard((self.kind_travel, 1))
        self.assertEqual(wizard.cost_ids.mapped("amount"), [12_000])
        self.assertTrue(wizard.cost_ids.is_used)
        wizard.action_create_budgets()
        budget = self._budget_of(self.budget_plan, self.kind_marketing)
        self.assertEqual(self._amounts(budget), [1_000] * 12)
        self.assertFalse(budget.budget_source_id)

    def _plan_channel(self, cost):
        self.kind_marketing.planned_cost_of = "channel"
        plan = self.env["sales.channel.plan"].create(
            {
                "channel_id": self.channel_agent.id,
                "date_from": "2026-01-01",
                "planned_cost": cost,
            }
        )
        plan.state = "running"
        return plan

    def test_planned_costs_are_kept_from_those_who_may_not_know_them(self):
        plan = self._plan_channel(12_000)
        year = Period(date(2026, 1, 1), date(2026, 12, 31))
        for user, plans in ((self.director, plan), (self.salesperson, plan.browse())):
            with self.subTest(user.login):
                self.assertTrue(plan.with_user(user).has_access("read"))
                costs = self.env["sales.planned.cost.mixin"].with_user(user)
                found = costs._get_all_planned_costs(self.company, year)
                found = [cost["plan"] for cost in found if cost["kind"] == "channel"]
                self.assertEqual(found, list(plans))

    def test_planned_costs_belong_to_their_own_scope(self):
        self.root.unlink()
        north, agent = (
            self._create_target(amount=120_000, **scope)
            for scope in (
                {"team_id": self.team_field.id},
                {"channel_id": self.channel_agent.id},
            )
        )
        self._plan_channel(12_000)
        wizard = self._wizard((self.kind_travel, 1))
        wizard.action_create_budgets()
        marketing = self.budget_plan.target_ids.filtered(
            lambda b: b.expense_kind_id == self.kind_marketing
        )
        self.assertEqual(marketing.channel_id, self.channel_agent)
        self.assertEqual(marketing.amount, 12_000)
        self.assertFalse(marketing.team_id)
        self.assertEqual(north.amount + agent.amount, 240_000)

    def test_planned_costs_of_no_target_make_a_budget_of_the_company(self):
        self.root.unlink()
        for team in (self.team_field, self.team_other):
            self._create_target(amount=120_000, team_id=team.id)
        self._plan_channel(12_000)
        self._wizard((self.kind_travel, 1)).action_create_budgets()
        budgets = self.budget_plan.target_ids
        whole = budgets.filtered(lambda b: not b.team_id)
        self.assertRecordValues(
            whole.sorted(lambda b: b.expense_kind_id.name or ""),
            [
                {"expense_kind_id": False, "amount": 14_400},
                {"expense_kind_id": self.kind_marketing.id, "amount": 12_000},
                {"expense_kind_id": self.kind_travel.id, "amount": 2_400},
            ],
        )
        self.assertEqual((budgets - whole).mapped("amount"), [1_200] * 4)

    def test_planned_costs_come_in_coins_of_the_currency(self):
        yen = self.env.ref("base.JPY")
        yen.active = True
        period = Period(date(2026, 1, 1), date(2026, 12, 31))
        months = self.env["sales.channel.plan"]._spread_planned_cost(
            100_000, period.start, period.end, period, yen
        )
        self.assertEqual(sum(months.values()), 100_000)
        self.assertTrue(all(amount == int(amount) for amount in months.values()))

    def test_a_total_entered_by_hand_keeps_its_reserve(self):
        plan = self._create((self.kind_travel, 1))
        total = self._budget_of(plan, self.kind_travel.browse())
        total.amount = 100_000
        wizard = self._wizard((self.kind_marketing, 2))
        self.assertIn(total.display_name, wizard.existing)
        wizard.action_create_budgets()
        self.assertEqual(total.amount, 100_000)
        self._create((self.kind_marketing, 2), replaces=True)
        self.assertEqual(total.amount, 36_000)

    def test_a_budget_of_a_kinds_own_metric_is_that_of_the_kind(self):
        own = self._create_budget(metric_id=self.kind_travel.metric_id.id, amount=5_000)
        wizard = self._wizard((self.kind_travel, 1), (self.kind_marketing, 2))
        self.assertIn(own.display_name, wizard.existing)
        wizard.action_create_budgets()
        budgets = self.budget_plan.target_ids - own
        self.assertEqual(
            budgets.expense_kind_id, self.kind_marketing, "travel has its budget"
        )
        names = [
            row["name"]
            for row in self.env["sales.target.plan"]
            .with_user(self.director)
            .get_budget_board()["rows"]
        ]
        self.assertEqual(names, ["All expenses", "Test Marketing", "Test Travel"])

    def test_the_kind_of_the_company_is_preferred(self):
        self.kind_travel.write(
            {"planned_cost_of": "channel", "company_id": self.company.id}
        )
        self.kind_marketing.write({"planned_cost_of": "channel", "company_id": False})
        wizard = self._wizard((self.kind_travel, 1))
        self.assertEqual(
            wizard._find_kinds({"channel"}), {"channel": self.kind_travel.id}
        )

    def test_a_draft_takes_the_targets_of_its_year(self):
        later = self.env["sales.target.plan"].create({"date_from": "2027-01-01"})
        self._create_target(plan_id=later.id, amount=5)
        wizards = self.env["sales.budget.create"].with_user(self.director)
        self.assertEqual(wizards._default_plan_id(), later)
        for into_id, plan in (
            (self.budget_plan.id, self.plan),
            (["nonsense"], later),
        ):
            form = Form(wizards.with_context(default_into_id=into_id))
            self.assertEqual(form.plan_id, plan)

    def test_the_number_of_queries_does_not_depend_on_the_people(self):
        counts = []
        for number in (2, 8):
            self.budget_plan.target_ids.unlink()
            for count in range(number):
                user = self._create_user(
                    "salesperson", login=f"budget_{number}_{count}"
                )
                self._create_target(
                    parent_id=self.root.id, user_id=user.id, amount=1_200
                )
            wizard = self._wizard((self.kind_travel, 1), depth="all")
            self.env.flush_all()
            self.env.invalidate_all()
            start = self.env.cr.sql_log_count
            wizard.action_create_budgets()
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - start)
        self.assertLessEqual(counts[1], counts[0] + 6, counts)

    def test_bad_input_is_refused(self):
        with self.assertRaisesRegex(UserError, "Enter a kind of expense"):
            self._wizard().action_create_budgets()
        below = self.env["sales.expense.kind"].create(
            {"name": "Test Hotel", "parent_id": self.kind_travel.id}
        )
        with self.assertRaisesRegex(UserError, "would count twice"):
            self._create((self.kind_travel, 1), (below, 1))
        with mute_logger("odoo.sql_db"), self.assertRaises(CheckViolation):
            self._wizard((self.kind_travel, -1))

    def test_a_running_budget_is_not_overwritten(self):
        plan = self._create((self.kind_travel, 1))
        self._start_budgets()
        with self.assertRaises(UserError):
            self._create((self.kind_travel, 2), into_id=plan.id, replaces=True)
        self.assertEqual(self._budget_of(plan, self.kind_travel).amount, 12_000)

    def test_only_directors_make_budgets(self):
        with self.assertRaises(AccessError):
            self.env["sales.budget.create"].with_user(self.leader).create(
                {"plan_id": self.plan.id}
            )

    # ------------------------------------------------------------------
    # Adjusted targets
    # ------------------------------------------------------------------

    def _adjust(self, target, amount):
        adjustment = self.env["sales.target.adjustment"].create(
            {
                "target_id": target.id,
                "ground": "market",
                "reason": "Test",
                "user_id": self.leader.id,
            }
        )
        adjustment.line_ids.filtered(
            lambda line: line.month == date(2026, 12, 1)
        ).amount = amount
        adjustment.action_request()
        self.env.invalidate_all()
        reviewers = adjustment.review_ids.sorted("sequence")
        for review in reviewers:
            adjustment.with_user(review.reviewer_ids[:1])._validate_tier()
            self.env.invalidate_all()
        self.assertEqual(adjustment.state, "approved")
        return adjustment

    def test_an_adjusted_target_proposes_to_adjust_its_budgets(self):
        self._create((self.kind_travel, 1), (self.kind_marketing, 2))
        self._start()
        self._start_budgets()
        adjustment = self._adjust(self.root, 50_000)
        proposals = self.env["sales.target.adjustment"].search(
            [("budget_origin_id", "=", adjustment.id)]
        )
        self.assertEqual(set(proposals.mapped("state")), {"draft"})
        travel = proposals.filtered(
            lambda p: p.target_id.expense_kind_id == self.kind_travel
        )
        self.assertEqual(travel.line_ids.mapped("amount"), [500])
        self.assertEqual(travel.difference, -500)
        self.assertEqual(travel.user_id, self.director)
        self.assertTrue(travel.activity_ids)
        self.assertIn("1 % of it", travel.reason)
        self.assertEqual(travel.target_id.amount, 12_000)

    def test_a_second_adjustment_changes_the_proposal(self):
        self._create((self.kind_travel, 1))
        self._start()
        self._start_budgets()
        self._adjust(self.root, 50_000)
        self._adjust(self.root, 20_000)
        proposal = self.env["sales.target.adjustment"].search(
            [("budget_origin_id", "!=", False)]
        )
        self.assertEqual(proposal.line_ids.mapped("amount"), [200])
        self.assertEqual(len(proposal.activity_ids), 1)
        self.assertEqual(proposal.reason.count("was adjusted"), 2)
        proposal.action_request()

    def test_a_budget_without_anybody_responsible_does_not_stop_the_target(self):
        self._create((self.kind_travel, 1))
        self._start()
        self.budget_plan.target_ids.responsible_id = False
        self._start_budgets()
        plans = type(self.plan)
        get_director = plans._get_director

        def get_none(plan, *people):
            director = get_director(plan, *people)
            return director.browse() if plan.purpose == "budget" else director

        self.patch(plans, "_get_director", get_none)
        adjustment = self._adjust(self.root, 50_000)
        proposal = self.env["sales.target.adjustment"].search(
            [("budget_origin_id", "=", adjustment.id)]
        )
        self.assertEqual(proposal.user_id, adjustment.user_id)

    def test_targets_without_budgets_propose_nothing(self):
        self._start()
        adjustment = self._adjust(self.root, 50_000)
        self.assertFalse(
            self.env["sales.target.adjustment"].search_count(
                [("budget_origin_id", "=", adjustment.id)]
            )
        )
