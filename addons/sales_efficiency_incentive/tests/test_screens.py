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
        pool = cls.env["sales.incentive.rule"].create(
            {
                "version_id": cls.version.id,
                "name": "Pool",
                "kind": "pool",
                "pool_split": "hand",
                "target_metric_id": cls.ordered.id,
                "tier_ids": cls._tiers((0, 0), (100, 1000)),
            }
        )
        cls._approve()
        cls.env["sales.incentive.pool.division"].create(
            {"rule_id": pool.id, "month": "2026-10-01"}
        )
        cls._create_version(cls.incentive, "2027-01-01")
        invoice = cls._sell(5, "2026-10-03")._create_invoices()
        invoice.invoice_date = "2026-10-04"
        invoice.action_post()
        cls.env["sales.mart"]._refresh()
        periods = cls.env["sales.incentive.period"]
        periods._follow()
        first, second = periods.search([], order="month", limit=2)
        first.action_publish()
        first.with_user(cls.director).action_approve()
        first.action_lock()
        cls.env["sales.incentive.payout"].create({"period_id": first.id})
        second.action_publish()
        disputes = cls.env["sales.incentive.dispute"].with_user(cls.salesperson)
        disputes._open_missing(cls.assignment, second, "S0815", "It is mine.")
        cls.env["sales.incentive.adjustment"].create(
            {
                "assignment_id": cls.assignment.id,
                "period_id": second.id,
                "amount": 200,
                "reason": "Won for a colleague on leave",
            }
        )
