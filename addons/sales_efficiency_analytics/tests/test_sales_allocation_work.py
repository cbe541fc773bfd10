# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import doctest

from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged

from ..engine.allocation import WorkingHours, pair_values, staffing, target_shift
from ..engine.methods import allocation as method
from .allocation_common import AllocationCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-10-15 12:00:00")
class TestSalesAllocationWork(AllocationCommon):
    """How much work customers are, what they are worth, and who may serve them."""

    def test_examples(self):
        for module in (method, pair_values, staffing, target_shift):
            self.assertFalse(doctest.testmod(module).failed, module.__name__)

    # Work and value

    def test_contacts_follow_the_service_policy(self):
        grade = self.env["sales.grade"].create({"name": "A+", "threshold": 90})
        self.env["sales.service.policy"].create(
            {"grade_id": grade.id, "contact_days": 10}
        )
        self.customers["A"].with_company(self.company).sudo().sales_grade_id = grade
        allocation = self._create_allocation(contact_days=46, contact_hours=2)
        self._calculate(allocation)
        lines = {line.partner_id: line for line in allocation.line_ids}
        # November to January: 92 days
        self.assertEqual(lines[self.customers["A"]].contact_count, 9.2)
        self.assertEqual(lines[self.customers["A"]].hours, 18.4)
        self.assertEqual(lines[self.customers["B"]].contact_count, 2)

    def test_value_is_potential_and_weighted_pipeline(self):
        self.env["crm.lead"].create(
            {
                "name": "Large",
                "type": "opportunity",
                "partner_id": self.customers["A"].id,
                "expected_revenue": 1000,
                "probability": 40,
                "company_id": self.company.id,
            }
        )
        allocation = self._create_allocation()
        self._calculate(allocation)
        line = allocation.line_ids.filtered(
            lambda line: line.partner_id == self.customers["A"]
        )
        self.assertRecordValues(
            line, [{"potential": 10, "pipeline": 400, "value": 410}]
        )

    def test_orders_stand_for_a_potential_nobody_has_noted(self):
        customer = self.customers["A"]
        self.env["sales.customer.file"].search(
            [("partner_id", "=", customer.id)]
        ).unlink()
        self._create_history(
            ("2026-05-05", 700, {"partner_id": customer.id}),
            ("2025-05-05", 900, {"partner_id": customer.id}),
        )
        allocation = self._create_allocation()
        self._calculate(allocation)
        line = allocation.line_ids.filtered(lambda line: line.partner_id == customer)
        self.assertRecordValues(line, [{"potential": 700, "is_potential_known": False}])

    def test_capacity_is_working_time_less_absences(self):
        calendar = self.company.resource_calendar_id
        employee = self.env["hr.employee"].create(
            {"name": "One", "user_id": self.people[0].id, "company_id": self.company.id}
        )
        hours = WorkingHours(self.company)
        allocation = self._create_allocation()
        start, end = allocation.date_from, allocation.date_to
        before = hours.of_users(self.people, start, end)
        self.env["resource.calendar.leaves"].create(
            {
                "name": "Away",
                "resource_id": employee.resource_id.id,
                "calendar_id": calendar.id,
                "date_from": "2026-11-02 00:00:00",
                "date_to": "2026-11-06 23:59:59",
                "time_type": "leave",
            }
        )
        after = hours.of_users(self.people, start, end)
        lost = before[self.people[0].id] - after[self.people[0].id]
        self.assertEqual(lost, calendar.hours_per_week)
        self.assertEqual(after[self.people[1].id], before[self.people[1].id])

    def test_without_a_calendar_five_days_of_eight_hours_count(self):
        self.company.resource_calendar_id = False
        allocation = self._create_allocation(months=1)
        # 21 days from Monday to Friday in November 2026
        self.assertEqual(
            WorkingHours(self.company).of_company(
                allocation.date_from, allocation.date_to
            ),
            168,
        )

    def _hire(self, user, **values):
        return self.env["hr.employee"].create(
            {
                "name": user.name,
                "user_id": user.id,
                "company_id": self.company.id,
                **values,
            }
        )

    def test_whoever_has_no_calendar_works_the_hours_of_the_company(self):
        """Odoo counts them day and night."""
        employee = self._hire(self.people[0])
        employee.resource_calendar_id = False
        self.assertTrue(employee.resource_id._is_fully_flexible())
        hours = WorkingHours(self.company)
        allocation = self._create_allocation()
        start, end = allocation.date_from, allocation.date_to
        usual = hours.of_company(start, end)
        found = hours.of_users(self.people, start, end)
        self.assertEqual(found[self.people[0].id], usual)
        self.env["resource.calendar.leaves"].create(
            {
                "name": "Away",
                "resource_id": employee.resource_id.id,
                "calendar_id": False,
                "date_from": "2026-11-02 00:00:00",
                "date_to": "2026-11-06 23:59:59",
                "time_type": "leave",
            }
        )
        found = hours.of_users(self.people, start, end)
        calendar = self.company.resource_calendar_id
        self.assertEqual(found[self.people[0].id], usual - calendar.hours_per_week)

    def test_without_any_calendar_they_work_five_days_of_eight_hours(self):
        self._hire(self.people[0]).resource_calendar_id = False
        self.company.resource_calendar_id = False
        allocation = self._create_allocation(months=1)
        found = WorkingHours(self.company).of_users(
            self.people, allocation.date_from, allocation.date_to
        )
        self.assertEqual(set(found.values()), {168})

    def test_days_are_those_of_where_somebody_works(self):
        """In Taipei November is over before the last day begins in New York."""
        calendar = self.company.resource_calendar_id
        calendar.tz = "Asia/Taipei"
        self._hire(self.people[0], tz="America/New_York")
        self._hire(self.people[1], tz="Asia/Taipei")
        allocation = self._create_allocation(months=1)
        hours = WorkingHours(self.company)
        found = hours.of_users(self.people, allocation.date_from, allocation.date_to)
        usual = hours.of_company(allocation.date_from, allocation.date_to)
        self.assertEqual(set(found.values()), {usual})

    def test_flexible_hours_are_those_of_a_week(self):
        calendar = self.env["resource.calendar"].create(
            {
                "name": "Flexible",
                "company_id": self.company.id,
                "schedule_type": "flexible",
                "hours_per_day": 8,
                "full_time_required_hours": 40,
            }
        )
        self._hire(self.people[0], resource_calendar_id=calendar.id)
        allocation = self._create_allocation(date_from="2026-11-02", months=1)
        found = WorkingHours(self.company).of_users(
            self.people, allocation.date_from, allocation.date_to
        )
        # 30 days from a Monday on: four weeks and two days
        self.assertEqual(found[self.people[0].id], 176)

    def test_people_who_have_left_work_no_hours_and_get_no_customers(self):
        self._hire(self.people[1]).active = False
        self.people[2].active = False
        allocation = self._create_allocation()
        hours = WorkingHours(self.company).of_users(
            self.people, allocation.date_from, allocation.date_to
        )
        self.assertTrue(hours[self.people[0].id])
        self.assertEqual([hours[user.id] for user in self.people[1:]], [0, 0])
        # Even with hours that somebody has typed
        allocation.person_ids.capacity = 500
        self._calculate(allocation)
        self.assertNotIn(self.people[2], allocation.line_ids.final_id)

    # Regions, product lines, pairs

    def test_customers_stay_within_regions(self):
        self.team_three.sales_region_id = self.region_south
        self.customers["A"].sales_region_id = self.region_north
        allocation = self._create_allocation(within_region=True)
        self._calculate(allocation)
        self.assertEqual(allocation.progress, "infeasible")
        self.assertIn("pair ruled out: 1.", allocation.verdict)
        allocation.person_ids[0].region_id = self.region_world
        self._calculate(allocation)
        self.assertEqual(self._get_moves(allocation)["A"], 1)

    def test_customers_stay_within_product_lines(self):
        other = self.env["product.category"].create({"name": "Other Line"})
        self._create_history(
            (
                "2026-05-05",
                700,
                {"partner_id": self.customers["A"].id, "categ_id": self.category.id},
            )
        )
        members = self.env["crm.team.member"].search(
            [("user_id", "in", self.people.ids)]
        )
        members.sales_category_ids = other
        members[0].sales_category_ids = self.category
        allocation = self._create_allocation()
        self._calculate(allocation)
        self.assertEqual(self._get_moves(allocation)["A"], 1)

    def test_whole_regions_go_to_one_person(self):
        """A, B and C are worth most with person 2, D and E with person 1."""
        self._add_work()
        for name, customer in self.customers.items():
            region = self.region_north if name in "ABC" else self.region_south
            customer.sales_region_id = region if name in "ABCDE" else False
        allocation = self._create_allocation(assign_by="region")
        allocation.person_ids.capacity = 40
        self._calculate(allocation)
        new = {line.partner_id: line.final_id for line in allocation.line_ids}
        users = [new[self.customers[name]] for name in "ABCDE"]
        self.assertEqual(
            users, [self.people[1]] * 3 + [self.people[0]] * 2, allocation.verdict
        )

    def test_locks_that_tear_a_region_apart_are_told(self):
        for name in "AB":
            self.customers[name].sales_region_id = self.region_north
        allocation = self._create_allocation(assign_by="region")
        for name, user in (("A", self.people[0]), ("B", self.people[1])):
            allocation.pair_ids.filtered(
                lambda pair, name=name, user=user: pair.partner_id
                == self.customers[name]
                and pair.user_id == user
            ).kind = "lock"
        allocation.action_calculate()
        self._follow(allocation)
        self.assertIn("different people", allocation.problem)

    def test_a_lock_to_somebody_who_does_not_take_part_is_told(self):
        allocation = self._create_allocation()
        self.env["sales.allocation.pair"].create(
            {
                "allocation_id": allocation.id,
                "partner_id": self.customers["A"].id,
                "user_id": self.outsider.id,
                "kind": "lock",
            }
        )
        allocation.action_calculate()
        allocation.sudo()._calculate_or_leave(lambda *_args, **_kwargs: True)
        self.assertEqual(allocation.progress, "failed")
        self.assertIn(self.outsider.name, allocation.problem)

    def test_a_locked_customer_stays(self):
        self._add_work()
        allocation = self._create_allocation()
        fits = allocation.pair_ids.filtered(
            lambda pair: pair.partner_id == self.customers["A"]
        )
        fits.filtered(lambda pair: pair.user_id == self.people[2]).kind = "lock"
        self._calculate(allocation)
        self.assertNotIn("A", self._get_moves(allocation))

    def test_customers_without_salesperson_take_part_if_wished(self):
        self.customers["A"].user_id = False
        self.customers["A"].sales_grade_id = self.env["sales.grade"].create(
            {"name": "A+", "threshold": 90}
        )
        allocation = self._create_allocation()
        self._calculate(allocation)
        self.assertNotIn(self.customers["A"], allocation.line_ids.partner_id)
        allocation.with_unassigned = True
        self._calculate(allocation)
        self.assertEqual(self._get_moves(allocation)["A"], 2)
        self.assertIn("Of these, 1 had nobody before", allocation.verdict)
        line = allocation.line_ids.filtered(lambda line: not line.user_id)
        with self.assertRaisesRegex(UserError, "Nobody serves Customer A yet"):
            line.with_user(self.director).action_keep()
