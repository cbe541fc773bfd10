# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from psycopg2.errors import UniqueViolation

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, freeze_time, tagged
from odoo.tools import mute_logger

from .award_common import TODAY, AwardCommon

STATEMENT = "sales_efficiency_incentive.sales_incentive_statement_report"


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestSalesIncentiveAward(AwardCommon):
    """Grades are worth months of pay, approved as a whole and paid by the ledger."""

    # ------------------------------------------------------------------
    # What a grade pays
    # ------------------------------------------------------------------

    def test_months_of_the_wage_are_paid_for_the_days_of_the_year(self):
        award = self._create_award()
        award.action_propose()
        self.assertRecordValues(
            self._line(award, self.first),
            [
                {
                    "grade_name": "A",
                    "base": 50_000,
                    "rate": 3,
                    "days": 275,
                    "year_days": 365,
                    "amount": 113_013.70,
                }
            ],
        )
        self.assertEqual(self._line(award, self.second).amount, 84_000)

    def test_the_lowest_grade_gets_nothing_and_the_statement_says_so(self):
        last = self.people[-1]
        self._decide(self._create_award())
        self._compute()
        self.assertEqual(self._booked(last), 0)
        statement = self.env["sales.incentive.statement"].search(
            [("user_id", "=", last.id), ("period_id", "=", self._period(1).id)]
        )
        text = "Grade D: no award"
        own = statement.with_user(last)
        self.assertIn(text, str(own.summary))
        self.env.invalidate_all()
        report = self.env["ir.actions.report"].with_user(last)
        paper, _type = report._render_qweb_html(STATEMENT, statement.ids)
        self.assertIn(text, paper.decode())

    def test_the_company_factor_multiplies_all_awards(self):
        award = self._create_award(factor=1.5)
        award.action_propose()
        self.assertEqual(self._line(award, self.second).amount, 126_000)

    def test_a_share_of_the_target_incentive_and_a_value_are_paid(self):
        values = {"target_incentive": 40_000, "award_value": 20_000}
        for base, rates, expected in (
            ("incentive", {"A": 150, "B": 100}, 40_000),
            ("value", {"A": 3, "B": 1.5}, 30_000),
        ):
            plan = self._create_plan(base)
            rule = self._approve_award(plan, rates, award_base=base)
            self._assign(plan, **values)
            award = self._create_award(rule, self.officer)
            award.action_propose()
            with self.subTest(base):
                self.assertEqual(self._line(award, self.second).amount, expected)

    def test_the_wage_of_the_last_day_counts(self):
        employee = self.second.employee_ids
        employee.create_version({"date_version": date(2026, 7, 1), "wage": 60_000})
        employee.create_version({"date_version": date(2027, 1, 1), "wage": 90_000})
        award = self._create_award()
        award.action_propose()
        self.assertEqual(self._line(award, self.second).base, 60_000)
        self.assignments[1].date_to = date(2026, 6, 30)
        award.action_propose()
        line = self._line(award, self.second)
        self.assertEqual((line.base, line.days), (42_000, 181))
        self.assertEqual(line.amount, 41_654.79)

    def test_somebody_who_has_left_is_awarded_for_their_days(self):
        self.assignments[1].date_to = date(2026, 9, 30)
        self.second.employee_ids.active = False
        self.second.active = False
        award = self._create_award()
        award.action_propose()
        self.assertEqual(self._line(award, self.second).amount, 62_827.40)

    def test_who_is_not_appraised_gets_nothing(self):
        self._assign(self.incentive, self.colleague)
        award = self._create_award()
        award.action_propose()
        line = self._line(award, self.colleague)
        self.assertEqual((line.amount, line.grade_name), (0, False))
        self.assertEqual(line.explanation, "No grade, so there is no award")

    def test_queries_do_not_depend_on_people(self):
        award = self._create_award().sudo()
        few = self.assignments[:2]
        others = self.assignments - few
        others.write({"date_from": date(2025, 1, 1), "date_to": date(2025, 12, 31)})

        def count():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            award.action_propose()
            self.env.flush_all()
            return self.cr.sql_log_count - before

        count()
        of_few = count()
        others.date_to = False
        self.assertLessEqual(count(), of_few)

    # ------------------------------------------------------------------
    # Approval and ledger
    # ------------------------------------------------------------------

    def test_an_award_is_paid_once_it_is_approved_as_a_whole(self):
        award = self._create_award()
        award.action_submit()
        self._compute()
        self.assertEqual(self._booked(self.first), 0)
        for approver in (self.director, self.finance):
            self.env.invalidate_all()
            award.with_user(approver)._validate_tier()
        self._compute()
        self.assertEqual(award.state, "approved")
        entry = self.entries.search(
            [("user_id", "=", self.first.id), ("month", "=", date(2027, 1, 1))]
        )
        self.assertRecordValues(
            entry,
            [
                {
                    "kind": "earning",
                    "balance": "payable",
                    "amount": 113_013.70,
                    "reason": "award",
                    "rule_id": self.rule.id,
                }
            ],
        )
        self.assertEqual(
            entry.with_user(self.first).explanation,
            "3 months × $\xa050,000.00 × 1 × 275 ÷ 365 days",
        )
        self.assertEqual(
            entry.with_user(self.first).document, self._line(award, self.first)
        )

    def test_my_earnings_show_the_award_of_the_month(self):
        self._decide(self._create_award(period_id=self._period(2).id))
        self._compute()
        earnings = self.env["sales.incentive.earnings"].with_user(self.second)
        [company] = earnings.get_data()["companies"]
        [rule] = company["rules"]
        self.assertIn("84,000", rule["earned"])
        [line] = company["lines"]
        self.assertIn("84,000", line["amount"])
        self.assertIn(rule["name"], line["document"])

    def test_a_locked_award_is_neither_changed_nor_paid_again(self):
        award = self._decide(self._create_award())
        self._lock(1)
        self._compute()
        self.assertEqual(self._booked(self.first), 113_013.70)
        self.assertEqual(self._booked(self.first, 2), 0)
        with self.assertRaisesRegex(UserError, "it pays the difference"):
            award.with_user(self.hr_manager).action_cancel()

    def test_a_cancelled_award_is_not_paid(self):
        award = self._decide(self._create_award())
        self._compute()
        award.with_user(self.hr_manager).action_cancel()
        self._compute()
        self.assertEqual(self._booked(self.first), 0)

    def test_the_next_open_month_pays_what_is_approved_late(self):
        award = self._create_award()
        award.action_submit()
        self._lock(1)
        for approver in (self.director, self.finance):
            self.env.invalidate_all()
            award.with_user(approver)._validate_tier()
        self._compute()
        self.assertEqual(award.period_id, self._period(2))
        self.assertEqual(self._booked(self.first, 2), 113_013.70)

    def test_a_corrected_grade_is_paid_by_the_difference(self):
        award = self._decide(self._create_award())
        self._lock(1)
        appraisal = self._line(award, self.second).appraisal_id
        self._appraise(
            {self.second: "A"}, version=2, corrects_id=appraisal.id, reason="Late"
        )
        again = self._create_award(period_id=self._period(2).id)
        self._decide(again)
        self.assertRecordValues(
            self._line(again, self.second),
            [{"award": 126_000, "before": 84_000, "amount": 42_000}],
        )
        self._compute()
        self.assertEqual(self._booked(self.second, 2), 42_000)
        self.assertEqual(self._booked(self.first, 2), 0)
        entry = self.entries.search(
            [("user_id", "=", self.second.id), ("month", "=", date(2027, 2, 1))]
        )
        self.assertIn("less what was awarded before", entry.explanation)

    def test_a_grade_that_is_corrected_meanwhile_stops_the_approval(self):
        award = self._create_award()
        award.action_submit()
        appraisal = self._line(award, self.second).appraisal_id
        self._appraise(
            {self.second: "A"}, version=2, corrects_id=appraisal.id, reason="Late"
        )
        self.env.invalidate_all()
        award.with_user(self.director)._validate_tier()
        self.env.invalidate_all()
        self.assertEqual(award.corrected_names, "Awarded 2")
        with self.assertRaisesRegex(UserError, "Awarded 2"):
            award.with_user(self.finance)._validate_tier()

    def test_nobody_approves_an_award_that_pays_them(self):
        self._assign(self.incentive, self.director)
        self._appraise({self.director: "A"})
        employee = self.env["hr.employee"].search([("user_id", "=", self.director.id)])
        employee.version_id.write({"date_version": "2020-01-01", "wage": 80_000})
        award = self._create_award()
        award.action_submit()
        self.assertNotIn(self.director, award.review_ids.reviewer_ids)
        self.assertIn(self.finance, award.review_ids.reviewer_ids)

    def test_a_rejected_award_pays_nothing(self):
        award = self._create_award()
        award.action_submit()
        self.env.invalidate_all()
        award.with_user(self.director)._rejected_tier()
        self.assertEqual(award.state, "rejected")
        self._compute()
        self.assertEqual(self._booked(self.first), 0)

    # ------------------------------------------------------------------
    # Bad input
    # ------------------------------------------------------------------

    def test_more_than_the_budget_is_not_submitted(self):
        award = self._create_award(budget=450_000)
        with self.assertRaisesRegex(UserError, "above the budget"):
            award.action_submit()
        self.assertEqual(award.state, "draft")
        award.budget = 480_000
        award.action_submit()
        self.assertEqual(award.state, "submitted")

    def test_people_without_a_wage_are_named(self):
        self.second.employee_ids.version_id.wage = 0
        with self.assertRaisesRegex(UserError, "Awarded 2. Enter their wage"):
            self._create_award().action_submit()

    def test_grades_that_may_still_change_are_not_awarded(self):
        cycle = self.cycle.copy({"date_from": date(2025, 1, 1)})
        with self.assertRaisesRegex(ValidationError, "Close the appraisals"):
            self._create_award(cycle_id=cycle.id)

    def test_a_month_has_one_award_of_a_rule(self):
        self._create_award()
        with mute_logger("odoo.sql_db"), self.assertRaises(UniqueViolation):
            self._create_award()

    def test_a_month_that_does_not_pay_the_rule_is_refused(self):
        earlier = self.periods.create(
            {"company_id": self.company.id, "month": date(2026, 12, 1)}
        )
        with self.assertRaisesRegex(ValidationError, "Choose another month"):
            self._create_award(period_id=earlier.id)

    def test_other_rules_are_no_awards(self):
        plan = self._create_plan("Commission")
        version = self.env["sales.incentive.version"].create(
            {
                "plan_id": plan.id,
                "date_from": date(2027, 1, 1),
                "rule_ids": [
                    Command.create(
                        {"name": "10 %", "metric_id": self.ordered.id, "rate": 10}
                    )
                ],
            }
        )
        with self.assertRaisesRegex(ValidationError, "not an approved rule of awards"):
            self._create_award(version.rule_ids)

    def test_submitted_awards_do_not_change(self):
        award = self._create_award()
        award.action_submit()
        for values in ({"factor": 2}, {"budget": 1}, {"period_id": self._period(2).id}):
            with self.subTest(values), self.assertRaises(UserError):
                award.write(values)
        with self.assertRaises(UserError):
            award.unlink()

    def test_lines_are_written_by_nobody(self):
        award = self._create_award()
        award.action_propose()
        line = award.line_ids[:1]
        for user in (self.hr_manager, self.finance, self.officer, self.director):
            with self.subTest(user.name), self.assertRaises(AccessError):
                line.with_user(user).write({"amount": 1})

    def test_other_terms_need_another_proposal(self):
        award = self._create_award()
        award.action_propose()
        award.factor = 2
        self.assertFalse(award.line_ids)

    # ------------------------------------------------------------------
    # Terms
    # ------------------------------------------------------------------

    def _draft(self, plan, *rules, **values):
        return self.env["sales.incentive.version"].create(
            {
                "plan_id": plan.id,
                "date_from": date(2027, 3, 1),
                "rule_ids": [Command.create(rule) for rule in rules],
                **values,
            }
        )

    def test_awards_by_wages_need_a_confidential_plan(self):
        rule = self._prepare_award_rule(award_base="wage")
        with self.assertRaisesRegex(ValidationError, "work out wages"):
            self._draft(self._create_plan("Open"), rule)
        with self.assertRaises(AccessError):
            self.incentive.with_user(self.officer).is_confidential = False

    def test_awards_by_wages_stand_alone(self):
        other = {"name": "10 %", "metric_id": self.ordered.id, "rate": 10}
        rule = self._prepare_award_rule(award_base="wage")
        with self.assertRaisesRegex(ValidationError, "no other rules"):
            self._draft(self.incentive, other, rule)

    def test_a_confidential_plan_has_no_limits_that_tell_what_it_pays(self):
        rule = self._prepare_award_rule(award_base="wage")
        version = self._draft(self.incentive, rule, cap_month=100_000)
        with self.assertRaisesRegex(UserError, "no caps and no guarantee"):
            version.action_submit()
        with self.assertRaisesRegex(ValidationError, "pays no draw"):
            self.assignments[0].draw_amount = 100

    def test_an_award_is_paid_without_caps_and_holdback(self):
        for values in (
            {"cap_month": 5},
            {"holdback": 10, "holdback_months": 3},
            {"minimum_month": 5},
        ):
            plan = self._create_plan("Open")
            with self.subTest(values), self.assertRaisesRegex(ValidationError, "to 0"):
                self._draft(plan, self._prepare_award_rule(**values))

    def test_an_award_names_grades(self):
        with self.assertRaisesRegex(ValidationError, "nothing about grades"):
            self._draft(self._create_plan("Open"), {"name": "Award", "kind": "award"})

    def test_the_terms_are_entered_in_their_form(self):
        plan = self._create_plan("Open")
        version = self._draft(plan)
        form = Form(
            self.env["sales.incentive.rule"]
            .with_context(default_version_id=version.id)
            .with_user(self.officer)
        )
        form.name = "Award"
        form.kind = "award"
        form.award_base = "value"
        with form.award_grade_ids.new() as line:
            line.grade_id = self.grades["A"]
            line.rate = 2
        rule = form.save()
        self.assertEqual(
            rule.summary, "A → 2 months · Months of the value in the assignment"
        )

    def test_the_letter_lists_what_grades_pay(self):
        letter = self.env["sales.incentive.acceptance"].search(
            [("assignment_id", "=", self.assignments[0].id)], limit=1
        )
        text = str(letter.read())
        self.assertIn("Award of a whole year", text)
        self.assertIn("3 months", text)

    # ------------------------------------------------------------------
    # Pools
    # ------------------------------------------------------------------

    def test_a_pool_is_shared_by_the_score_of_appraisals(self):
        rules = self.env["sales.incentive.rule"]
        weights = rules._read_pool_weights(
            self.company, "score", date(2027, 1, 1), date(2027, 1, 31)
        )
        shared = [int(weights[user.id]) for user in self.people]
        self.assertEqual(shared, [95, 85, 85, 70, 95, 0])
        self.assertFalse(
            rules._read_pool_weights(
                self.company, "score", date(2026, 1, 1), date(2026, 1, 31)
            )
        )
