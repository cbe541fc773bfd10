# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from ast import literal_eval
from datetime import date

from lxml import etree
from psycopg2.errors import CheckViolation, UniqueViolation

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Domain
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .common import SalesTargetCommon


@tagged("post_install", "-at_install")
class TestSalesTarget(SalesTargetCommon):
    # Months

    def test_an_import_finds_what_a_target_is_part_of_by_its_name_in_lists(self):
        other = self.env["sales.target.plan"].create({"date_from": date(2025, 1, 1)})
        self._create_target(plan_id=other.id, amount=5)
        other.action_submit()
        north = self._create_target(
            parent_id=self.root.id,
            region_id=self.region_north.id,
            categ_id=self.category.id,
        )
        targets = self.env["sales.target"].with_user(self.director)
        targets = targets.with_context(import_file=True)
        names = ["plan_id/.id", "metric_id/.id", "parent_id", "user_id/.id", "amount"]
        names += ["region_id/.id", "categ_id/.id"]
        for above, place, person in (
            (self.root, [self.region_south.id, ""], self.outsider),
            (north, [self.region_north.id, self.category.id], self.salesperson),
        ):
            for name in (above.display_name, above.tree_name):
                row = [self.plan.id, self.ordered.id, name, person.id, "10", *place]
                with self.subTest(name):
                    answer = targets.load(names, [row])
                    self.assertFalse(answer["messages"])
                    made = targets.browse(answer["ids"])
                    self.assertEqual(made.parent_id, above)
                    made.unlink()

    def test_a_year_has_its_twelve_months_in_equal_parts(self):
        self.assertEqual(self._amounts(self.root), [100_000] * 12)
        self.root.amount = 100
        self.assertEqual(self._amounts(self.root), [8.34] * 4 + [8.33] * 8)
        self.assertEqual(self.root.amount, 100)

    def test_months_follow_last_year_with_its_history(self):
        self._create_history(
            (date(2025, 2, 10), 300, {"region_id": self.region_north.id}),
            (date(2025, 12, 31), 100, {"region_id": self.region_north.id}),
            (date(2025, 6, 1), 900, {"region_id": self.region_south.id}),
        )
        target = self._create_target(
            parent_id=self.root.id,
            region_id=self.region_north.id,
            amount=1000,
            spread="seasonality",
        )
        self.assertEqual(self._amounts(target), [0, 750] + [0] * 9 + [250])

    def test_without_last_year_months_are_equal(self):
        target = self._create_target(
            parent_id=self.root.id, user_id=self.salesperson.id, spread="seasonality"
        )
        target.amount = 12
        self.assertEqual(self._amounts(target), [1] * 12)

    def test_a_month_set_by_hand_changes_the_year_and_stays(self):
        form = Form(self.root.with_user(self.director))
        with form.month_ids.edit(0) as line:
            line.amount = 50_000
        form.save()
        self.assertEqual(self.root.amount, 1_150_000)
        self.assertEqual(self.root.spread, "manual")
        self.root.amount = 2_300_000
        self.assertEqual(self._amounts(self.root), [100_000] + [200_000] * 11)

    def test_a_rate_is_the_same_in_each_month(self):
        rate = self._create_target(metric_id=self.margin_rate.id, amount=30)
        self.assertEqual(self._amounts(rate), [30] * 12)
        self.assertEqual(rate.amount, 30)

    def test_levels_follow_the_plan_and_can_be_set(self):
        self.assertEqual(self.root.base_amount, 960_000)
        self.assertEqual(self.root.challenge_amount, 1_440_000)
        self.root.challenge_amount = 1_500_000
        self.assertEqual(self.root.challenge_amount, 1_500_000)

    def test_a_fiscal_year_from_april_has_its_months(self):
        plan = self.env["sales.target.plan"].create({"date_from": date(2027, 4, 1)})
        target = self.env["sales.target"].create({"plan_id": plan.id, "amount": 12})
        months = target.month_ids.sorted("month").mapped("month")
        self.assertEqual((months[0], months[-1]), (date(2027, 4, 1), date(2028, 3, 1)))

    # Tree

    def test_assigned_share_of_the_whole(self):
        self.root.amount = 100_000_000
        for region, amount in (
            (self.region_north, 31_000_000),
            (self.region_south, 20_000_000),
        ):
            self._create_target(
                parent_id=self.root.id, region_id=region.id, amount=amount
            )
        self.assertEqual(self.root.assigned_percent, 51)
        self.assertEqual(self.root.gap, -49_000_000)
        self.assertTrue(self.root.is_gap_open)
        self.root.gap_reason = "Reserve for the new product line"
        self.assertFalse(self.root.is_gap_open)

    def test_each_breakdown_adds_up_beside_the_others(self):
        self._create_target(
            parent_id=self.root.id, region_id=self.region_world.id, amount=1_200_000
        )
        self.assertFalse(self.root.is_gap_open)
        line = self._create_target(
            parent_id=self.root.id, categ_id=self.category.id, amount=1_000_000
        )
        self.assertEqual(line.breakdown, "product")
        self.assertEqual(self.root.gap, -200_000)
        self.assertTrue(self.root.is_gap_open)

    def test_a_gap_within_the_tolerance_is_no_gap(self):
        self.company.sales_target_tolerance = 1
        part = self._create_target(
            parent_id=self.root.id, region_id=self.region_world.id, amount=1_188_000
        )
        self.assertFalse(self.root.is_gap_open)
        part.amount = 1_187_999
        self.assertTrue(self.root.is_gap_open)

    def test_rates_do_not_add_up(self):
        rate = self._create_target(metric_id=self.margin_rate.id, amount=30)
        self._create_target(
            metric_id=self.margin_rate.id,
            parent_id=rate.id,
            user_id=self.salesperson.id,
            amount=20,
        )
        self.assertFalse(rate.gap)
        self.assertFalse(rate.is_gap_open)

    def test_a_part_lies_inside_its_parent(self):
        north = self._create_target(
            parent_id=self.root.id, region_id=self.region_north.id
        )
        # The team's region is North, and the salesperson belongs to the team.
        team = self._create_target(parent_id=north.id, team_id=self.team_field.id)
        self._create_target(parent_id=team.id, user_id=self.salesperson.id)
        for values in (
            {"parent_id": north.id, "region_id": self.region_south.id},
            {"parent_id": north.id, "team_id": self.team_other.id},
            {"parent_id": team.id, "user_id": self.outsider.id},
        ):
            with self.assertRaisesRegex(ValidationError, "is outside the scope of"):
                self._create_target(**values)
        with self.assertRaisesRegex(ValidationError, "same scope as its parent"):
            north.region_id = False

    def test_a_part_has_the_plan_and_metric_of_its_parent(self):
        with self.assertRaisesRegex(ValidationError, "same plan and metric"):
            self._create_target(
                parent_id=self.root.id,
                metric_id=self.quantity.id,
                user_id=self.salesperson.id,
            )

    def test_a_target_is_no_part_of_itself(self):
        north = self._create_target(
            parent_id=self.root.id, region_id=self.region_north.id
        )
        with self.assertRaisesRegex(ValidationError, "become its own parent"):
            self.root.parent_id = north

    def test_the_place_in_the_tree_is_known_at_once_and_follows_the_parent(self):
        north = self._create_target(
            parent_id=self.root.id,
            region_id=self.region_north.id,
            child_ids=[
                Command.create(
                    {
                        "plan_id": self.plan.id,
                        "metric_id": self.ordered.id,
                        "team_id": self.team_field.id,
                    }
                )
            ],
        )
        team = north.child_ids
        person = self._create_target(parent_id=team.id, user_id=self.salesperson.id)
        targets = self.root + north + team + person
        self.assertEqual(targets.mapped("level"), [0, 1, 2, 3])
        self.env.invalidate_all()
        path = [f"{id_}/" for id_ in targets.ids]
        self.assertEqual(
            targets.mapped("parent_path"), ["".join(path[:n]) for n in (1, 2, 3, 4)]
        )
        below = targets.search([("id", "child_of", team.id)])
        self.assertEqual(below, team + person)
        team.parent_id = self.root
        self.assertEqual(targets.mapped("level"), [0, 1, 1, 2])
        self.assertEqual(person.parent_path, path[0] + path[2] + path[3])
        self.assertEqual(targets.search([("id", "child_of", north.id)]), north)

    def test_a_second_target_of_the_same_scope_is_refused(self):
        with self.assertRaises(UniqueViolation), mute_logger("odoo.sql_db"):
            self._create_target(amount=5)

    def test_somebody_of_another_company_gets_no_target(self):
        other = self.env["res.company"].create({"name": "Test Elsewhere"})
        self.outsider.write(
            {"company_ids": [Command.set(other.ids)], "company_id": other.id}
        )
        with self.assertRaisesRegex(ValidationError, "has no access to"):
            self._create_target(user_id=self.outsider.id, amount=1)

    def test_what_is_asked_of_a_team_is_decided_above_it(self):
        team = self._create_target(
            parent_id=self.root.id, team_id=self.team_department.id, amount=1000
        )
        part = self._create_target(
            parent_id=team.id,
            team_id=self.team_field.id,
            user_id=self.salesperson.id,
            amount=400,
        )
        own = team.with_user(self.leader)
        line = self.category.copy()
        free = self._create_target(
            team_id=self.team_field.id, categ_id=self.category.id, amount=1
        ).with_user(self.leader)
        self.assertTrue(own.is_decided_above)
        self.assertFalse(team.with_user(self.director).is_decided_above)
        for change in (
            lambda: own.write({"amount": 10}),
            lambda: own.month_ids[0].write({"amount": 10}),
            lambda: own.write({"spread": "last_year"}),
            lambda: own.write({"parent_id": False}),
            own.unlink,
        ):
            with self.assertRaisesRegex(
                AccessError, "is set by the person responsible for"
            ):
                change()
        for change in (
            lambda: free.write({"parent_id": self.root.id}),
            lambda: free.copy({"parent_id": self.root.id, "categ_id": line.id}),
        ):
            with self.assertRaises(AccessError):
                change()
        own.gap_reason = "Reserve for newcomers"
        part.with_user(self.leader).amount = 500
        team.with_user(self.director).amount = 900
        self.assertEqual((team.amount, part.amount), (900, 500))

    def test_negative_figures_are_refused(self):
        for record, field in (
            (self.root, "amount"),
            (self.root, "base_amount"),
            (self.root.month_ids[0], "amount"),
        ):
            with (
                self.assertRaises(CheckViolation),
                mute_logger("odoo.sql_db"),
                self.env.cr.savepoint(),
            ):
                record[field] = -1
                self.env.flush_all()

    def test_a_month_outside_the_plan_is_refused(self):
        for month in (date(2027, 1, 1), date(2026, 1, 2)):
            with self.assertRaisesRegex(ValidationError, "not a month of"):
                self.root.month_ids = [Command.create({"month": month, "amount": 1})]

    def test_months_are_not_deleted_one_by_one(self):
        with self.assertRaisesRegex(UserError, "all months"):
            self.root.month_ids[0].unlink()
        self.root.unlink()

    # Analysis

    def test_the_analysis_adds_up_what_adds_up(self):
        report = self.env["sales.target.report"]

        def total(*domain, groupby=()):
            domain = [("plan_id", "=", self.plan.id), *domain]
            return report._read_group(domain, groupby, ["amount:sum"])

        rate = self._create_target(metric_id=self.margin_rate.id, amount=30)
        self._create_target(
            metric_id=self.margin_rate.id, user_id=self.salesperson.id, amount=40
        )
        self.env.flush_all()
        self.assertEqual(total(("target_id", "=", self.root.id)), [(1_200_000,)])
        self.assertEqual(total(("target_id", "=", rate.id)), [(30,)])
        self.assertEqual(
            dict(total(groupby=["metric_id"])),
            {self.ordered: 1_200_000, self.margin_rate: False},
        )
        self.assertEqual(total(), [(False,)])

    def test_the_analysis_opens_with_the_highest_targets_that_one_sees(self):
        team = self._create_target(parent_id=self.root.id, team_id=self.team_field.id)
        mine = self._create_target(parent_id=team.id, user_id=self.salesperson.id)
        action = self.env.ref("sales_efficiency_target.sales_target_report_action")
        self.assertIn("search_default_top", action.context)
        for user, seen in (
            (self.salesperson, mine),
            (self.leader, team),
            (self.director, self.root),
        ):
            report = self.env["sales.target.report"].with_user(user)
            arch = report.get_view(view_type="search")["arch"]
            [top] = etree.fromstring(arch).xpath("//filter[@name='top']")
            domain = Domain(literal_eval(top.get("domain")))
            rows = report.search(domain & Domain("plan_id", "=", self.plan.id))
            self.assertEqual(rows.target_id, seen, user.name)

    # Names and rights

    def test_a_target_is_found_by_its_scope(self):
        target = self._create_target(
            parent_id=self.root.id, user_id=self.salesperson.id
        )
        found = self.env["sales.target"].name_search("Test Salesperson")
        self.assertEqual([row[0] for row in found], target.ids)
        self.assertIn(self.ordered.name, target.display_name)

    def test_each_role_sees_its_part(self):
        team = self._create_target(parent_id=self.root.id, team_id=self.team_field.id)
        mine = self._create_target(parent_id=team.id, user_id=self.salesperson.id)
        colleague = self._create_target(parent_id=team.id, user_id=self.colleague.id)
        other = self._create_target(parent_id=self.root.id, user_id=self.outsider.id)
        every = self.root + team + mine + colleague + other
        for user, seen in (
            (self.salesperson, mine),
            (self.leader, team + mine + colleague),
            (self.director, every),
        ):
            targets = every.with_user(user)._filtered_access("read")
            self.assertEqual(targets, seen, user.name)
            months = self.env["sales.target.month"].with_user(user)
            self.assertEqual(
                months.search([("target_id", "in", every.ids)]).target_id, seen
            )
            report = self.env["sales.target.report"].with_user(user)
            self.assertEqual(
                report.search([("target_id", "in", every.ids)]).target_id, seen
            )
        with self.assertRaises(AccessError):
            mine.with_user(self.salesperson).amount = 1
        colleague.with_user(self.leader).amount = 1
        # The names of parent targets are shown, but not their figures.
        form = mine.with_user(self.salesperson).web_read(
            {"parent_id": {"fields": {"display_name": {}}}}
        )
        self.assertEqual(form[0]["parent_id"]["display_name"], team.display_name)
