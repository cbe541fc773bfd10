# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import random
from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal
from unittest.mock import patch

from dateutil.relativedelta import relativedelta
from freezegun import freeze_time

from odoo import Command
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tests import TransactionCase, tagged
from odoo.tools import SQL

from ..tools import Period, Scope
from .common import SalesEfficiencyCommon

ORDERED = ("confirmed", "sale", "order")
INVOICED = ("invoice", "refund", "sale")
COLLECTED = ("payment", "sale")
EVENTS = {
    "confirmed": "order",
    "sale": "history",
    "order": "history",
    "invoice": "invoice",
    "refund": "invoice",
    "payment": "payment",
    "lead": "lead",
    "created": "opportunity",
    "won": "opportunity",
    "lost": "opportunity",
    "rated": "answer",
    "satisfaction": "answer",
    "recommendation": "answer",
    "market_size": "market",
}
SCORES = {
    "rated": (1, 2, 3, 4, 5),
    "satisfaction": (0, 1),
    "recommendation": (-1, 0, 1),
}


class FactsCase(TransactionCase):
    """Fills the tables of the data mart by SQL, in a separate company."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env["res.company"].create({"name": "Measured"})
        cls.facts = []

    @classmethod
    def _add_fact(cls, event, day, **values):
        """Add a fact; omitted columns stay empty."""
        number = len(cls.facts) + 1
        if "margin" in values:
            values = {"margin_base": values.get("amount"), **values}
        cls.facts.append(
            {
                "source": EVENTS[event],
                "event": event,
                "date": day,
                "company_id": cls.company.id,
                "res_id": number,
                "line_id": number,
                "match_id": 0,
                "credit_id": 0,
                **values,
            }
        )

    @classmethod
    def _save_facts(cls):
        """Write the facts and their monthly cells."""
        for fact in cls.facts:
            cls.env.cr.execute(
                SQL(
                    "INSERT INTO sales_fact (%s) VALUES %s",
                    SQL(", ").join(map(SQL.identifier, fact)),
                    tuple(fact.values()),
                )
            )
        companies = {fact["company_id"] for fact in cls.facts}
        cls._count_documents(companies)
        cells = cls.env["sales.fact.cell"]
        cls.env.cr.execute(
            cells._add(
                SQL(
                    "(SELECT * FROM sales_fact WHERE company_id IN %s) AS facts",
                    tuple(companies),
                )
            )
        )
        cls.env["sales.fact.total"]._sum_anew()

    @classmethod
    def _count_documents(cls, companies):
        """Count documents in their first fact if all facts differ only by product."""
        cls.env.cr.execute(
            SQL(
                """
                UPDATE sales_fact fact
                   SET documents = (fact.line_id = document.first)::int
                  FROM (SELECT source, res_id, MIN(line_id) AS first
                          FROM sales_fact
                         GROUP BY source, res_id
                        HAVING COUNT(DISTINCT (event, date, company_id, region_id,
                               team_id, user_id, channel_id, partner_id)) = 1
                       ) AS document
                 WHERE fact.company_id IN %s AND fact.source = document.source
                   AND fact.res_id = document.res_id
                """,
                tuple(companies),
            )
        )

    def setUp(self):
        super().setUp()
        # Facts added by a test must not affect other tests.
        self.patch(type(self), "facts", list(self.facts))

    def _metric(self, code):
        metrics = self.env["sales.metric"].with_context(active_test=False)
        return metrics.search([("code", "=", code)])

    def _value(self, code, scope, period):
        metric = self._metric(code)
        return metric._evaluate([scope], [period])[metric.id, scope, period]


@tagged("post_install", "-at_install")
class TestSalesMetricEvaluation(FactsCase):
    """Worked examples."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.may, cls.june = (Period.month(date(2024, month, 1)) for month in (5, 6))
        cls.year = Period.year(date(2024, 1, 1))
        cls.scope = Scope(cls.company.id)
        regions = cls.env["sales.region"]
        cls.world = regions.create({"name": "World"})
        cls.north = regions.create({"name": "North", "parent_id": cls.world.id})
        cls.south = regions.create({"name": "South", "parent_id": cls.world.id})
        cls.user, cls.other = cls.env["res.users"].create(
            [{"name": login, "login": login} for login in ("metric_1", "metric_2")]
        )
        cls.customer, cls.newcomer = cls.env["res.partner"].create(
            [{"name": "Customer"}, {"name": "Newcomer"}]
        )

    def test_orders_and_the_history_that_counts_as_ordered_add_up(self):
        for event in EVENTS:
            self._add_fact(event, date(2024, 5, 31), amount=Decimal("0.10"))
        self._save_facts()
        for code in ("ordered_amount", "invoiced_amount"):
            self.assertEqual(self._value(code, self.scope, self.may), 0.3)
        self.assertEqual(self._value("collected_amount", self.scope, self.may), 0.2)
        self.assertEqual(self._value("won_amount", self.scope, self.may), 0.1)

    def test_nothing_is_zero_and_its_quotient_is_no_value(self):
        for code in ("ordered_amount", "order_count", "new_customers", "won"):
            value = self._value(code, self.scope, self.may)
            self.assertEqual(value, 0)
            self.assertIsNotNone(value)
        for code in ("average_order", "margin_rate", "sales_cycle", "ordered_growth"):
            self.assertIsNone(self._value(code, self.scope, self.may))

    def test_a_rate_is_made_of_sums_not_of_rates(self):
        self._add_fact("confirmed", date(2024, 5, 1), amount=100, margin=50)
        self._add_fact("confirmed", date(2024, 6, 1), amount=900, margin=90)
        self._save_facts()
        values = [
            self._value("margin_rate", self.scope, period)
            for period in (self.may, self.june, self.year)
        ]
        self.assertEqual(values, [50, 10, 14])

    def test_a_rate_leaves_out_what_is_unknown(self):
        """1,000 with a margin of 400 and 1,000 without: 40 %, with half of it known."""
        metric = self._metric("margin_rate")
        growth = self.env["sales.metric"].create(
            {"name": "Growth", "kind": "growth", "base_id": metric.id}
        )
        self._add_fact("confirmed", date(2023, 5, 1), amount=500, margin=100)
        self._add_fact("confirmed", date(2024, 5, 1), amount=1000)
        self._add_fact("confirmed", date(2024, 5, 2), amount=1000, margin=400)
        self._add_fact("confirmed", date(2024, 6, 1), amount=1000)
        self._save_facts()
        values = (metric | growth)._evaluate([self.scope], [self.may, self.june])
        self.assertEqual(values.column(metric.id), [40, None])
        self.assertEqual(values.column(growth.id), [20, None])
        known = metric._evaluate([self.scope], [self.may, self.june], known=True).known
        self.assertEqual([k.share for k in known.column(metric.id)], [50, 0])

    def test_cells_of_other_events_never_count_however_many_are_asked_for(self):
        # Other add-ons have more.
        events = self.env["sales.metric.event"].search([("event", "in", list(EVENTS))])
        rest = events.filtered(lambda event: event.event != "refund")
        metrics = self.env["sales.metric"].create(
            [
                {
                    "name": "Amount",
                    "measure": "amount",
                    "event_ids": [Command.set(some.ids)],
                }
                for some in (rest, rest[:1])
            ]
        )
        for number, event in enumerate(events):
            self._add_fact(event.event, date(2024, 5, 1), amount=2**number)
        self._save_facts()
        amounts = {event: 2**number for number, event in enumerate(events)}
        for most in (0, 100):
            with patch(
                "odoo.addons.sales_efficiency_base.engine.fact_query.MANY_EVENTS",
                most,
            ):
                values = metrics._evaluate([self.scope], [self.may])
            self.assertEqual(
                [values.column(metric.id) for metric in metrics],
                [[sum(amounts[event] for event in rest)], [amounts[rest[0]]]],
            )

    def test_any_rate_of_a_margin_leaves_out_what_is_unknown(self):
        events = self.env["sales.metric.event"].search([("event", "=", "invoice")])
        margin, amount = self.env["sales.metric"].create(
            [
                {"name": name, "measure": name, "event_ids": [Command.set(events.ids)]}
                for name in ("margin", "amount")
            ]
        )
        rate = self.env["sales.metric"].create(
            {
                "name": "Rate",
                "kind": "ratio",
                "unit": "percent",
                "numerator_id": margin.id,
                "denominator_id": amount.id,
            }
        )
        self.assertEqual(rate.formula, "margin ÷ amount with known margin × 100")
        self._add_fact("invoice", date(2024, 5, 1), amount=1000)
        self._add_fact("invoice", date(2024, 5, 2), amount=1000, margin=400)
        self._save_facts()
        metrics = rate | amount
        values = metrics._evaluate([self.scope], [self.may])
        self.assertEqual(values[rate.id, self.scope, self.may], 40)
        self.assertEqual(values[amount.id, self.scope, self.may], 2000)

    def _create_ratio(self, numerator, denominator, **values):
        return self.env["sales.metric"].create(
            {
                "name": "Ratio",
                "kind": "ratio",
                "numerator_id": numerator.id,
                "denominator_id": denominator.id,
                **values,
            }
        )

    def test_a_margin_is_divided_by_what_has_a_known_margin(self):
        """Units, orders and customers with an unknown margin do not count in the
        denominator; a known margin of 0 does."""
        margin, quantity, orders = map(
            self._metric, ("margin", "ordered_quantity", "order_count")
        )
        filtered = quantity.copy({"domain": "[('quantity', '!=', 4)]"})
        customers = orders.copy({"counted": "customer"})
        figures = quantity.copy({"measure": "facts", "unit": "count"})
        ratios = {
            self._create_ratio(margin, denominator): value
            for denominator, value in (
                (quantity, 20),
                (filtered, 25),
                (orders, 100),
                (customers, 200),
                (figures, 100),
            )
        }
        third = self.customer.copy()
        for quantity_sold, customer, values in (
            (10, self.customer, {"amount": 1000, "margin": 400}),
            (10, third, {"amount": 1000}),
            (4, self.customer, {"amount": 0, "margin": 0}),
            (3, self.newcomer, {"amount": 30, "margin": 5}),
            (3, self.newcomer, {"amount": 30, "margin": -5}),
            (7, self.customer, {"amount": 70}),
        ):
            self._add_fact(
                "confirmed",
                date(2024, 5, 1),
                quantity=quantity_sold,
                partner_id=customer.id,
                documents=1,
                **values,
            )
        self._save_facts()
        metrics = self.env["sales.metric"].union(*ratios) | orders | quantity
        values = metrics._evaluate([self.scope], [self.may])
        for ratio, value in ratios.items():
            self.assertEqual(
                values[ratio.id, self.scope, self.may], value, ratio.formula
            )
            self.assertIn("with known margin", ratio.formula)
        self.assertEqual(values[orders.id, self.scope, self.may], 6)
        self.assertEqual(values[quantity.id, self.scope, self.may], 37)

    def test_a_margin_is_divided_by_all_that_has_none(self):
        """Opportunities never have margins, so all of them count in the denominator."""
        ratio = self._create_ratio(self._metric("margin"), self._metric("won"))
        self._add_fact("confirmed", date(2024, 5, 1), amount=1000, margin=400)
        for day in (2, 3):
            self._add_fact("won", date(2024, 5, day), amount=10)
        self._save_facts()
        values = ratio._evaluate([self.scope], [self.may])
        self.assertEqual(values.column(ratio.id), [200])

    def test_what_is_known_is_a_share_with_refunds_too(self):
        """Of 1,000 and an unknown refund of 500, two thirds are known, not 200 %."""
        metric = self._metric("margin_rate")
        self._add_fact("confirmed", date(2024, 5, 1), amount=1000, margin=400)
        self._add_fact("confirmed", date(2024, 5, 2), amount=-500)
        self._add_fact("confirmed", date(2024, 6, 1), amount=500, margin=400)
        self._add_fact("confirmed", date(2024, 6, 1), amount=-500)
        self._add_fact("confirmed", date(2023, 6, 1), amount=-500, margin=-400)
        self._save_facts()
        periods = [self.may, self.june, self.june.previous_year()]
        known = metric._evaluate([self.scope], periods, known=True).known
        self.assertEqual(
            [round(k.share, 2) for k in known.column(metric.id)], [66.67, 50, 100]
        )

    def test_conversion_and_cycle_look_at_what_was_closed(self):
        self._add_fact("created", date(2024, 5, 1), amount=10)
        for days in (10, 21, 31):
            self._add_fact("won", date(2024, 5, 3), amount=10, days=days)
        self._add_fact("lost", date(2024, 5, 4), amount=10, days=300)
        self._save_facts()
        self.assertEqual(self._value("conversion_rate", self.scope, self.may), 75)
        self.assertEqual(self._value("sales_cycle", self.scope, self.may), 20.6667)

    def test_money_per_order_has_the_decimals_of_the_currency(self):
        for amount in (Decimal("5.12"), Decimal("5.13")):
            self._add_fact("confirmed", date(2024, 5, 1), amount=amount)
        self._save_facts()
        self.assertEqual(self._value("average_order", self.scope, self.may), 5.13)
        self.company.currency_id = self.env.ref("base.JPY")
        self.assertEqual(self._value("average_order", self.scope, self.may), 5)

    def test_an_order_of_several_lines_and_people_is_one_order(self):
        for line, user in enumerate((self.user, self.user, self.other)):
            self._add_fact(
                "confirmed",
                date(2024, 5, 1),
                res_id=1,
                line_id=line,
                user_id=user.id,
                amount=10,
            )
        self._add_fact("sale", date(2024, 5, 1), res_id=1, amount=10)
        self._save_facts()
        self.assertEqual(self._value("order_count", self.scope, self.may), 2)
        for user in (self.user, self.other):
            scope = Scope(self.company.id, user_id=user.id)
            self.assertEqual(self._value("order_count", scope, self.may), 1)
        both = Scope(self.company.id, user_id=(self.user + self.other).ids)
        self.assertEqual(self._value("order_count", both, self.may), 1)

    def test_a_customer_is_new_once_where_the_first_sale_was(self):
        self._add_fact("sale", date(2022, 1, 1), partner_id=self.customer.id, amount=10)
        for day, region in ((1, self.north), (1, self.south), (2, self.south)):
            for partner in (self.customer, self.newcomer):
                self._add_fact(
                    "confirmed",
                    date(2024, 5, day),
                    partner_id=partner.id,
                    region_id=region.id,
                )
        self._add_fact(
            "invoice", date(2020, 1, 1), partner_id=self.newcomer.id, amount=1
        )
        self._save_facts()
        self.assertEqual(self._value("new_customers", self.scope, self.may), 1)
        self.assertEqual(self._value("new_customers", self.scope, self.june), 0)
        later = Period(date(2024, 5, 2), date(2024, 5, 31))
        self.assertEqual(self._value("new_customers", self.scope, later), 0)
        for region in (self.world, self.north, self.south):
            scope = Scope(self.company.id, region_id=region.id)
            self.assertEqual(self._value("new_customers", scope, self.may), 1)

    def test_business_is_new_for_a_year_after_the_first_order(self):
        days = (date(2023, 5, 15), date(2024, 5, 14), date(2024, 5, 15))
        for amount, day in zip((1, 20, 300), days, strict=True):
            self._add_fact("confirmed", day, partner_id=self.customer.id, amount=amount)
        self._add_fact("confirmed", date(2024, 5, 2), amount=4000)
        self._add_fact("invoice", date(2024, 5, 2), amount=50000)
        self._save_facts()
        north = Scope(self.company.id, region_id=self.north.id)
        for scope in (self.scope, north):
            new, existing, ordered = (
                self._value(code, scope, self.may)
                for code in ("new_business", "existing_business", "ordered_amount")
            )
            self.assertEqual(new + existing, ordered)
        self.assertEqual(self._value("new_business", self.scope, self.may), 20)
        self.assertEqual(self._value("existing_business", self.scope, self.may), 4300)
        self.company.sales_new_business_months = 13
        self.assertEqual(self._value("new_business", self.scope, self.may), 320)

    def test_the_figures_behind_new_business_are_those_it_sums(self):
        for amount, day in ((10, date(2023, 1, 1)), (20, date(2024, 5, 14))):
            self._add_fact("confirmed", day, partner_id=self.customer.id, amount=amount)
        self._save_facts()
        facts = self.env["sales.fact"]
        for code, amount in (("new_business", 10), ("existing_business", 20)):
            domain = self._metric(code)._get_facts_domain()
            found = facts.search(domain & Domain("partner_id", "=", self.customer.id))
            self.assertEqual(found.mapped("amount"), [amount])
            is_new = found.is_new_business
            self.assertEqual(is_new, code == "new_business")

    def test_growth_compares_with_the_year_before(self):
        self._add_fact("confirmed", date(2023, 5, 31), amount=200)
        self._add_fact("confirmed", date(2024, 5, 1), amount=150)
        self._add_fact("confirmed", date(2024, 6, 1), amount=1)
        self._save_facts()
        growth = self._metric("ordered_growth")
        periods = [self.june, self.may, self.may.previous_year(), self.year]
        values = growth._evaluate([self.scope], periods)
        self.assertEqual(values.column(growth.id), [None, -25, None, -24.5])
        self.assertEqual(list(values), [(growth.id, self.scope, p) for p in periods])

    def test_growth_after_a_loss_is_growth(self):
        self._add_fact("refund", date(2023, 5, 31), amount=-100)
        self._add_fact("invoice", date(2024, 5, 1), amount=100)
        self._save_facts()
        self.assertEqual(self._value("invoiced_growth", self.scope, self.may), 200)

    @freeze_time("2024-05-10 12:00:00")
    def test_growth_of_a_running_period_compares_the_same_days(self):
        for day, amount in (
            (date(2023, 1, 2), 100),
            (date(2023, 5, 10), 10),
            (date(2023, 5, 11), 500),
            (date(2023, 12, 31), 500),
            (date(2024, 1, 2), 140),
            (date(2024, 5, 10), 14),
            (date(2024, 5, 11), 9999),
        ):
            self._add_fact("confirmed", day, amount=amount)
        self._save_facts()
        growth = self._metric("ordered_growth")
        january = Period.month(date(2024, 1, 1))
        to_date = self.may.until(date(2024, 5, 10))
        periods = [self.year, self.may, january, self.june, to_date]
        values = growth._evaluate([self.scope], periods)
        self.assertEqual(values.column(growth.id), [40, 40, 40, None, 40])

    @freeze_time("2024-05-09 18:00:00")
    def test_a_running_period_ends_today_where_the_company_is(self):
        company = self.env["res.company"].create({"name": "Far"})
        self.company.sales_tz, company.sales_tz = "Asia/Taipei", "UTC"
        for fact_company in (self.company, company):
            for day, amount in ((date(2023, 5, 10), 10), (date(2024, 5, 9), 20)):
                self._add_fact(
                    "confirmed", day, amount=amount, company_id=fact_company.id
                )
        self._save_facts()
        growth = self._metric("ordered_growth")
        scopes = [self.scope, Scope(company.id)]
        values = growth._evaluate(scopes, [self.may])
        self.assertEqual(values.column(growth.id), [100, None])

    def test_rates_grow_by_percentage_points(self):
        for day, amount, margin in (
            (date(2023, 5, 1), 200, 60),
            (date(2024, 5, 1), 400, 130),
        ):
            self._add_fact("confirmed", day, amount=amount, margin=margin)
        self._save_facts()
        rate = self._metric("margin_rate")
        growth = self.env["sales.metric"].create(
            {"name": "Growth", "kind": "growth", "base_id": rate.id}
        )
        self.assertEqual(growth.unit, "points")
        self.assertEqual(growth.formula, "Margin Rate − same days a year before")
        [value] = growth._evaluate([self.scope], [self.may]).column(growth.id)
        self.assertEqual((value, growth._format(value)), (2.5, "2.5 points"))
        with self.assertRaisesRegex(ValidationError, "in percentage points"):
            growth.unit = "percent"

    def test_archived_nodes_of_a_tree_still_count(self):
        self._add_fact("confirmed", date(2024, 5, 1), region_id=self.north.id, amount=7)
        self._save_facts()
        self.north.active = False
        scope = Scope(self.company.id, region_id=self.world.id)
        self.assertEqual(self._value("ordered_amount", scope, self.may), 7)

    def test_a_moved_node_counts_where_it_is_now(self):
        self._add_fact("confirmed", date(2024, 5, 1), region_id=self.north.id, amount=7)
        self._save_facts()
        self.north.parent_id = self.south
        scope = Scope(self.company.id, region_id=self.south.id)
        self.assertEqual(self._value("ordered_amount", scope, self.may), 7)

    def test_a_node_and_what_is_below_it_count_once_in_a_union(self):
        self._add_fact("confirmed", date(2024, 5, 1), region_id=self.north.id, amount=7)
        self._save_facts()
        union = Scope(self.company.id, region_id=(self.world + self.north).ids)
        self.assertEqual(self._value("ordered_amount", union, self.may), 7)

    def test_companies_are_kept_apart(self):
        sister = self.env["res.company"].create({"name": "Sister"})
        self._add_fact("confirmed", date(2024, 5, 1), amount=7)
        self._add_fact("confirmed", date(2024, 5, 1), amount=70, company_id=sister.id)
        self._save_facts()
        metric = self._metric("ordered_amount")
        scopes = [Scope(sister.id), self.scope]
        values = metric._evaluate(scopes, [self.may, self.year])
        self.assertEqual(values.column(metric.id), [70, 70, 7, 7])

    def test_one_cent_is_not_lost_in_a_million(self):
        for _number in range(30):
            self._add_fact("confirmed", date(2024, 5, 1), amount=Decimal("0.10"))
        self._add_fact("confirmed", date(2024, 5, 2), amount=Decimal("987654321.01"))
        self._add_fact("confirmed", date(2024, 6, 2), amount=Decimal("0.10"))
        self._save_facts()
        amount = self._value("ordered_amount", self.scope, self.may)
        self.assertEqual(amount, 987654324.01)
        parts = Period(date(2024, 5, 1), date(2024, 6, 2))
        amount = self._value("ordered_amount", self.scope, parts)
        self.assertEqual(amount, 987654324.11)

    def test_an_unknown_dimension_is_named(self):
        scope = Scope(self.company.id, planet_id=1)
        with self.assertRaisesRegex(ValueError, "planet_id"):
            self._value("ordered_amount", scope, self.may)

    def test_a_metric_of_an_add_on_that_is_gone_has_no_values(self):
        metric = self._metric("new_customers")
        for model, method in (
            ("sales.metric", "_measure_what_is_gone"),
            ("sales.gone", "_measure_what_is_gone"),
        ):
            metric.write({"method_model": model, "method_name": method})
            self.assertIsNone(self._value("new_customers", self.scope, self.may))

    def test_asking_nothing_asks_the_database_nothing(self):
        metrics = self._metric("ordered_amount")
        with self.assertQueryCount(0):
            self.assertFalse(metrics._evaluate([], [self.may]))
            self.assertFalse(metrics._evaluate([self.scope], []))

    def test_values_do_not_depend_on_the_rules_of_the_user(self):
        self._add_fact("confirmed", date(2024, 5, 1), amount=7, user_id=self.other.id)
        self._save_facts()
        self.user.group_ids = self.env.ref("sales_efficiency_base.group_sales_person")
        metric = self._metric("ordered_amount")
        values = metric.with_user(self.user)._evaluate([self.scope], [self.may])
        self.assertEqual(values[metric.id, self.scope, self.may], 7)


