# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date, timedelta

from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from .appraisal_common import SalesAppraisalCommon
from .training_common import SalesTrainingCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-10-15 12:00:00")
class TestSalesTeamBoard(SalesTrainingCommon, SalesAppraisalCommon):
    """The board of leaders, directors and HR. The third quarter asked for 1,000, of
    which the salesperson has sold 960 and the colleague 500."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._sell_in_quarter(960)
        cls._sell_in_quarter(500, cls.colleague)
        cls._create_template("Rated", parts={"kpi": 50, "superior": 30, "peer": 20})
        cls.cycle = cls._create_cycle()

    def _get_data(self, user=None, **asked):
        self.env.invalidate_all()
        board = self.env["sales.team.board"].with_user(user or self.leader)
        return board.get_data(**asked)

    def _get_sections(self, user=None, **asked):
        sections = self._get_data(user, **asked)["sections"]
        return {section["key"]: section for section in sections}

    def _get_people(self, section):
        return [row["name"] for row in section["rows"]]

    # Heat map

    def test_leaders_see_how_far_their_people_have_got_with_each_kpi(self):
        self.cycle.action_make()
        section = self._get_sections()["kpi_map"]
        self.assertEqual(section["title"], "KPIs by Person, Q3 2026")
        self.assertEqual(section["columns"], ["Ordered Amount"])
        self.assertEqual(
            [
                (row["name"], row["cells"][0]["text"], row["cells"][0]["status"])
                for row in section["rows"]
            ],
            [
                (
                    "Test Salesperson",
                    "96.0 %",
                    {"kind": "kpi", "value": "near", "name": "Slightly behind"},
                ),
                (
                    "Test Colleague",
                    "50.0 %",
                    {"kind": "kpi", "value": "far", "name": "Far behind"},
                ),
            ],
        )

    def test_figures_that_grow_are_compared_with_the_time_that_is_over(self):
        self._sell_in_quarter(200, day=date(2026, 10, 10))
        self._create_cycle("2026-10-01").action_make()
        section = self._get_sections()["kpi_map"]
        self.assertIn("when 16.3 % of the period was over", section["note"])
        [cell] = section["rows"][0]["cells"]
        self.assertEqual(
            (cell["text"], cell["status"]["value"]), ("20.0 %", "on_track")
        )

    def test_people_without_a_kpi_have_an_empty_cell(self):
        margin = self.env.ref("sales_efficiency_base.sales_metric_margin")
        job = self.env["hr.job"].create(
            {"name": "Team Leader", "company_id": self.company.id}
        )
        self._create_template(
            "Leaders",
            [
                self._prepare_kpi(self.ordered, 50, 900, measures="team"),
                self._prepare_kpi(margin, 50, 900),
            ],
            job_ids=[(6, 0, job.ids)],
        )
        self.peer.job_id = job
        self.cycle.action_make()
        section = self._get_sections()["kpi_map"]
        self.assertEqual(section["columns"], ["Ordered Amount", "Margin"])
        filled = {
            row["name"]: [
                cell and cell["detail"].split(":")[0] for cell in row["cells"]
            ]
            for row in section["rows"]
        }
        self.assertEqual(
            filled,
            {
                "Test Salesperson": ["Own sales", None],
                "Test Colleague": ["Teams led", "Own sales"],
            },
        )

    def test_nobody_sees_their_own_row_before_they_are_told(self):
        self.cycle.action_make()
        section = self._get_sections()["kpi_map"]
        self.assertNotIn(self.leader.name, self._get_people(section))
        director = self._get_sections(self.director)["kpi_map"]
        self.assertIn(self.leader.name, self._get_people(director))

    # Choices

    def test_leaders_choose_among_their_teams_and_others_among_all(self):
        self.cycle.action_make()
        self._create_cycle("2026-04-01")
        [own, _cycles] = self._get_data()["choices"]
        self.assertNotIn(self.team_other.id, [team["id"] for team in own["options"]])
        [teams, _cycles] = self._get_data(self.director)["choices"]
        ids = [option["id"] for option in teams["options"]]
        self.assertLessEqual({False, self.team_field.id, self.team_other.id}, set(ids))
        chosen = self._get_sections(self.director, team=self.team_field.id)["kpi_map"]
        self.assertNotIn(self.outsider.name, self._get_people(chosen))

    def test_a_choice_of_others_is_ignored(self):
        self.cycle.action_make()
        expected = self._get_data()
        for team in (self.team_other.id, "x", [1], {"a": 1}, True, -1):
            self.assertEqual(self._get_data(team=team, cycle=team), expected, team)

    # What waits

    def test_raters_who_are_late_are_counted_but_not_named(self):
        self.cycle.action_start_rating()
        self.cycle.rating_deadline = date(2026, 10, 14)
        section = self._get_sections()["answers"]
        [row] = [r for r in section["rows"] if r["name"] == "Test Salesperson"]
        self.assertEqual(row["figure"], "0 of 2")
        self.assertEqual(row["status"]["value"], "overdue")
        self.assertNotIn(self.colleague.name, str(row))

    def test_appraisals_wait_to_be_told_until_their_deadline(self):
        self._bring_to(self.cycle, "told")
        section = self._get_sections()["talks"]
        self.assertEqual(
            self._get_people(section), ["Test Colleague", "Test Salesperson"]
        )
        self.assertFalse(section["rows"][0]["status"])
        self.cycle.tell_deadline -= timedelta(days=30)
        section = self._get_sections()["talks"]
        self.assertEqual(section["rows"][0]["status"]["value"], "overdue")
        self._get_appraisal(self.cycle).with_user(self.leader).action_tell()
        section = self._get_sections()["talks"]
        self.assertEqual(self._get_people(section), ["Test Colleague"])

    def test_newcomers_stand_with_their_share_of_a_full_target(self):
        members = self.salesperson.crm_team_member_ids
        members.sales_start_date = date(2026, 8, 20)
        section = self._get_sections()["newcomers"]
        self.assertEqual(self._get_people(section), ["Test Salesperson"])
        self.assertEqual(section["rows"][0]["figure"], "50.0 % of a full target")
        members.sales_start_date = date(2026, 1, 1)
        self.assertFalse(self._get_sections()["newcomers"]["rows"])

    # Trainings

    def test_the_training_calendar_shows_places(self):
        self._enter(self.coming, self.people)
        [row] = self._get_sections()["sessions"]["rows"]
        self.assertIn("2 of 2 places · 1 waiting", row["detail"])

    def test_training_plans_show_what_was_spent(self):
        plan = self.env["sales.training.plan"].create({"team_id": self.team_field.id})
        plan.line_ids.create(
            {
                "plan_id": plan.id,
                "user_id": self.salesperson.id,
                "course_id": self.course.id,
                "planned_cost": 400,
            }
        )
        self._hold("2026-10-01", self.employee)
        [row] = self._get_sections()["training_plans"]["rows"]
        self.assertIn("$\xa0200.00 of $\xa0400.00 spent", row["detail"])
        self.assertEqual((row["figure"], row["progress"]), ("50.0 %", 50))

    # Charts

    def test_grades_are_counted_by_team(self):
        self._bring_to(self.cycle, "calibration")
        section = self._get_sections(self.director)["grades"]
        counts = {
            dataset["label"]: dict(zip(section["labels"], dataset["data"], strict=True))
            for dataset in section["datasets"]
        }
        self.assertEqual(counts["A"][self.team_field.name], 1)
        people = sum(sum(of_team.values()) for of_team in counts.values())
        self.assertEqual(people, len(self.cycle.appraisal_ids))

    def test_attainment_stands_against_the_rating_of_the_superior(self):
        with self._rated({"superior": {"Teamwork": [4]}}):
            self._bring_to(self.cycle, "calibration")
        points = self._get_sections()["judgements"]["datasets"][0]["data"]
        self.assertIn({"name": "Test Salesperson", "x": 96.0, "y": 80.0}, points)

    def test_the_head_count_stands_beside_the_plan(self):
        self.assertNotIn("head_count", self._get_sections(self.director))
        plan = self.env["sales.staffing.plan"].create(
            {"company_id": self.company.id, "date_from": date(2026, 1, 1)}
        )
        self.env["sales.staffing.need"].create(
            {
                "plan_id": plan.id,
                "team_id": self.team_field.id,
                "date_newcomers": plan.date_newcomers,
                "measured_rate": 100,
                "month_ids": [
                    (0, 0, {"month": month, "target": 1000, "people": 4, "present": 4})
                    for month in (date(2026, 10, 1), date(2026, 11, 1))
                ],
            }
        )
        self.env["tier.definition"].search([("model", "=", plan._name)]).active = False
        plan._set_state("submitted")
        plan._approve()
        actual, planned = self._get_sections(self.director)["head_count"]["datasets"]
        self.assertEqual(planned["data"], [4, 4])
        self.assertEqual(len(actual["data"]), 2)
        self.assertIsNone(actual["data"][1])  # still to come

    def test_channels_lead_from_applicants_to_those_hired(self):
        source = self.env["utm.source"].create({"name": "Fair"})
        self.env["hr.applicant"].create(
            [
                {
                    "partner_name": f"Applicant {number}",
                    "job_id": self.job.id,
                    "company_id": self.company.id,
                    "source_id": source.id,
                }
                for number in range(2)
            ]
        )
        self.assertNotIn("channels", self._get_sections())
        section = self._get_sections(self.hr_user)["channels"]
        self.assertEqual(section["labels"], ["Fair"])
        self.assertEqual([d["data"] for d in section["datasets"]], [(2,), (0,), (0,)])

    # Who opens it

    def test_the_board_is_for_those_who_lead_and_for_hr(self):
        for user in (self.salesperson, self.colleague):
            with self.assertRaisesRegex(AccessError, "for those who lead"):
                self._get_data(user)
        self.cycle.action_make()
        everybody = self._get_sections(self.hr_user)["kpi_map"]
        self.assertIn(self.leader.name, self._get_people(everybody))

    def test_queries_do_not_depend_on_people(self):
        def count():
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            board.get_data()
            return self.env.cr.sql_log_count - before

        board = self.env["sales.team.board"].with_user(self.director)
        self.cycle.action_make()
        self.salesperson.crm_team_member_ids.sales_start_date = date(2026, 8, 1)
        board.get_data()
        few = count()
        for number in range(4):
            user = self._create_user("salesperson", login=f"board_{number}")
            self.env["crm.team.member"].create(
                {
                    "user_id": user.id,
                    "crm_team_id": self.team_field.id,
                    "sales_start_date": date(2026, 8, 1),
                }
            )
        self.cycle.least_days = 0
        self.cycle.action_make()
        people = self._get_people(self._get_sections(self.director)["kpi_map"])
        self.assertEqual(len(people), 9)
        self.assertLessEqual(count(), few)

    # Cockpit

    def _get_panels(self, user, **asked):
        self.env.invalidate_all()
        return self.env["sales.cockpit"].with_user(user).get_data(**asked)["panels"]

    def test_the_cockpit_shows_the_team_by_role(self):
        self._bring_to(self.cycle, "told")
        self._enter(self.coming, self.employee)
        director = self._get_panels(self.director)
        self.assertLessEqual({"team_grades"}, director.keys())
        self.assertFalse({"team", "my_development"} & director.keys())
        leader = self._get_panels(self.leader)
        self.assertEqual(
            {row["name"]: row["figure"] for row in leader["team"]["rows"]},
            {"Appraisals to Tell": "2", "Training Calendar": "1"},
        )
        self.assertNotIn("team_grades", leader)
        own = self._get_panels(self.salesperson)["my_development"]
        self.assertEqual(
            {row["name"]: row["figure"] for row in own["rows"]}, {"Trainings": "1"}
        )

    # First steps

    def test_setting_up_the_team_belongs_to_the_first_steps(self):
        steps = self.env["onboarding.onboarding.step"].with_user(self.director)
        codes = ("jobs", "staffing", "courses", "template", "cycle", "conduct")
        company = self.env["res.company"].create({"name": "New", "sales_tz": "UTC"})
        self.director.write(
            {"company_ids": [(4, company.id)], "company_id": company.id}
        )
        for code in codes:
            self.assertFalse(steps._get_sales_step(code)["is_done"], code)
            action = getattr(steps, f"action_open_sales_{code}")()
            self.assertEqual(action["type"], "ir.actions.act_window")
        self.env["sales.appraisal.cycle"].create(
            {"company_id": company.id, "rhythm": "quarter", "date_from": "2026-10-01"}
        )
        self._create_course(company_id=company.id)
        for code in ("courses", "template", "cycle"):
            self.assertTrue(steps._get_sales_step(code)["is_done"], code)
