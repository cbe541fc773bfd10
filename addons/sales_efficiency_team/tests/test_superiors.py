# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import tagged

from ..engine import Superiors
from .common import SalesTeamCommon


@tagged("post_install", "-at_install")
class TestSuperiors(SalesTeamCommon):
    """Who judges whom."""

    def _superiors(self, user):
        return user.with_user(self.salesperson)._get_sales_superiors(self.company)

    def test_the_leader_of_the_team_comes_first(self):
        self.assertEqual(self._superiors(self.salesperson)[:1], self.leader)

    def test_who_leads_their_own_team_is_judged_from_above(self):
        superiors = self._superiors(self.leader)
        self.assertEqual(superiors[:1], self.director)
        self.assertNotIn(self.leader, superiors)

    def test_without_a_leader_the_manager_judges(self):
        self.team_department.user_id = False
        self.assertEqual(self._superiors(self.salesperson)[:1], self.leader)
        self.employee.parent_id = False
        superiors = self._superiors(self.salesperson)
        self.assertIn(self.director, superiors)
        self.assertNotIn(self.leader, superiors)

    def test_superiors_who_left_do_not_judge(self):
        self.leader.active = False
        self.assertNotIn(self.leader, self._superiors(self.salesperson))

    def test_circles_of_managers_end(self):
        self.env.cr.execute(
            "UPDATE hr_employee SET parent_id = %s WHERE id = %s",
            [self.employee.id, self.head.id],
        )
        self.superior.user_id = False
        self.env.invalidate_all()
        self.assertIn(self.director, self._superiors(self.salesperson))

    def test_many_people_take_no_more_queries_than_few(self):
        """Each has a team, a leader and a manager of their own."""
        self.team_department.user_id = self.director
        users = self.env["res.users"].union(*map(self._create_person, range(30)))
        self.env.flush_all()
        few, many = (self._count_queries(some) for some in (users[:3], users))
        self.assertEqual(many, few)
        superiors = Superiors(users, self.company).find()
        for user in users:
            names = superiors[user][:3].mapped("name")
            number = user.name.split()[-1]
            self.assertEqual(
                names, [f"Leader {number}", self.director.name, f"Manager {number}"]
            )

    def _create_person(self, number):
        person, leader, manager = self.env["res.users"].create(
            [
                {
                    "name": f"{name} {number}",
                    "login": f"{name} {number}",
                    "company_id": self.company.id,
                    "company_ids": self.company.ids,
                }
                for name in ("Person", "Leader", "Manager")
            ]
        )
        self.env["crm.team"].create(
            {
                "name": f"Team {number}",
                "company_id": self.company.id,
                "user_id": leader.id,
                "parent_id": self.team_department.id,
                "member_ids": person.ids,
            }
        )
        boss = self._create_employee(manager)
        self._create_employee(person, parent_id=boss.id)
        return person

    def _create_employee(self, user, **values):
        return self.env["hr.employee"].create(
            {
                "name": user.name,
                "user_id": user.id,
                "company_id": self.company.id,
                **values,
            }
        )

    def _count_queries(self, users):
        self.env.invalidate_all()
        self.env.registry.clear_cache()
        Superiors(users[:1], self.company).find()  # fills the caches of the registry
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        Superiors(users, self.company).find()
        return self.env.cr.sql_log_count - before
