# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from .common import SalesTargetCommon


class PlanFiguresCommon(SalesTargetCommon):
    """A company target of 1,200,000 > team 600,000 > two people 300,000 each."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.team = cls._create_target(
            parent_id=cls.root.id,
            team_id=cls.team_field.id,
            spread="parent",
            amount=600_000,
        )
        cls.mine, cls.other = (
            cls._create_target(
                parent_id=cls.team.id,
                team_id=cls.team_field.id,
                user_id=user.id,
                spread="parent",
                amount=300_000,
            )
            for user in (cls.salesperson, cls.colleague)
        )

    def _read(self, user, metric=None):
        return self.plan.with_user(user).get_figures(metric and metric.id)

    def _rows(self, user, metric=None):
        return {row["id"]: row for row in self._read(user, metric)["rows"]}

    def _edit(self, target, months, was=None):
        return {"id": target.id, "months": months, "was": was or self._amounts(target)}

    def _set(self, user, *edits):
        return self.plan.with_user(user).set_figures(list(edits))

    def _spread(self, user, target, amount, first=0, last=11, figures=None, **options):
        edit = {"id": target.id, "first": first, "last": last, "amount": amount}
        spread = self.plan.with_user(user).spread_figures(
            [edit], figures or {}, **options
        )
        return {int(id_): months for id_, months in spread.items()}


@tagged("post_install", "-at_install")
class TestReadPlanFigures(PlanFiguresCommon):
    def test_the_targets_are_rows_with_their_parts_below(self):
        line = self._create_target(
            parent_id=self.root.id, categ_id=self.category.id, amount=1
        )
        rows = self._read(self.director)["rows"]
        self.assertEqual(
            [(row["id"], row["parent_id"], row["level"]) for row in rows],
            [
                (self.root.id, False, 0),
                (self.team.id, self.root.id, 1),
                (self.mine.id, self.team.id, 2),
                (self.other.id, self.team.id, 2),
                (line.id, self.root.id, 1),
            ],
        )
        self.assertEqual(rows[2]["name"], self.salesperson.name)
        self.assertEqual(rows[1]["months"], [50_000] * 12)
        self.assertFalse(any(row["locked"] for row in rows))

    def test_each_role_sees_its_own_targets_and_may_change_those_it_decides(self):
        rows = self._rows(self.leader)
        self.assertEqual(set(rows), set((self.team | self.mine | self.other).ids))
        self.assertIn("is set by", rows[self.team.id]["locked"])
        self.assertFalse(rows[self.mine.id]["locked"])
        figures = self._read(self.salesperson)
        self.assertEqual([row["id"] for row in figures["rows"]], self.mine.ids)
        self.assertFalse(figures["is_editable"])
        self.assertFalse(self._read(self.outsider)["rows"])
        self.assertFalse(self._read(self.outsider)["totals"])

    def test_targets_shown_from_above_do_not_lock_those_below(self):
        self.company.sales_target_show_above = True
        self.team_field.user_id = self.leader
        figures = self._read(self.leader)
        rows = {row["id"]: row for row in figures["rows"]}
        self.assertIn(self.root.id, rows)
        self.assertTrue(rows[self.root.id]["locked"])
        self.assertTrue(figures["is_editable"])
        self.assertFalse(rows[self.mine.id]["locked"])

    def test_outsiders_of_sales_read_nothing(self):
        with self.assertRaises(AccessError):
            self._read(self.env.ref("base.public_user"))

    def test_one_metric_at_a_time_with_totals_of_all(self):
        self._create_target(metric_id=self.quantity.id, amount=120)
        figures = self._read(self.director, self.quantity)
        self.assertEqual(figures["metric"]["id"], self.quantity.id)
        self.assertEqual(len(figures["rows"]), 1)
        totals = {row["metric_id"]: row["amount"] for row in figures["totals"]}
        self.assertEqual(totals, {self.ordered.id: 1_200_000, self.quantity.id: 120})

    @freeze_time("2026-02-01 12:00:00")
    def test_totals_stand_beside_target_and_actual_of_the_year_before(self):
        before = self.env["sales.target.plan"].create({"date_from": date(2025, 1, 1)})
        self._create_target(plan_id=before.id, amount=1_000_000)
        before.action_submit()
        before.action_start()
        self._create_history((date(2025, 5, 1), 800_000, {}))
        [total] = self._read(self.director)["totals"]
        self.assertEqual(
            (total["target_before"], total["target_growth"]), (1_000_000, 20)
        )
        self.assertEqual(
            (total["actual_before"], total["actual_growth"]), (800_000, 50)
        )
        self.assertEqual((total["assigned_percent"], total["gap"]), (50, -600_000))
        self.assertEqual(self._rows(self.director)[self.root.id]["before"], 800_000)

    @freeze_time("2025-11-01 12:00:00")
    def test_a_year_that_runs_is_compared_by_its_target(self):
        before = self.env["sales.target.plan"].create({"date_from": date(2025, 1, 1)})
        self._create_target(plan_id=before.id, amount=1_000_000)
        before.action_submit()
        before.action_start()
        figures = self._read(self.director)
        self.assertFalse(figures["is_year_over"])
        self.assertIsNone(figures["totals"][0]["actual_growth"])
        self.assertEqual(self._rows(self.director)[self.root.id]["before"], 1_000_000)

    def test_the_reviewer_sees_all_targets_while_the_plan_waits(self):
        self.env["tier.definition"].create(
            {
                "name": "Plan of the year",
                "model_id": self.env["ir.model"]._get_id("sales.target.plan"),
                "review_type": "individual",
                "reviewer_id": self.leader.id,
                "definition_domain": "[]",
            }
        )
        self.plan.target_ids.gap_reason = "Reserve"
        self.assertNotIn(self.root.id, self._rows(self.leader))
        self.plan.with_user(self.director).action_submit()
        figures = self._read(self.leader)
        self.assertEqual(len(figures["rows"]), 4)
        self.assertFalse(figures["is_editable"])
        self.plan.with_user(self.leader)._validate_tier()
        self.assertNotIn(self.root.id, self._rows(self.leader))

    def test_the_number_of_queries_does_not_depend_on_the_number_of_targets(self):
        def count():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self._read(self.director)
            return self.env.cr.sql_log_count - before

        count()
        few = count()
        lines = self.env["product.category"].create(
            [{"name": f"Test {number}"} for number in range(20)]
        )
        for line in lines:
            self._create_target(parent_id=self.root.id, categ_id=line.id, amount=1)
        count()  # New product lines may have made Odoo forget what it had cached.
        self.assertLessEqual(count(), few + 2)


@tagged("post_install", "-at_install")
class TestSpreadPlanFigures(PlanFiguresCommon):
    def test_a_year_is_spread_as_saving_it_spreads_it(self):
        self._create_history((date(2025, 5, 1), 300, {}), (date(2025, 6, 1), 100, {}))
        self.root.spread = "seasonality"
        months = self._spread(self.director, self.root, 1000.01)[self.root.id]
        self.assertEqual(months[4:6], [750.01, 250])
        self.root.amount = 1000.01
        self.assertEqual(self._amounts(self.root), months)

    def test_a_quarter_keeps_the_other_months(self):
        months = self._spread(self.director, self.root, 100, 3, 5)[self.root.id]
        self.assertEqual(months, [100_000] * 3 + [33.34, 33.33, 33.33] + [100_000] * 6)

    def test_a_rate_has_the_figure_of_the_year_in_each_month(self):
        rate = self._create_target(metric_id=self.margin_rate.id, amount=30)
        months = self._spread(self.director, rate, 40, 0, 2)[rate.id]
        self.assertEqual(months, [40] * 3 + [30] * 9)

    def _paste(self, target, figures, **options):
        """Spread the months of a quarter, and what follows it in the grid."""
        spans = [(0, 0), (1, 1), (2, 2), (0, 2)]
        edits = [
            {"id": target.id, "first": first, "last": last, "amount": figure}
            for (first, last), figure in zip(spans, figures, strict=False)
        ]
        spread = self.plan.with_user(self.director).spread_figures(edits, {}, **options)
        return {int(id_): months[:3] for id_, months in spread.items()}

    def test_a_total_that_fits_its_months_leaves_them_as_they_are(self):
        spread = self._paste(self.team, [10, 20, 30, 60], passes_down=True)
        self.assertEqual(spread[self.team.id], [10, 20, 30])

    def test_a_total_that_does_not_fit_keeps_the_shape_of_its_months(self):
        self.team.spread = "manual"
        spread = self._paste(self.team, [10, 20, 30, 120])
        self.assertEqual(spread[self.team.id], [20, 40, 60])

    def test_months_that_are_not_saved_shape_the_parts(self):
        shape = [0.0] * 11 + [1_200_000.0]
        spread = self._spread(
            self.director, self.team, 500, figures={str(self.root.id): shape}
        )
        self.assertEqual(spread, {self.team.id: [0] * 11 + [500]})

    def test_parts_follow_by_the_same_shares_to_the_cent(self):
        self.mine.amount, self.other.amount = 200_000, 400_000
        spread = self._spread(self.director, self.team, 100.01, passes_down=True)
        self.assertEqual(set(spread), set((self.team | self.mine | self.other).ids))
        years = {id_: round(sum(months), 2) for id_, months in spread.items()}
        self.assertEqual(years[self.team.id], 100.01)
        self.assertEqual(years[self.mine.id] + years[self.other.id], 100.01)
        self.assertEqual(years[self.mine.id], 33.34)

    def test_a_reserve_stays_a_reserve_of_the_same_share(self):
        spread = self._spread(self.director, self.root, 600_000, passes_down=True)
        self.assertEqual(sum(spread[self.team.id]), 300_000)
        self.assertEqual(sum(spread[self.mine.id]), 150_000)

    def test_nobody_spreads_what_is_not_theirs(self):
        for user, target in (
            (self.salesperson, self.mine),
            (self.salesperson, self.other),
            (self.leader, self.team),
            (self.leader, self.root),
        ):
            with self.subTest(user.name, target=target.display_name):
                with self.assertRaises(UserError):
                    self._spread(user, target, 1)
                with self.assertRaises(UserError):
                    self._set(user, self._edit(target, [1.0] * 12))


@tagged("post_install", "-at_install")
class TestSavePlanFigures(PlanFiguresCommon):
    def test_figures_of_several_targets_are_saved_together(self):
        errors = self._set(
            self.director,
            self._edit(self.mine, [1.0] * 12),
            self._edit(self.other, [2.0] * 12),
        )
        self.assertFalse(errors)
        self.assertEqual((self.mine.amount, self.other.amount), (12, 24))
        self.assertEqual(self.team.children_amount, 36)
        self.assertIn("→", self.mine.message_ids[0].body)

    def test_what_still_follows_its_spread_keeps_it(self):
        months = self._spread(self.director, self.root, 2_400_000)[self.root.id]
        self._set(
            self.director,
            self._edit(self.root, months),
            self._edit(self.mine, [1.0] * 11 + [289_000.0]),
        )
        self.assertEqual((self.root.spread, self.mine.spread), ("equal", "manual"))

    def test_a_figure_that_has_changed_is_told_and_not_overwritten(self):
        was = self._amounts(self.mine)
        self.mine.month_ids.sorted("month")[2].amount = 7
        errors = self._set(
            self.director,
            self._edit(self.other, [2.0] * 12),
            self._edit(self.mine, [1.0] * 12, was),
        )
        self.assertEqual(
            [(error["id"], error["month"], error["now"]) for error in errors],
            [(self.mine.id, 2, 7)],
        )
        self.assertIn("meanwhile", errors[0]["message"])
        self.assertEqual(self._amounts(self.other), [25_000] * 12)

    def test_a_figure_that_cannot_be_is_named_by_its_cell(self):
        for figure in (-1, float("nan"), float("inf"), 2e15, "many", None, True, [1]):
            with self.subTest(figure=figure):
                errors = self._set(
                    self.director,
                    self._edit(self.other, [2.0] * 12),
                    self._edit(self.mine, [1.0] * 5 + [figure] + [1.0] * 6),
                )
                self.assertEqual(
                    [(error["id"], error["month"]) for error in errors],
                    [(self.mine.id, 5)],
                )
                self.assertEqual(self._amounts(self.other), [25_000] * 12)

    def test_a_leader_changes_the_parts_of_the_own_team_only(self):
        self.assertFalse(self._set(self.leader, self._edit(self.mine, [9.0] * 12)))
        self.assertEqual(self.mine.amount, 108)
        edits = [self._edit(self.other, [1.0] * 12), self._edit(self.root, [1.0] * 12)]
        with self.assertRaises(UserError):
            self._set(self.leader, *edits)
        self.assertEqual(self.other.amount, 300_000)

    def test_a_plan_that_is_submitted_keeps_its_figures(self):
        edit = self._edit(self.root, [1.0] * 12)
        self.plan.target_ids.gap_reason = "Reserve"
        self.plan.action_submit()
        with self.assertRaisesRegex(UserError, "cannot change"):
            self._set(self.director, edit)
        self.assertFalse(self._read(self.director)["is_editable"])

    def test_targets_of_another_plan_are_not_reached(self):
        other = self.plan.copy({"date_from": date(2027, 1, 1)})
        target = self._create_target(plan_id=other.id, amount=12)
        with self.assertRaisesRegex(UserError, "Reload"):
            self._set(self.director, self._edit(target, [2.0] * 12))
        target.unlink()
        with self.assertRaisesRegex(UserError, "Reload"):
            self._set(self.director, {"id": target.id, "months": [], "was": []})

    def test_nonsense_of_a_client_is_refused(self):
        plan = self.plan.with_user(self.director)
        months = [1.0] * 12
        for edits in (
            None,
            "x",
            [None],
            [{}],
            [{"id": "x"}],
            [{"id": [1]}],
            [{"id": True}],
            [{"id": self.root.id}],
            [{"id": self.root.id, "months": months}],
            [{"id": self.root.id, "months": months[:3], "was": months}],
            [{"id": self.root.id, "months": months, "was": ["x"] * 12}],
            [{"id": self.root.id, "months": {}, "was": months}],
        ):
            with self.subTest(edits=edits), self.assertRaises(UserError):
                plan.set_figures(edits)
            with self.subTest(spread=edits), self.assertRaises(UserError):
                plan.spread_figures(edits, {})
        edit = {"id": self.root.id, "first": 0, "last": 11, "amount": 1}
        for change in (
            {"first": -1},
            {"first": 5, "last": 4},
            {"last": 12},
            {"last": "x"},
            {"first": [0]},
            {"amount": float("nan")},
            {"amount": "x"},
        ):
            with self.subTest(change), self.assertRaises(UserError):
                plan.spread_figures([edit | change], {})
        for figures in ([1], "x", {"x": []}, {str(self.root.id): "x"}):
            with self.subTest(figures=figures), self.assertRaises(UserError):
                plan.spread_figures([edit], figures)

    def test_the_number_of_queries_does_not_depend_on_the_number_of_targets(self):
        lines = self.env["product.category"].create(
            [{"name": f"Test {number}"} for number in range(24)]
        )
        parts = self.env["sales.target"].create(
            [
                {
                    "plan_id": self.plan.id,
                    "metric_id": self.ordered.id,
                    "parent_id": self.root.id,
                    "categ_id": line.id,
                    "amount": 120,
                }
                for line in lines
            ]
        )

        def count(targets, figure):
            edits = [self._edit(target, [figure] * 12) for target in targets]
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.assertFalse(self._set(self.director, *edits))
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        count(parts[:2], 3.0)
        few = count(parts[:3], 5.0)
        self.assertLessEqual(count(parts, 7.0), few + 4)
