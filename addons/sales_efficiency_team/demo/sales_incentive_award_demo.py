# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import Command, api, models

from odoo.addons.sales_efficiency_base.demo import enter_demo
from odoo.addons.sales_efficiency_base.demo.demo_company import COMPANY

SALESPEOPLE = ("amy", "jason", "emily", "tony", "vivian", "cindy", "eric", "yuki")
LEADERS = ("kevin", "linda", "david")
# Wage of a month, in turn
WAGES = (46_000, 44_000, 48_000, 42_000, 45_000, 52_000, 50_000, 47_000)
# What a month of an award is worth for a leader
LEADER_VALUE = 60_000


class SalesIncentiveAwardDemo(models.AbstractModel):
    """Awards the grades of the appraisals that are closed: the salespeople by their
    wages, which is paid; the leaders by a value, which waits for approval."""

    _name = "sales.incentive.award.demo"
    _description = "Demo Data of Awards"

    @api.model
    def _load(self):
        if not self.env.ref(COMPANY, raise_if_not_found=False):
            return  # A database of an earlier version, in whose demo people work
        demo = enter_demo(self, tracking_disable=True)
        cycle = demo.env["sales.appraisal.cycle"].search(
            [("state", "=", "closed"), ("company_id", "=", demo.env.company.id)],
            limit=1,
        )
        if not cycle or demo.env["sales.incentive.award"].search_count([], limit=1):
            return  # Odoo can load demo data repeatedly
        waiting, current = demo._find_months()
        demo._set_wages()
        by_wage = demo._agree(
            "AWARD",
            demo.env._("Awards by Wage"),
            SALESPEOPLE,
            cycle,
            waiting.month,
            base="wage",
        )
        award = demo._submit(by_wage, cycle, waiting, "helen", budget=800_000)
        for approver in (demo._user("grace"), demo._staff("fiona")):
            demo.env.invalidate_all()
            award.with_user(approver)._validate_tier()
        if waiting != current:
            demo._pay(waiting)
        by_value = demo._agree(
            "LEADAWARD",
            demo.env._("Awards of Team Leaders"),
            LEADERS,
            cycle,
            current.month,
            base="value",
            award_value=LEADER_VALUE,
        )
        demo._submit(by_value, cycle, current, "olivia", budget=200_000)

    def _find_months(self):
        """:return: the month that waits longest for its approval, and the current one;
        the current one twice if nobody is late"""
        months = self.env["sales.incentive.period"]
        months._follow()
        following = months.search(
            [
                ("company_id", "=", self.env.company.id),
                ("state", "in", ("open", "published")),
            ],
            order="month",
        )
        current = following[-1:]
        return (following[0] if len(following) > 2 else current), current

    def _pay(self, month):
        """Pay the month, with its award."""
        month._compute_now()
        self.env["sales.incentive.month.demo"]._close(month)

    def _set_wages(self):
        """The people of the demo have no wages yet."""
        for login, wage in zip(SALESPEOPLE, WAGES, strict=True):
            employees = self._user(login).employee_ids
            employees.version_id.filtered(lambda v: not v.wage).wage = wage

    def _agree(self, code, name, logins, cycle, month, base, **values):
        """:return: the rule of a plan with awards, in effect from a month on"""
        plan = self.env["sales.incentive.plan"].create(
            {
                "name": name,
                "code": code,
                "is_confidential": base == "wage",
                "assignment_ids": [
                    Command.create(
                        {
                            "user_id": self._user(login).id,
                            "date_from": cycle.date_from,
                            **values,
                        }
                    )
                    for login in logins
                ],
            }
        )
        grades = cycle.appraisal_ids.grade_id.sorted("lowest", reverse=True)
        version = self.env["sales.incentive.version"].create(
            {
                "plan_id": plan.id,
                "date_from": month,
                "rule_ids": [
                    Command.create(
                        {
                            "name": name,
                            "kind": "award",
                            "award_base": base,
                            "award_grade_ids": self._prepare_grades(grades),
                        }
                    )
                ],
            }
        )
        plans = self.env["sales.incentive.demo"]
        plans._approve(version)
        plans._accept_letters()
        return version.rule_ids

    def _prepare_grades(self, grades):
        """The best grade gets three months a year, the next two, the third one."""
        known = self.env["sales.appraisal.grade"]._find_grades(self.env.company)
        months = dict(zip(known | grades, (3, 2, 1), strict=False))
        return [
            Command.create({"grade_id": grade.id, "rate": rate})
            for grade, rate in months.items()
        ]

    def _submit(self, rule, cycle, month, login, budget):
        award = (
            self.env["sales.incentive.award"]
            .with_user(self._staff(login))
            .create(
                {
                    "rule_id": rule.id,
                    "cycle_id": cycle.id,
                    "period_id": month.id,
                    "budget": budget,
                }
            )
        )
        award.action_submit()
        return award

    def _user(self, login):
        return self.env.ref(f"sales_efficiency_base.user_{login}_demo")

    def _staff(self, login):
        return self.env.ref(f"sales_efficiency_incentive.user_{login}_demo")
