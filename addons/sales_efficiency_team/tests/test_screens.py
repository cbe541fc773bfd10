# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from odoo import Command
from odoo.tests import freeze_time, tagged

from odoo.addons.sales_efficiency_base.tests import screens

from .appraisal_common import SalesAppraisalCommon
from .selection_common import SelectionCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-10-15 12:00:00")
class TestScreens(screens.ScreensCommon, SalesAppraisalCommon, SelectionCommon):
    """Screens with a record of each kind."""

    addon = "sales_efficiency_team"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.roles |= {"hr_user": cls.hr_user, "hr_manager": cls.hr_manager}
        cls._create_template("Rated", parts={"kpi": 40, "superior": 30, "peer": 30})
        cls._create_appraisals()
        cls._create_selection()
        cls._create_staffing()
        cls._create_training()
        cls._create_careers()
        cls._create_conduct()
        cls._create_honours()
        cls._create_awards()

    @classmethod
    def _create_appraisals(cls):
        """A cycle in calibration, and a closed one with a correction, after which
        improvement plans were proposed."""
        cls._create_cycle().action_start_rating()
        closed = cls._bring_to(cls._create_cycle("2026-04-01"), "told")
        closed.appraisal_ids.action_tell()
        mine = closed.appraisal_ids.filtered(lambda a: a.user_id == cls.salesperson)
        cls.env["sales.appraisal.objection"].with_user(cls.salesperson).create(
            {"appraisal_id": mine.id, "reason": "Screens"}
        )
        closed.action_close()
        closed.appraisal_ids[0]._correct("Screens")
        cls._bring_to(cls._create_cycle("2026-01-01"), "calibration")

    @classmethod
    def _create_selection(cls):
        """An applicant with papers of each kind"""
        cls.roles["recruiter"] = cls.recruiter
        cls._set_parts(("screening", 40, False), ("interview", 60, True))
        interview = cls._plan(cls.leader, cls.salesperson)
        cls._score(interview, cls.leader, 4, 5, 3, 4)
        cls.env["sales.background.check"].create({"applicant_id": cls.applicant.id})
        cls.env["sales.selection.waiver"].create(
            {
                "applicant_id": cls.applicant.id,
                "part_ids": cls.job.sales_part_ids[1:].ids,
                "reason": "Known for years",
            }
        ).with_user(cls.recruiter).action_submit()

    @classmethod
    def _create_staffing(cls):
        plan = cls.env["sales.staffing.plan"].create(
            {"company_id": cls.company.id, "date_from": date(2026, 1, 1)}
        )
        cls.env["sales.staffing.need"].create(
            {
                "plan_id": plan.id,
                "team_id": cls.team_field.id,
                "date_newcomers": plan.date_newcomers,
                "measured_rate": 100,
                "month_ids": [
                    (0, 0, {"month": month, "target": 1000, "people": 2, "present": 2})
                    for month in (date(2026, 10, 1), date(2026, 11, 1))
                ],
            }
        )
        cls.env["sales.staffing.line"].create(
            {
                "plan_id": plan.id,
                "team_id": cls.team_field.id,
                "job_id": cls.job.id,
                "reason": "Test",
            }
        )
        rules = cls.env["tier.definition"].search([("model", "=", plan._name)])
        rules.active = False
        plan._set_state("submitted")
        plan._approve()
        applicant = cls.env["hr.applicant"].create(
            {
                "partner_name": "Test Applicant",
                "job_id": cls.job.id,
                "sales_referrer_id": cls.salesperson.id,
                "source_id": cls.env.ref("utm.utm_source_referral").id,
            }
        )
        cls.env["sales.recruitment.cost"].create(
            {"source_id": applicant.source_id.id, "amount": 100}
        )
        cls.env["sales.recruitment.referral"].create(
            {
                "name": "Test Applicant",
                "company_id": cls.company.id,
                "applicant_id": applicant.id,
                "user_id": cls.salesperson.id,
                "job_id": cls.job.id,
                "bounty": 500,
            }
        )

    @classmethod
    def _create_training(cls):
        course = cls.env["sales.training.course"].create(
            {"name": "Negotiating", "metric_id": cls.ordered.id}
        )
        session = cls.env["sales.training.session"].create(
            {"course_id": course.id, "date_start": "2026-10-20 09:00:00"}
        )
        session.action_open()
        session._take_in(cls.employee + cls.superior)
        cls.env["sales.training.plan"].create(
            {
                "team_id": cls.team_field.id,
                "line_ids": [
                    Command.create(
                        {"user_id": cls.salesperson.id, "course_id": course.id}
                    )
                ],
            }
        )

    @classmethod
    def _create_careers(cls):
        """A newcomer, a path, a move to approve and a talk"""
        course = cls.env["sales.training.course"].search([], limit=1)
        cls.env["sales.onboarding.course"].create(
            {"job_id": cls.job.id, "course_id": course.id}
        )
        cls.env["sales.onboarding"].create({"employee_id": cls.employee.id})
        senior = cls.env["hr.job"].create(
            {"name": "Senior", "company_id": cls.company.id}
        )
        cls.env["sales.career.path"].create(
            {
                "name": "Leading",
                "level_ids": [
                    Command.create({"job_id": job.id, "months": 12})
                    for job in (cls.job, senior)
                ],
            }
        )
        values = {"user_id": cls.salesperson.id, "job_id": senior.id}
        cls.env["sales.career.move"].create({**values, "reason": "Screens"}).with_user(
            cls.leader
        ).action_submit()
        cls.env["sales.career.talk"].create({"user_id": cls.salesperson.id})

    @classmethod
    def _create_conduct(cls):
        rules = cls.env["sales.conduct.version"].create(
            {"rule_ids": [(0, 0, {"name": "Gifts", "points": 5})]}
        )
        rules.action_publish()
        report = cls.env["sales.conduct.report"].create(
            {
                "user_id": cls.salesperson.id,
                "rule_id": rules.rule_ids.id,
                "date": "2026-10-01",
                "description": "A watch",
                "proof": "A photograph",
            }
        )
        report.action_send()
        report.case_id.with_user(cls.leader).action_hear()

    @classmethod
    def _create_honours(cls):
        sale = {"user_id": cls.salesperson.id, "team_id": cls.team_field.id}
        cls._create_history(("2026-09-10", 300, sale))
        honours = cls.env["sales.honour"].create(
            [
                {"kind": kind, "date": "2026-09-30", "nothing_open": False}
                for kind in ("person", "team")
            ]
        )
        honours.with_user(cls.director).action_nominate()
        honours[0].with_user(cls.director).action_submit()
        cls.env.invalidate_all()
        honours[0].with_user(cls.hr_manager)._validate_tier()

    @classmethod
    def _create_awards(cls):
        """An award that everybody concerned reads, and one by wages"""
        cycle = cls._create_cycle("2025-01-01", rhythm="year")
        cycle.state = "closed"
        grade = cls.env["sales.appraisal.grade"].search([], limit=1)
        for base, is_confidential in (("value", False), ("wage", True)):
            plan = cls.env["sales.incentive.plan"].create(
                {
                    "name": base,
                    "company_id": cls.company.id,
                    "is_confidential": is_confidential,
                }
            )
            rule = {
                "name": "Award",
                "kind": "award",
                "award_base": base,
                "award_grade_ids": [Command.create({"grade_id": grade.id, "rate": 1})],
            }
            version = cls.env["sales.incentive.version"].create(
                {
                    "plan_id": plan.id,
                    "date_from": date(2026, 10, 1),
                    "rule_ids": [Command.create(rule)],
                }
            )
            version.write({"state": "approved", "approved_at": "2026-10-01 09:00:00"})
            cls.env["sales.incentive.assignment"].create(
                {
                    "plan_id": plan.id,
                    "user_id": cls.salesperson.id,
                    "date_from": date(2025, 1, 1),
                }
            )
            cls.env["sales.incentive.period"]._follow()
            cls.env["sales.incentive.award"].create(
                {
                    "rule_id": version.rule_ids.id,
                    "cycle_id": cycle.id,
                    "budget": 1000,
                }
            ).action_propose()
