# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date
from unittest.mock import patch

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, freeze_time, tagged

from ..engine import month_computation
from .ledger_common import IncentiveLedgerCommon


class IncentivePoolCommon(IncentiveLedgerCommon):
    """The field team has a target of 1,000 a month, and four members."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.quota = cls._create_target(
            parent_id=cls.root.id, team_id=cls.team_field.id, amount=12_000
        )
        cls.quota.month_ids.amount = 1000
        cls._start()
        cls.people = cls.env["res.users"].browse()
        for number in range(4):
            cls.people += cls._create_user("salesperson", login=f"pool_{number}")
        members = cls.env["crm.team.member"]
        members.search([("crm_team_id", "=", cls.team_field.id)]).unlink()
        cls.members = members.create(
            [
                {"crm_team_id": cls.team_field.id, "user_id": person.id}
                for person in cls.people
            ]
        )

    @classmethod
    def _compute(cls):
        cls.env["sales.mart"]._refresh()
        cls.env["sales.target.result"]._refresh_running()
        return super()._compute()

    @classmethod
    def _start_pool(cls, people, *tiers, date_from=date(2026, 1, 1), **rule):
        """Approve a plan with a pool of the field team.

        :return: the assignments of the people
        """
        plan = cls.env["sales.incentive.plan"].create(
            {"name": "Team Spirit", "company_id": cls.company.id}
        )
        cls._put_into_effect(
            plan,
            date_from,
            **{
                "name": "Pool",
                "kind": "pool",
                "metric_id": False,
                "target_metric_id": cls.ordered.id,
                "team_id": cls.team_field.id,
                "tier_ids": cls._tiers(*tiers),
                **rule,
            },
        )
        return cls.env["sales.incentive.assignment"].create(
            [
                {"plan_id": plan.id, "user_id": person.id, "date_from": date_from}
                for person in people
            ]
        )

    @classmethod
    def _sell_by(cls, person, quantity, day, **values):
        return cls._sell(
            quantity, day, user=person, team_id=cls.team_field.id, **values
        )

    def _get_shares(self, month, assignments):
        """Return what each assignment gets in a month."""
        return [self._get_paid(month, assignment) for assignment in assignments]

    def _get_exceptions(self, month):
        return (
            self.env["sales.incentive.exception"]
            .search([("period_id", "=", self._period(month).id)])
            .mapped("code")
        )


@tagged("post_install", "-at_install")
@freeze_time("2026-04-15 12:00:00")
class TestSalesIncentivePool(IncentivePoolCommon):
    """Pools of teams (policy 4.4.3)."""

    # ------------------------------------------------------------------
    # What a pool holds
    # ------------------------------------------------------------------

    def test_ten_for_four_are_two_and_a_half_each(self):
        team = self._start_pool(self.people, (0, 0), (100, 10))
        self._sell_by(self.people[0], 10, "2026-01-03")
        self._compute()
        self.assertEqual(self._get_shares(1, team), [2.5] * 4)
        self.assertEqual(self._get_shares(2, team), [0] * 4)

    def test_sales_support_shares_the_pool_of_the_team_served(self):
        support = self._create_support(self.team_field)
        team = self._start_pool(self.people + support, (0, 0), (100, 10))
        self._sell_by(self.people[0], 10, "2026-01-03")
        self._compute()
        self.assertEqual(self._get_shares(1, team), [2] * 5)

    def test_who_begins_to_serve_shares_from_then_on(self):
        support = self._create_user("support")
        team = self._start_pool(self.people + support, (0, 0), (100, 10))
        self._sell_by(self.people[0], 10, "2026-01-03")
        self._compute()
        self.assertEqual(self._get_shares(1, team), [2.5] * 4 + [0])
        self.team_other.sales_support_ids = support
        self._compute()
        self.assertEqual(self._get_shares(1, team), [2.5] * 4 + [0])
        self.team_field.sales_support_ids = support
        self._compute()
        self.assertEqual(self._get_shares(1, team), [2] * 5)

    def test_a_hundred_for_three_adds_up_and_the_cent_goes_to_the_lower_id(self):
        team = self._start_pool(self.people[:3], (0, 0), (100, 100))
        self._sell_by(self.people[0], 10, "2026-01-03")
        self._compute()
        self.assertEqual(self._get_shares(1, team), [33.34, 33.33, 33.33])

    def test_an_entry_explains_itself(self):
        team = self._start_pool(self.people, (0, 0), (100, 10))
        self._sell_by(self.people[0], 11, "2026-01-03")
        self._compute()
        entry = self.entries.search([("assignment_id", "=", team[0].id)])
        self.assertRecordValues(
            entry,
            [{"kind": "earning", "amount": 2.5, "target": 1000, "actual": 1100}],
        )
        text = entry.with_user(self.people[0]).explanation.replace("\xa0", " ")
        for part in (self.team_field.name, "$ 10.00", "110 %", "Equally", "25 %"):
            self.assertIn(part, text)

    def test_a_share_of_the_excess_over_the_target(self):
        team = self._start_pool(self.people[:2], (0, 0), (100, 10), pool_basis="excess")
        self._sell_by(self.people[0], 15, "2026-01-03")
        self._sell_by(self.people[0], 9.99, "2026-02-03")
        self._compute()
        # 10 % of 500
        self.assertEqual(self._get_shares(1, team), [25, 25])
        self.assertEqual(self._get_shares(2, team), [0, 0])

    def test_a_share_of_what_the_team_sells_without_imported_history(self):
        team = self._start_pool(
            self.people[:2],
            (0, 1),
            (100, 2),
            pool_basis="base",
            metric_id=self.ordered.id,
        )
        self._sell_by(self.people[0], 10, "2026-01-03")
        self._sell(50, "2026-01-04", user=self.outsider, team_id=self.team_other.id)
        values = {"user_id": self.people[0].id, "team_id": self.team_field.id}
        self._create_history(("2026-01-05", 500, values))
        self._compute()
        self.assertEqual(self._get_shares(1, team), [10, 10])

    def test_a_quarter_is_shared_in_its_last_month(self):
        team = self._start_pool(self.people[:2], (0, 0), (100, 300), interval="quarter")
        self._sell_by(self.people[0], 30, "2026-01-03")
        self._compute()
        self.assertEqual(self._get_shares(1, team), [0, 0])
        self.assertEqual(self._get_shares(3, team), [150, 150])

    # ------------------------------------------------------------------
    # How it is shared
    # ------------------------------------------------------------------

    def test_by_own_sales_within_the_team(self):
        team = self._start_pool(
            self.people[:3],
            (0, 0),
            (100, 100),
            pool_split="contribution",
            metric_id=self.ordered.id,
        )
        self._sell_by(self.people[0], 9, "2026-01-03")
        self._sell_by(self.people[1], 3, "2026-01-03")
        self._sell(50, "2026-01-04", user=self.people[1], team_id=self.team_other.id)
        self._compute()
        self.assertEqual(self._get_shares(1, team), [75, 25, 0])

    def test_by_target_incentive(self):
        team = self._start_pool(
            self.people[:2], (0, 0), (100, 100), pool_split="incentive"
        )
        team[0].target_incentive, team[1].target_incentive = 3000, 1000
        self._sell_by(self.people[0], 10, "2026-01-03")
        self._compute()
        self.assertEqual(self._get_shares(1, team), [75, 25])

    def test_joiners_and_leavers_share_by_their_days(self):
        team = self._start_pool(self.people[:3], (0, 0), (100, 120), interval="quarter")
        # 45 days, 90 days, 45 days of the quarter
        team[0].date_to = date(2026, 2, 14)
        team[2].date_from = date(2026, 2, 15)
        self.members[0].active = False
        self._sell_by(self.people[1], 30, "2026-01-03")
        self._compute()
        self.assertEqual(self._get_shares(3, team), [30, 60, 30])

    def test_only_members_of_the_team_and_of_teams_below_share(self):
        below = self.env["crm.team"].create(
            {
                "name": "Below",
                "company_id": self.company.id,
                "parent_id": self.team_field.id,
            }
        )
        self.members[1].crm_team_id = below
        self.members[2].crm_team_id = self.team_other
        team = self._start_pool(self.people[:3], (0, 0), (100, 100))
        self._sell_by(self.people[0], 10, "2026-01-03")
        self._compute()
        self.assertEqual(self._get_shares(1, team), [50, 50, 0])

    def test_a_pool_without_anybody_in_the_team_is_an_exception(self):
        self._start_pool(self.outsider, (0, 0), (100, 100))
        self._sell_by(self.people[0], 10, "2026-01-03")
        self._compute()
        self.assertFalse(self.entries.search([]))
        self.assertEqual(self._get_exceptions(1), ["no_members"])

    def test_a_team_without_a_target_is_one_exception(self):
        self._start_pool(
            self.people, (0, 0), (100, 100), target_metric_id=self.quantity.id
        )
        self._sell_by(self.people[0], 10, "2026-01-03")
        self._compute()
        self.assertFalse(self.entries.search([]))
        self.assertEqual(self._get_exceptions(1), ["no_target"])
        self._compute()
        self.assertEqual(self._get_exceptions(1), ["no_target"])

    # ------------------------------------------------------------------
    # Changes
    # ------------------------------------------------------------------

    def test_a_correction_after_the_lock_is_shared_among_the_same_people_once(self):
        team = self._start_pool(self.people[:3], (0, 0), (100, 10), pool_basis="excess")
        self._sell_by(self.people[0], 10, "2026-01-03")
        order = self._sell_by(self.people[0], 10, "2026-01-04")
        self._lock(1)
        self.assertEqual(self._get_shares(1, team), [33.34, 33.33, 33.33])
        # Nobody who has moved since shares what is corrected.
        self.members[2].crm_team_id = self.team_other
        order.order_line.product_uom_qty = 4
        self._compute()
        self.assertEqual(self._get_entries(1, team[1]), [("earning", "payable", 33.33)])
        for assignment in team:
            self.assertEqual(
                self._get_entries(2, assignment)[0], ("true_up", "payable", -20)
            )
        entry = self.entries.search(
            [("assignment_id", "=", team[1].id), ("month", "=", "2026-02-01")], limit=1
        )
        self.assertEqual(entry.origin, date(2026, 1, 1))
        self._lock(2)
        self._compute()
        self.assertFalse(self._get_entries(3, team[1]))

    def test_a_correction_of_own_sales_moves_the_shares(self):
        team = self._start_pool(
            self.people[:2],
            (0, 0),
            (50, 100),
            pool_split="contribution",
            metric_id=self.ordered.id,
        )
        order = self._sell_by(self.people[0], 6, "2026-01-03")
        self._sell_by(self.people[1], 2, "2026-01-03")
        self._lock(1)
        self.assertEqual(self._get_shares(1, team), [75, 25])
        order.user_id = self.people[1]
        self._compute()
        self.assertEqual(self._get_entries(2, team[0])[0][2], -75)
        self.assertEqual(self._get_entries(2, team[1])[0][2], 75)

    def test_shares_add_up_whoever_is_computed_together(self):
        team = self._start_pool(self.people[:3], (0, 0), (100, 100))
        self._sell_by(self.people[0], 10, "2026-01-03")
        with patch.object(month_computation, "BATCH", 1):
            self._compute()
        self.assertEqual(self._get_shares(1, team), [33.34, 33.33, 33.33])

    def test_a_retroactive_version_of_a_pool_is_booked_once(self):
        team = self._start_pool(self.people[:2], (0, 0), (100, 100))
        self._sell_by(self.people[0], 10, "2026-01-03")
        self._lock(1)
        self._put_into_effect(
            team.plan_id,
            date(2026, 1, 1),
            tier_ids=[Command.clear(), *self._tiers((0, 0), (100, 140))],
        )
        self._compute()
        self.assertEqual(self._get_shares(2, team), [20, 20])
        self._compute()
        self.assertEqual(self._get_shares(2, team), [20, 20])
        self._lock(2)
        self._compute()
        self.assertEqual(self._get_shares(3, team), [0, 0])

    def test_one_person_computed_again_moves_the_shares_of_all(self):
        team = self._start_pool(
            self.people[:2], (0, 0), (100, 100), pool_split="incentive"
        )
        team.target_incentive = 1000
        self._sell_by(self.people[0], 10, "2026-01-03")
        self._compute()
        self.assertEqual(self._get_shares(1, team), [50, 50])
        team[0].target_incentive = 3000
        self.periods._get_following()._compute_entries(team[0])
        self.assertEqual(self._get_shares(1, team), [75, 25])

    def test_a_sale_of_a_colleague_without_a_plan_fills_the_pool(self):
        team = self._start_pool(self.people[:2], (0, 0), (100, 10), pool_basis="excess")
        self._sell_by(self.people[0], 10, "2026-01-03")
        self._compute()
        self._sell_by(self.people[3], 10, "2026-01-04")
        self._compute()
        self.assertEqual(self._get_shares(1, team), [50, 50])

    def test_who_joins_the_team_shares_at_once(self):
        team = self._start_pool(self.people[:2] + self.outsider, (0, 0), (100, 90))
        self._sell_by(self.people[0], 10, "2026-01-03")
        self._compute()
        self.assertEqual(self._get_shares(1, team), [45, 45, 0])
        self.env["crm.team.member"].search([("user_id", "=", self.outsider.id)]).write(
            {"crm_team_id": self.team_field.id}
        )
        self._compute()
        self.assertEqual(self._get_shares(1, team), [30, 30, 30])

    def test_a_second_run_changes_nothing(self):
        self._start_pool(self.people[:3], (0, 0), (100, 100))
        self._sell_by(self.people[0], 10, "2026-01-03")
        self._compute()
        pools = self.env["sales.incentive.pool"]
        before = (self.entries.search([]).ids, pools.search([]).ids)
        self.periods._get_following()._compute_entries()
        after = (self.entries.search([]).ids, pools.search([]).ids)
        self.assertEqual(after, before)

    def test_the_number_of_queries_does_not_depend_on_that_of_pools(self):
        self._start_pool(self.people[:2], (0, 0), (100, 100))
        self._sell_by(self.people[0], 10, "2026-01-03")
        self._compute()
        period = self._period(1)
        counts = []
        for _number in range(2):
            self.env.invalidate_all()
            start = self.env.cr.sql_log_count
            period._compute_entries()
            counts.append(self.env.cr.sql_log_count - start)
            for split in ("equal", "incentive", "equal"):
                self._start_pool(self.people, (0, 0), (100, 100), pool_split=split)
            self._compute()
        self.assertLessEqual(counts[1], counts[0])

    def test_a_pool_beside_a_commission_keeps_both(self):
        team = self._start_pool(self.people[:1], (0, 0), (100, 100))
        other = self._start_plan(self.people[0])
        self._sell_by(self.people[0], 10, "2026-01-03")
        self._compute()
        self.assertEqual(self._get_shares(1, team + other), [100, 100])


@tagged("post_install", "-at_install")
@freeze_time("2026-04-15 12:00:00")
class TestSalesIncentivePoolDivision(IncentivePoolCommon):
    """Pools that are shared by hand."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.team = cls._start_pool(
            cls.people[:2], (0, 0), (100, 100), pool_split="hand"
        )
        cls.pool = cls.team.plan_id.version_ids.rule_ids
        cls._sell_by(cls.people[0], 10, "2026-04-03")

    def _divide(self, *shares):
        form = Form(self.env["sales.incentive.pool.division"].with_user(self.officer))
        form.rule_id = self.pool
        for number, share in enumerate(shares):
            with form.share_ids.edit(number) as line:
                line.share = share
        return form.save()

    def test_the_officer_says_who_gets_how_much(self):
        self._compute()
        self.assertIn("no_shares", self._get_exceptions(4))
        division = self._divide(70, 30)
        self.assertEqual(division.share_ids.assignment_id, self.team)
        self.assertEqual(division.interval_start, date(2026, 4, 1))
        self._compute()
        self.assertEqual(self._get_shares(4, self.team), [70, 30])
        self.assertNotIn("no_shares", self._get_exceptions(4))
        with Form(division) as form:
            for number, share in enumerate((60, 40)):
                with form.share_ids.edit(number) as line:
                    line.share = share
        self._compute()
        self.assertEqual(self._get_shares(4, self.team), [60, 40])

    def test_shares_are_a_hundred_percent(self):
        with self.assertRaises(ValidationError):
            self._divide(70, 40)
        division = self._divide(70, 30)
        with self.assertRaises(ValidationError):
            division.share_ids[0].share = 60
        with self.assertRaises(ValidationError):
            division.share_ids[0].unlink()

    def test_nobody_decides_on_their_own_share(self):
        division = self._divide(70, 30)
        officer = self.env.ref("sales_efficiency_incentive.group_incentive_officer")
        self.people[0].group_ids += officer
        with self.assertRaises(UserError):
            division.with_user(self.people[0]).write(
                {"share_ids": [Command.update(division.share_ids[0].id, {"share": 70})]}
            )

    def test_shares_of_a_locked_month_stay(self):
        division = self._divide(70, 30)
        with freeze_time("2026-05-02 12:00:00"):
            self._lock(1, 2, 3, 4)
            with self.assertRaises(UserError):
                division.share_ids[0].share = 70
            with self.assertRaises(UserError):
                division.unlink()

    def test_salespeople_and_leaders_do_not_see_shares(self):
        division = self._divide(70, 30)
        for user in (self.people[0], self.leader):
            with self.assertRaises(AccessError):
                division.with_user(user).read(["rule_id"])
            with self.assertRaises(AccessError):
                division.share_ids.with_user(user).read(["share"])

    def test_people_see_their_own_share_of_a_pool_alone(self):
        self._divide(70, 30)
        self._compute()
        pools = self.env["sales.incentive.pool"]
        own = pools.with_user(self.people[0]).search([])
        self.assertEqual(own.assignment_id, self.team[0])
        self.assertFalse(pools.with_user(self.leader).search([]))
        self.assertEqual(len(pools.with_user(self.finance).search([])), 2)


