# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date, timedelta

from odoo.addons.sales_efficiency_base.tests.common import SalesEfficiencyCommon

# A Friday long ago, so that no other data are there
DAY = date(2019, 6, 28)
RECENT, EARLIER = DAY - timedelta(days=89), DAY - timedelta(days=454)


class SalesDropCommon(SalesEfficiencyCommon):
    """Customer North of the salesperson ordered 16 times in the year before the last 90
    days, into which a quarter of all orders fell: 4 are expected.

    The market is a customer of nobody. It has all other orders, as many as make p0.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.drops = cls.env["sales.customer.drop"]
        cls.alerts = cls.env["sales.alert"]
        cls.rule = cls.env.ref("sales_efficiency_resource.sales_alert_rule_drop")
        (cls.env["sales.alert.rule"].search([]) - cls.rule).active = False
        cls.customer_north.user_id = cls.salesperson
        cls.customer_south.user_id = cls.outsider
        cls.market = cls.env["res.partner"].create(
            {"name": "Market", "is_company": True}
        )
        cls._order(cls.customer_north, 16, 0)
        cls._order(cls.market, 47, 21)

    @classmethod
    def _order(cls, partner, earlier, recent, **values):
        """Record past orders of 100, spread over both parts of the time."""
        cls.env["sales.history.line"].create(
            [
                {
                    "date": start + timedelta(days=number * length // orders),
                    "amount": 100,
                    "recorded_as": "order",
                    "company_id": cls.company.id,
                    "partner_id": partner.id,
                    **values,
                }
                for start, length, orders in (
                    (EARLIER, 365, earlier),
                    (RECENT, 90, recent),
                )
                for number in range(orders)
            ]
        )
        cls.env["sales.mart"]._refresh()

    @classmethod
    def _lose_south(cls):
        """Customer South of the outsider orders 40 times and stops, too."""
        cls._order(cls.customer_south, 40, 0)
        cls._order(cls.market, 2, 14)

    @classmethod
    def _test(cls, day=DAY, company=None):
        company = company or cls.company
        cls.drops._test(company, day)
        return cls._find(company=company)

    @classmethod
    def _find(cls, partner=None, company=None):
        """:return: the last result of Customer North, or of another one"""
        return cls.drops.search(
            [
                ("company_id", "=", (company or cls.company).id),
                ("partner_id", "=", (partner or cls.customer_north).id),
                ("is_latest", "=", True),
            ]
        )

    @classmethod
    def _judge(cls):
        """Evaluate the rules and tell, as the scheduled job does."""
        cls.alerts._evaluate_rules()
        cls.alerts.search([("is_told", "=", False), ("state", "=", "open")])._tell()
        return cls._alert()

    @classmethod
    def _alert(cls, partner=None):
        return cls.alerts.search(
            [
                ("res_model", "=", "res.partner"),
                ("res_id", "=", (partner or cls.customer_north).id),
            ]
        )

    def _run_job(self, name="sales_efficiency_resource.ir_cron_customer_drops"):
        with self.enter_registry_test_mode():
            self.env.ref(name).method_direct_trigger()
        self.env.invalidate_all()
