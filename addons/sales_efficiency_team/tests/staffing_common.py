# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from odoo import Command
from odoo.tests import new_test_user

from .common import SalesTeamCommon


class StaffingCommon(SalesTeamCommon):
    """The field team has eight people and, in 2026, a target of 12,000,000; each of
    them sold 100,000 in each month of 2025."""

    people_count = 8

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.recruiter = cls._create_login(
            "recruiter", "hr_recruitment.group_hr_recruitment_user"
        )
        # Other users of the database do not decide.
        for group, ours in (
            ("hr.group_hr_manager", cls.hr_manager),
            ("sales_efficiency_base.group_sales_director", cls.director),
        ):
            others = cls.env.ref(group).user_ids - ours
            others.write({"group_ids": [Command.unlink(cls.env.ref(group).id)]})
        cls.job.sudo().user_id = cls.recruiter
        cls.people = cls.salesperson + cls.colleague + cls._hire(cls.people_count - 2)
        cls._create_history(
            *(
                (date(2025, month, 10), 800_000, cls._of_seller())
                for month in range(1, 13)
            )
        )
        cls.target = cls._create_target(
            parent_id=cls.root.id, team_id=cls.team_field.id, amount=12_000_000
        )
        cls.root.amount = 12_000_000
        cls._start()
        cls.env["sales.mart"]._refresh()
        cls.env["sales.target.result"]._refresh(cls.plan.target_ids)
        cls.staffing = cls._create_staffing()

    @classmethod
    def _of_seller(cls):
        return {"user_id": cls.salesperson.id, "team_id": cls.team_field.id}

    @classmethod
    def _hire(cls, count, **values):
        """Add people to the field team."""
        first = cls.env["res.users"].search_count([])
        users = cls.env["res.users"].union(
            *(
                new_test_user(
                    cls.env,
                    login=f"test_person_{first + number}",
                    groups="sales_efficiency_base.group_sales_person",
                    company_id=cls.company.id,
                )
                for number in range(count)
            )
        )
        cls.env["crm.team.member"].create(
            [
                {"crm_team_id": cls.team_field.id, "user_id": user.id, **values}
                for user in users
            ]
        )
        cls.env["hr.employee"].create(
            [
                {
                    "name": user.name,
                    "user_id": user.id,
                    "company_id": cls.company.id,
                    "job_id": cls.job.id,
                }
                for user in users
            ]
        )
        return users

    @classmethod
    def _create_staffing(cls, **values):
        return (
            cls.env["sales.staffing.plan"]
            .with_user(cls.hr_user)
            .create(
                {
                    "company_id": cls.company.id,
                    "date_from": date(2026, 1, 1),
                    "date_newcomers": date(2026, 4, 1),
                    **values,
                }
            )
        )

    def _propose(self):
        self.staffing.action_propose()
        return self.staffing.need_ids

    def _approve(self):
        """Submit the plan, and approve it in both tiers."""
        self.staffing.action_submit()
        for user in (self.director, self.hr_manager):
            self.env.invalidate_all()
            self.staffing.with_user(user)._validate_tier()
        self.env.invalidate_all()

    def _apply(self, **values):
        return (
            self.env["hr.applicant"]
            .with_user(self.recruiter)
            .create({"partner_name": "Test Newcomer", "job_id": self.job.id, **values})
        )

    def _hire_applicant(self, applicant):
        applicant.stage_id = self.env["hr.recruitment.stage"].search(
            [("hired_stage", "=", True)], limit=1
        )
        self.env.flush_all()
