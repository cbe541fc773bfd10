# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date
from unittest.mock import patch

from psycopg2 import IntegrityError
from psycopg2.errors import RestrictViolation

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, freeze_time, new_test_user, tagged
from odoo.tools import mute_logger

from odoo.addons.sales_efficiency_base.tools import Period, Scope

from .appraisal_common import RATINGS, SalesAppraisalCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-10-15 12:00:00")
class TestSalesAppraisalCycle(SalesAppraisalCommon):
    """From opening a cycle to closing it for good."""

    # ------------------------------------------------------------------
    # Who is appraised
    # ------------------------------------------------------------------

    def test_salespeople_and_leaders_are_appraised(self):
        cycle = self._create_cycle()
        cycle.action_make()
        people = self.salesperson + self.colleague + self.outsider + self.leader
        self.assertLessEqual(people, cycle.appraisal_ids.user_id)
        self.assertNotIn(self.director, cycle.appraisal_ids.user_id)
        self.assertEqual(self._get_appraisal(cycle).superior_id, self.leader)
        self.assertEqual(
            self._get_appraisal(cycle, self.leader).superior_id, self.director
        )

    def test_making_them_again_makes_no_second_one(self):
        cycle = self._create_cycle()
        cycle.action_make()
        count = len(cycle.appraisal_ids)
        cycle.action_make()
        self.assertEqual(len(cycle.appraisal_ids), count)

    def test_who_began_in_the_last_week_is_left_out(self):
        member = self.salesperson.crm_team_member_ids
        member.sales_start_date = date(2026, 9, 25)
        cycle = self._create_cycle()
        cycle.action_make()
        self.assertFalse(self._get_appraisal(cycle))
        self.assertTrue(self._get_appraisal(cycle, self.colleague))
        cycle.least_days = 6
        cycle.action_make()
        self.assertTrue(self._get_appraisal(cycle))

    def test_who_has_left_is_not_appraised(self):
        self.salesperson.active = False
        cycle = self._create_cycle()
        cycle.action_make()
        self.assertFalse(self._get_appraisal(cycle))

    def test_who_leaves_meanwhile_does_not_keep_the_cycle_open(self):
        cycle = self._bring_to(self._create_cycle(), "told")
        self.salesperson.active = False
        others = cycle.appraisal_ids.filtered("user_id.active")
        others.action_tell()
        cycle.action_close()
        self.assertEqual(self._get_appraisal(cycle).state, "closed")

    def test_people_without_template_are_named(self):
        self.template.job_ids = self.job.copy()
        ready = self.env.ref("sales_efficiency_team.sales_appraisal_template_person")
        ready.active = False
        cycle = self._create_cycle()
        with self.assertRaisesRegex(UserError, "Nobody would be appraised"):
            cycle.action_start_rating()
        self.assertIn(self.salesperson.name, cycle.missing_names)

    def test_the_other_company_has_cycles_of_its_own(self):
        company = self._create_company()
        self.salesperson.company_ids += company
        self._sell_in_quarter(300)
        template = self.template.copy({"company_id": company.id, "active": True})
        own, other = self._create_cycle(), self._create_cycle(company_id=company.id)
        own.action_make()
        self.assertEqual(self._get_appraisal(own).kpi_ids.actual, 300)
        teams = self.env["crm.team"].create(
            {
                "name": "Abroad",
                "company_id": company.id,
                "member_ids": self.salesperson.ids,
            }
        )
        other.action_make()
        abroad = self._get_appraisal(other)
        self.assertRecordValues(
            abroad, [{"team_id": teams.id, "template_id": template.id}]
        )
        self.assertEqual(abroad.kpi_ids.actual, 0)
        visible = self.env["sales.appraisal"].with_user(self.director).search([])
        self.assertNotIn(abroad, visible)

    def test_the_superior_changes_with_the_team_until_the_calibration(self):
        cycle = self._bring_to(self._create_cycle(), "rating")
        self.team_department.user_id = self.outsider
        cycle.action_measure()
        self.assertEqual(self._get_appraisal(cycle).superior_id, self.outsider)
        cycle.action_calibrate()
        self.team_department.user_id = self.leader
        self.assertEqual(self._get_appraisal(cycle).superior_id, self.outsider)

    # ------------------------------------------------------------------
    # Overlaps
    # ------------------------------------------------------------------

    def test_a_cycle_begins_with_its_period(self):
        with self.assertRaisesRegex(ValidationError, "begins on the first day"):
            self._create_cycle(date(2026, 8, 1))

    @mute_logger("odoo.sql_db")
    def test_a_period_has_one_cycle(self):
        self._create_cycle()
        with self.assertRaises(IntegrityError), self.env.cr.savepoint():
            self._create_cycle()

    def test_rhythms_may_overlap(self):
        self._create_cycle()
        self.assertTrue(self._create_cycle(date(2026, 1, 1), rhythm="year"))

    @mute_logger("odoo.sql_db")
    def test_the_database_refuses_two_appraisals_of_a_person(self):
        cycle = self._create_cycle()
        cycle.action_make()
        appraisal = self._get_appraisal(cycle)
        with self.assertRaises(IntegrityError), self.env.cr.savepoint():
            appraisal.sudo().copy()

    # ------------------------------------------------------------------
    # Steps
    # ------------------------------------------------------------------

    def test_the_director_leads_a_cycle_to_its_end(self):
        self._sell_in_quarter(960)
        cycle = self._create_cycle().with_user(self.director)
        cycle.action_make()
        cycle.action_start_rating()
        self.assertEqual(cycle.rating_deadline, date(2026, 10, 29))
        cycle.action_calibrate()
        appraisal = self._get_appraisal(cycle)
        self.assertRecordValues(appraisal, [{"score": 96, "state": "calibration"}])
        cycle.action_tell()
        self.assertEqual(cycle.tell_deadline, date(2026, 10, 29))
        with self.assertRaisesRegex(UserError, "Tell these people first"):
            cycle.action_close()
        appraisal.with_user(self.leader).action_tell()
        (cycle.appraisal_ids - appraisal).with_user(self.director).action_tell()
        cycle.action_close()
        self.assertEqual(set(cycle.appraisal_ids.mapped("state")), {"closed"})

    def test_a_running_period_is_not_calibrated(self):
        cycle = self._create_cycle(date(2026, 10, 1))
        cycle.action_start_rating()
        with self.assertRaisesRegex(UserError, "runs until"):
            cycle.action_calibrate()

    def test_a_step_is_taken_once(self):
        cycle = self._bring_to(self._create_cycle(), "rating")
        with self.assertRaisesRegex(UserError, "is no longer"):
            cycle.action_start_rating()

    def test_states_and_scores_are_not_edited(self):
        cycle = self._bring_to(self._create_cycle(), "calibration")
        with self.assertRaises(AccessError):
            cycle.with_user(self.director).state = "closed"
        appraisal = self._get_appraisal(cycle).with_user(self.director)
        for name, value in (("state", "closed"), ("score", 100), ("points", 0)):
            with self.subTest(name), self.assertRaises(AccessError):
                appraisal[name] = value

    def test_figures_are_measured_until_the_calibration(self):
        cycle = self._bring_to(self._create_cycle(), "rating")
        self._sell_in_quarter(700)
        cycle.action_calibrate()
        self.assertEqual(self._get_appraisal(cycle).score, 70)
        self._sell_in_quarter(200)
        with self.assertRaisesRegex(UserError, "is no longer"):
            cycle.action_measure()
        self.assertEqual(self._get_appraisal(cycle).score, 70)

    def test_people_are_told_after_the_calibration(self):
        cycle = self._bring_to(self._create_cycle(), "calibration")
        with self.assertRaisesRegex(UserError, "still in calibration"):
            self._get_appraisal(cycle).with_user(self.leader).action_tell()

    # ------------------------------------------------------------------
    # Grades
    # ------------------------------------------------------------------

    def _calibrate(self, scores):
        """Have new people with these scores in calibration, and no others."""
        self.env["crm.team.member"].search([]).active = False
        self.env["crm.team"].search([]).user_id = False
        users = self.env["res.users"]
        for number, score in enumerate(scores):
            user = self._create_user("salesperson", f"graded{number}")
            users |= user
            self._create_history((date(2026, 8, 3), score * 10, {"user_id": user.id}))
        self.team_field.member_ids = users
        cycle = self._bring_to(self._create_cycle(), "calibration")
        self.assertEqual(len(cycle.appraisal_ids), len(scores))
        return cycle, [self._get_appraisal(cycle, user) for user in users]

    def test_equals_beyond_the_share_go_down_together(self):
        cycle, graded = self._calibrate([96, 95, 95, 90, *[60] * 8])
        grades = [appraisal.grade_id.name for appraisal in graded]
        self.assertEqual(grades, ["A", "B", "B", "B", *["D"] * 8])
        self.assertEqual(cycle.distribution, "A 1 of at most 2 · B 3 · C 0 · D 8")

    def test_a_changed_grade_has_author_and_reason(self):
        cycle, [best, *_others] = self._calibrate([96, 90, 90, 90, 90])
        grade_b = self.env.ref("sales_efficiency_team.sales_appraisal_grade_b")
        mine = best.with_user(self.director)
        with self.assertRaisesRegex(ValidationError, "Say why"):
            mine.grade_id = grade_b
        mine.write({"grade_id": grade_b.id, "grade_reason": "Windfall"})
        self.assertEqual(best.graded_by_id, self.director)
        cycle.action_propose()
        self.assertEqual(best.grade_id, grade_b, "grading anew keeps it")
        cycle.action_tell()
        self.assertRecordValues(
            best, [{"grade_name": "B", "graded_by_name": self.director.name}]
        )

    def test_only_directors_change_grades(self):
        _cycle, [best, *_others] = self._calibrate([96, 90])
        values = {"grade_id": best.grade_id.id, "grade_reason": "Friend"}
        for user in (self.leader, self.hr_user, self.salesperson):
            with self.subTest(user.login), self.assertRaises(AccessError):
                best.with_user(user).write(values)

    def test_grades_change_only_during_the_calibration(self):
        cycle, [best, *_others] = self._calibrate([96, 90])
        cycle.action_tell()
        with self.assertRaisesRegex(UserError, "only during the calibration"):
            best.with_user(self.director).grade_reason = "Late"

    def test_who_has_no_score_gets_no_grade(self):
        kpi = self._prepare_kpi(self.ordered, 100)
        self._create_template("Targets", [kpi])
        cycle = self._bring_to(self._create_cycle(), "calibration")
        self.assertFalse(self._get_appraisal(cycle).grade_id)

    # ------------------------------------------------------------------
    # For good
    # ------------------------------------------------------------------

    def _close(self):
        self._sell_in_quarter(800)
        cycle = self._bring_to(self._create_cycle(), "told")
        cycle.appraisal_ids.action_tell()
        cycle.action_close()
        return self._get_appraisal(cycle)

    @mute_logger("odoo.sql_db")
    def test_a_closed_appraisal_never_changes(self):
        appraisal = self._close()
        self.env.flush_all()
        for statement in (
            "UPDATE sales_appraisal SET score = 100 WHERE id = %s",
            "UPDATE sales_appraisal SET grade_name = 'A' WHERE id = %s",
            "DELETE FROM sales_appraisal WHERE id = %s",
            "UPDATE sales_appraisal_kpi SET score = 100 WHERE appraisal_id = %s",
            "DELETE FROM sales_appraisal_part WHERE appraisal_id = %s",
            "INSERT INTO sales_appraisal_part (appraisal_id, kind) VALUES (%s, 'peer')",
        ):
            with (
                self.subTest(statement),
                self.assertRaises(RestrictViolation),
                self.env.cr.savepoint(),
            ):
                self.env.cr.execute(statement, [appraisal.id])

    def test_it_keeps_the_names_of_the_day(self):
        appraisal = self._close()
        name = self.salesperson.name
        self.salesperson.name = "Married"
        self.leader.active = False
        self.team_field.name = "Renamed"
        self.job.name = "Other"
        self.template.name = "New"
        self.assertRecordValues(
            appraisal,
            [
                {
                    "user_name": name,
                    "team_name": "Test Field",
                    "job_name": "Sales Representative",
                    "superior_name": "Test Leader",
                    "template_name": "Everybody",
                }
            ],
        )

    def test_what_it_names_can_be_deleted(self):
        appraisal = self._close()
        self.employee.job_id = self.peer.job_id = self.job.copy()
        (self.superior + self.head).job_id = self.employee.job_id
        self.job.unlink()
        self.template.unlink()
        self.assertRecordValues(
            appraisal,
            [{"job_name": "Sales Representative", "template_name": "Everybody"}],
        )

    def test_a_correction_is_a_new_version_with_a_reason(self):
        first = self._close()
        self._sell_in_quarter(150)
        wizard = Form.from_action(
            self.env(user=self.director),
            first.with_user(self.director).action_correct(),
        )
        wizard.reason = "An order was missing"
        wizard.save().action_correct()
        second = self._get_appraisal(first.cycle_id)
        self.assertRecordValues(
            second,
            [
                {
                    "version": 2,
                    "score": 95,
                    "corrects_id": first.id,
                    "reason": "An order was missing",
                    "state": "calibration",
                }
            ],
        )
        self.assertRecordValues(first, [{"score": 80, "state": "closed"}])
        self.assertTrue(second.grade_id)
        second.with_user(self.leader).action_tell()
        self.assertEqual(second.state, "closed")
        with self.assertRaisesRegex(UserError, "corrected already"):
            first.with_user(self.director).action_correct()

    def test_a_correction_keeps_what_was_rated(self):
        asked = []

        def get_ratings(appraisals):
            asked.append(appraisals)
            return {}

        first = self._close()
        with patch(f"{RATINGS}._get_ratings", get_ratings):
            first.with_user(self.director)._correct("Why not")
        self.assertEqual(asked, [first], "people have rated the first version")

    # ------------------------------------------------------------------
    # Figures
    # ------------------------------------------------------------------

    def test_a_kpi_opens_its_figures(self):
        self._sell_in_quarter(800)
        self._sell_in_quarter(100, self.colleague)
        self._sell_in_quarter(70, day=date(2026, 6, 30))
        cycle = self._create_cycle()
        cycle.action_make()
        kpi = self._get_appraisal(cycle).kpi_ids.with_user(self.leader)
        action = kpi.action_open_figures()
        facts = self.env[action["res_model"]].search(action["domain"])
        self.assertEqual(sum(facts.mapped("amount")), kpi.actual)

    def test_the_score_is_a_metric(self):
        appraisal = self._close()
        scopes = [
            Scope(self.company.id),
            Scope(self.company.id, team_id=self.team_department.id),
            Scope(self.company.id, user_id=self.salesperson.id),
        ]
        period = Period(appraisal.date_from, appraisal.date_to)
        year = Period(date(2026, 1, 1), date(2026, 12, 31))

        def ask(user):
            metrics = self.env["sales.metric"].with_user(user)
            values = metrics.ask(["appraisal_score"], scopes, [period, year])
            return values.column("appraisal_score")

        everybody = appraisal.cycle_id.appraisal_ids
        average = sum(everybody.mapped("score")) / len(everybody)
        found = ask(self.director)
        self.assertAlmostEqual(found[0], average)
        self.assertEqual(found[4:], [80, None])
        self.assertEqual(found[1], None, "years are measured, not averaged")
        self.assertEqual(ask(self.salesperson)[0], 80, "of what they may read")
        self.assertEqual(ask(self.outsider)[4], None)
        self.assertEqual(ask(self.env.ref("base.user_root"))[0], None)
        score = self.env.ref("sales_efficiency_team.sales_metric_appraisal_score")
        self.assertTrue(score._depends_on_user(), "what others read is not made of it")

    # ------------------------------------------------------------------
    # Speed
    # ------------------------------------------------------------------

    def test_the_number_of_queries_does_not_depend_on_people(self):
        self.template.part_ids.weight = 60
        self.template.part_ids = [
            (0, 0, {"kind": "superior", "weight": 40}),
        ]
        kpis = [
            self._prepare_kpi(metric, weight, target)
            for metric, weight, target in (
                (self.ordered, 50, 1000),
                (self.quantity, 30, 0),
                (self.margin_rate, 20, 30),
            )
        ]
        self.template.kpi_ids = [(5,), *((0, 0, kpi) for kpi in kpis)]
        few = self._count_queries(3, date(2026, 7, 1))
        many = self._count_queries(30, date(2026, 4, 1))
        for step, count in few.items():
            with self.subTest(step):
                self.assertEqual(count, many[step])

    def _count_queries(self, people, day):
        """Count the queries of the steps of a cycle with some people."""
        self.env["crm.team.member"].search([]).active = False
        self.env["crm.team"].search([]).user_id = False
        users = self.env["res.users"].union(
            *(
                new_test_user(
                    self.env,
                    f"many{people}_{number}",
                    groups="sales_efficiency_base.group_sales_person",
                    company_id=self.company.id,
                )
                for number in range(people)
            )
        )
        self.team_field.member_ids = users
        self.team_field.user_id = self.leader
        self.env["hr.employee"].create(
            [
                {
                    "name": user.name,
                    "user_id": user.id,
                    "company_id": self.company.id,
                    "job_id": self.job.id,
                }
                for user in users
            ]
        )
        cycle = self._create_cycle(day)
        counts = {}
        for name in (
            "action_make",
            "action_start_rating",
            "action_measure",
            "action_calibrate",
            "action_tell",
        ):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            getattr(cycle, name)()
            self.env.flush_all()
            counts[name] = self.env.cr.sql_log_count - before
        self.assertEqual(len(cycle.appraisal_ids), people + 1)
        return counts