@tagged("post_install", "-at_install")
class TestSalesIncentivePoolRule(IncentivePoolCommon):
    """Terms of pools."""

    def _create_pool(self, **values):
        return self.env["sales.incentive.rule"].create(
            {
                "version_id": self.version.id,
                "name": "Pool",
                "kind": "pool",
                "target_metric_id": self.ordered.id,
                "team_id": self.team_field.id,
                "tier_ids": self._tiers((0, 0), (100, 2)),
                **values,
            }
        )

    def test_a_pool_goes_by_the_attainment_and_pays_all_at_one_rate(self):
        rule = self._create_pool()
        self.assertEqual((rule.rate_by, rule.rate_mode), ("attainment", "whole"))
        self.assertEqual(rule.unit_of_rate, "currency")
        rule.pool_basis = "excess"
        self.assertEqual(rule.unit_of_rate, "percent")
        self.assertIn("2 %", rule.summary.replace("\xa0", " "))

    def test_a_share_of_sales_needs_a_sum_of_money(self):
        for values in (
            {"pool_basis": "base"},
            {"pool_split": "contribution"},
            {"pool_basis": "base", "metric_id": self.quantity.id},
            {"pool_basis": "excess", "target_metric_id": self.quantity.id},
            {"condition_attainment": 80},
            {"target_metric_id": False},
            {"tier_ids": self._tiers((80, 2))},
        ):
            with self.subTest(values), self.assertRaises(ValidationError):
                self._create_pool(**values)

    def test_the_calculator_says_what_all_share(self):
        rule = self._create_pool(pool_basis="excess")
        with Form(rule) as form:
            form.trial_base, form.trial_target = 520_000, 500_000
            self.assertEqual(form.trial_earned, 400)

    def test_the_letter_tells_how_a_pool_is_shared(self):
        self._create_pool()
        self._approve()
        text = str(self._letters().terms)
        self.assertIn("Equally", text)
        self.assertIn("Fixed sums", text)
        self.assertIn(self.team_field.name, text)
