# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from odoo.tests import freeze_time, tagged

from odoo.addons.sales_efficiency_base.tests.common import SalesEfficiencyCommon
from odoo.addons.sales_efficiency_base.tools import Period, Scope

MARCH, APRIL = Period.month(date(2019, 3, 1)), Period.month(date(2019, 4, 1))
YEAR = Period.year(date(2019, 3, 1))


@tagged("post_install", "-at_install")
@freeze_time("2019-06-15 12:00:00")
class TestSalesMetricCustomer(SalesEfficiencyCommon):
    """Repeat rate, concentration, share of wallet, market share (policy 6.2.2)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["sales.history.line"].search([]).unlink()
        cls.customers = cls.env["res.partner"].create(
            [
                {
                    "name": f"Customer {number}",
                    "user_id": (cls.salesperson, cls.colleague)[number % 2].id,
                }
                for number in range(4)
            ]
        )

    @classmethod
    def _sell_history(cls, *sales):
        """Record past orders: (customer, day, amount)."""
        cls.env["sales.history.line"].create(
            [
                {
                    "date": day,
                    "amount": amount,
                    "company_id": cls.company.id,
                    "partner_id": cls.customers[number].id,
                    "user_id": cls.customers[number].user_id.id,
                    **values,
                }
                for number, day, amount, values in (
                    (*sale, {}) if len(sale) == 3 else sale for sale in sales
                )
            ]
        )
        cls.env["sales.mart"]._refresh()

    def _ask(self, code, scopes=None, periods=(MARCH,)):
        scopes = scopes or [Scope(self.company.id)]
        values = self.env["sales.metric"].ask([code], scopes, periods)
        return [values[code, scope, period] for scope in scopes for period in periods]

    def _of(self, *users):
        return [Scope(self.company.id, user_id=user.id) for user in users]

    def test_concentration_is_the_sum_of_squared_shares(self):
        """50 %, 30 % and 20 %: 2,500 + 900 + 400."""
        self._sell_history(
            (0, "2019-03-01", 200),
            (0, "2019-03-20", 300),
            (1, "2019-03-02", 300),
            (2, "2019-03-02", 200),
        )
        self.assertEqual(self._ask("concentration"), [3800])
        scopes = self._of(self.salesperson, self.colleague, self.outsider)
        found = self._ask("concentration", scopes, [MARCH, APRIL])
        # 500 and 200 of 700; one customer alone; nobody
        self.assertAlmostEqual(found.pop(0), 10000 * (500**2 + 200**2) / 700**2)
        self.assertEqual(found, [None, 10000, None, None, None])

    def test_who_sends_back_more_than_they_buy_is_left_out(self):
        self._sell_history(
            (0, "2019-03-01", 100),
            (1, "2019-03-01", 100),
            (2, "2019-03-01", 50),
            (2, "2019-03-02", -80),
            (3, "2019-03-02", 0),
        )
        self.assertEqual(self._ask("concentration"), [5000])

    def test_repeat_rate_counts_orders_not_lines(self):
        """Of four customers, one has two orders, another one of two lines."""
        self._sell_history(
            (0, "2019-03-01", 100),
            (0, "2019-03-20", 100),
            (1, "2019-03-01", 100, {"name": "A1"}),
            (1, "2019-03-01", 100, {"name": "A1"}),
            (2, "2019-03-01", 100),
            (3, "2019-03-01", 100),
            (3, "2019-04-01", 100),
        )
        self.assertEqual(self._ask("repeat_rate"), [25])
        self.assertEqual(self._ask("repeat_rate", periods=[YEAR]), [50])
        found = self._ask(
            "repeat_rate", self._of(self.salesperson, self.outsider), [MARCH, APRIL]
        )
        self.assertEqual(found, [50, None, None, None])

    def _set_potential(self, **amounts):
        self.env["sales.customer.file"].create(
            [
                {
                    "partner_id": self.customers[int(number[1:])].id,
                    "company_id": self.company.id,
                    "potential_amount": amount,
                }
                for number, amount in amounts.items()
            ]
        )

    def test_share_of_wallet_divides_by_the_potential_of_the_same_customers(self):
        """12,000 and 24,000 a year are 3,000 in a month, of which 750 came."""
        self._set_potential(_0=12_000, _1=24_000)
        self._sell_history(
            (0, "2019-03-01", 250),
            (1, "2019-03-02", 500),
            # without potential
            (2, "2019-03-02", 9000),
        )
        self.assertEqual(self._ask("share_of_wallet"), [25])
        scopes = self._of(self.salesperson, self.colleague, self.outsider)
        found = self._ask("share_of_wallet", scopes, [MARCH, APRIL])
        self.assertEqual(found, [25, 0, 25, 0, None, None])
        line = Scope(self.company.id, categ_id=self.category.id)
        self.assertEqual(self._ask("share_of_wallet", [line]), [None])

    def test_of_a_year_that_runs_the_days_that_are_over_count(self):
        self._set_potential(_0=12_000)
        self._sell_history((0, "2019-03-01", 1000))
        [share] = self._ask("share_of_wallet", periods=[YEAR])
        self.assertAlmostEqual(share, 100 * 1000 / (12_000 * (5 / 12 + 15 / 365)))
        future = Period.month(date(2019, 7, 1))
        self.assertEqual(self._ask("share_of_wallet", periods=[future]), [None])

    def test_one_query_more_or_less_whatever_is_asked(self):
        self._set_potential(_0=12_000)
        self._sell_history((0, "2019-03-01", 1000))
        metrics = self.env["sales.metric"].sudo()
        codes = ["repeat_rate", "concentration", "share_of_wallet"]
        metric = metrics.union(*metrics._find(codes).values())
        scopes = self._of(self.salesperson, self.colleague, self.outsider)
        metric._evaluate(scopes, [MARCH])
        with self.assertQueryCount(4):
            metric._evaluate(scopes[:1], [MARCH])
        with self.assertQueryCount(4):
            metric._evaluate(scopes, [MARCH, APRIL, YEAR])

    def test_market_share_has_no_value_until_the_market_is_known(self):
        self._sell_history((0, "2019-03-01", 1000))
        self.assertEqual(self._ask("market_share"), [None])

    def test_satisfaction_has_no_value_until_customers_answer(self):
        for code in ("csat", "nps"):
            self.assertEqual(self._ask(code), [None], code)
