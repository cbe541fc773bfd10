# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date
from io import BytesIO
from unittest.mock import patch

from openpyxl import load_workbook

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, freeze_time, new_test_user, tagged

from ..engine import PlanSimulation
from ..models import sales_incentive_simulation_job as simulation_module
from ..tools.simulation_sheet import SimulationSheet
from .ledger_common import IncentiveLedgerCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-04-15 12:00:00")
class TestSalesIncentiveSimulation(IncentiveLedgerCommon):
    """Drafts on past months: 10 % of the ordered amount is paid so far."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.simulations = cls.env["sales.incentive.simulation"]
        cls.plan_a = cls._start_plan().plan_id
        cls.env["sales.incentive.assignment"].create(
            {
                "plan_id": cls.plan_a.id,
                "user_id": cls.colleague.id,
                "date_from": date(2026, 1, 1),
            }
        )

    def _draft(self, date_from=date(2026, 5, 1), **rule):
        """:return: a draft that continues the approved terms"""
        latest = self.plan_a.version_ids.sorted("date_from")[-1:]
        version = latest.copy({"date_from": date_from})
        version.rule_ids.write(rule)
        return version

    def _simulate(self, version, first=1, last=3, user=None, **values):
        simulation = self.simulations.with_user(user or self.officer).create(
            {
                "name": "Higher rates",
                "version_ids": version.ids,
                "month_from": date(2026, first, 1),
                "month_to": date(2026, last, 1),
                **values,
            }
        )
        simulation.action_simulate()
        return simulation

    def _run_job(self):
        name = "sales_efficiency_incentive.ir_cron_incentive_simulation"
        self.env.flush_all()
        with self.enter_registry_test_mode():
            self.env.ref(name).method_direct_trigger()
        self.env.invalidate_all()

    def _get_lines(self, simulation, user=None):
        lines = simulation.line_ids
        if user:
            lines = lines.filtered(lambda line: line.user_id == user)
        return [
            (line.month.month, line.simulated, line.actual, line.difference)
            for line in lines.sorted("month")
        ]

    # ------------------------------------------------------------------
    # Figures
    # ------------------------------------------------------------------

    def test_a_draft_is_priced_beside_what_the_ledger_gave(self):
        self._sell(10, "2026-01-05")
        self._sell(30, "2026-02-05")
        self._sell(20, "2026-02-06", user=self.colleague)
        self._lock(1)
        tiers = self._tiers((0, 20), (2_000, 5))
        draft = self._draft(rate_by="interval", interval="quarter", tier_ids=tiers)
        simulation = self._simulate(draft)
        self.assertEqual(simulation.state, "done")
        # 200; then 1,000 at 20 % and 2,000 at 5 %: tiers count on.
        self.assertEqual(
            self._get_lines(simulation, self.salesperson),
            [(1, 200, 100, 100), (2, 300, 300, 0), (3, 0, 0, 0)],
        )
        self.assertEqual(
            self._get_lines(simulation, self.colleague),
            [(1, 0, 0, 0), (2, 400, 200, 200), (3, 0, 0, 0)],
        )
        self.assertRecordValues(
            simulation,
            [
                {
                    "simulated": 900,
                    "actual": 600,
                    "difference": 300,
                    "payee_count": 2,
                    "winner_count": 2,
                    "loser_count": 0,
                }
            ],
        )

    def test_approved_terms_simulate_what_they_have_paid(self):
        """The simulation computes as the ledger does, with returns and what waits."""
        approved = self._put_into_effect(
            self.plan_a,
            date(2026, 1, 1),
            metric_id=self.invoiced.id,
            paid="collected",
            cap_month=150,
            cap_month_mode="carry",
        )
        first = self._invoice(self._sell(10, "2026-01-05"), "2026-01-05")
        self._invoice(self._sell(20, "2026-02-05"), "2026-02-05")
        self._pay(first, 500, "2026-02-10")
        self._credit(first, "2026-03-04", quantity=4)
        self._compute()
        simulation = self._simulate(approved)
        for line in self._get_lines(simulation, self.salesperson):
            self.assertEqual(line[1], line[2], line)
        self.assertTrue(simulation.simulated)

    def test_winners_and_losers_are_those_of_all_months(self):
        self._sell(10, "2026-01-05")
        self._sell(5, "2026-02-05", user=self.colleague)
        self._compute()
        tiers = self._tiers((0, 0), (500, 30))
        simulation = self._simulate(self._draft(rate_by="month", tier_ids=tiers))
        outcomes = {line.user_id: line.outcome for line in simulation.line_ids}
        self.assertEqual(
            outcomes, {self.salesperson: "winner", self.colleague: "loser"}
        )
        self.assertEqual((simulation.winner_count, simulation.loser_count), (1, 1))

    def test_imported_history_counts_and_is_marked(self):
        self._create_history(("2026-01-05", 1000, {"user_id": self.salesperson.id}))
        self._sell(10, "2026-01-06")
        self._compute()
        simulation = self._simulate(self._draft(rate=20), last=1)
        line = simulation.line_ids.filtered(lambda x: x.user_id == self.salesperson)
        self.assertRecordValues(
            line, [{"simulated": 400, "history": 200, "actual": 100}]
        )

    def test_people_count_from_the_start_or_from_their_assignment(self):
        plan = self.env["sales.incentive.plan"].create(
            {"name": "New", "company_id": self.company.id}
        )
        version = self._create_version(plan, date(2026, 5, 1))
        version.rule_ids.write({"metric_id": self.ordered.id})
        self.env["sales.incentive.assignment"].create(
            {
                "plan_id": plan.id,
                "user_id": self.salesperson.id,
                "date_from": date(2026, 5, 1),
            }
        )
        self._sell(10, "2026-01-05")
        self._compute()
        self.assertEqual(self._simulate(version).simulated, 50)
        self.assertEqual(self._simulate(version, from_start=False).simulated, 0)

    def test_adjustments_stand_on_both_sides(self):
        """They are no matter of terms, but fill up the draw like what is earned."""
        assignment = self.plan_a.assignment_ids.filtered("user_id")[:1]
        self.assertEqual(assignment.user_id, self.salesperson)
        assignment.write({"draw_amount": 250, "draw_recoverable": False})
        self._sell(10, "2026-01-03")
        self._compute()
        adjustment = self.env["sales.incentive.adjustment"].create(
            {
                "assignment_id": assignment.id,
                "period_id": self._period(1).id,
                "amount": 50,
                "reason": "Fair",
            }
        )
        adjustment.with_user(self.officer).action_submit()
        self.env.invalidate_all()
        adjustment.with_user(self.director)._validate_tier()
        self._compute()
        self.assertEqual(self._get_sum(1), 250)
        simulation = self._simulate(self.plan_a.version_ids, last=1)
        self.assertEqual(
            self._get_lines(simulation, self.salesperson), [(1, 250, 250, 0)]
        )
        simulation = self._simulate(self._draft(rate=30), last=1)
        self.assertEqual(
            self._get_lines(simulation, self.salesperson), [(1, 350, 250, 100)]
        )

    def _get_sum(self, month):
        entries = self._get_entries(month)
        return sum(amount for _kind, _balance, amount in entries)

    def test_adjustments_of_a_plan_that_is_replaced_stay(self):
        other = self._start_plan(self.outsider, rate=1)
        self._compute()
        adjustment = self.env["sales.incentive.adjustment"].create(
            {
                "assignment_id": other.id,
                "period_id": self._period(1).id,
                "amount": 70,
                "reason": "Fair",
            }
        )
        adjustment.with_user(self.officer).action_submit()
        self.env.invalidate_all()
        adjustment.with_user(self.director)._validate_tier()
        self._compute()
        simulation = self._simulate(
            self.plan_a.version_ids,
            last=1,
            compared_plan_ids=(self.plan_a + other.plan_id).ids,
        )
        self.assertEqual(self._get_lines(simulation, self.outsider), [(1, 70, 70, 0)])

    def test_another_plan_may_be_replaced(self):
        plan = self.env["sales.incentive.plan"].create(
            {"name": "New", "company_id": self.company.id}
        )
        version = self._create_version(plan, date(2026, 1, 1))
        version.rule_ids.write({"metric_id": self.ordered.id})
        self._sell(10, "2026-01-05")
        self._compute()
        simulation = self._simulate(version, compared_plan_ids=self.plan_a.ids)
        # Nobody is in the new plan, who was paid 100.
        self.assertEqual(simulation.difference, -100)
        self.assertEqual(simulation.loser_count, 1)

    def test_pay_stands_against_attainment(self):
        self._set_target(1_000)
        self._sell(9, "2026-01-05")
        self._compute()
        tiers = self._tiers((0, 5), (80, 10))
        simulation = self._simulate(
            self._draft(rate_by="attainment", tier_ids=tiers), last=1
        )
        line = simulation.line_ids.filtered(lambda x: x.user_id == self.salesperson)
        self.assertEqual((line.attainment, line.band), (90, "100"))
        others = simulation.line_ids - line
        self.assertEqual(set(others.mapped("band")), {"none"})

    def _set_target(self, amount):
        plan = self.env["sales.target.plan"].create(
            {"company_id": self.company.id, "date_from": date(2026, 1, 1)}
        )
        self.env["sales.target"].create(
            {
                "plan_id": plan.id,
                "metric_id": self.ordered.id,
                "user_id": self.salesperson.id,
                "amount": 12 * amount,
            }
        )
        plan._set_state("submitted")
        plan.action_start()

    def test_no_entry_is_written(self):
        self._sell(10, "2026-01-05")
        self._lock(1, 2)
        before = self.entries.search([]).read(["amount", "state"])
        self._simulate(self._draft(rate=50))
        self.env.invalidate_all()
        self.assertEqual(self.entries.search([]).read(["amount", "state"]), before)

    def test_the_workbook_has_people_and_months(self):
        self._sell(10, "2026-01-05")
        self._compute()
        self.colleague.name = "=1+1"
        simulation = self._simulate(self._draft(rate=20))
        book = load_workbook(BytesIO(SimulationSheet(simulation).get_content()))
        people, months = book.worksheets
        rows = {row[0]: row[1:4] for row in people.iter_rows(2, values_only=True)}
        self.assertEqual(rows["Test Salesperson"], (200, 100, 100))
        self.assertEqual(people["A2"].data_type, "s", "no formula")
        self.assertEqual(months.max_row, 7)

    # ------------------------------------------------------------------
    # Jobs
    # ------------------------------------------------------------------

    def test_many_people_are_computed_in_the_background(self):
        self._sell(10, "2026-01-05")
        self._compute()
        with patch.object(simulation_module, "AT_ONCE", 0):
            simulation = self._simulate(self._draft(rate=20))
        self.assertEqual(simulation.state, "running")
        self.assertFalse(simulation.line_ids)
        self._run_job()
        self.assertEqual((simulation.state, simulation.simulated), ("done", 200))

    def test_a_killed_job_goes_on_with_the_next_people(self):
        self._sell(10, "2026-01-05")
        self._compute()
        run = []

        def count(computation, assignments):
            run.append(assignments.user_id)
            return original(computation, assignments)

        original = PlanSimulation.run
        with (
            patch.object(simulation_module, "AT_ONCE", 0),
            patch.object(simulation_module, "BATCH", 1),
            patch.object(PlanSimulation, "run", count),
        ):
            simulation = self._simulate(self._draft(rate=20))
            self.assertTrue(simulation.sudo()._run_next(), "one batch, then killed")
            self._run_job()
            self._run_job()
        self.assertEqual(simulation.state, "done")
        self.assertEqual(len(simulation.line_ids), 6, "nothing twice")
        self.assertEqual(len(run), 2, "each person once")

    def test_queries_do_not_grow_with_the_people(self):
        draft = self._draft(rate=20)
        few = self._count_queries(draft)
        for number in range(5):
            user = self._create_user("salesperson", login=f"more_{number}")
            self.env["sales.incentive.assignment"].create(
                {
                    "plan_id": self.plan_a.id,
                    "user_id": user.id,
                    "date_from": date(2026, 1, 1),
                }
            )
            self._sell(1, "2026-02-05", user=user)
        self._compute()
        self.assertLessEqual(self._count_queries(draft), few)

    def _count_queries(self, version):
        self._sell(1, "2026-02-05")
        self._compute()
        self.env.invalidate_all()
        computation = PlanSimulation(
            version.sudo(), date(2026, 1, 1), date(2026, 3, 1), True
        )
        before = self.env.cr.sql_log_count
        list(computation.run(computation.find_assignments()))
        return self.env.cr.sql_log_count - before

    # ------------------------------------------------------------------
    # Rights
    # ------------------------------------------------------------------

    def test_officer_director_and_hr_simulate(self):
        draft = self._draft(rate=20)
        for user in (self.officer, self.director, self.hr_manager):
            with self.subTest(user.login):
                simulation = self._simulate(draft, user=user)
                self.assertEqual(simulation.with_user(user).state, "done")

    def test_others_see_no_simulation(self):
        simulation = self._simulate(self._draft(rate=20))
        for user in (self.salesperson, self.leader, self.finance):
            for records in (simulation, simulation.line_ids):
                with self.subTest(user.login), self.assertRaises(AccessError):
                    records.with_user(user).read(["id"])
            with self.assertRaises(AccessError):
                simulation.with_user(user).action_simulate()

    def test_other_companies_see_no_simulation(self):
        simulation = self._simulate(self._draft(rate=20))
        company = self.env["res.company"].create({"name": "Elsewhere"})
        user = new_test_user(
            self.env,
            "elsewhere_officer",
            groups="sales_efficiency_incentive.group_incentive_officer",
            company_id=company.id,
            company_ids=company.ids,
        )
        for records in (simulation, simulation.line_ids):
            self.assertFalse(
                records.with_user(user).search([("id", "in", records.ids)])
            )

    def test_results_are_written_by_the_system_alone(self):
        simulation = self._simulate(self._draft(rate=20)).with_user(self.officer)
        for vals in ({"state": "draft"}, {"done_at": False}, {"error": "x"}):
            with self.subTest(vals), self.assertRaises(AccessError):
                simulation.write(vals)
        with self.assertRaises(AccessError):
            simulation.line_ids[0].write({"simulated": 1})
        with self.assertRaises(AccessError):
            simulation.line_ids[0].unlink()

    def test_the_question_of_results_does_not_change(self):
        simulation = self._simulate(self._draft(rate=20)).with_user(self.officer)
        with self.assertRaises(UserError):
            simulation.month_from = date(2026, 2, 1)
        simulation.action_draft()
        self.assertFalse(simulation.line_ids)
        simulation.month_from = date(2026, 2, 1)

    def test_one_version_of_a_plan_and_few_months(self):
        versions = self._draft(rate=20) | self.plan_a.version_ids[:1]
        with self.assertRaises(ValidationError):
            self._simulate(versions)
        with self.assertRaises(ValidationError):
            self._simulate(versions[0], month_from=date(2020, 1, 1))
        with self.assertRaises(UserError):
            self._simulate(versions[0], month_to=date(2026, 5, 1))

    def test_the_form_proposes_the_last_year_and_the_plans(self):
        draft = self._draft(rate=20)
        with Form(self.simulations.with_user(self.officer)) as form:
            form.name = "Try"
            form.version_ids.add(draft)
        simulation = form.record
        self.assertEqual(simulation.month_from, date(2025, 4, 1))
        self.assertEqual(simulation.month_to, date(2026, 3, 1))
        self.assertEqual(simulation.compared_plan_ids, self.plan_a)


@tagged("post_install", "-at_install")
@freeze_time("2026-03-15 12:00:00")
class TestSalesIncentiveVersionCost(IncentiveLedgerCommon):
    """5 → 6 % from 1 January, in March; January and February are locked."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.assigned = cls._start_plan(rate=5)
        cls.plan_a = cls.assigned.plan_id
        cls._sell(1_000, "2026-01-05")
        cls._sell(800, "2026-02-05")
        cls._sell(100, "2026-03-05")
        cls._lock(1, 2)
        cls.draft = cls.plan_a.version_ids.copy({"date_from": date(2026, 1, 1)})
        cls.draft.rule_ids.rate = 6

    def _get_costs(self, version, user=None):
        version = version.with_user(user or self.director)
        return [
            (line.payee, line.month.month, line.actual, line.difference)
            for line in version.cost_ids.line_ids.sorted("month")
        ]

    def test_the_cost_of_paid_months_is_shown_too(self):
        self._period(1)._set_state("paid")
        self.draft.with_user(self.officer).action_submit()
        self.assertEqual((self.draft.cost_state, self.draft.cost), ("done", 1_800))
        with self.assertRaisesRegex(UserError, "have to see"):
            self.draft.cost_ids.with_user(self.officer).unlink()

    def test_the_cost_of_locked_months_is_shown_before_approval(self):
        self.draft.with_user(self.officer).action_submit()
        self.assertEqual(
            self._get_costs(self.draft),
            [
                ("Test Salesperson", 1, 5_000, 1_000),
                ("Test Salesperson", 2, 4_000, 800),
            ],
        )
        for user in (self.officer, self.director, self.hr_manager):
            version = self.draft.with_user(user)
            self.assertTrue(version.is_retroactive)
            self.assertEqual((version.cost_state, version.cost), ("done", 1_800))
        before = self.entries.search([("state", "=", "locked")]).read()
        for approver in (self.director, self.hr_manager):
            self.env.invalidate_all()
            self.draft.with_user(approver)._validate_tier()
        self._compute()
        self.assertEqual(self.entries.search([("state", "=", "locked")]).read(), before)
        booked = self.entries.search(
            [("month", "=", date(2026, 3, 1)), ("origin", "<", date(2026, 3, 1))]
        )
        self.assertEqual(
            sorted((entry.origin.month, entry.amount) for entry in booked),
            [(1, 1_000), (2, 800)],
            "what was shown is booked",
        )

    def test_a_late_sale_is_no_cost_of_the_version(self):
        self._sell(10, "2026-01-20")
        self._compute()
        self.draft.with_user(self.officer).action_submit()
        costs = self._get_costs(self.draft)
        # 1 % of the late sale as well, which earns 5 % anyway
        self.assertEqual([cost[3] for cost in costs], [1_010, 800])

    def test_the_cost_of_a_draft_is_computed_when_asked(self):
        version = self.draft.with_user(self.officer)
        action = version.action_cost()
        self.assertEqual(action["res_model"], "sales.incentive.simulation")
        self.assertEqual(version.cost, 1_800)
        self.draft.rule_ids.rate = 7
        version.action_cost()
        self.env.invalidate_all()
        self.assertEqual(version.cost, 3_600)

    def test_nobody_approves_before_the_cost_is_known(self):
        with patch.object(simulation_module, "AT_ONCE", 0):
            self.draft.with_user(self.officer).action_submit()
        self.draft.with_user(self.director)._validate_tier()
        self.env.invalidate_all()
        with self.assertRaisesRegex(UserError, "not computed yet"):
            self.draft.with_user(self.hr_manager)._validate_tier()

    def test_nobody_changes_what_approvers_read(self):
        self.draft.with_user(self.officer).action_submit()
        cost = self.draft.cost_ids.with_user(self.officer)
        with self.assertRaises(UserError):
            cost.action_draft()
        with self.assertRaises(UserError):
            cost.month_from = date(2026, 2, 1)
        with self.assertRaises(AccessError):
            cost.copy({"retroactive_version_id": self.draft.id})

    def test_terms_that_change_have_no_cost_yet(self):
        version = self.draft.with_user(self.officer)
        version.action_submit()
        version.action_draft()
        self.assertFalse(version.cost_ids)

    def test_a_version_of_open_months_costs_nothing_of_locked_ones(self):
        draft = self.draft
        draft.date_from = date(2026, 3, 1)
        self.assertFalse(draft.with_user(self.officer).is_retroactive)
        draft.with_user(self.officer).action_submit()
        self.assertFalse(draft.cost_ids)
        with self.assertRaises(UserError):
            draft.with_user(self.officer).action_cost()

    def test_whom_it_pays_does_not_see_the_cost(self):
        self.draft.with_user(self.officer).action_submit()
        for user in (self.salesperson, self.leader):
            with self.assertRaises(AccessError):
                self.draft.with_user(user).read(["cost"])
            with self.assertRaises(AccessError):
                self.draft.with_user(user).action_cost()
