# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from unittest.mock import patch

from odoo import Command

from odoo.addons.sales_efficiency_target.tests.common import SalesTargetCommon

from ..engine.child_process import ChildProcess
from .study_common import run_here

HOURS = {"A": 13, "B": 8, "C": 6, "D": 8, "E": 9, "F": 13, "G": 10}
# What each customer is worth with persons 1, 2 and 3
VALUES = {
    "A": (2, 9, 6),
    "B": (4, 2, 4),
    "C": (6, 6, 3),
    "D": (8, 4, 7),
    "E": (7, 3, 5),
    "F": (9, 7, 7),
    "G": (3, 4, 7),
}
TODAY = {"A": 3, "B": 2, "C": 1, "D": 2, "E": 3, "F": 3, "G": 3}


class AllocationCommon(SalesTargetCommon):
    """Seven customers of three persons with 26 hours each.

    A customer is worth 10, and what it is worth with a person is said by fits. Its
    hours come from open opportunities of one hour.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.startClassPatcher(patch.object(ChildProcess, "run", run_here))
        cls.allocations = cls.env["sales.allocation"]
        cls.people = cls.env["res.users"].union(
            *(cls._create_user("salesperson", login=f"person_{n}") for n in "123")
        )
        cls.team_three = cls.env["crm.team"].create(
            {"name": "Test Three", "member_ids": cls.people.ids}
        )
        cls.customers = {
            name: cls.env["res.partner"].create(
                {
                    "name": f"Customer {name}",
                    "is_company": True,
                    "user_id": cls.people[TODAY[name] - 1].id,
                }
            )
            for name in HOURS
        }
        cls.env["sales.customer.file"].create(
            [
                {
                    "partner_id": customer.id,
                    "company_id": cls.company.id,
                    "potential_amount": 10,
                }
                for customer in cls.customers.values()
            ]
        )
        cls.job = cls.env.ref("sales_efficiency_analytics.ir_cron_allocations")

    @classmethod
    def _add_work(cls):
        """Give each customer the hours of the case."""
        cls.env["crm.lead"].create(
            [
                {
                    "name": f"Opportunity {name} {number}",
                    "type": "opportunity",
                    "partner_id": cls.customers[name].id,
                    "user_id": cls.customers[name].user_id.id,
                    "company_id": cls.company.id,
                }
                for name, hours in HOURS.items()
                for number in range(hours)
            ]
        )

    @classmethod
    def _create_allocation(cls, user=None, **values):
        """Create the scenario of the case, of a director."""
        allocation = cls.allocations.with_user(user or cls.director).create(
            {
                "name": "Test Scenario",
                "company_id": cls.company.id,
                "date_from": "2026-11-01",
                "team_ids": cls.team_three.ids,
                "contact_days": 0,
                "opportunity_hours": 1.0,
                "limits_moves": False,
                "within_region": False,
                "pair_ids": [
                    Command.create(
                        {
                            "partner_id": cls.customers[name].id,
                            "user_id": user_.id,
                            "kind": "fit",
                            "fit_percent": 10 * value,
                        }
                    )
                    for name, worth in VALUES.items()
                    for user_, value in zip(cls.people, worth, strict=True)
                ],
                **values,
            }
        )
        allocation.person_ids.capacity = 26
        return allocation

    def _run_job(self):
        with self.enter_registry_test_mode():
            self.job.method_direct_trigger()
        self.env.invalidate_all()

    def _calculate(self, allocation):
        """Calculate a scenario, as the job does."""
        allocation.action_calculate()
        self._follow(allocation)
        self.env.invalidate_all()
        self.assertNotEqual(allocation.progress, "failed", allocation.problem)

    def _follow(self, allocation):
        """Do what the job does with a scenario that waits."""
        allocation.sudo()._calculate_or_leave(
            lambda *_args, **_kwargs: self.env.flush_all()
        )

    def _get_moves(self, allocation):
        """:return: names of the customers who move -> number of the person"""
        numbers = {user: number for number, user in enumerate(self.people, start=1)}
        names = {customer: name for name, customer in self.customers.items()}
        return {
            names[line.partner_id]: numbers[line.final_id]
            for line in allocation.line_ids
            if line.is_move
        }
