# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import freeze_time, tagged

from odoo.addons.sales_efficiency_base.tests import screens

from .common import SalesIncentiveCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-10-15 12:00:00")
class TestScreens(screens.ScreensCommon, SalesIncentiveCommon):
    """Screens with approved terms, a draft, and letters."""

    addon = "sales_efficiency_incentive"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.roles |= {
            "officer": cls.officer,
            "hr_manager": cls.hr_manager,
            "finance": cls.finance,
        }
        cls.version.return_step_ids = [(0, 0, {"days": 90})]
        cls._approve()
        cls._create_version(cls.incentive, "2027-01-01")
        invoice = cls._sell(5, "2026-10-03")._create_invoices()
        invoice.invoice_date = "2026-10-04"
        invoice.action_post()
        cls.env["sales.mart"]._refresh()
        cls.env["sales.incentive.period"]._follow()
