# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from odoo import Command
from odoo.tests import new_test_user

from odoo.addons.sales_efficiency_target.tests.common import SalesTargetCommon


class SalesIncentiveCommon(SalesTargetCommon):
    """A plan with draft terms from January 2026 on: 5 % of the invoiced amount of a
    month to 50,000, 6 % to 100,000, 7 % above. It pays the salesperson."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.invoiced = cls.env.ref("sales_efficiency_base.sales_metric_invoiced_amount")
        cls.officer = cls._create_employee(
            "officer", "sales_efficiency_incentive.group_incentive_officer"
        )
        cls.hr_manager = cls._create_employee("hr_manager", "hr.group_hr_manager")
        cls.finance = cls._create_employee("finance", "account.group_account_manager")
        # Other users of the database do not decide.
        for group in (
            "hr.group_hr_manager",
            "sales_efficiency_base.group_sales_director",
        ):
            ours = cls.hr_manager + cls.director
            others = cls.env.ref(group).user_ids - ours
            others.write({"group_ids": [Command.unlink(cls.env.ref(group).id)]})
        cls.incentive = cls.env["sales.incentive.plan"].create(
            {"name": "Commission", "company_id": cls.company.id}
        )
        cls.version = cls._create_version(cls.incentive)
        cls.rule = cls.version.rule_ids
        cls.assignment = cls._assign(cls.salesperson)

    @classmethod
    def _create_employee(cls, login, group):
        return new_test_user(
            cls.env,
            login=f"test_{login}",
            name=f"Test {login.title()}",
            groups=group,
            company_id=cls.company.id,
            tz="UTC",
        )

    @classmethod
    def _create_version(cls, plan, date_from=date(2026, 1, 1), **values):
        return cls.env["sales.incentive.version"].create(
            {
                "plan_id": plan.id,
                "date_from": date_from,
                "rule_ids": [
                    Command.create(
                        {
                            "name": "Commission on invoiced sales",
                            "metric_id": cls.invoiced.id,
                            "rate_by": "month",
                            "tier_ids": cls._tiers((0, 5), (50_000, 6), (100_000, 7)),
                        }
                    )
                ],
                **values,
            }
        )

    @staticmethod
    def _tiers(*tiers):
        return [Command.create({"bound": bound, "rate": rate}) for bound, rate in tiers]

    @classmethod
    def _assign(cls, user, **values):
        return cls.env["sales.incentive.assignment"].create(
            {
                "plan_id": cls.incentive.id,
                "user_id": user.id,
                "date_from": date(2026, 1, 1),
                **values,
            }
        )

    @classmethod
    def _approve(cls, version=None):
        """Submit as officer, then approve as director and as HR manager."""
        version = version or cls.version
        version.with_user(cls.officer).action_submit()
        for approver in (cls.director, cls.hr_manager):
            cls.env.invalidate_all()
            version.with_user(approver)._validate_tier()
        cls.env.invalidate_all()
        return version

    def _letters(self, assignment=None):
        return self.env["sales.incentive.acceptance"].search(
            [("assignment_id", "=", (assignment or self.assignment).id)]
        )