@tagged("post_install", "-at_install")
class TestSalesMetricOracle(FactsCase):
    """Random facts, evaluated in plain Python for comparison."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.random = random.Random(20240229)
        cls.sister = cls.env["res.company"].create(
            {"name": "Sister", "fiscalyear_last_day": 5, "fiscalyear_last_month": "4"}
        )
        cls.companies = [cls.company.id, cls.sister.id]
        cls.ids = {
            "region_id": cls._create_tree("sales.region"),
            "team_id": cls._create_tree("crm.team"),
            "categ_id": cls._create_tree("product.category"),
            "channel_id": cls._create_tree("sales.channel"),
            "user_id": cls.env["res.users"]
            .create([{"name": f"u{n}", "login": f"oracle_{n}"} for n in range(5)])
            .ids,
            "partner_id": cls.env["res.partner"]
            .create([{"name": f"p{n}"} for n in range(12)])
            .ids,
        }
        cls._add_random_facts(700)
        cls._save_facts()

    @classmethod
    def _create_tree(cls, model):
        nodes = cls.env[model]
        for number in range(9):
            parent = cls.random.choice(nodes) if number % 4 else nodes.browse()
            nodes |= nodes.create({"name": f"n{number}", "parent_id": parent.id})
        return nodes.ids

    @classmethod
    def _add_random_facts(cls, count):
        choice = cls.random.choice
        for number in range(count):
            day = date(2022, 11, 1) + timedelta(days=cls.random.randrange(550))
            event = choice(list(EVENTS))
            dimensions = {
                name: choice(ids) if cls.random.random() < 0.9 else None
                for name, ids in cls.ids.items()
            }
            cls._add_fact(
                event,
                day,
                company_id=choice(cls.companies),
                res_id=cls.random.randrange(count // 3),
                line_id=number,
                amount=Decimal(cls.random.randrange(-99, 99999)) / 100,
                margin=choice([None, Decimal(cls.random.randrange(-99, 9999)) / 100]),
                quantity=Decimal(cls.random.randrange(1000)) / 8,
                days=cls.random.randrange(90) if event in ("won", "lost") else None,
                score=choice(SCORES[event]) if event in SCORES else None,
                **dimensions,
            )

    def _random_scopes(self, count):
        scopes = [Scope(company) for company in self.companies]
        for _number in range(count):
            names = self.random.sample(list(self.ids), self.random.randint(1, 3))
            scopes.append(
                Scope(
                    self.random.choice(self.companies),
                    **{
                        name: self.random.sample(
                            self.ids[name], self.random.choice([1, 1, 1, 3])
                        )
                        for name in names
                    },
                )
            )
        return list(dict.fromkeys(scopes))

    def _random_periods(self, count):
        today = date(2024, 2, 29)
        sister = self.sister
        periods = [
            Period.month(today),
            Period.month(today).until(date(2024, 2, 11)),
            Period.quarter(today),
            Period.quarter(today, sister),
            Period.year(today),
            Period.year(today, sister),
            Period.year(today, sister).until(today),
            Period(today, today),
        ]
        for _number in range(count):
            start = date(2022, 11, 1) + timedelta(days=self.random.randrange(500))
            length = self.random.choice([0, 6, 45, 120, 400])
            periods.append(Period(start, start + timedelta(days=length)))
        return list(dict.fromkeys(periods))

    def _below(self):
        """Map each id of each dimension to the ids that it includes."""
        below = defaultdict(lambda: defaultdict(set))
        for name, ids in self.ids.items():
            model = self.env["sales.fact"]._fields[name].comodel_name
            for node in self.env[model].browse(ids):
                above = node
                while above:
                    below[name][above.id].add(node.id)
                    above = (
                        above.parent_id if model != "res.partner" else above.browse()
                    )
                    if model == "res.users":
                        break
        return below

    def _select(self, scope, period, below):
        return [
            fact
            for fact in self.facts
            if fact["company_id"] == scope.company_id
            and period.start <= fact["date"] <= period.end
            and all(
                any(fact[name] in below[name][id_] for id_ in ids)
                for name, ids in scope.dimensions
            )
        ]

    def _measure(self, facts, first_days):
        """Compute the expected values of the supplied metrics, except growth."""

        def total(events, measure):
            return sum(f[measure] or 0 for f in facts if f["event"] in events)

        def number(*events):
            return sum(f["event"] in events for f in facts)

        def ratio(numerator, denominator, factor=1):
            return factor * Decimal(numerator) / denominator if denominator else None

        orders = len(
            {(f["source"], f["res_id"]) for f in facts if f["event"] in ORDERED}
        )
        ordered = total(ORDERED, "amount")
        market = total(("market_size",), "amount")
        margin = total(ORDERED, "margin")
        new = sum(
            f["amount"] or 0
            for f in facts
            if f["event"] in ORDERED
            and f["partner_id"]
            and f["date"]
            < first_days[f["company_id"], f["partner_id"]] + relativedelta(months=12)
        )
        scores = {event: total((event,), "score") for event in SCORES}
        return {
            "ordered_amount": ordered,
            "invoiced_amount": total(INVOICED, "amount"),
            "collected_amount": total(COLLECTED, "amount"),
            "ordered_quantity": total(ORDERED, "quantity"),
            "invoiced_quantity": total(INVOICED, "quantity"),
            "margin": margin,
            "invoiced_margin": total(INVOICED, "margin"),
            "margin_rate": ratio(margin, ordered, 100),
            "order_count": orders,
            "average_order": ratio(ordered, orders),
            "new_customers": len(
                {
                    f["partner_id"]
                    for f in facts
                    if f["event"] in ORDERED
                    and f["partner_id"]
                    and first_days[f["company_id"], f["partner_id"]] == f["date"]
                }
            ),
            "new_business": new,
            "existing_business": ordered - new,
            "leads": number("lead"),
            "opportunities_created": number("created"),
            "won": number("won"),
            "lost": number("lost"),
            "closed": number("won", "lost"),
            "won_amount": total(("won",), "amount"),
            "conversion_rate": ratio(number("won"), number("won", "lost"), 100),
            "won_days": total(("won",), "days"),
            "sales_cycle": ratio(total(("won",), "days"), number("won")),
            "rating_score": scores["rated"],
            "ratings": number("rated"),
            "rating": ratio(scores["rated"], number("rated")),
            "satisfied": scores["satisfaction"],
            "satisfaction_answers": number("satisfaction"),
            "csat": ratio(scores["satisfaction"], number("satisfaction"), 100),
            "net_promoters": scores["recommendation"],
            "recommendation_answers": number("recommendation"),
            "nps": ratio(scores["recommendation"], number("recommendation"), 100),
            "market_size": market,
            "market_share": ratio(ordered, market, 100),
        }

    def _grow(self, now, then):
        return 100 * (now - then) / abs(then) if then else None

    def _oracle(self, scopes, periods):
        below = self._below()
        first_days = {}
        for fact in self.facts:
            if fact["event"] in ORDERED:
                key = fact["company_id"], fact["partner_id"]
                first_days[key] = min(fact["date"], first_days.get(key, fact["date"]))
        for scope in scopes:
            for period in periods:
                now, then = (
                    self._measure(self._select(scope, p, below), first_days)
                    for p in (period, period.previous_year())
                )
                for growth, base in (
                    ("ordered_growth", "ordered_amount"),
                    ("invoiced_growth", "invoiced_amount"),
                ):
                    now[growth] = self._grow(now[base], then[base])
                yield scope, period, now

    def _get_own_metrics(self):
        """Return the metrics of this add-on: those of others may not use facts."""
        metrics = self.env["sales.metric"].with_context(active_test=False).search([])
        names = metrics.get_external_id()
        return metrics.filtered(
            lambda metric: names[metric.id].startswith("sales_efficiency_base.")
        )

    def test_all_metrics_equal_a_measurement_by_hand(self):
        metrics = self._get_own_metrics()
        codes = {metric.code: metric for metric in metrics}
        scopes, periods = self._random_scopes(30), self._random_periods(8)
        values = metrics._evaluate(scopes, periods)
        met = set()
        for scope, period, expected in self._oracle(scopes, periods):
            for code, truth in expected.items():
                metric = codes[code]
                value = values[metric.id, scope, period]
                with self.subTest(code=code, scope=scope, period=period):
                    if truth is None:
                        self.assertIsNone(value)
                    elif metric.kind in ("ratio", "growth"):
                        digits = 2 if metric.unit == "currency" else 4
                        self.assertEqual(value, round(value, digits))
                        self.assertAlmostEqual(
                            value, float(truth), delta=0.5 * 10**-digits + 1e-9
                        )
                    else:
                        self.assertEqual(value, float(truth))
                if truth:
                    met.add(code)
        self.assertEqual(met, set(codes), "every metric is put to the test")

    def test_asked_alone_or_with_others_the_answer_is_the_same(self):
        metrics = self._get_own_metrics()
        scopes, periods = self._random_scopes(6), self._random_periods(2)
        together = metrics._evaluate(scopes, periods)
        for metric in metrics:
            for scope in scopes:
                alone = metric._evaluate([scope], periods)
                for key, value in alone.items():
                    self.assertEqual(together[key], value)

    def test_a_filter_takes_some_of_the_figures(self):
        categories = self.ids["categ_id"][:2]
        partners = self.ids["partner_id"][:5]
        domain = [
            ("categ_id", "child_of", categories),
            "|",
            ("partner_id", "in", partners),
            ("user_id.login", "=", "oracle_1"),
        ]
        events = self.env["sales.metric.event"].search([("event", "in", ORDERED)])
        metrics = self.env["sales.metric"].create(
            [
                {
                    "name": f"Some {code}",
                    "code": code,
                    "event_ids": [Command.set(events.ids)],
                    "domain": str(domain),
                    **definition,
                }
                for code, definition in (
                    ("some_amount", {"kind": "sum", "measure": "amount"}),
                    ("some_number", {"kind": "sum", "measure": "facts"}),
                    ("some_orders", {"kind": "distinct", "counted": "document"}),
                    ("some_buyers", {"kind": "distinct", "counted": "customer"}),
                )
            ]
        )
        scopes, periods = self._random_scopes(12), self._random_periods(3)
        values = (metrics | self._metric("ordered_amount"))._evaluate(scopes, periods)
        below = self._below()
        in_categories = set().union(*(below["categ_id"][id_] for id_ in categories))
        for scope in scopes:
            for period in periods:
                facts = [
                    fact
                    for fact in self._select(scope, period, below)
                    if fact["event"] in ORDERED
                    and fact["categ_id"] in in_categories
                    and (
                        fact["partner_id"] in partners
                        or fact["user_id"] == self.ids["user_id"][1]
                    )
                ]
                expected = [
                    float(sum(fact["amount"] for fact in facts)),
                    len(facts),
                    len({(fact["source"], fact["res_id"]) for fact in facts}),
                    len({fact["partner_id"] for fact in facts} - {None}),
                ]
                self.assertEqual(
                    [values[metric.id, scope, period] for metric in metrics], expected
                )

    def test_whole_months_from_cells_equal_those_from_facts(self):
        """Metrics with a filter read facts, even if all facts match the filter."""
        # Those of the figures of this test: add-ons bring measures of their own.
        measures = ("amount", "margin", "quantity", "days", "facts")
        sums = (
            self.env["sales.metric"]
            .search(
                [
                    ("kind", "=", "sum"),
                    ("measure", "in", measures),
                    ("domain", "=", False),
                ]
            )
            .filtered(
                lambda metric: set(metric.event_ids.mapped("event")) <= set(EVENTS)
            )
        )
        filtered = sums.browse()
        for metric in sums:
            everything = {"domain": "[('company_id', '!=', False)]"}
            filtered |= metric.copy(everything)
        del self.ids["partner_id"]  # not a dimension of the cells
        scopes = self._random_scopes(40)
        day = date(2024, 2, 29)
        periods = [
            Period.month(day),
            Period.quarter(day),
            Period.year(day),
            Period.year(day).previous_year(),
            Period(date(2022, 12, 1), date(2024, 2, 29)),
        ]
        values = (sums | filtered)._evaluate(scopes, periods)
        for metric, twin in zip(sums, filtered, strict=True):
            self.assertTrue(any(values.column(metric.id)))
            self.assertEqual(values.column(metric.id), values.column(twin.id))

    def test_whole_months_ask_the_cells_and_other_days_the_facts(self):
        metric = self._metric("ordered_amount")
        scope, month = Scope(self.company.id), Period.month(date(2024, 2, 1))
        days = Period(date(2024, 1, 31), date(2024, 2, 28))
        partner = Scope(self.company.id, partner_id=self.ids["partner_id"])
        asked = (scope, month), (scope, days), (partner, month)

        def measure():
            values = metric._evaluate([scope, partner], [month, days])
            return [bool(values[(metric.id, *key)]) for key in asked]

        self.assertEqual(measure(), [True, True, True])
        self.env.cr.execute("ALTER TABLE sales_fact RENAME TO all_facts")
        self.env.cr.execute("CREATE TABLE sales_fact (LIKE all_facts)")
        self.assertEqual(measure(), [True, False, False])
        self.env.cr.execute("DROP TABLE sales_fact")
        self.env.cr.execute("ALTER TABLE all_facts RENAME TO sales_fact")
        self.env.cr.execute("DELETE FROM sales_fact_cell")
        self.assertEqual(measure(), [True, True, True])
        self.env.cr.execute("DELETE FROM sales_fact_total")
        self.assertEqual(measure(), [False, True, True])

    def test_most_documents_are_counted_without_looking_at_facts(self):
        metric = self._metric("order_count")
        scope, month = Scope(self.company.id), Period.month(date(2024, 2, 1))
        line = Scope(self.company.id, categ_id=self.ids["categ_id"])
        values = metric._evaluate([scope, line], [month])
        self.env.cr.execute("DELETE FROM sales_fact WHERE documents IS NOT NULL")
        left = metric._evaluate([scope, line], [month])
        key = metric.id, scope, month
        self.assertTrue(values[key])
        self.assertEqual(left[key], values[key])
        self.assertLess(left[metric.id, line, month], values[metric.id, line, month])

    def test_the_number_of_queries_does_not_grow(self):
        """Four queries read metrics, parts and events, two companies and currencies,
        two the trees, and one each the sums, the counts and the new customers. New and
        existing business ask one each, and both read the trees again."""
        metrics = self._get_own_metrics()
        few = metrics.filtered(
            lambda metric: metric.code
            in (
                "average_order",
                "existing_business",
                "new_business",
                "new_customers",
                "ordered_growth",
            )
        )
        team = Scope(self.company.id, team_id=self.ids["team_id"][0])
        day = Period(date(2024, 2, 29), date(2024, 2, 29))
        for asked in (
            (few, [team], [day]),
            (metrics, self._random_scopes(60), self._random_periods(10)),
        ):
            self._assert_query_count(15, *asked)

    def test_filters_add_no_queries(self):
        event = self.env["sales.metric.event"].search([("event", "=", "confirmed")])
        metrics = self.env["sales.metric"].create(
            [
                {
                    "name": f"Line {categ_id}",
                    "measure": "amount",
                    "event_ids": [Command.set(event.ids)],
                    "domain": f"[('categ_id', 'child_of', {categ_id})]",
                }
                for categ_id in self.ids["categ_id"]
            ]
        )
        scopes, periods = [Scope(self.company.id)], [Period.month(date(2024, 2, 1))]
        for asked in (metrics[:1], metrics):
            self._assert_query_count(4, asked, scopes, periods)

    def _assert_query_count(self, count, metrics, scopes, periods):
        """Evaluate again with an empty record cache, but warm registry caches."""
        metrics._evaluate(scopes, periods)
        self.env.invalidate_all()
        with self.assertQueryCount(count):
            metrics._evaluate(scopes, periods)


@tagged("post_install", "-at_install")
class TestSalesMetricOfDocuments(SalesEfficiencyCommon):
    def test_a_confirmed_order_is_measured_after_a_refresh(self):
        order = self._create_order(quantity=3, price=50)
        order.action_confirm()
        order.date_order = "2024-02-29 12:00:00"
        self.env["sales.mart"]._refresh()
        codes = ["ordered_amount", "margin", "ordered_quantity", "order_count"]
        metrics = self.env["sales.metric"].search([("code", "in", codes)])
        february = Period.month(date(2024, 2, 1))
        scopes = [
            Scope(self.company.id, user_id=self.salesperson.id),
            Scope(self.company.id, team_id=self.team_department.id),
            Scope(self.company.id, region_id=self.region_world.id),
            Scope(self.company.id, channel_id=self.channel_agent.id),
            Scope(self.company.id, partner_id=self.customer_north.id),
        ]
        values = metrics._evaluate(scopes, [february])
        expected = {
            "ordered_amount": 150,
            "margin": 150 - 3 * 60,
            "ordered_quantity": 3,
            "order_count": 1,
        }
        for metric in metrics:
            self.assertEqual(values.column(metric.id), [expected[metric.code]] * 5)

    def test_one_figure_counts_the_order_and_a_divided_one_is_looked_up(self):
        whole, divided = self._create_order(), self._create_order()
        for order in (whole, divided):
            order.order_line.copy({"order_id": order.id})
            order.action_confirm()
            order.date_order = "2024-02-29 12:00:00"
        self.env["sales.credit"].create(
            [
                {"order_id": divided.id, "user_id": user.id, "share": 50}
                for user in (self.salesperson, self.colleague)
            ]
        )
        self.env["sales.mart"]._refresh()
        self.env.cr.execute(
            "SELECT res_id, documents FROM sales_fact WHERE source = 'order'"
            " AND res_id IN %s ORDER BY res_id, line_id, credit_id",
            [tuple((whole + divided).ids)],
        )
        self.assertEqual(
            self.env.cr.fetchall(),
            [(whole.id, 1), (whole.id, 0), *[(divided.id, None)] * 4],
        )
        metric = self.env["sales.metric"].search([("code", "=", "order_count")])
        scopes = [
            Scope(self.company.id, team_id=self.team_department.id),
            Scope(self.company.id, user_id=self.salesperson.id),
            Scope(self.company.id, user_id=self.colleague.id),
            Scope(self.company.id, categ_id=self.category.id),
        ]
        values = metric._evaluate(scopes, [Period.month(date(2024, 2, 1))])
        self.assertEqual(values.column(metric.id), [2, 2, 1, 2])
