# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from psycopg2 import IntegrityError

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, freeze_time, tagged
from odoo.tools import mute_logger

from ..engine.allocation import get_needed
from ..engine.child_process import ChildFailed, ChildProcess
from .allocation_common import HOURS, AllocationCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-10-15 12:00:00")
class TestSalesAllocation(AllocationCommon):
    """Scenarios: what is known, what is proposed, and what a director makes of it."""

    # The worked case

    def test_today(self):
        """6, 16 and 45 hours."""
        self._add_work()
        allocation = self._create_allocation(limits_moves=True, most_moves=1)
        self._calculate(allocation)
        self.assertEqual(allocation.person_ids.mapped("load_now"), [6, 16, 45])

    def test_one_move_is_impossible_and_the_reason_is_told(self):
        self._add_work()
        allocation = self._create_allocation(limits_moves=True, most_moves=1)
        self._calculate(allocation)
        self.assertEqual(allocation.progress, "infeasible")
        self.assertIn("Moves: 2 instead of 1", allocation.verdict)
        self.assertIn("6.0 more hours", allocation.verdict)
        self.assertIn(self.people[2].name, allocation.verdict)
        self.assertFalse(allocation.move_count)

    def test_three_moves(self):
        self._add_work()
        allocation = self._create_allocation(limits_moves=True, most_moves=3)
        self._calculate(allocation)
        self.assertEqual(self._get_moves(allocation), {"A": 2, "D": 1, "E": 1})
        self.assertEqual(allocation.value_new, 46)
        self.assertEqual(allocation.move_count, 3)
        self.assertIn("best possible", allocation.verdict)

    def test_without_limit(self):
        self._add_work()
        allocation = self._create_allocation()
        self._calculate(allocation)
        self.assertEqual(allocation.value_new, 49)
        self.assertEqual(allocation.person_ids.mapped("load_new"), [22, 19, 26])
        self.assertEqual(allocation.workload, 67)

    def test_people_needed(self):
        needed = [round(get_needed(hours, 420), 2) for hours in (1356, 1464, 500)]
        self.assertEqual(needed, [3.23, 3.49, 1.19])

    def test_a_head_count_is_divided_in_proportion(self):
        """1,356, 1,464 and 500 hours: 12 people are 5, 5 and 2."""
        regions = self.region_north | self.region_south | self.region_world
        allocation = self._create_allocation(
            staffing_by="region_id", head_count=12, hours_of_one=420
        )
        work = dict(zip(regions, (1356, 1464, 500), strict=True))
        self.env["sales.allocation.line"].create(
            [
                {
                    "allocation_id": allocation.id,
                    "partner_id": self.env["res.partner"].create({"name": "X"}).id,
                    "region_id": region.id,
                    "hours": hours,
                }
                for region, hours in work.items()
            ]
        )
        allocation.write({"head_count": 12, "hours_of_one": 420})
        allocation.action_staff()
        found = {
            need.region_id: (need.people_new, round(need.needed, 2))
            for need in allocation.need_ids
        }
        self.assertEqual(
            [found[region] for region in regions], [(5, 3.23), (5, 3.49), (2, 1.19)]
        )

    # What a director makes of it

    def test_an_override_counts_and_is_scored(self):
        self._add_work()
        allocation = self._create_allocation()
        self._calculate(allocation)
        line = allocation.line_ids.filtered(
            lambda line: line.partner_id == self.customers["G"]
        )
        line.with_user(self.director).override_id = self.people[0]
        self.assertEqual(line.final_id, self.people[0])
        self.assertEqual(allocation.value_new, 45)
        self.assertEqual(allocation.person_ids[0].load_new, 32)
        self.assertTrue(allocation.person_ids[0].is_overloaded)
        self.assertEqual(allocation.override_count, 1)
        self.assertIn("Without your own choices", allocation.verdict)
        line.with_user(self.director).action_reset()
        self.assertEqual(allocation.value_new, 49)

    def test_an_override_is_kept_when_it_is_calculated_again(self):
        allocation = self._create_allocation()
        self._calculate(allocation)
        line = allocation.line_ids[0].with_user(self.director)
        line.override_id = self.people[0]
        self._calculate(allocation)
        self.assertEqual(line.override_id, self.people[0])

    def test_an_override_goes_with_the_person(self):
        allocation = self._create_allocation()
        self._calculate(allocation)
        line = allocation.line_ids.filtered(
            lambda line: line.user_id == self.people[2]
        )[:1]
        line.with_user(self.director).override_id = self.people[0]
        allocation.person_ids[0].unlink()
        self._calculate(allocation)
        self.assertFalse(line.override_id)

    def test_nobody_else_can_be_chosen(self):
        allocation = self._create_allocation()
        self._calculate(allocation)
        with self.assertRaisesRegex(ValidationError, "does not take part"):
            allocation.line_ids[0].with_user(self.director).override_id = self.outsider

    def test_teams_bring_their_members(self):
        form = Form(self.allocations.with_user(self.director))
        form.name = "From a form"
        form.team_ids.add(self.team_department)
        form.save()
        allocation = self.allocations.search([("name", "=", "From a form")])
        self.assertEqual(
            allocation.person_ids.user_id, self.salesperson | self.colleague
        )
        self.assertTrue(all(allocation.person_ids.mapped("capacity")))

    def test_a_copy_is_another_scenario_of_the_same(self):
        allocation = self._create_allocation()
        self._calculate(allocation)
        other = allocation.copy()
        self.assertEqual(other.person_ids.user_id, self.people)
        self.assertEqual(other.person_ids.mapped("capacity"), [26, 26, 26])
        self.assertEqual(len(other.pair_ids), len(allocation.pair_ids))
        self.assertFalse(other.line_ids)
        self.assertEqual(other.progress, "none")

    def test_scenarios_are_compared(self):
        scenarios = self._create_allocation() | self._create_allocation()
        action = scenarios.action_open_compared()
        people = self.env["sales.allocation.person"].search(action["domain"])
        self.assertEqual(people.allocation_id, scenarios)

    def test_what_was_chosen_by_hand_is_not_called_the_best(self):
        self._add_work()
        allocation = self._create_allocation()
        self._calculate(allocation)
        allocation.line_ids.with_user(self.director).action_keep()
        self.assertFalse(allocation.move_count)
        self.assertIn("Nobody would move.", allocation.verdict)

    # Changes after the calculation

    def test_what_has_changed_since_is_calculated_again_before_it_is_submitted(self):
        self._add_work()
        changes = (
            lambda scenario: scenario.write({"most_moves": 1}),
            lambda scenario: scenario.person_ids[0].write({"capacity": 5}),
            lambda scenario: scenario.person_ids[0].unlink(),
            lambda scenario: scenario.pair_ids[0].write({"fit_percent": 5}),
            lambda scenario: scenario.pair_ids[0].unlink(),
        )
        for number, change in enumerate(changes):
            with self.subTest(number):
                allocation = self._create_allocation()
                self._calculate(allocation)
                self.assertIn("best possible", allocation.verdict)
                change(allocation)
                self.assertEqual(allocation.progress, "outdated")
                self.assertFalse(allocation.verdict)
                with self.assertRaisesRegex(UserError, "Calculate it again"):
                    allocation.action_submit()

    def test_what_is_chosen_for_its_application_leaves_the_result(self):
        self._add_work()
        allocation = self._create_allocation()
        self._calculate(allocation)
        allocation.write({"name": "Other", "moves_to_dos": False, "head_count": 5})
        self.assertEqual(allocation.progress, "done")

    def test_nothing_changes_while_it_is_calculated(self):
        allocation = self._create_allocation()
        allocation.action_calculate()
        allocations = type(allocation)
        self.patch(
            allocations, "try_lock_for_update", lambda records, **_options: records[:0]
        )
        for change in (
            lambda: allocation.write({"most_moves": 1}),
            lambda: allocation.person_ids[0].write({"capacity": 5}),
        ):
            with self.assertRaisesRegex(UserError, "being calculated"):
                change()

    # Rights

    def test_only_directors(self):
        allocation = self._create_allocation()
        for user in (self.salesperson, self.leader):
            with self.assertRaises(AccessError):
                allocation.with_user(user).name  # noqa: B018
            with self.assertRaises(AccessError):
                self.allocations.with_user(user).create({"name": "Mine"})

    def test_what_is_calculated_cannot_be_written(self):
        allocation = self._create_allocation()
        self._calculate(allocation)
        line = allocation.line_ids[0].with_user(self.director)
        for record, name, value in (
            (allocation, "value_new", 1e6),
            (allocation, "progress", "done"),
            (allocation, "state", "approved"),
            (line, "proposed_id", self.people[0].id),
            (line, "user_id", self.people[0].id),
            (allocation.person_ids[0], "load_new", 0),
        ):
            with self.subTest(name), self.assertRaises(AccessError):
                record.with_user(self.director).write({name: value})

    def test_a_scenario_stays_in_its_company(self):
        company = self.env["res.company"].create({"name": "Company B"})
        self.director.company_ids |= company
        allocation = self._create_allocation()
        with self.assertRaisesRegex(AccessError, "cannot change any more"):
            allocation.with_context(
                allowed_company_ids=(self.company | company).ids
            ).company_id = company

    def test_another_company_is_not_seen(self):
        allocation = self._create_allocation()
        company = self.env["res.company"].create({"name": "Company B"})
        director = self._create_user("director", login="director_b")
        director.write({"company_ids": company.ids, "company_id": company.id})
        self.assertFalse(self.allocations.with_user(director).search([]))
        with self.assertRaises(AccessError):
            allocation.with_user(director).name  # noqa: B018

    # The job

    def test_it_is_calculated_in_the_background(self):
        self._add_work()
        allocation = self._create_allocation()
        allocation.action_calculate()
        self.assertEqual(allocation.progress, "queued")
        self._run_job()
        self.assertEqual(allocation.progress, "done", allocation.problem)

    def test_a_failure_is_told(self):
        allocation = self._create_allocation()
        allocation.action_calculate()

        def fail(*_args, **_kwargs):
            raise ChildFailed("time", "Too long")

        self.patch(ChildProcess, "run", fail)
        self._follow(allocation)
        self.assertEqual(
            (allocation.progress, allocation.problem), ("failed", "Too long")
        )
        self.assertFalse(allocation.line_ids)

    def test_a_calculation_that_is_killed_again_and_again_is_given_up(self):
        allocation = self._create_allocation()
        allocation.action_calculate()
        allocation.sudo().attempts = 3
        self._follow(allocation)
        self.assertEqual(allocation.progress, "failed")
        self.assertIn("3 times", allocation.problem)

    def test_nothing_is_calculated_for_nobody(self):
        allocation = self.allocations.with_user(self.director).create({"name": "Empty"})
        with self.assertRaisesRegex(UserError, "people who take part"):
            allocation.action_calculate()

    def test_people_without_customers(self):
        for customer in self.customers.values():
            customer.user_id = False
        allocation = self._create_allocation()
        allocation.action_calculate()
        self._follow(allocation)
        self.assertIn("have no customers", allocation.problem)

    def test_queries_do_not_depend_on_customers(self):
        allocation = self._create_allocation()
        self._calculate(allocation)
        counts = []
        for number in (1, 20):
            self.env["res.partner"].create(
                [
                    {"name": f"More {n}", "user_id": self.people[0].id}
                    for n in range(number)
                ]
            )
            self._calculate(allocation)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            owned = allocation.sudo().with_user(self.director)
            owned._calculate()
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0] + 3)
        self.assertEqual(len(allocation.line_ids), len(HOURS) + 21)

    # Merged customers

    def test_customers_that_are_merged_become_one(self):
        """What was said of the one that remains is kept."""
        allocation = self._create_allocation()
        self._calculate(allocation)
        north, south = self.customers["A"], self.customers["B"]
        pairs = allocation.pair_ids.filtered(lambda pair: pair.partner_id == north)
        others = allocation.pair_ids.filtered(lambda pair: pair.partner_id == south)
        pairs[0].kind = others[1].kind = "lock"
        for model in ("sales.allocation.line", "sales.allocation.pair"):
            self.env[model]._merge_partners(south.ids, north)
        self.env.invalidate_all()
        self.assertEqual(len(allocation.line_ids), len(HOURS) - 1)
        self.assertNotIn(south, allocation.line_ids.partner_id)
        self.assertFalse(others.exists())
        self.assertEqual(pairs.mapped("kind"), ["lock", "fit", "fit"])

    # Decisions

    def test_a_decision_is_carried_out_by_a_scenario(self):
        decision = (
            self.env["sales.decision"]
            .with_user(self.director)
            .create(
                {
                    "name": "Serve the south better",
                    "kind": "allocation",
                    "company_id": self.company.id,
                    "expected_percent": 5,
                    "date_start": "2026-11-01",
                    "date_end": "2027-01-31",
                    "team_id": self.team_three.id,
                }
            )
        )
        decision.action_submit()
        decision.action_make()
        self.assertEqual(decision.allocation_id.person_ids.user_id, self.people)
        self.assertEqual(str(decision.allocation_id.date_from), "2026-11-01")

    # Bad input

    def test_bad_input_is_refused(self):
        for values in (
            {"months": 0},
            {"most_moves": -1},
            {"contact_hours": -1},
            {"balance_percent": -5},
            {"share_percent": 120},
        ):
            with (
                self.subTest(values),
                mute_logger("odoo.sql_db"),
                self.assertRaises(IntegrityError),
            ):
                self._create_allocation(**values)

    def test_nobody_takes_part_twice(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self._create_allocation(
                person_ids=[
                    Command.create({"user_id": self.people[0].id}),
                    Command.create({"user_id": self.people[0].id}),
                ]
            )
