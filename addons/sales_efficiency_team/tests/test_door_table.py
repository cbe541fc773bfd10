# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date
from inspect import Parameter, signature

from odoo import Command
from odoo.tests import freeze_time, tagged
from odoo.tools import SQL

from odoo.addons.sales_efficiency_target.tests import test_door_table

from ..engine import AppraisalBatch


@tagged("post_install", "-at_install")
@freeze_time("2026-10-15 12:00:00")
class TestDoorTable(test_door_table.TestDoorTable):
    addon = "sales_efficiency_team"
    extended = ("sales.action",)
    open_fields = {}

    @classmethod
    def _create_foreign(cls, company, user):
        return [
            *super()._create_foreign(company, user),
            *cls._create_foreign_appraisals(company, user),
            *cls._create_foreign_ratings(company, user),
            *cls._create_foreign_selection(company, user),
            *cls._create_foreign_staffing(company, user),
            *cls._create_training(company, user),
            *cls._create_careers(company, user),
            *cls._create_conduct(company, user),
            *cls._create_honour(company, user),
            *cls._create_award(company, user),
            *cls._create_feedback(company, user),
        ]

    @classmethod
    def _create_foreign_appraisals(cls, company, user):
        """Add a person's appraisal that is not told yet, and what it goes by."""
        env = cls.env
        template = env["sales.appraisal.template"].create(
            {
                "name": "Foreign",
                "company_id": company.id,
                "part_ids": [
                    Command.create({"kind": "kpi", "weight": 50}),
                    Command.create({"kind": "superior", "weight": 50}),
                ],
                "kpi_ids": [
                    Command.create(
                        {
                            "metric_id": env.ref(
                                "sales_efficiency_base.sales_metric_ordered_amount"
                            ).id,
                            "weight": 100,
                        }
                    )
                ],
                "criterion_ids": [Command.create({"name": "Foreign", "weight": 100})],
            }
        )
        cycle = env["sales.appraisal.cycle"].create(
            {"company_id": company.id, "rhythm": "month", "date_from": "2026-09-01"}
        )
        appraisal = AppraisalBatch(cycle).make(user)
        grade = env["sales.appraisal.grade"].create(
            {"name": "Foreign", "company_id": company.id, "lowest": 50}
        )
        return [
            template,
            template.part_ids[0],
            template.kpi_ids,
            template.criterion_ids,
            grade,
            cycle,
            appraisal,
            appraisal.kpi_ids,
            appraisal.part_ids[0],
            appraisal.mark_ids,
        ]

    @classmethod
    def _create_foreign_ratings(cls, company, user):
        """Create a self-appraisal, and the answer of somebody else."""
        period = {"rhythm": "month", "date_from": "2026-08-01"}
        cycle = cls.env["sales.appraisal.cycle"].create(
            {**period, "company_id": company.id, "rating_deadline": "2026-10-31"}
        )
        appraisal = cls.env["sales.appraisal"].create(
            {
                **period,
                "cycle_id": cycle.id,
                "date_to": "2026-08-31",
                "state": "rating",
                "user_id": user.id,
                "user_name": user.name,
            }
        )
        part = {"appraisal_id": appraisal.id, "kind": "self"}
        cls.env["sales.appraisal.part"].create(part)
        rater = cls.env["sales.appraisal.rater"].create({**part, "user_id": user.id})
        rating = cls.env["sales.appraisal.rating"].search([("rater_id", "=", rater.id)])
        return [
            rater,
            rating,
            cls.env["sales.appraisal.rating.line"].create({"rating_id": rating.id}),
            cls.env["sales.appraisal.answer"].create({**part, "note": "Foreign"}),
        ]

    @classmethod
    def _create_foreign_selection(cls, company, user):
        job = cls.env["hr.job"].create(
            {
                "name": f"Foreign {company.id}",
                "company_id": company.id,
                "sales_criterion_ids": [
                    Command.create({"name": "Foreign", "weight": 100})
                ],
                "sales_part_ids": [
                    Command.create({"kind": "interview", "weight": 100})
                ],
            }
        )
        applicant = cls.env["hr.applicant"].create(
            {
                "partner_name": "Foreign",
                "job_id": job.id,
                "company_id": company.id,
            }
        )
        interview = cls.env["sales.interview"].create(
            {
                "name": "Foreign",
                "applicant_id": applicant.id,
                "date_start": "2026-10-20 09:00:00",
                "interviewer_ids": user.ids,
            }
        )
        check = cls.env["sales.background.check"].create({"applicant_id": applicant.id})
        return [
            applicant,
            job.sales_criterion_ids,
            job.sales_part_ids,
            interview,
            interview.scorecard_ids,
            interview.scorecard_ids.score_ids,
            check,
            check.item_ids[0],
        ]

    @classmethod
    def _create_foreign_staffing(cls, company, user):
        team = cls.env["crm.team"].create(
            {"name": f"Foreign {company.id}", "company_id": company.id}
        )
        job = cls.env["hr.job"].create(
            {"name": f"Foreign {company.id}", "company_id": company.id}
        )
        plan = cls.env["sales.staffing.plan"].create(
            {
                "company_id": company.id,
                "date_from": date(2026, 1, 1),
                "date_newcomers": date(2026, 4, 1),
                "user_id": user.id,
            }
        )
        need = cls.env["sales.staffing.need"].create(
            {
                "plan_id": plan.id,
                "team_id": team.id,
                "date_newcomers": date(2026, 4, 1),
                "month_ids": [(0, 0, {"month": date(2026, 1, 1)})],
            }
        )
        applicant = cls.env["hr.applicant"].create(
            {"partner_name": "Foreign", "company_id": company.id}
        )
        source = cls.env.ref("sales_efficiency_team.utm_source_campus")
        return [
            job,
            plan,
            need,
            need.month_ids,
            applicant,
            cls.env["sales.staffing.line"].create(
                {"plan_id": plan.id, "team_id": team.id, "job_id": job.id}
            ),
            cls.env["sales.recruitment.cost"].create(
                {"company_id": company.id, "source_id": source.id, "amount": 1}
            ),
            cls.env["sales.recruitment.referral"].create(
                {
                    "name": "Foreign",
                    "company_id": company.id,
                    "user_id": user.id,
                    "applicant_id": applicant.id,
                }
            ),
        ]

    @classmethod
    def _create_training(cls, company, user):
        env = cls.env
        employee = env["hr.employee"].create(
            {"name": "Foreign", "user_id": user.id, "company_id": company.id}
        )
        course = env["sales.training.course"].create(
            {"name": "Foreign", "company_id": company.id}
        )
        session = env["sales.training.session"].create(
            {"course_id": course.id, "date_start": "2026-10-20 09:00:00"}
        )
        session._take_in(employee)
        team = env["crm.team"].create(
            {"name": "Foreign", "company_id": company.id, "user_id": user.id}
        )
        plan = env["sales.training.plan"].create(
            {
                "company_id": company.id,
                "team_id": team.id,
                "line_ids": [
                    Command.create({"user_id": user.id, "course_id": course.id})
                ],
            }
        )
        job = env["hr.job"].create({"name": "Foreign", "company_id": company.id})
        line = env["sales.onboarding.course"].create(
            {"job_id": job.id, "course_id": course.id}
        )
        onboarding = env["sales.onboarding"].create(
            {"employee_id": employee.id, "job_id": job.id, "team_id": False}
        )
        return [
            course,
            session,
            session.attendance_ids,
            plan,
            plan.line_ids,
            line,
            onboarding,
            onboarding.step_ids,
        ]

    @classmethod
    def _create_careers(cls, company, user):
        """Add a move that nobody has approved, and a talk."""
        job = cls.env["hr.job"].create(
            {"name": f"Foreign career {company.id}", "company_id": company.id}
        )
        path = cls.env["sales.career.path"].create(
            {
                "name": "Foreign",
                "company_id": company.id,
                "level_ids": [Command.create({"job_id": job.id})],
            }
        )
        values = {"user_id": user.id, "company_id": company.id}
        move = cls.env["sales.career.move"].create({**values, "reason": "Foreign"})
        talk = cls.env["sales.career.talk"].create(
            {**values, "level_id": path.level_ids.id}
        )
        return [path, path.level_ids, move, talk]

    @classmethod
    def _create_conduct(cls, company, user):
        values = {"name": "Foreign", "points": 5}
        version = cls.env["sales.conduct.version"].create(
            {"company_id": company.id, "rule_ids": [Command.create(values)]}
        )
        report = cls.env["sales.conduct.report"].create(
            {
                "company_id": company.id,
                "user_id": user.id,
                "rule_id": version.rule_ids.id,
                "date": date(2026, 10, 1),
                "description": "Foreign",
                "proof": "Foreign",
            }
        )
        report._open_case()
        confirmation = cls.env["sales.conduct.confirmation"].create(
            {"version_id": version.id, "user_id": user.id}
        )
        return [version, version.rule_ids, report, report.case_id, confirmation]

    @classmethod
    def _create_honour(cls, company, user):
        prize = {"kind": "course", "description": "Foreign"}
        honour = cls.env["sales.honour"].create(
            {
                "company_id": company.id,
                "date": date(2026, 9, 30),
                "prize_ids": [Command.create(prize)],
            }
        )
        nominee = cls.env["sales.honour.nominee"].create(
            {"honour_id": honour.id, "name": "Foreign", "user_id": user.id}
        )
        vote = cls.env["sales.honour.vote"].create(
            {"honour_id": honour.id, "nominee_id": nominee.id, "user_id": user.id}
        )
        return [honour, honour.prize_ids, nominee, vote]

    @classmethod
    def _create_award(cls, company, user):
        """Add an award by wages that is approved."""
        env = cls.env
        cycle = env["sales.appraisal.cycle"].create(
            {
                "company_id": company.id,
                "rhythm": "year",
                "date_from": date(2025, 1, 1),
                "state": "closed",
            }
        )
        grade = env["sales.appraisal.grade"].create(
            {"name": "Best", "company_id": company.id, "lowest": 95}
        )
        plan = env["sales.incentive.plan"].create(
            {
                "name": "Foreign",
                "company_id": company.id,
                "is_confidential": True,
            }
        )
        rule = {
            "name": "Foreign",
            "kind": "award",
            "award_base": "wage",
            "award_grade_ids": [Command.create({"grade_id": grade.id, "rate": 3})],
        }
        version = env["sales.incentive.version"].create(
            {
                "plan_id": plan.id,
                "date_from": date(2026, 10, 1),
                "rule_ids": [Command.create(rule)],
            }
        )
        version.write({"state": "approved", "approved_at": "2026-10-01 09:00:00"})
        assignment = env["sales.incentive.assignment"].create(
            {"plan_id": plan.id, "user_id": user.id, "date_from": date(2025, 1, 1)}
        )
        period = env["sales.incentive.period"].create(
            {"company_id": company.id, "month": date(2026, 10, 1)}
        )
        award = env["sales.incentive.award"].create(
            {
                "rule_id": version.rule_ids.id,
                "cycle_id": cycle.id,
                "period_id": period.id,
                "budget": 1,
                "state": "approved",
            }
        )
        line = env["sales.incentive.award.line"].create(
            {"award_id": award.id, "assignment_id": assignment.id, "amount": 1}
        )
        return [award, line, version.rule_ids.award_grade_ids]

    @classmethod
    def _create_feedback(cls, company, user):
        """Create what follows an appraisal, of which the person is not told."""
        cycle = cls.env["sales.appraisal.cycle"].create(
            {"company_id": company.id, "rhythm": "month", "date_from": "2026-07-01"}
        )
        appraisal = cls.env["sales.appraisal"].create(
            {
                "cycle_id": cycle.id,
                "rhythm": "month",
                "date_from": "2026-07-01",
                "date_to": "2026-07-31",
                "user_id": user.id,
                "user_name": user.name,
            }
        )
        talk = cls.env["sales.appraisal.talk"].create({"appraisal_id": appraisal.id})
        objection = cls.env["sales.appraisal.objection"].create(
            {"appraisal_id": appraisal.id, "reason": "Foreign"}
        )
        metric = cls.env.ref("sales_efficiency_base.sales_metric_ordered_amount")
        plan = cls.env["sales.improvement.plan"].create(
            {
                "company_id": company.id,
                "user_id": user.id,
                "goal_ids": [Command.create({"metric_id": metric.id, "target": 5})],
            }
        )
        return [talk, objection, plan, plan.goal_ids]

    # ------------------------------------------------------------------
    # Steps
    # ------------------------------------------------------------------

    @staticmethod
    def _get_steps(record):
        """:return: names of the buttons' methods that a client calls on a record"""
        names = [
            name
            for name in dir(type(record))
            if name.startswith("action_") and name not in record._fields
        ]
        return [
            name
            for name in names
            if all(
                parameter.default is not Parameter.empty
                or parameter.kind in (Parameter.VAR_POSITIONAL, Parameter.VAR_KEYWORD)
                for parameter in list(
                    signature(getattr(type(record), name)).parameters.values()
                )[1:]
            )
        ]

    def _read_row(self, record):
        self.env.flush_all()
        return self.env.execute_query(
            SQL(
                "SELECT * FROM %s WHERE id = %s",
                SQL.identifier(record._table),
                record.id,
            )
        )

    def test_who_may_not_read_a_record_takes_no_step_with_it(self):
        for role in ("salesperson", "support", "leader"):
            user = self.roles[role]
            for model in self._get_models():
                for record in self.foreign.get(model, ()):
                    if secrets := self._get_secrets(user, record):
                        self._try_steps(role, record, secrets)

    def _try_steps(self, role, record, secrets):
        before = self._read_row(record)
        for name in self._get_steps(record):
            step = getattr(record.with_user(self.roles[role]), name)
            shown = self._try(step)
            with self.subTest(record._name, step=name, role=role):
                self.assertFalse([secret for secret in secrets if secret in shown])
                self.assertEqual(self._read_row(record), before)
