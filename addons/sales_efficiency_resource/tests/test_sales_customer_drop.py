# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date, timedelta

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from odoo.addons.sales_efficiency_base.tools import Period, Scope

from ..engine.buying_drop import OrderCounts
from .drop_common import DAY, EARLIER, RECENT, SalesDropCommon


@tagged("post_install", "-at_install")
@freeze_time("2019-06-28 12:00:00")
class TestSalesCustomerDrop(SalesDropCommon):
    """The weekly test of customers."""

    def test_a_customer_who_stopped_is_an_alert(self):
        drop = self._test()
        self.assertRecordValues(
            drop,
            [
                {
                    "date": DAY,
                    "week": date(2019, 6, 24),
                    "earlier_orders": 16,
                    "recent_orders": 0,
                    "recent_share": 0.25,
                    "expected_orders": 4,
                    "is_tested": True,
                    "state": "alert",
                    "average_order": 100,
                    "amount_at_risk": 400,
                    "user_id": self.salesperson.id,
                }
            ],
        )
        self.assertAlmostEqual(drop.probability, 0.00501, 5)
        self.assertEqual(drop.explanation, "Expected 4.0 orders in 90 days, got 0.")
        self.assertIn("0.5 %", drop.chance)
        market = self._find(self.market)
        self.assertEqual((market.state, market.amount_at_risk), ("none", 0))

    def test_the_days_that_count(self):
        """D − 89 to D, and the 365 days before: both ends are included."""
        south = self.customer_south
        for day, orders in (
            (EARLIER - timedelta(days=1), None),
            (EARLIER, (1, 0)),
            (RECENT - timedelta(days=1), (1, 0)),
            (RECENT, (0, 1)),
            (DAY, (0, 1)),
            (DAY + timedelta(days=1), None),
        ):
            line = self._create_line(south, day)
            rows = {row[0]: row[1:3] for row in self._count()}
            self.assertEqual(rows.get(south.id), orders, day)
            line.unlink()

    def _create_line(self, partner, day, **values):
        line = self.env["sales.history.line"].create(
            {
                "date": day,
                "amount": 100,
                "recorded_as": "order",
                "company_id": self.company.id,
                "partner_id": partner.id,
                **values,
            }
        )
        self.env["sales.mart"]._refresh()
        return line

    def _count(self, day=DAY):
        return OrderCounts(self.company, day, ("confirmed", "sale", "order")).count()

    def test_orders_are_those_of_the_metric(self):
        """Split credit, several lines, contacts, returns and cancelled orders."""
        contact = self.env["res.partner"].create(
            {"name": "Buyer", "parent_id": self.customer_south.id}
        )
        self._sell(1, "2019-06-03", partner=contact)
        shared = self._sell(2, "2019-06-04", partner=self.customer_south)
        shared.sales_credit_ids = [
            Command.create({"user_id": user.id, "share": 50})
            for user in (self.salesperson, self.colleague)
        ]
        self._sell(3, "2019-06-05", partner=self.customer_south)._action_cancel()
        for _line in range(2):
            self._create_line(self.customer_south, date(2019, 6, 6), name="One order")
        self._create_line(self.customer_south, date(2019, 6, 7), recorded_as="invoice")
        rows = {row[0]: row[1:3] for row in self._count()}
        self.assertEqual(rows[self.customer_south.id], (0, 3))
        scope = Scope(self.company.id, partner_id=self.customer_south.id)
        period = Period(RECENT, DAY)
        values = self.env["sales.metric"].ask(["order_count"], [scope], [period])
        self.assertEqual(values["order_count", scope, period], 3)

    def test_a_refund_leaves_the_orders_as_they_are(self):
        self._order(self.customer_north, 0, 4)
        before = self._test().recent_orders
        order = self._sell(1, "2019-06-10", partner=self.customer_north)
        order.order_line.qty_delivered = 1
        invoice = order._create_invoices()
        invoice.invoice_date = "2019-06-10"
        invoice.action_post()
        invoice._reverse_moves(cancel=True)
        self.env["sales.mart"]._refresh()
        self.assertEqual(self._test().recent_orders, before + 1)

    def test_companies_have_results_of_their_own(self):
        other = self.env["res.company"].create({"name": "Other", "sales_tz": "UTC"})
        self.env.user.company_ids += other
        self._order(self.customer_north, 3, 30, company_id=other.id)
        self._order(self.market, 60, 12, company_id=other.id)
        here, there = self._test(), self._test(company=other)
        self.assertEqual((here.state, here.recent_share), ("alert", 0.25))
        self.assertEqual((there.state, there.recent_share), ("none", 0.4))
        self.assertEqual(len(self._judge()), 1)
        self.assertEqual(self._alert().company_id, self.company)
        self._order(self.customer_south, 100, 0, company_id=other.id)
        self._order(self.customer_south, 100, 0)
        self._test()
        self._test(company=other)
        self._judge()
        alerts = self._alert(self.customer_south)
        self.assertEqual(alerts.company_id, self.company | other)

    def test_a_company_that_has_just_started_is_not_tested(self):
        """Its first orders are not old enough to say what is usual."""
        other = self.env["res.company"].create({"name": "Young", "sales_tz": "UTC"})
        for partner, days in (
            (self.customer_north, range(120, 92, -1)),
            (self.market, range(120, 0, -1)),
        ):
            for day in days:
                self.env["sales.history.line"].create(
                    {
                        "date": DAY - timedelta(days=day),
                        "amount": 100,
                        "recorded_as": "order",
                        "company_id": other.id,
                        "partner_id": partner.id,
                    }
                )
        self.env["sales.mart"]._refresh()
        self.assertFalse(self._test(company=other))
        self.env["sales.history.line"].create(
            {
                "date": RECENT - timedelta(days=90),
                "amount": 100,
                "recorded_as": "order",
                "company_id": other.id,
                "partner_id": self.market.id,
            }
        )
        self.env["sales.mart"]._refresh()
        self.assertEqual(self._test(company=other).state, "alert")

    def test_a_company_without_orders(self):
        other = self.env["res.company"].create({"name": "Empty", "sales_tz": "UTC"})
        self.assertFalse(self._test(company=other))
        self.assertEqual(other.sales_drop_date, DAY)

    def test_archived_customers_are_not_watched(self):
        self.customer_north.active = False
        self.assertFalse(self._test())
        self.assertEqual(self._find(self.market).recent_share, 0.25)

    def test_a_week_has_one_result(self):
        first = self._test()
        again = self._test()
        self.assertEqual(again, first)
        later = self._test(DAY + timedelta(days=2))
        self.assertEqual((later, later.date), (first, DAY + timedelta(days=2)))
        self.assertEqual(later.earlier_orders, 15)

    def test_earlier_weeks_keep_who_was_watched(self):
        first = self._test()
        market = self._find(self.market)
        second = self._test(DAY + timedelta(days=7))
        self.assertNotEqual(first, second)
        self.assertFalse(first.is_latest)
        self.assertEqual(first.state, "alert")
        self.assertFalse(market.exists())
        self._test(DAY + timedelta(days=7 + 2 * 366))
        self.assertFalse((first | second).exists())

    def test_who_orders_too_seldom_is_left_out(self):
        self._order(self.customer_south, 10, 0)
        self._order(self.market, 7, 5)
        self._test()
        self.assertEqual(self._find(self.market).recent_share, 26 / 106)
        self.assertFalse(self._find(self.customer_south))

    def test_the_scheduler_tests_each_company_once_a_week(self):
        self.env["res.company"].search([]).sales_drop_date = DAY
        self.company.sales_drop_date = False
        self._run_job()
        drop = self._find()
        self.assertEqual(drop.state, "alert")
        self.assertEqual(self.company.sales_drop_date, DAY)
        self._order(self.customer_north, 0, 10)
        self._run_job()
        self.assertEqual(drop.recent_orders, 0, "It was tested this week.")
        with freeze_time("2019-07-01 12:00:00"):
            self._run_job()
        # Three days later, the first of them is out of the last 90.
        self.assertEqual(self._find().recent_orders, 9)

    def test_directors_start_the_test_by_hand(self):
        self.company.sales_drop_date = DAY
        cron = self.env.ref("sales_efficiency_resource.ir_cron_customer_drops")
        triggers = self.env["ir.cron.trigger"].search([("cron_id", "=", cron.id)])
        triggers.unlink()
        action = self.drops.with_user(self.director).action_test_now()
        self.assertEqual(action["tag"], "display_notification")
        self.assertTrue(triggers.search([("cron_id", "=", cron.id)]))
        self.assertFalse(self.company.sales_drop_date)
        with self.assertRaisesRegex(UserError, "Only sales directors"):
            self.drops.with_user(self.leader).action_test_now()

    def test_nobody_writes_results(self):
        drop = self._test()
        for user in (self.salesperson, self.leader, self.director):
            with self.assertRaises(AccessError):
                drop.with_user(user).write({"state": "none"})
            with self.assertRaises(AccessError):
                drop.with_user(user).copy()
            with self.assertRaises(AccessError):
                drop.with_user(user).unlink()

    def test_everybody_sees_their_customers(self):
        self._lose_south()
        drop = self._test()
        south = self._find(self.customer_south)
        for user, found in (
            (self.salesperson, drop),
            (self.colleague, self.drops),
            (self.leader, drop),
            (self.outsider, south),
            (self.director, drop | south | self._find(self.market)),
        ):
            self.assertEqual(
                self.drops.with_user(user).search([])
                & (drop | south | self._find(self.market)),
                found,
            )
        self.assertEqual(
            self.customer_north.with_user(self.salesperson).sales_drop_id, drop
        )
        self.assertFalse(self.customer_north.with_user(self.colleague).sales_drop_id)

    def test_a_person_who_moves_takes_their_customers_along(self):
        drop = self._test()
        self._judge()
        self.salesperson.crm_team_member_ids.unlink()
        self.env["crm.team.member"].create(
            {"user_id": self.salesperson.id, "crm_team_id": self.team_other.id}
        )
        self.assertFalse(drop.with_user(self.leader).search([("id", "=", drop.id)]))
        alert = self._alert().with_user(self.leader)
        self.assertFalse(alert.search([("id", "=", alert.id)]))
        self.customer_north.user_id = self.colleague
        self.assertEqual(self._judge().responsible_id, self.colleague)
        self.assertTrue(drop.with_user(self.leader).search([("id", "=", drop.id)]))

    def test_the_customer_shows_its_drop(self):
        self._test()
        contact = self.env["res.partner"].create(
            {"name": "Buyer", "parent_id": self.customer_north.id}
        )
        for partner in (self.customer_north, contact):
            partner = partner.with_user(self.salesperson)
            self.assertEqual(partner.sales_drop_summary, "0 of 4.0 orders")
            action = partner.action_open_sales_drop()
            self.assertEqual(action["res_id"], self._find().id)
        self.assertFalse(self.market.with_user(self.director).sales_drop_id)

    def test_the_orders_behind_the_figures(self):
        drop = self._test().with_user(self.director)
        action = drop.action_open_orders()
        facts = self.env["sales.fact"].search(action["domain"])
        self.assertEqual(len(facts), 16)
        self.assertEqual(facts.partner_id, self.customer_north)
        action = drop.action_open_customer()
        self.assertEqual(action["res_id"], self.customer_north.id)
        self.assertIn('"value": 2', drop.order_chart)

    def test_queries_do_not_depend_on_the_customers(self):
        def count():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self._test()
            return self.env.cr.sql_log_count - before

        count()
        few = count()
        customers = self.env["res.partner"].create(
            [{"name": f"Customer {number}"} for number in range(20)]
        )
        for customer in customers:
            self._order(customer, 16, 4)
        count()
        self.assertEqual(count(), few)
        self.assertGreater(
            self.drops.search_count([("partner_id", "in", customers.ids)]), 19
        )
