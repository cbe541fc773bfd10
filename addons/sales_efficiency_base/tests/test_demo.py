# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections import defaultdict

from dateutil.relativedelta import relativedelta

from odoo import fields
from odoo.tests import tagged

from .demo_common import DemoCase

MODULE = "sales_efficiency_base"
TEAMS = {
    "division": {"grace"},
    "north": {"kevin", "amy", "jason", "emily"},
    "south": {"linda", "tony", "vivian"},
    "overseas": {"david", "cindy", "eric", "yuki"},
}


@tagged("post_install", "-at_install", "sales_efficiency_demo")
class TestDemo(DemoCase):
    """The demo company tells the intended story.

    The database may have been created earlier: dates are relative to the last order.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.users = {
            login: cls.env.ref(f"{MODULE}.user_{login}_demo")
            for logins in TEAMS.values()
            for login in logins
        }
        cls.sellers = cls.env["res.users"].union(*cls.users.values())
        cls.orders = cls.env["sale.order"].search(
            [("user_id", "in", cls.sellers.ids), ("state", "=", "sale")]
        )
        cls.today = max(cls.orders.mapped("date_order")).date()
        cls.env["sales.mart"]._refresh()

    def _demo_records(self, model):
        data = self.env["ir.model.data"].search(
            [
                ("module", "=", MODULE),
                ("model", "=", model),
                ("name", "=like", "%_demo"),
            ]
        )
        return self.env[model].browse(data.mapped("res_id"))

    def _ordered(self, start, end, groupby="date:month"):
        """:returns: {group: amount ordered by the demo company in [start, end)}"""
        rows = self.env["sales.fact"]._read_group(
            [
                ("event", "in", ["confirmed", "sale"]),
                ("user_id", "in", self.sellers.ids),
                ("date", ">=", start),
                ("date", "<", end),
            ],
            [groupby],
            ["amount:sum"],
        )
        return dict(rows)

    def test_company_has_its_size(self):
        regions = self._demo_records("sales.region")
        self.assertEqual(len(regions.filtered(lambda r: not r.parent_id)), 3)
        self.assertTrue(all(r.child_ids for r in regions if not r.parent_id))
        self.assertEqual(len(self._demo_records("crm.team")), 4)
        self.assertEqual(len(self._demo_records("res.users")), 13)
        self.assertEqual(len(self._demo_records("hr.employee")), 13)
        self.assertEqual(len(self._demo_records("product.category")), 6)
        self.assertEqual(len(self._demo_records("product.product")), 40)
        self.assertEqual(len(self._demo_records("res.partner")), 150)

    def test_everybody_has_a_team_and_a_manager(self):
        for name, logins in TEAMS.items():
            team = self.env.ref(f"{MODULE}.team_{name}_demo")
            with self.subTest(team=team.name):
                members = self.env["res.users"].union(*(self.users[n] for n in logins))
                # Other add-ons have newcomers.
                self.assertLessEqual(members, team.member_ids)
                self.assertIn(team.user_id, members)
                for user in members - self.users["grace"]:
                    manager = user.employee_ids.parent_id.user_id
                    leader = (
                        team.parent_id.user_id if user == team.user_id else team.user_id
                    )
                    self.assertEqual(manager, leader)

    def test_sales_support_serves_two_teams(self):
        nina = self.env.ref(f"{MODULE}.user_nina_demo")
        served = {team.name for team in nina.sales_served_team_ids}
        self.assertEqual(served, {"Northern Sales", "Central and Southern Sales"})
        orders = self.env["sale.order"].with_user(nina)
        self.assertTrue(orders.search([("state", "=", "sent")], limit=1))

    def test_everybody_can_log_in(self):
        nina = self.env.ref(f"{MODULE}.user_nina_demo")
        for login, user in {**self.users, "nina": nina}.items():
            credential = {"type": "password", "login": login, "password": login}
            with self.subTest(login=login):
                user.with_user(user)._check_credentials(
                    credential, {"interactive": True}
                )

    def test_customers_belong_to_a_leaf_of_the_regions(self):
        for customer in self._demo_records("res.partner"):
            with self.subTest(customer=customer.name):
                self.assertTrue(customer.sales_region_id)
                self.assertFalse(customer.sales_region_id.child_ids)
                self.assertFalse(customer.sales_region_manual)
                self.assertTrue(customer.sales_channel_id)
                self.assertIn(customer.user_id, self.sellers)

    def test_products_are_sold_with_profit(self):
        for product in self._demo_records("product.product"):
            self.assertGreater(product.list_price, product.standard_price)
            self.assertGreater(product.standard_price, 0)

    def test_plan_is_the_same_on_the_same_day(self):
        def summary():
            plan = self.env["sales.demo"]._plan()
            return [
                (deal.seller, deal.customer.id, deal.closed, deal.amount)
                for deal in plan.deals
            ]

        self.assertEqual(summary(), summary())

    def test_orders_fill_two_years_and_history_the_year_before(self):
        orders, history = (
            {
                month
                for (month,) in self.env["sales.fact"]._read_group(
                    # Add-ons have past orders of their own, not recorded as sales.
                    [("event", "=", event), ("user_id", "in", self.sellers.ids)],
                    ["date:month"],
                )
            }
            for event in ("confirmed", "sale")
        )
        last, first = self.today + relativedelta(day=1), min(orders)
        self.assertLessEqual(
            {last - relativedelta(months=n) for n in range(24)}, orders
        )
        self.assertEqual(
            history, {first - relativedelta(months=n) for n in range(1, 13)}
        )

    def test_nothing_happens_in_the_future(self):
        # Facts are dated in the company's time zone, which may be ahead of the server.
        company = self.company.with_context(tz=self.company.sales_tz)
        self.assertFalse(
            self.env["sales.fact"].search_count(
                [
                    ("date", ">", fields.Date.context_today(company)),
                    # The market of a year is known before its end.
                    ("event", "!=", "market_size"),
                ]
            )
        )

    def test_sales_grow_and_follow_the_seasons(self):
        end = self.today + relativedelta(day=1)
        start = end - relativedelta(months=12)
        before = start - relativedelta(months=12)
        year, last_year = self._ordered(start, end), self._ordered(before, start)
        growth = sum(year.values()) / sum(last_year.values()) - 1
        self.assertTrue(0.03 < growth < 0.4, growth)
        for months in (year, last_year):
            by_month = {month.month: amount for month, amount in months.items()}
            average = sum(by_month.values()) / 12
            self.assertLess(by_month[2], 0.75 * average)
            self.assertGreater(by_month[12], average)

    def test_sellers_differ(self):
        amounts = self._ordered(
            self.today - relativedelta(years=1), self.today, "user_id"
        )
        self.assertEqual(amounts.keys(), set(self.sellers))
        self.assertGreater(max(amounts.values()), 1.5 * min(amounts.values()))

    def test_shared_sales_add_up(self):
        shared = self.orders.filtered("sales_credit_ids")
        self.assertGreater(len(shared), 20)
        facts = defaultdict(float)
        for order_id, amount in self.env["sales.fact"]._read_group(
            [("source", "=", "order"), ("res_id", "in", shared.ids)],
            ["res_id"],
            ["amount:sum"],
        ):
            facts[order_id] = amount
        currency = self.company.currency_id
        for order in shared:
            with self.subTest(order=order.name):
                self.assertEqual(sum(order.sales_credit_ids.mapped("share")), 100)
                if order.currency_id == currency:
                    amount = currency.round(facts[order.id])
                    self.assertEqual(amount, order.amount_untaxed)

    def test_orders_are_discounted_cancelled_and_in_foreign_currency(self):
        self.assertTrue(self.orders.order_line.filtered("discount"))
        self.assertTrue(self.orders.currency_id - self.company.currency_id)
        states = self.env["sale.order"]._read_group(
            [("user_id", "in", self.sellers.ids)], ["state"], ["__count"]
        )
        self.assertLessEqual({"sent", "sale", "cancel"}, {state for state, _ in states})

    def test_invoices_are_paid_credited_and_open(self):
        if not self.company.chart_template:
            self.skipTest("The company has no chart of accounts, hence no invoices")
        invoices = self.orders.invoice_ids
        self.assertGreater(len(invoices), 0.8 * len(self.orders))
        refunds = invoices.filtered(lambda move: move.move_type == "out_refund")
        self.assertTrue(refunds)
        states = set((invoices - refunds).mapped("payment_state"))
        self.assertLessEqual({"paid", "partial", "not_paid"}, states)
        self.assertTrue(all(move.sales_region_id for move in invoices))

    def test_pipeline_has_won_lost_and_open_opportunities(self):
        leads = (
            self.env["crm.lead"]
            .with_context(active_test=False)
            .search([("user_id", "in", self.sellers.ids)])
        )
        by_status = leads.grouped("won_status")
        for status in ("won", "lost", "pending"):
            self.assertGreater(len(by_status[status]), 30, status)
        self.assertTrue(all(by_status["lost"].mapped("lost_reason_id")))
        self.assertGreater(len(by_status["pending"].stage_id), 1)
        closed = by_status["won"] + by_status["lost"]
        for lead in closed:
            self.assertLess(lead.sales_opened_date, lead.date_closed.date())

    def test_roles_see_what_is_theirs(self):
        north = {self.users[login] for login in TEAMS["north"]}
        for login, expected in (
            ("amy", {self.users["amy"]}),
            ("kevin", north),
            ("grace", set(self.sellers)),
        ):
            facts = self.env["sales.fact"].with_user(self.users[login])
            seen = {user for (user,) in facts._read_group([], ["user_id"])}
            with self.subTest(login=login):
                self.assertLessEqual(expected, seen)
                if login != "grace":
                    self.assertEqual(expected, seen & set(self.sellers))

    def test_figures_equal_the_documents(self):
        self.assertFalse(self.env["sales.mart"]._reconcile())

    def test_loading_again_changes_nothing(self):
        self.env["sales.demo"]._load()
        orders = self.env["sale.order"].search(
            [("user_id", "in", self.sellers.ids), ("state", "=", "sale")]
        )
        self.assertEqual(orders, self.orders)
