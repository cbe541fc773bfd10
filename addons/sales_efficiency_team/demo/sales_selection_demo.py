# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo import Command, api, fields, models

from odoo.addons.sales_efficiency_base.demo import enter_demo
from odoo.addons.sales_efficiency_base.demo.demo_company import COMPANY, choose_name

# Name, stage, rating of the CV, right answers of the test, scores by interviewer
APPLICANTS = (
    ("Irene Ho 何怡君", "stage_job0", None, None, {}),
    ("Sam Yeh 葉書豪", "stage_job0", 3, None, {}),
    ("Joyce Lai 賴郁婷", "stage_job1", 4, 2, {}),
    ("Peter Kuo 郭冠廷", "stage_job2", 4, 3, {"kevin": None, "amy": None}),
    ("Nina Su 蘇雅琪", "stage_job3", 5, 2, {"linda": (5, 4, 4, 4), "kevin": None}),
    ("Leo Tseng 曾國維", "stage_job3", 3, 1, {"kevin": (3, 4, 3, 3)}),
    (
        "Carol Fu 傅佳慧",
        "stage_job4",
        4,
        3,
        {"kevin": (4, 5, 3, 4), "linda": (3, 4, 4, 5)},
    ),
    ("Mark Pan 潘柏宇", "stage_job5", 5, 3, {"kevin": (5, 4, 4, 5)}),
    ("Ruby Ma 馬思穎", "refused", 2, 1, {"linda": (2, 2, 3, 2)}),
)
CHECKED = {"stage_job4", "stage_job5"}
QUESTIONS = 3


