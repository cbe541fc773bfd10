# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import tagged

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
