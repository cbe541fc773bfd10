# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, new_test_user, tagged

from .ledger_common import IncentiveLedgerCommon

HOSTILE = (float("nan"), float("inf"), 1e30, -1, 0, True, "200", None, [1], {})


@tagged("post_install", "-at_install")
@freeze_time("2026-04-15 12:00:00")
class TestSalesIncentiveEarnings(IncentiveLedgerCommon):
    """What people read about their own pay, in the running month."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.earnings = cls.env["sales.incentive.earnings"]

    def _get(self, user=None, month=None):
        """:return: the only company that a user earns in"""
        self.env.flush_all()
        self.env.invalidate_all()
        earnings = self.earnings.with_user(user or self.salesperson)
        data = earnings.get_data(month)
        [company] = data["companies"]
        return company

    def _ask(self, amount, rule=None, user=None, company=None):
        earnings = self.earnings.with_user(user or self.salesperson)
        company = company or self.company
        return earnings.get_estimate(company.id, amount, rule and rule.id)

    def _start_example(self, **rule):
        """0 % to 100, 12.5 % to 1,000, 8.5 % above; 900 are sold."""
        tiers = self._tiers((0, 0), (100, 12.5), (1_000, 8.5))
        assignment = self._start_plan(rate_by="month", tier_ids=tiers, **rule)
        self._sell(9, "2026-04-03")
        self._compute()
        return assignment

    @staticmethod
    def _plain(text):
        return text.replace("\xa0", " ")

    # ------------------------------------------------------------------
    # The month
    # ------------------------------------------------------------------

    def test_who_is_in_no_plan_reads_so(self):
        data = self.earnings.with_user(self.colleague).get_data()
        self.assertEqual(data["companies"], [])

    def test_the_month_says_what_was_earned_and_why(self):
        self._start_example()
        company = self._get()
        self.assertEqual(self._plain(company["amounts"]["earned"]), "$ 100.00")
        [line] = company["lines"]
        self.assertEqual(self._plain(line["amount"]), "$ 100.00")
        self.assertTrue(line["is_open"])
        self.assertIn("800.00 × 12.5 %", line["explanation"])
        [rule] = company["rules"]
        facts = {fact["label"]: self._plain(fact["value"]) for fact in rule["facts"]}
        self.assertEqual(
            facts, {"To date": "$ 900.00 since April 2026", "Rate reached": "12.5 %"}
        )

    def test_the_next_tier_says_what_it_needs_and_brings(self):
        self._start_example()
        [rule] = self._get()["rules"]
        self.assertEqual(
            self._plain(rule["next"]["text"]),
            "$ 100.00 more reach 8.5 %, and bring $ 12.50.",
        )
        self.assertEqual(rule["next"]["progress"], 90)

    def test_a_whole_table_brings_the_new_rate_for_all(self):
        tiers = self._tiers((0, 5), (1_000, 10))
        self._start_plan(rate_by="month", rate_mode="whole", tier_ids=tiers)
        self._sell(9, "2026-04-03")
        self._compute()
        [rule] = self._get()["rules"]
        # 10 % of 1,000 instead of 5 % of 900
        self.assertIn("bring $ 55.00", self._plain(rule["next"]["text"]))

    def test_a_share_needs_more_sales(self):
        tiers = self._tiers((0, 5), (1_000, 10))
        self._start_plan(rate_by="month", tier_ids=tiers, share=50)
        self._sell(9, "2026-04-03")
        self._compute()
        [rule] = self._get()["rules"]
        self.assertIn("$ 1,100.00 more", self._plain(rule["next"]["text"]))

    def test_above_the_last_tier_nothing_comes_next(self):
        self._start_example()
        self._sell(2, "2026-04-04")
        self._compute()
        [rule] = self._get()["rules"]
        self.assertIsNone(rule["next"])

    def test_without_a_target_the_rule_says_so(self):
        tiers = self._tiers((0, 5), (100, 10))
        self._start_plan(rate_by="attainment", tier_ids=tiers)
        self._compute()
        [rule] = self._get()["rules"]
        self.assertIn("no target", rule["notice"])

    def test_attainment_and_its_next_tier(self):
        self._set_target(1_000)
        tiers = self._tiers((0, 5), (100, 10))
        self._start_plan(rate_by="attainment", tier_ids=tiers)
        self._sell(8, "2026-04-03")
        self._compute()
        [rule] = self._get()["rules"]
        facts = {fact["label"]: self._plain(fact["value"]) for fact in rule["facts"]}
        self.assertEqual(facts["Attainment"], "80 %: $ 800.00 of $ 1,000.00")
        self.assertIn("$ 200.00 more reach 10 %", self._plain(rule["next"]["text"]))

    def test_a_bonus_says_what_its_next_point_brings(self):
        self._set_target(1_000)
        tiers = self._tiers((80, 50), (100, 100), (120, 150))
        assignment = self._start_plan(
            kind="bonus", target_metric_id=self.ordered.id, tier_ids=tiers
        )
        assignment.target_incentive = 40_000
        self._sell(9, "2026-04-03")
        self._compute()
        [rule] = self._get()["rules"]
        self.assertEqual(self._plain(rule["earned"]), "$ 30,000.00")
        self.assertEqual(
            self._plain(rule["next"]["text"]),
            "$ 100.00 more reach 100 %, and bring $ 10,000.00.",
        )

    def _set_target(self, amount):
        plan = self.env["sales.target.plan"].create(
            {"company_id": self.company.id, "date_from": date(2026, 1, 1)}
        )
        self.env["sales.target"].create(
            {
                "plan_id": plan.id,
                "metric_id": self.ordered.id,
                "user_id": self.salesperson.id,
                "amount": 12 * amount,
            }
        )
        plan._set_state("submitted")
        plan.action_start()

    def test_months_of_the_year_add_up(self):
        self._start_plan()
        for month in (1, 3, 4):
            self._sell(month, f"2026-0{month}-03")
        self._lock(1, 2)
        company = self._get()
        self.assertEqual(
            [
                (month["date"], self._plain(month["earned"]), month["state"])
                for month in company["months"]
            ],
            [
                ("2026-04-01", "$ 40.00", "Open"),
                ("2026-03-01", "$ 30.00", "Open"),
                ("2026-01-01", "$ 10.00", "Locked"),
            ],
        )
        self.assertEqual(self._plain(company["total"]), "$ 80.00")
        january = self._get(month="2026-01-31")
        self.assertEqual(self._plain(january["amounts"]["earned"]), "$ 10.00")
        self.assertEqual(january["rules"], [])

    def test_several_plans_stand_beside_each_other(self):
        self._start_plan()
        self._start_plan(rate=5)
        self._sell(10, "2026-04-03")
        self._compute()
        company = self._get()
        self.assertEqual(len(company["rules"]), 2)
        self.assertEqual(self._plain(company["amounts"]["earned"]), "$ 150.00")

    def test_queries_do_not_grow_with_the_data(self):
        self._add_data("03")
        few = self._count_queries()
        for day in ("04", "05", "06"):
            self._add_data(day)
        self.assertEqual(self._count_queries(), few)

    def _add_data(self, day):
        """Add a plan, and sales of two months."""
        tiers = self._tiers((0, 1), (10_000, 5))
        self._start_plan(rate_by="month", tier_ids=tiers)
        self._start_plan(metric_id=self.invoiced.id, paid="collected")
        for month in ("02", "04"):
            order = self._sell(1, f"2026-{month}-{day}")
            self._invoice(order, f"2026-{month}-{day}")
        self._compute()

    def _count_queries(self):
        self.env.flush_all()
        self.env.invalidate_all()
        earnings = self.earnings.with_user(self.salesperson)
        earnings.get_data()  # Caches of the registry are filled once.
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        earnings.get_data()
        return self.env.cr.sql_log_count - before

    # ------------------------------------------------------------------
    # What if
    # ------------------------------------------------------------------

    def test_what_a_sale_would_bring(self):
        self._start_example()
        estimate = self._ask(200)
        self.assertEqual(self._plain(estimate["earned"]), "$ 21.00")
        [rule] = estimate["rules"]
        self.assertEqual(
            self._plain(rule["explanation"]),
            "$ 200.00 counts: from $ 900.00 to $ 1,100.00.",
        )

    def test_a_rule_may_be_asked_alone(self):
        self._start_plan(rate=10)
        other = self._start_plan(rate=5)
        rule = other.plan_id.version_ids.rule_ids
        self.assertEqual(self._plain(self._ask(200)["earned"]), "$ 30.00")
        self.assertEqual(self._plain(self._ask(200, rule)["earned"]), "$ 10.00")

    def test_hostile_arguments_are_refused(self):
        self._start_example()
        for amount in HOSTILE:
            with self.subTest(amount=amount), self.assertRaises(UserError):
                self._ask(amount)
        earnings = self.earnings.with_user(self.salesperson)
        for month in ("soon", "9999-12-31", "2101-01-01", "0001-01-01", 7, [1], {}):
            with self.subTest(month=month), self.assertRaises(UserError):
                earnings.get_data(month)
        for company_id in (0, -1, "1", [1], None, 10**9):
            with self.subTest(company=company_id), self.assertRaises(UserError):
                earnings.get_estimate(company_id, 100)

    def test_rules_of_others_are_not_told(self):
        self._start_example()
        other = self._start_plan(self.colleague)
        rule = other.plan_id.version_ids.rule_ids
        with self.assertRaises(UserError):
            self._ask(200, rule)
        with self.assertRaises(UserError):
            self._ask(200, user=self.outsider)
        for user in (self.leader, self.director, self.officer):
            data = self.earnings.with_user(user).get_data()
            self.assertEqual(data["companies"], [], user.login)

    def test_who_is_no_sales_user_reads_nothing(self):
        portal = new_test_user(self.env, "portal_earnings", groups="base.group_portal")
        with self.assertRaises(AccessError):
            self.earnings.with_user(portal).get_data()
        with self.assertRaises(AccessError):
            self.earnings.with_user(portal).get_estimate(self.company.id, 1)

    # ------------------------------------------------------------------
    # Quotations
    # ------------------------------------------------------------------

    def _estimate(self, order, user=None):
        self.env.invalidate_all()
        return order.with_user(user or self.salesperson).get_incentive_estimate()

    def test_a_quotation_brings_what_its_order_will_earn(self):
        assignment = self._start_example()
        order = self._create_order(quantity=2)
        estimate = self._estimate(order)
        self.assertEqual(self._plain(estimate["earned"]), "$ 21.00")
        self.assertEqual(order.state, "draft")
        order.action_confirm()
        order.date_order = "2026-04-15 12:00:00"
        self._compute()
        self.assertEqual(self._get_paid(4, assignment), 121)

    def test_a_quotation_counts_for_rules_on_invoices_and_collections(self):
        collected = self.env.ref(
            "sales_efficiency_incentive.sales_metric_collected_net"
        )
        self._start_plan(metric_id=self.invoiced.id, paid="collected")
        self._start_plan(metric_id=collected.id, rate=1)
        self._compute()
        order = self._create_order(quantity=2)
        estimate = self._estimate(order)
        self.assertEqual(self._plain(estimate["earned"]), "$ 22.00")
        self.assertEqual(len(estimate["notes"]), 1, "all is paid at once")

    def test_a_holdback_is_told(self):
        self._start_plan(metric_id=self.invoiced.id, holdback=20, holdback_months=3)
        self._compute()
        estimate = self._estimate(self._create_order(quantity=2))
        self.assertEqual(self._plain(estimate["earned"]), "$ 20.00")
        self.assertIn("$ 4.00 of it waits", self._plain(estimate["notes"][1]))

    def test_a_quotation_says_what_it_leaves_out(self):
        assignment = self._start_plan()
        version = assignment.plan_id.version_ids
        won = self.env.ref("sales_efficiency_base.sales_metric_won")
        draft = version.copy({"date_from": date(2026, 4, 1)})
        draft.rule_ids = [
            Command.create(
                {
                    "name": "Pool of the Team",
                    "kind": "pool",
                    "target_metric_id": self.ordered.id,
                    "team_id": self.team_field.id,
                    "tier_ids": self._tiers((0, 5)),
                }
            ),
            Command.create(
                {
                    "name": "Deals",
                    "kind": "bounty",
                    "metric_id": won.id,
                    "rate": 30,
                }
            ),
        ]
        self._approve(draft)
        self._compute()
        estimate = self._estimate(self._create_order(quantity=2))
        self.assertEqual(self._plain(estimate["earned"]), "$ 20.00")
        self.assertEqual(
            estimate["notes"][1:],
            [
                "Without your share of Pool of the Team: it depends on what the whole"
                " team sells.",
                "Without Deals: it counts opportunities, not quotations.",
            ],
        )

    def test_each_person_of_a_split_reads_their_own_part(self):
        self._start_plan()
        self._start_plan(self.colleague, rate=20)
        self._compute()
        order = self._create_order(quantity=10)
        order.sales_credit_ids = [
            Command.create({"user_id": self.salesperson.id, "share": 60}),
            Command.create({"user_id": self.colleague.id, "share": 40}),
        ]
        self.env.flush_all()
        self.assertEqual(self._plain(self._estimate(order)["earned"]), "$ 60.00")
        as_colleague = self._estimate_as_reader(order, self.colleague)
        self.assertEqual(self._plain(as_colleague["earned"]), "$ 80.00")

    def _estimate_as_reader(self, order, user):
        """The credited person may read the quotation only where Odoo lets them."""
        user.group_ids += self.env.ref("sales_team.group_sale_salesman_all_leads")
        return self._estimate(order, user)

    def test_nobody_reads_what_others_would_earn(self):
        self._start_plan()
        self._compute()
        order = self._create_order(quantity=2)
        for user in (self.leader, self.director):
            estimate = self._estimate_as_reader(order, user)
            self.assertFalse(estimate["rules"], user.login)
        self._start_plan(self.director)
        self._compute()
        estimate = self._estimate(order, self.director)
        self.assertFalse(estimate["rules"], "the sale is not theirs")

    def test_a_leader_reads_what_their_own_rule_brings(self):
        self._start_plan()
        self._start_plan(self.leader, credit="teams", rate=1)
        self._compute()
        order = self._create_order(quantity=2, team_id=self.team_field.id)
        estimate = self._estimate_as_reader(order, self.leader)
        self.assertEqual(self._plain(estimate["earned"]), "$ 2.00")

    def test_a_quotation_in_another_currency_is_converted(self):
        currency = self._double_currency()
        self._start_plan()
        self._compute()
        pricelist = self.env["product.pricelist"].create(
            {"name": "Foreign", "currency_id": currency.id}
        )
        order = self._create_order(quantity=2, pricelist_id=pricelist.id)
        order.order_line.price_unit = 100
        estimate = self._estimate(order)
        # 200 at a rate of 2
        self.assertEqual(self._plain(estimate["earned"]), "$ 10.00")
        self.assertIn("at the rate of", estimate["notes"][1])

    def _double_currency(self):
        currency = self.env.ref("base.JPY")
        currency.active = True
        currency.rate_ids.unlink()
        self.env["res.currency.rate"].create(
            {
                "currency_id": currency.id,
                "name": "2026-01-01",
                "rate": 2,
                "company_id": self.company.id,
            }
        )
        return currency

    def test_a_rate_by_margin_takes_that_of_the_line(self):
        tiers = self._tiers((0, 1), (50, 10))
        self._start_plan(rate_by="margin", tier_ids=tiers)
        self._compute()
        for cost, earned in ((80, "$ 2.00"), (20, "$ 20.00")):
            self.product.standard_price = cost
            order = self._create_order(quantity=2)
            self.assertEqual(self._plain(self._estimate(order)["earned"]), earned)

    def test_a_quotation_raises_a_bonus_by_its_target(self):
        self._set_target(1_000)
        tiers = self._tiers((80, 50), (100, 100), (120, 150))
        assignment = self._start_plan(
            kind="bonus", target_metric_id=self.ordered.id, tier_ids=tiers, share=50
        )
        assignment.target_incentive = 40_000
        self._sell(9, "2026-04-03")
        self._compute()
        estimate = self._estimate(self._create_order(quantity=1))
        # From 90 to 100 %, whatever share of the sale a rule would count
        self.assertEqual(self._plain(estimate["earned"]), "$ 10,000.00")
        self.assertIn("attainment", estimate["rules"][0]["explanation"])

    def test_a_customer_is_new_only_once(self):
        new = self.env.ref("sales_efficiency_base.sales_metric_new_customers")
        self._start_plan(kind="bounty", metric_id=new.id, rate=50)
        self._sell(1, "2026-04-03", partner=self.customer_south)
        self._compute()
        order = self._create_order(quantity=2)
        self.assertEqual(self._plain(self._estimate(order)["earned"]), "$ 50.00")
        known = self._create_order(quantity=2, partner=self.customer_south)
        self.assertEqual(self._estimate(known)["rules"], [])

    def test_scopes_of_rules_are_matched(self):
        other = self.env["product.category"].create({"name": "Other"})
        self._start_plan(categ_id=other.id)
        self._compute()
        self.assertEqual(self._estimate(self._create_order())["rules"], [])
        self.product.categ_id = other
        self.assertEqual(
            self._plain(self._estimate(self._create_order())["earned"]), "$ 10.00"
        )

    def test_an_order_is_no_quotation_any_more(self):
        self._start_plan()
        order = self._sell(1, "2026-04-03")
        with self.assertRaises(UserError):
            order.with_user(self.salesperson).action_estimate_incentive()

    def test_who_may_not_read_the_quotation_asks_in_vain(self):
        self._start_plan(self.outsider)
        order = self._create_order()
        with self.assertRaises(AccessError):
            self._estimate(order, self.outsider)

    def test_estimates_write_nothing(self):
        self._start_example()
        order = self._create_order(quantity=2)
        self.env.flush_all()
        before = self.entries.search([]).ids
        self.env.cr.execute("SET TRANSACTION READ ONLY")
        self._estimate(order)
        self._get()
        self._ask(100)
        self.assertEqual(self.entries.search([]).ids, before)

    def test_selling_invoicing_and_paying_ask_nothing_more(self):
        """No method of theirs is extended, and no column is added but the mark of the
        journal entries of incentives."""
        module = "sales_efficiency_incentive"
        for name in ("sale.order", "sale.order.line", "account.move"):
            fields = self.env[name]._fields.values()
            added = {f.name for f in fields if module in f._modules}
            self.assertFalse(added - {"is_sales_incentive"}, name)
        classes = [
            cls
            for cls in type(self.env["sale.order"])._model_classes__
            if getattr(cls, "_module", None) == module
        ]
        for cls in classes:
            for name in ("create", "write", "action_confirm", "_prepare_invoice"):
                self.assertNotIn(name, vars(cls))