class SalesSelectionDemo(models.AbstractModel):
    """Fills a vacancy of the demo company with applicants in all stages."""

    _name = "sales.selection.demo"
    _description = "Selection Demo Data"

    @api.model
    def _load(self):
        if not self.env.ref(COMPANY, raise_if_not_found=False):
            return  # A database of an earlier version, in whose demo people work
        demo = enter_demo(self, tracking_disable=True, mail_notrack=True)
        job = self.env.ref("sales_efficiency_base.job_representative_demo")
        job = job.with_env(demo.env)
        if job.sales_part_ids:
            return  # Odoo can load demo data repeatedly
        helen = demo._get_user("helen", "sales_efficiency_incentive")
        helen.group_ids += demo.env.ref("hr_recruitment.group_hr_recruitment_user")
        job.write(
            {
                "user_id": helen.id,
                "no_of_recruitment": 2,
                "survey_id": demo._create_test().id,
                "sales_team_id": demo.env.ref(
                    "sales_efficiency_base.team_north_demo"
                ).id,
                "sales_onboarding_plan_id": demo._create_onboarding().id,
            }
        )
        job.action_use_ready_selection()
        offer = demo.env.ref("hr_recruitment.stage_job4", raise_if_not_found=False)
        if offer:
            offer.sales_is_offer = True
        for values in APPLICANTS:
            demo._create_applicant(job, helen, *values)

    def _create_applicant(self, job, helen, name, stage, rating, right, scores):
        refused = stage == "refused"
        first, last = (
            self.env.ref(f"hr_recruitment.{xmlid}")
            for xmlid in ("stage_job0", "stage_job2" if refused else stage)
        )
        login = name.split(" ")[0].lower()
        applicant = self.env["hr.applicant"].create(
            {
                "partner_name": choose_name(self.env, name),
                "email_from": f"{login}@example.com",
                "job_id": job.id,
                "company_id": job.company_id.id,
                "stage_id": first.id,
                "user_id": helen.id,
                "sales_screening": rating and str(rating),
            }
        )
        if right is not None:
            self._answer_test(applicant, right)
        if scores:
            self._interview(applicant, scores)
        if stage in CHECKED:
            self._pass_check(applicant)
        if login == "leo":
            self._ask_waiver(applicant, helen)
        applicant.stage_id = last
        if refused:
            applicant.write(
                {
                    "active": False,
                    "refuse_date": fields.Datetime.now(),
                    "refuse_reason_id": self.env["hr.applicant.refuse.reason"]
                    .search([], limit=1)
                    .id,
                }
            )

    # ------------------------------------------------------------------
    # Parts
    # ------------------------------------------------------------------

    def _create_test(self):
        """A written test of three questions"""
        question = self.env._("How do you start with a new customer?")
        return self.env["survey.survey"].create(
            {
                "title": self.env._("Written Test for Salespeople"),
                "survey_type": "recruitment",
                "access_mode": "token",
                "scoring_type": "scoring_without_answers",
                "question_and_page_ids": [
                    Command.create(
                        {
                            "title": f"{number + 1}. {question}",
                            "question_type": "simple_choice",
                            "suggested_answer_ids": [
                                Command.create(
                                    {
                                        "value": self.env._("I ask what they need"),
                                        "is_correct": True,
                                        "answer_score": 10,
                                    }
                                ),
                                Command.create(
                                    {"value": self.env._("I send the price list")}
                                ),
                            ],
                        }
                    )
                    for number in range(QUESTIONS)
                ],
            }
        )

    def _answer_test(self, applicant, right):
        questions = applicant.job_id.survey_id.question_ids
        self.env["survey.user_input"].create(
            {
                "survey_id": applicant.job_id.survey_id.id,
                "applicant_id": applicant.id,
                "email": applicant.email_from,
                "state": "done",
                "end_datetime": fields.Datetime.now() - timedelta(days=5),
                "predefined_question_ids": [Command.set(questions.ids)],
                "user_input_line_ids": [
                    Command.create(
                        {
                            "question_id": question.id,
                            "answer_type": "suggestion",
                            "suggested_answer_id": question.suggested_answer_ids[
                                0 if number < right else 1
                            ].id,
                        }
                    )
                    for number, question in enumerate(questions)
                ],
            }
        )

    def _interview(self, applicant, scores):
        is_over = all(scores.values())
        days = -3 if is_over else 4
        start = fields.Datetime.now().replace(hour=2, minute=0, second=0)
        interviewers = {self._get_user(login): s for login, s in scores.items()}
        interview = self.env["sales.interview"].create(
            {
                "name": self.env._("First Interview"),
                "applicant_id": applicant.id,
                "date_start": start + timedelta(days=days),
                "interviewer_ids": [user.id for user in interviewers],
            }
        )
        for card in interview.scorecard_ids:
            ratings = interviewers[card.user_id]
            if ratings:
                for score, rating in zip(card.score_ids, ratings, strict=True):
                    score.rating = str(rating)
                card.with_user(card.user_id).action_submit()

    def _pass_check(self, applicant):
        check = self.env["sales.background.check"].create(
            {
                "applicant_id": applicant.id,
                "consent_date": fields.Date.today() - timedelta(days=2),
                "consent_file": b"WWVz",
                "consent_filename": "consent.txt",
            }
        )
        check.action_start()
        check.item_ids.write(
            {"result": "confirmed", "note": self.env._("Original seen")}
        )
        check.action_pass()

    def _ask_waiver(self, applicant, helen):
        parts = applicant.job_id.sales_part_ids
        waiver = self.env["sales.selection.waiver"].create(
            {
                "applicant_id": applicant.id,
                "part_ids": parts.filtered(lambda part: part.kind == "check").ids,
                "reason": self.env._("Worked for us until spring; HR has the papers."),
            }
        )
        waiver.with_user(helen).with_company(applicant.company_id).action_submit()

    def _create_onboarding(self):
        """What a newcomer's first weeks need"""
        todo = self.env.ref("mail.mail_activity_data_todo").id
        tasks = (
            (self.env._("Show the team, tools and rules"), 0),
            (self.env._("Present the products"), 7),
            (self.env._("Visit the first customers together"), 21),
        )
        return self.env["mail.activity.plan"].create(
            {
                "name": self.env._("First Weeks in Sales"),
                "res_model": "hr.employee",
                "company_id": self.env.company.id,
                "template_ids": [
                    Command.create(
                        {
                            "summary": summary,
                            "activity_type_id": todo,
                            "responsible_type": "on_demand",
                            "delay_count": days,
                            "delay_unit": "days",
                            "delay_from": "after_plan_date",
                        }
                    )
                    for summary, days in tasks
                ],
            }
        )

    def _get_user(self, login, module="sales_efficiency_base"):
        return self.env.ref(f"{module}.user_{login}_demo")
