# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from odoo.tests import freeze_time, tagged

from odoo.addons.sales_efficiency_base.tools import Period, Scope

from .drop_common import SalesDropCommon

MAY, JUNE = Period.month(date(2019, 5, 1)), Period.month(date(2019, 6, 1))
APRIL = Period.month(date(2019, 4, 1))


@tagged("post_install", "-at_install")
@freeze_time("2019-06-28 12:00:00")
class TestCustomerMetrics(SalesDropCommon):
    """Of five customers of May, two order in June, and a new one."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["sales.history.line"].search(
            [("company_id", "=", cls.company.id)]
        ).unlink()
        cls.customers = cls.env["res.partner"].create(
            [{"name": f"Customer {number}"} for number in range(6)]
        )
        cls.env["sales.history.line"].create(
            [
                {
                    "date": date(2019, month, 1 + number),
                    "amount": 100,
                    "company_id": cls.company.id,
                    "partner_id": cls.customers[number].id,
                    "user_id": user.id,
                    "team_id": False,
                }
                for month, number, user in (
                    (5, 0, cls.salesperson),
                    (5, 0, cls.salesperson),
                    (5, 1, cls.salesperson),
                    (5, 2, cls.colleague),
                    (5, 3, cls.colleague),
                    (5, 4, cls.colleague),
                    (6, 0, cls.salesperson),
                    (6, 2, cls.salesperson),
                    (6, 5, cls.salesperson),
                )
            ]
        )
        cls.env["sales.mart"]._refresh()

    def _ask(self, code, scopes, periods):
        values = self.env["sales.metric"].ask([code], scopes, periods)
        return [values[code, scope, period] for scope in scopes for period in periods]

    def test_active_customers_have_ordered_in_the_period(self):
        scopes = [
            Scope(self.company.id),
            Scope(self.company.id, user_id=self.salesperson.id),
        ]
        found = self._ask("active_customers", scopes, [MAY, JUNE])
        self.assertEqual(found, [5, 3, 2, 3])

    def test_retention_is_of_the_customers_of_the_period_before(self):
        company = Scope(self.company.id)
        mine = Scope(self.company.id, user_id=self.salesperson.id)
        other = Scope(self.company.id, user_id=self.colleague.id)
        found = self._ask(
            "customer_retention", [company, mine, other], [APRIL, MAY, JUNE]
        )
        self.assertEqual(found, [None, None, 40, None, None, 50, None, None, 0])
        metric = self.env.ref(
            "sales_efficiency_resource.sales_metric_customer_retention"
        )
        self.assertEqual(metric.unit, "percent")

    def test_one_query_whatever_is_asked(self):
        metric = self.env.ref(
            "sales_efficiency_resource.sales_metric_customer_retention"
        )
        users = self.env["res.users"].search([], limit=5)
        scopes = [Scope(self.company.id, user_id=id_) for id_ in users.ids]
        metric._evaluate(scopes, [MAY])
        for some, periods in ((scopes[:1], [JUNE]), (scopes, [APRIL, MAY, JUNE])):
            with self.assertQueryCount(1):
                metric._evaluate(some, periods)
