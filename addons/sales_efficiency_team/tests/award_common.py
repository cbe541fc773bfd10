# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from odoo import Command
from odoo.tests import new_test_user

from .common import SalesTeamCommon

TODAY = "2027-02-10 12:00:00"
WAGES = (50_000, 42_000, 38_000, 45_000, 51_000, 40_000)
GRADES = ("A", "B", "B", "C", "A", "D")


class AwardCommon(SalesTeamCommon):
    """Six people with wages, appraised for 2026: A, B, B, C, A, D. A pays three months
    of the wage, B two, C one, D none. The first one is in the plan from April on.

    It is 10 February 2027; the months of 2027 are open.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.officer = cls._create_login(
            "officer", "sales_efficiency_incentive.group_incentive_officer"
        )
        cls.finance = cls._create_login("finance", "account.group_account_manager")
        # Other users of the database do not decide.
        for group in (
            "hr.group_hr_manager",
            "sales_efficiency_base.group_sales_director",
        ):
            others = cls.env.ref(group).user_ids - cls.hr_manager - cls.director
            others.write({"group_ids": [Command.unlink(cls.env.ref(group).id)]})
        cls.people = cls._create_people()
        cls.first, cls.second = cls.people[0], cls.people[1]
        cls.cycle = cls.env["sales.appraisal.cycle"].create(
            {
                "company_id": cls.company.id,
                "rhythm": "year",
                "date_from": date(2026, 1, 1),
            }
        )
        cls.grades = cls._create_grades()
        cls._appraise(dict(zip(cls.people, GRADES, strict=True)))
        cls.incentive = cls._create_plan("Awards by Wage", is_confidential=True)
        cls.rule = cls._approve_award(cls.incentive, award_base="wage")
        cls.assignments = cls._assign(cls.incentive)
        cls.assignments[0].date_from = date(2026, 4, 1)
        cls.periods = cls.env["sales.incentive.period"]
        cls.entries = cls.env["sales.incentive.entry"]
        cls.awards = cls.env["sales.incentive.award"]
        cls._compute()

    @classmethod
    def _create_people(cls):
        people = cls.env["res.users"]
        for number, wage in enumerate(WAGES, 1):
            user = new_test_user(
                cls.env,
                login=f"test_awarded_{number}",
                name=f"Awarded {number}",
                groups="sales_efficiency_base.group_sales_person",
                company_id=cls.company.id,
                tz="UTC",
            )
            employee = cls.env["hr.employee"].create(
                {"name": user.name, "user_id": user.id, "company_id": cls.company.id}
            )
            employee.version_id.write({"date_version": "2020-01-01", "wage": wage})
            people += user
        return people

    @classmethod
    def _create_grades(cls):
        bounds = {"A": 95, "B": 85, "C": 70, "D": 0}
        return {
            name: cls.env["sales.appraisal.grade"].create(
                {"name": name, "company_id": cls.company.id, "lowest": lowest}
            )
            for name, lowest in bounds.items()
        }

    @classmethod
    def _appraise(cls, grades, cycle=None, **values):
        """Make closed appraisals: dict user → grade."""
        cycle = cycle or cls.cycle
        appraisals = cls.env["sales.appraisal"].create(
            [
                {
                    "cycle_id": cycle.id,
                    "rhythm": cycle.rhythm,
                    "date_from": cycle.date_from,
                    "date_to": cycle.date_to,
                    "user_id": user.id,
                    "user_name": user.name,
                    "state": "told",
                    "is_scored": True,
                    "score": cls.grades[grade].lowest,
                    "proposed_grade_id": cls.grades[grade].id,
                    "grade_id": cls.grades[grade].id,
                    "grade_name": grade,
                    "told_at": "2027-01-20 09:00:00",
                    **values,
                }
                for user, grade in grades.items()
            ]
        )
        cls.env.flush_all()
        (cycle | appraisals.cycle_id).state = "closed"
        appraisals.state = "closed"
        cls.env.flush_all()
        return appraisals

    @classmethod
    def _create_plan(cls, name, **values):
        return cls.env["sales.incentive.plan"].create(
            {"name": name, "company_id": cls.company.id, **values}
        )

    @classmethod
    def _prepare_award_rule(cls, rates=None, **values):
        rates = rates or {"A": 3, "B": 2, "C": 1}
        return {
            "name": "Year-end Award",
            "kind": "award",
            "award_grade_ids": [
                Command.create({"grade_id": cls.grades[name].id, "rate": rate})
                for name, rate in rates.items()
            ],
            **values,
        }

    @classmethod
    def _approve_award(cls, plan, rates=None, date_from=date(2027, 1, 1), **values):
        """Put terms with an award into effect.

        :return: the rule
        """
        version = cls.env["sales.incentive.version"].create(
            {
                "plan_id": plan.id,
                "date_from": date_from,
                "rule_ids": [Command.create(cls._prepare_award_rule(rates, **values))],
            }
        )
        version.with_user(cls.officer).action_submit()
        for approver in (cls.director, cls.hr_manager):
            cls.env.invalidate_all()
            version.with_user(approver)._validate_tier()
        cls.env.invalidate_all()
        return version.rule_ids

    @classmethod
    def _assign(cls, plan, people=None, **values):
        return cls.env["sales.incentive.assignment"].create(
            [
                {
                    "plan_id": plan.id,
                    "user_id": user.id,
                    "date_from": date(2026, 1, 1),
                    **values,
                }
                for user in people or cls.people
            ]
        )

    @classmethod
    def _compute(cls):
        cls.env["sales.mart"]._refresh()
        cls.periods._follow()
        cls.env.flush_all()
        cls.env.invalidate_all()

    @classmethod
    def _period(cls, month):
        return cls.periods.search(
            [("company_id", "=", cls.company.id), ("month", "=", date(2027, month, 1))]
        )

    @classmethod
    def _create_award(cls, rule=None, user=None, **values):
        return cls.awards.with_user(user or cls.hr_manager).create(
            {
                "rule_id": (rule or cls.rule).id,
                "cycle_id": cls.cycle.id,
                "period_id": cls._period(1).id,
                "budget": 1_000_000,
                **values,
            }
        )

    @classmethod
    def _decide(cls, award, *approvers):
        """Submit an award as who has made it, and have people approve it."""
        award.action_submit()
        for approver in approvers or (cls.director, cls.finance):
            cls.env.invalidate_all()
            award.with_user(approver)._validate_tier()
        cls.env.invalidate_all()
        return award

    @classmethod
    def _lock(cls, month):
        cls._compute()
        period = cls._period(month)
        period.with_user(cls.officer).action_publish()
        cls.env.invalidate_all()
        period.with_user(cls.director).action_approve()
        period.with_user(cls.finance).action_lock()
        cls.env.invalidate_all()
        return period

    def _line(self, award, user):
        return award.sudo().line_ids.filtered(lambda line: line.user_id == user)

    def _booked(self, user, month=1):
        """:return: what a month has booked for somebody"""
        entries = self.entries.search(
            [("user_id", "=", user.id), ("month", "=", date(2027, month, 1))]
        )
        return round(sum(entries.mapped("amount")), 2)
