# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import freeze_time, tagged

from odoo.addons.sales_efficiency_base.tests import screens

from .common import OnlineCourseCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-10-15 12:00:00")
class TestScreens(screens.ScreensCommon, OnlineCourseCommon):
    """Screens with a course passed online."""

    addon = "sales_efficiency_team_slides"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.roles["hr_user"] = cls.hr_user
        cls._complete(cls.salesperson)
