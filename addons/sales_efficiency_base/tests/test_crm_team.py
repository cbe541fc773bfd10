# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.exceptions import UserError
from odoo.tests import Form, tagged, users

from .common import SalesEfficiencyCommon


@tagged("post_install", "-at_install")
class TestCrmTeamTree(SalesEfficiencyCommon):
    @users("test_director")
    def test_a_director_puts_a_team_below_another(self):
        team = self.team_other.with_env(self.env)
        with Form(team) as form:
            form.parent_id = self.team_field
            form.sales_region_id = self.region_south
        below = self.env["crm.team"].search(
            [("id", "child_of", self.team_department.id)]
        )
        self.assertEqual(below, self.team_department + self.team_field + team)

    def test_a_team_cannot_be_above_itself(self):
        with self.assertRaisesRegex(
            UserError, "Department would become its own parent"
        ):
            self.team_department.parent_id = self.team_field

    def test_parent_and_region_belong_to_the_company_of_the_team(self):
        company_b = self.env["res.company"].create({"name": "Company B"})
        team = self.env["crm.team"].create({"name": "B", "company_id": company_b.id})
        team.parent_id = self.team_department
        for record in (self.team_other, self.region_south):
            record.company_id = self.company
        with self.assertRaises(UserError):
            team.parent_id = self.team_other
        with self.assertRaises(UserError):
            team.sales_region_id = self.region_south

    def test_a_team_or_a_person_with_past_sales_is_not_deleted(self):
        self._create_order(user=self.outsider).action_confirm()
        self.env["sales.mart"]._refresh()
        for record in (self.team_other, self.outsider):
            with self.assertRaisesRegex(UserError, "archive it instead"):
                record.unlink()
        self.env["crm.team"].create({"name": "Without sales"}).unlink()
