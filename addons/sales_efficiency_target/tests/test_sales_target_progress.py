# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from freezegun import freeze_time

from odoo.tests import tagged

from .common import SalesTargetCommon


@tagged("post_install", "-at_install")
class TestSalesTargetProgress(SalesTargetCommon):
    """People, teams and regions show the progress of their targets."""

    @classmethod
    @freeze_time("2026-07-01 12:00:00")
    def setUpClass(cls):
        super().setUpClass()
        cls.region_target = cls._create_target(
            parent_id=cls.root.id, region_id=cls.region_north.id, amount=1_200_000
        )
        cls.team_target = cls._create_target(
            parent_id=cls.region_target.id, team_id=cls.team_field.id, amount=600_000
        )
        cls.own = cls._create_target(
            parent_id=cls.team_target.id, user_id=cls.salesperson.id, amount=120_000
        )
        cls.line = cls._create_target(
            parent_id=cls.own.id,
            user_id=cls.salesperson.id,
            categ_id=cls.category.id,
            amount=12_000,
        )
        cls.plan.target_ids.gap_reason = "Test"
        cls.plan.action_submit()
        cls.plan.action_start()
        cls._create_history(
            (
                date(2026, 6, 1),
                35_000,
                {
                    "user_id": cls.salesperson.id,
                    "team_id": cls.team_field.id,
                    "region_id": cls.region_north.id,
                },
            )
        )
        cls.env["sales.target.result"]._refresh(cls.plan.target_ids)

    def test_each_shows_the_attainment_of_its_own_target(self):
        # For the seven months begun so far
        for record, attainment in (
            (self.salesperson, 50),
            (self.team_field, 10),
            (self.region_north, 5),
        ):
            record = record.with_user(self.director)
            self.assertEqual(record.sales_target_attainment, attainment, record.name)
            self.assertTrue(record.sales_target_count)
        self.assertFalse(self.team_other.sales_target_count)

    def test_an_employee_shows_that_of_the_user(self):
        employee = self.env["hr.employee"].create({"user_id": self.salesperson.id})
        self.director.group_ids += self.env.ref("hr.group_hr_user")
        employee = employee.with_user(self.director)
        self.assertEqual(employee.sales_target_attainment, 50)
        action = employee.action_open_sales_results()
        results = self.env["sales.target.result"].search(action["domain"])
        self.assertEqual(results.target_id, self.own + self.line)

    def test_who_may_not_see_the_target_sees_none(self):
        team = self.team_field.with_user(self.outsider)
        self.assertFalse(team.sales_target_count)
        officer = self._create_user("salesperson", login="officer")
        officer.group_ids = self.env.ref("hr.group_hr_user")
        employee = self.env["hr.employee"].create({"user_id": self.salesperson.id})
        self.assertFalse(employee.with_user(officer).sales_target_count)

    def test_the_number_of_queries_is_not_that_of_people(self):
        users = self.salesperson + self.colleague + self.outsider + self.leader

        def count(some):
            self.env.invalidate_all()
            some = some.with_user(self.director)
            some.mapped("name")
            before = self.env.cr.sql_log_count
            some.mapped("sales_target_attainment")
            return self.env.cr.sql_log_count - before

        count(users)  # fills the caches
        self.assertEqual(count(users), count(self.salesperson))

    def test_a_target_shows_how_far_it_is(self):
        target = self.own.with_user(self.salesperson)
        self.assertEqual((target.actual, target.attainment), (35_000, 50))
        self.assertEqual(target.status, "behind")
        # For the same period, on the same card: 35,000 ÷ 70,000 is 50 %
        self.assertEqual((target.amount_to_date, target.amount), (70_000, 120_000))
        self.assertEqual(target.original_to_date, 70_000)
