# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import HttpCase, freeze_time, tagged

from .appraisal_common import SalesAppraisalCommon
from .training_common import SalesTrainingCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-10-15 12:00:00")
class TestUiSections(SalesTrainingCommon, SalesAppraisalCommon, HttpCase):
    """What people see of the team in the browser, by role."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._sell_in_quarter(960)
        cls._sell_in_quarter(300, day="2026-10-10")
        cls._enter(cls.coming, cls.employee)

    def test_a_salesperson_sees_their_development(self):
        self.start_tour(
            "/odoo/my-development", "sales_my_development", login="test_salesperson"
        )

    def test_a_leader_opens_the_team_board(self):
        self._create_cycle("2026-04-01")
        self._bring_to(self._create_cycle(), "told")
        self.start_tour("/odoo/team-board", "sales_team_board", login="test_leader")

    def test_a_director_sees_grades_in_the_cockpit(self):
        self._bring_to(self._create_cycle(), "calibration")
        self.start_tour(
            "/odoo/sales-cockpit", "sales_team_cockpit", login="test_director"
        )

    def test_hr_sees_the_training_calendar(self):
        self.start_tour(
            "/odoo/team-board", "sales_team_board_of_hr", login="test_hr_user"
        )
