# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from contextlib import closing
from datetime import date
from random import Random

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .common import SalesTargetCommon

JULY = {"period": "month", "day": date(2026, 7, 15)}


class SalesTargetGapCommon(SalesTargetCommon):
    """Analyses on 1 August 2026, when July is over."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.category_b = cls.env["product.category"].create({"name": "Test Line B"})
        cls.product_b, cls.product_c = cls.env["product.product"].create(
            [
                {
                    "name": f"Test Goods {name}",
                    "categ_id": cls.category_b.id,
                    "invoice_policy": "order",
                    "standard_price": 0,
                    "taxes_id": [],
                }
                for name in "BC"
            ]
        )
        cls.target = cls._create_target(user_id=cls.salesperson.id, amount=12_000)

    def _sell(self, product, quantity, price, day="2026-07-10", **values):
        return super()._sell(quantity, day, product=product, price=price, **values)

    def _analyse(self, target=None, user=None, **values):
        """Open an analysis, and read its rows."""
        self.env["sales.mart"]._refresh()
        target = target or self.target
        gap = (
            self.env["sales.target.gap"]
            .with_user(user or self.director)
            .new({"target_id": target.id, **JULY, **values})
        )
        gap._get_rows()
        return gap

    def _rows(self, lines, *names):
        return {line.name: tuple(line[name] for name in names) for line in lines}

    def assertAddsUp(self, gap):
        """Assert that rows and parts add up to the deviation, to the cent."""
        cents = {
            "whole": round(100 * gap.deviation),
            "rows": sum(round(100 * line.deviation) for line in gap.scope_line_ids),
        }
        if not gap.obstacle:
            first, *parts, last = gap.part_line_ids
            cents |= {
                "parts": sum(round(100 * part.deviation) for part in parts),
                "ends": round(100 * last.deviation) - round(100 * first.deviation),
                "items": sum(round(100 * line.deviation) for line in gap.item_line_ids),
            }
            for name, kinds in (
                ("volume_effect", ["volume"]),
                ("mix_effect", ["mix"]),
                ("price_effect", ["price"]),
                ("other_effect", ["new", "discontinued", "other"]),
            ):
                self.assertEqual(
                    sum(round(100 * line[name]) for line in gap.item_line_ids),
                    sum(
                        round(100 * part.deviation)
                        for part in parts
                        if part.kind in kinds
                    ),
                    name,
                )
        self.assertEqual(len(set(cents.values())), 1, cents)


@freeze_time("2026-08-01 12:00:00")
@tagged("post_install", "-at_install")
class TestSalesTargetGap(SalesTargetGapCommon):
    # Contributions to the deviation of a sum

    def test_customers_against_last_year(self):
        self._sell(self.product, 5, 100, "2025-07-03")
        self._sell(self.product, 3, 100, "2025-07-31", partner=self.customer_south)
        self._sell(self.product, 9, 100, "2025-08-01")
        self._sell(self.product, 2, 100)
        self._sell(self.product, 1, 50.55, partner=self.customer_nowhere)
        gap = self._analyse(comparison="last_year", dimension="partner_id")
        self.assertEqual((gap.actual, gap.last_year), (250.55, 800))
        self.assertEqual(gap.deviation, -549.45)
        self.assertEqual(
            self._rows(gap.scope_line_ids, "actual", "last_year", "deviation"),
            {
                "Customer North": (200, 500, -300),
                "Customer South": (0, 300, -300),
                "Customer Nowhere": (50.55, 0, 50.55),
            },
        )
        self.assertEqual(gap.scope_line_ids[0].share, 54.6)
        self.assertEqual(gap.scope_line_ids[-1].name, "Customer Nowhere")
        self.assertAddsUp(gap)

    def test_parts_with_a_target_of_their_own_are_compared_with_it(self):
        self._create_target(
            parent_id=self.target.id,
            user_id=self.salesperson.id,
            categ_id=self.category.id,
            amount=7200,
        )
        self._sell(self.product_b, 1, 100, "2025-07-03")
        self._sell(self.product, 4, 100)
        self._sell(self.product_b, 1, 300)
        gap = self._analyse(comparison="target")
        self.assertEqual(gap.dimension, "categ_id", "what the target is broken down by")
        self.assertEqual((gap.reference, gap.deviation), (1000, -300))
        self.assertEqual(
            self._rows(gap.scope_line_ids, "reference", "actual", "deviation"),
            {"Test Line": (600, 400, -200), "Test Line B": (400, 300, -100)},
        )
        self.assertTrue(gap.scope_line_ids[0].child_id)
        self.assertAddsUp(gap)

    def test_without_targets_of_their_own_parts_are_expected_like_last_year(self):
        self._sell(self.product, 2, 100, "2025-07-03")
        self._sell(self.product_b, 1, 100, "2025-07-03")
        self._sell(self.product_c, 7, 1, "2026-07-03")
        gap = self._analyse(comparison="target", dimension="categ_id")
        self.assertEqual(
            self._rows(gap.scope_line_ids, "reference", "actual", "deviation"),
            {"Test Line": (666.67, 0, -666.67), "Test Line B": (333.33, 7, -326.33)},
        )
        self.assertAddsUp(gap)

    def test_what_nobody_sold_before_is_a_gap_of_nobody(self):
        self._sell(self.product, 4, 100)
        gap = self._analyse(comparison="target", dimension="categ_id")
        rows = self._rows(gap.scope_line_ids, "reference", "deviation")
        self.assertEqual(rows["Test Line"], (0, 400))
        self.assertEqual(rows["In none of these"], (1000, -1000))
        self.assertAddsUp(gap)

    def _sell_lines(self, count):
        """Record a past sale of each of several product lines."""
        categories = self.env["product.category"].create(
            [{"name": f"Line {number:02}"} for number in range(count)]
        )
        self._create_history(
            *(
                (
                    date(2026, 7, 1),
                    number + 0.01,
                    {"user_id": self.salesperson.id, "categ_id": category.id},
                )
                for number, category in enumerate(categories)
            ),
            (date(2026, 7, 1), 5, {"user_id": self.salesperson.id}),
        )

    def test_one_small_part_is_not_put_together(self):
        self._sell_lines(11)
        gap = self._analyse(comparison="last_year", dimension="categ_id")
        names = gap.scope_line_ids.mapped("name")
        self.assertEqual(len(names), 12)
        self.assertIn("Line 00", names)
        self.assertAddsUp(gap)

    def test_small_parts_are_put_together(self):
        self._sell_lines(14)
        gap = self._analyse(comparison="last_year", dimension="categ_id")
        *shown, others, rest = gap.scope_line_ids
        self.assertEqual(len(shown), 10)
        self.assertEqual((others.name, others.actual), ("4 others", 6.04))
        self.assertEqual((rest.name, rest.actual), ("In none of these", 5))
        self.assertAddsUp(gap)
        for line, number in ((others, 4), (rest, 1)):
            action = line.action_open_figures()
            facts = self.env["sales.fact"].search(action["domain"])
            self.assertEqual(len(facts), number)
            self.assertEqual(round(sum(facts.mapped("amount")), 2), line.actual)

    def test_refunds_foreign_money_and_other_companies(self):
        invoiced = self.env.ref("sales_efficiency_base.sales_metric_invoiced_amount")
        target = self._create_target(
            metric_id=invoiced.id, user_id=self.salesperson.id, amount=12_000
        )
        foreign = self.setup_other_currency(
            "EUR", rates=[("2026-01-01", 2.0), ("2026-07-01", 4.0)]
        )
        pricelist = self.env["product.pricelist"].create(
            {"name": "Foreign", "currency_id": foreign.id}
        )
        in_june = self._sell(self.product, 10, 100, "2026-06-03")
        abroad = self._sell(self.product_b, 1, 1000, pricelist_id=pricelist.id)
        for order, day in ((in_june, "2026-06-30"), (abroad, "2026-07-31")):
            invoice = order._create_invoices()
            invoice.invoice_date = day
            invoice.action_post()
        refund = in_june.invoice_ids._reverse_moves(
            [{"invoice_date": date(2026, 7, 4), "date": date(2026, 7, 4)}]
        )
        refund.invoice_line_ids.quantity = 3
        refund.action_post()
        company_b = self.env["res.company"].create({"name": "Company B"})
        self._create_history(
            (date(2026, 7, 4), 777, {"company_id": company_b.id}),
            (date(2025, 7, 4), 123.45, {"user_id": self.salesperson.id}),
        )
        gap = self._analyse(target, comparison="last_year", dimension="categ_id")
        self.assertEqual(
            self._rows(gap.scope_line_ids, "actual", "deviation"),
            {
                "Test Line": (-300, -300),
                "Test Line B": (250, 250),
                "In none of these": (0, -123.45),
            },
        )
        self.assertEqual(gap.deviation, -173.45)
        self.assertAddsUp(gap)
        parts = {part.kind: part.deviation for part in gap.part_line_ids}
        self.assertEqual(parts["new"], -300 + 250)
        self.assertEqual(parts["discontinued"], -123.45)

    def test_a_region_counts_for_all_below_it(self):
        team = self._create_target(team_id=self.team_field.id, amount=12_000)
        other = self.env["sales.region"].create({"name": "Test Far"})
        self._create_history(
            *(
                (
                    date(2026, 7, 1),
                    amount,
                    {"team_id": self.team_field.id, "region_id": region.id},
                )
                for region, amount in (
                    (self.region_north, 10),
                    (self.region_south, 20),
                    (other, 40),
                )
            )
        )
        gap = self._analyse(team, comparison="last_year", dimension="region_id")
        self.assertEqual(
            self._rows(gap.scope_line_ids, "actual"),
            {"Test World": (30,), "Test Far": (40,)},
        )
        self._create_target(
            parent_id=team.id,
            team_id=self.team_field.id,
            region_id=self.region_north.id,
            amount=120,
        )
        gap = self._analyse(team, comparison="target", dimension="region_id")
        rows = self._rows(gap.scope_line_ids, "reference", "actual")
        self.assertEqual(rows["Test North"], (10, 10))
        self.assertEqual(rows["Test South"], (0, 20))
        self.assertAddsUp(gap)

    def test_people_of_a_department(self):
        department = self._create_target(team_id=self.team_department.id, amount=24_000)
        for user in (self.salesperson, self.colleague):
            self._create_target(
                parent_id=department.id,
                team_id=self.team_field.id,
                user_id=user.id,
                amount=12_000,
            )
        self._sell(self.product, 7, 100)
        self._sell(self.product, 12, 100, user=self.colleague)
        gap = self._analyse(department, dimension="user_id", user=self.leader)
        self.assertEqual(
            self._rows(gap.scope_line_ids, "reference", "actual", "deviation"),
            {
                "Test Salesperson": (1000, 700, -300),
                "Test Colleague": (1000, 1200, 200),
            },
        )
        self.assertAddsUp(gap)
        child = gap.scope_line_ids[0].action_open_gap_analysis()
        below = self._open_gap(child)
        self.assertEqual(below.target_id.user_id, self.salesperson)
        self.assertEqual((below.date_from, below.deviation), (gap.date_from, -300))

    # Rates and numbers

    def test_a_rate_deviates_by_what_each_part_does_to_it(self):
        rate = self._create_target(
            metric_id=self.margin_rate.id, user_id=self.salesperson.id, amount=50
        )
        self._sell(self.product, 1, 100)  # margin 40
        self._sell(self.product_b, 1, 300).order_line.purchase_price = 270
        gap = self._analyse(rate, comparison="target", dimension="categ_id")
        # (40 + 30) ÷ 400 = 17.5 %; 50 % would be 50 and 150
        self.assertEqual((gap.actual, gap.deviation), (17.5, -32.5))
        self.assertEqual(
            self._rows(gap.scope_line_ids, "actual", "reference", "deviation"),
            {"Test Line": (40, 50, -2.5), "Test Line B": (10, 50, -30)},
        )
        self.assertTrue(gap.obstacle)
        self.assertFalse(gap.part_line_ids)
        self.assertAddsUp(gap)

    def test_a_rate_deviates_by_what_is_known_alone(self):
        """July: 1,000 with a margin of 400, and 1,000 with an unknown margin."""
        rate = self._create_target(metric_id=self.margin_rate.id, amount=50)
        self._create_history(
            (
                date(2026, 7, 1),
                1000,
                {"margin": 400, "partner_id": self.customer_north.id},
            ),
            (date(2026, 7, 1), 1000, {"partner_id": self.customer_south.id}),
        )
        gap = self._analyse(rate, comparison="target", dimension="partner_id")
        self.assertEqual((gap.actual, gap.deviation), (40, -10))
        self.assertEqual(
            self._rows(gap.scope_line_ids, "deviation"), {"Customer North": (-10,)}
        )
        self.assertAddsUp(gap)

    def test_margins_have_a_price_of_what_is_known_alone(self):
        margin = self._create_target(
            metric_id=self.env.ref("sales_efficiency_base.sales_metric_margin").id,
            amount=1200,
        )
        values = {"product_id": self.product.id, "quantity": 10}
        self._create_history(
            (date(2025, 7, 1), 1000, {**values, "margin": 400}),
            (date(2026, 7, 1), 1000, {**values, "margin": 500}),
            (date(2026, 7, 1), 1000, values),
        )
        gap = self._analyse(margin, comparison="last_year")
        self.assertEqual(
            self._rows(gap.item_line_ids, "quantity", "volume_effect", "price_effect"),
            {self.product.display_name: (10, 0, 100)},
        )
        self.assertAddsUp(gap)

    def test_against_a_budget_too_margins_have_a_price_of_what_is_known_alone(self):
        """Budget of July: 100 pieces with a margin of 4. Sold: 60 with a margin of 5
        and 40 with an unknown margin, so the average is 5, not 3."""
        values = {"user_id": self.salesperson.id}
        margin = self._create_target(
            metric_id=self.env.ref("sales_efficiency_base.sales_metric_margin").id,
            amount=4800,
            **values,
        )
        quantities = self._create_target(
            metric_id=self.quantity.id, amount=1200, **values
        )
        for parent in (margin, quantities):
            self._create_target(
                parent_id=parent.id,
                metric_id=parent.metric_id.id,
                categ_id=self.category.id,
                amount=parent.amount,
                **values,
            )
        values["product_id"] = self.product.id
        self._create_history(
            (date(2026, 7, 1), 600, {**values, "quantity": 60, "margin": 300}),
            (date(2026, 7, 1), 400, {**values, "quantity": 40}),
        )
        gap = self._analyse(margin, comparison="target")
        parts = {part.kind: part.deviation for part in gap.part_line_ids}
        self.assertEqual(
            parts,
            {"before": 400, "volume": -160, "mix": 0, "price": 60, "after": 300},
        )
        self.assertEqual(
            self._rows(gap.item_line_ids, "quantity", "price_before", "price"),
            {"Test Line": (60, 4, 5)},
        )
        self.assertEqual(gap.known, "known: 60 %")
        self.assertAddsUp(gap)

    def test_a_rate_of_nothing_has_nothing_to_show(self):
        rate = self._create_target(
            metric_id=self.margin_rate.id, user_id=self.salesperson.id, amount=50
        )
        gap = self._analyse(rate, comparison="target")
        self.assertFalse(gap.is_measured)
        self.assertFalse(gap.scope_line_ids)

    def test_an_order_of_two_product_lines_is_counted_once_in_all(self):
        count = self.env.ref("sales_efficiency_base.sales_metric_order_count")
        target = self._create_target(
            metric_id=count.id, user_id=self.salesperson.id, amount=12
        )
        order = self._sell(self.product, 1, 100)
        order.order_line.copy({"order_id": order.id, "product_id": self.product_b.id})
        gap = self._analyse(target, comparison="last_year", dimension="categ_id")
        self.assertEqual(gap.actual, 1)
        self.assertEqual(
            self._rows(gap.scope_line_ids, "actual"),
            {"Test Line": (1,), "Test Line B": (1,), "In none of these": (-1,)},
        )
        self.assertAddsUp(gap)

    def test_growth_cannot_be_taken_apart_and_says_so(self):
        growth = self.env.ref("sales_efficiency_base.sales_metric_ordered_growth")
        target = self._create_target(
            metric_id=growth.id, user_id=self.salesperson.id, amount=10
        )
        self._sell(self.product, 1, 100, "2025-07-03")
        self._sell(self.product, 2, 100)
        gap = self._analyse(target)
        self.assertEqual((gap.actual, gap.deviation), (100, 90))
        self.assertIn("cannot be broken down", gap.explanation)
        self.assertFalse(gap.scope_line_ids)

    # Price, volume, mix

    def test_ninety_at_nine_against_a_budget_of_a_hundred_at_ten(self):
        self._create_target(
            metric_id=self.quantity.id, user_id=self.salesperson.id, amount=1200
        )
        self._sell(self.product, 90, 9)
        gap = self._analyse(comparison="target")
        self.assertEqual(gap.deviation, -190)
        parts = {part.kind: part.deviation for part in gap.part_line_ids}
        self.assertEqual(
            parts,
            {"before": 1000, "volume": -100, "mix": 0, "price": -90, "after": 810},
        )
        self.assertAddsUp(gap)

    def test_product_lines_with_both_budgets_have_a_mix(self):
        quantities = self._create_target(
            metric_id=self.quantity.id, user_id=self.salesperson.id, amount=240
        )
        for parent, amounts in ((self.target, (9600, 2400)), (quantities, (120, 120))):
            for category, amount in zip(
                (self.category, self.category_b), amounts, strict=True
            ):
                self._create_target(
                    parent_id=parent.id,
                    metric_id=parent.metric_id.id,
                    user_id=self.salesperson.id,
                    categ_id=category.id,
                    amount=amount,
                )
        # Budget of July: 10 at 80 and 10 at 20. Sold: 5 at 90 and 15 at 20
        self._sell(self.product, 5, 90)
        self._sell(self.product_b, 15, 20)
        gap = self._analyse(comparison="target")
        parts = {part.kind: part.deviation for part in gap.part_line_ids}
        self.assertEqual(
            parts,
            {"before": 1000, "volume": 0, "mix": -300, "price": 50, "after": 750},
        )
        self.assertEqual(
            self._rows(gap.item_line_ids, "mix_effect", "price_effect"),
            {"Test Line": (-400, 50), "Test Line B": (100, 0)},
        )
        self.assertAddsUp(gap)

    def test_without_a_budget_of_the_quantity_there_is_no_budget_price(self):
        gap = self._analyse(comparison="target")
        self.assertIn("add a target of a quantity", gap.obstacle)
        self.assertFalse(gap.part_line_ids)
        invoiced = self.env.ref("sales_efficiency_base.sales_metric_invoiced_quantity")
        self._create_target(
            metric_id=invoiced.id, user_id=self.salesperson.id, amount=1200
        )
        gap = self._analyse(comparison="target")
        self.assertTrue(gap.obstacle, "what is invoiced is not what is ordered")

    def test_products_against_last_year(self):
        last_year = "2025-07-20"
        self._sell(self.product, 10, 80, last_year)
        self._sell(self.product_b, 10, 20, last_year)
        self._sell(self.service, 1, 60, last_year)
        self._sell(self.product, 6, 90)
        self._sell(self.product_b, 18, 20)
        self._sell(self.product_c, 3, 10)
        gap = self._analyse(comparison="last_year")
        parts = {part.kind: part.deviation for part in gap.part_line_ids}
        # 24 instead of 20 at 50; 6 × 80 + 18 × 20 = 840 instead of 24 × 50
        self.assertEqual(
            parts,
            {
                "before": 1060,
                "volume": 200,
                "mix": -360,
                "price": 60,
                "new": 30,
                "discontinued": -60,
                "after": 930,
            },
        )
        self.assertAddsUp(gap)
        [new] = gap.part_line_ids.filtered(lambda line: line.kind == "new")
        facts = self.env["sales.fact"].search(new.action_open_figures()["domain"])
        self.assertEqual(facts.product_id, self.product_c)
        [old] = gap.part_line_ids.filtered(lambda line: line.kind == "discontinued")
        facts = self.env["sales.fact"].search(old.action_open_last_year()["domain"])
        self.assertEqual(facts.product_id, self.service)

    def test_a_sale_without_a_product_is_compared_by_its_product_line(self):
        values = {"user_id": self.salesperson.id, "categ_id": self.category_b.id}
        self._create_history(
            (date(2025, 7, 4), 1000, {**values, "quantity": 100}),
            (date(2026, 7, 4), 810, {**values, "quantity": 90}),
            (date(2026, 7, 4), 33, {"user_id": self.salesperson.id}),
        )
        gap = self._analyse(comparison="last_year")
        parts = {part.kind: part.deviation for part in gap.part_line_ids}
        self.assertEqual(
            (parts["volume"], parts["price"], parts["new"]), (-100, -90, 33)
        )
        self.assertEqual(
            self._rows(gap.item_line_ids, "deviation"),
            {"Test Line B": (-190,), "Everything else": (33,)},
        )
        self.assertAddsUp(gap)
        for line, number in zip(gap.item_line_ids, (1, 1), strict=True):
            action = line.action_open_figures()
            facts = self.env["sales.fact"].search(action["domain"])
            self.assertEqual(len(facts), number)
            self.assertEqual(facts.amount, line.actual)

    def test_many_random_sales_add_up_to_the_cent(self):
        rng = Random("gap")
        categories = self.category + self.category_b
        products = self.product + self.service + self.product_b + self.product_c
        self._create_history(
            *(
                (
                    date(rng.choice([2025, 2026]), 7, rng.randint(1, 31)),
                    round(rng.uniform(-100, 1000), 2),
                    {
                        "user_id": self.salesperson.id,
                        "product_id": rng.choice([False, *products.ids]),
                        "categ_id": rng.choice([False, *categories.ids]),
                        "quantity": rng.choice([0, -1, 1.5, 7, 12]),
                    },
                )
                for _number in range(120)
            )
        )
        self._create_target(
            metric_id=self.quantity.id, user_id=self.salesperson.id, amount=999
        )
        for comparison in ("last_year", "target"):
            self.assertAddsUp(self._analyse(comparison=comparison))

    # Lost opportunities

    def test_lost_opportunities_by_reason(self):
        price, quality = self.env["crm.lost.reason"].create(
            [{"name": "Test Price"}, {"name": "Test Quality"}]
        )
        leads = self.env["crm.lead"].create(
            [
                {
                    "name": name,
                    "type": "opportunity",
                    "user_id": user.id,
                    "expected_revenue": amount,
                }
                for name, user, amount in (
                    ("One", self.salesperson, 100),
                    ("Two", self.salesperson, 200),
                    ("Three", self.salesperson, 50),
                    ("No reason", self.salesperson, 10),
                    ("Other", self.outsider, 1000),
                )
            ]
        )
        reasons = (price, price, quality, price.browse(), price)
        for lead, reason in zip(leads, reasons, strict=True):
            lead.action_set_lost(lost_reason_id=reason.id)
        leads.date_closed = "2026-07-20 12:00:00"
        gap = self._analyse()
        self.assertEqual(
            self._rows(gap.lost_line_ids, "number", "actual"),
            {
                "Test Price": (2, 300),
                "Test Quality": (1, 50),
                "No reason given": (1, 10),
            },
        )
        action = gap.lost_line_ids[0].with_user(self.leader).action_open_figures()
        found = self.env["crm.lead"].with_context(**action["context"])
        self.assertEqual(found.search(action["domain"]), leads[:2])

    # Periods

    def test_a_running_period_is_compared_up_to_today(self):
        self._sell(self.product, 5, 100, "2025-07-03")
        self._sell(self.product, 9, 100, "2025-08-20")
        self._sell(self.product, 4, 100)
        gap = self._analyse(period="year", comparison="last_year")
        self.assertEqual((gap.date_to, gap.measured_to.day), (date(2026, 12, 31), 1))
        self.assertEqual((gap.last_year, gap.actual), (500, 400))
        gap.comparison = "target"
        self.assertEqual(gap.reference, 7000, "seven of twelve months are over")
        for period, months in (("to_date", 7), ("quarter", 1)):
            gap.period = period
            self.assertEqual(gap.reference, 1000 * months)

    def test_it_agrees_with_the_results(self):
        self._sell(self.product, 4, 100)
        self._sell(self.product, 5, 100, "2025-03-03")
        gap = self._analyse()
        results = self.env["sales.target.result"]
        results._refresh(self.target)
        for result in results.search(
            [("target_id", "=", self.target.id), ("date_from", "<=", "2026-08-01")]
        ):
            action = result._get_gap_action()
            gap = self._open_gap(action)
            self.assertEqual(
                (gap.date_from, gap.date_to), (result.date_from, result.date_to)
            )
            self.assertEqual(
                (gap.actual, gap.reference), (result.actual, result.expected)
            )

    def test_a_warning_opens_the_analysis_of_its_period(self):
        alert = self.env["sales.alert"].new(
            {
                "target_id": self.target.id,
                "period": "quarter",
                "date_from": date(2026, 4, 1),
            }
        )
        action = alert.action_open_gap_analysis()
        gap = self._open_gap(action)
        self.assertEqual(gap.target_id, self.target)
        self.assertEqual(gap.measured_to, date(2026, 6, 30))

    def test_a_period_to_come_and_a_day_outside_the_plan_are_refused(self):
        with self.assertRaisesRegex(UserError, "begins on 09/01/2026"):
            self._analyse(day=date(2026, 9, 15))
        with self.assertRaisesRegex(ValidationError, "Choose a day from 01/01/2026"):
            self._analyse(day=date(2025, 12, 31))

    # Speed and access

    def test_the_number_of_queries_depends_on_nothing(self):
        def count(**values):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            gap = self.env["sales.target.gap"].new(
                {"target_id": self.target.id, **JULY, **values}
            )
            gap._get_rows()
            return self.env.cr.sql_log_count - before

        self._sell(self.product, 1, 100)
        self.env["sales.mart"]._refresh()
        few = {}
        for comparison in ("last_year", "target"):
            count(comparison=comparison)  # fills the caches
            few[comparison] = count(comparison=comparison)
        self._create_history(
            *(
                (
                    date(year, 7, day),
                    day,
                    {
                        "user_id": self.salesperson.id,
                        "product_id": product.id,
                        "quantity": 1,
                    },
                )
                for year in (2025, 2026)
                for day in range(1, 30)
                for product in (self.product, self.product_b, self.product_c)
            )
        )
        for comparison, number in few.items():
            self.assertEqual(count(comparison=comparison), number, comparison)

    def _open_form(self, **parameters):
        """Open the form as the leader's browser does.

        :return: the values, with lists of the rows' values
        """
        fields = ("name", "kind", "deviation", "child_id", "cause_id", "domain")
        rows = {"fields": {name: {} for name in ("section", *fields)}}
        parameters = {"target_id": self.target.id, **JULY, **parameters}
        gaps = self.env["sales.target.gap"].with_user(self.leader)
        values = gaps.with_context(
            **{f"default_{name}": value for name, value in parameters.items()}
        ).onchange(
            {},
            [],
            {
                **{name: {} for name in (*parameters, "deviation", "display_name")},
                **dict.fromkeys(("scope_line_ids", "part_line_ids"), rows),
            },
        )["value"]
        for name in ("scope_line_ids", "part_line_ids"):
            values[name] = [row for _new, _id, row in values.get(name, ())]
        return values

    def test_opening_it_and_its_rows_writes_nothing(self):
        """A replica refuses to write."""
        self._sell(self.product, 5, 100, "2025-07-03")
        self._sell(self.product, 4, 90)
        self.env["sales.mart"]._refresh()
        self.env.flush_all()
        with closing(self.env.cr.savepoint()):
            self.env.cr.execute("SET TRANSACTION READ ONLY")
            action = self.target.with_user(self.leader).action_open_gap_analysis()
            gap = self._open_form(comparison="last_year", dimension="categ_id")
            [row] = gap["scope_line_ids"]
            context = {**action["context"], "sales_gap_row": row}
            lines = self.env["sales.target.gap.line"].with_user(self.leader)
            lines = lines.with_context(**context)
            figures = lines.action_open_figures()
            last_year = lines.action_open_last_year()
            cause = lines.action_tag_cause()
            whole = lines.gap_id.with_context(**context).action_open_figures()
        self.assertEqual((row["name"], row["deviation"]), ("Test Line", -140))
        facts = self.env["sales.fact"]
        for opened, amount in ((figures, 360), (last_year, 500), (whole, 360)):
            found = facts.search(opened["domain"])
            self.assertEqual(sum(found.mapped("amount")), amount)
            self.assertIn("Test Salesperson", opened["display_name"])
        self.assertEqual(cause["context"]["default_kind"], "member")
        self.assertEqual(cause["context"]["default_amount"], -140)

    def test_each_parameter_is_one_of_the_form(self):
        self._sell(self.product, 5, 100, "2025-07-03")
        self._sell(self.product, 4, 90)
        self.env["sales.mart"]._refresh()
        expected = {
            "target": (-640, "Test Line"),
            "last_year": (-140, "Test Line"),
        }
        for comparison, (deviation, name) in expected.items():
            gap = self._open_form(comparison=comparison)
            self.assertEqual((gap["comparison"], gap["period"]), (comparison, "month"))
            self.assertEqual(gap["deviation"], deviation)
            self.assertEqual(gap["scope_line_ids"][0]["name"], name)

    def test_without_a_day_it_is_the_month_of_today(self):
        self.assertEqual(self._analyse(day=False).date_from, date(2026, 8, 1))

    def test_without_a_target_it_is_empty(self):
        gap = self.env["sales.target.gap"].with_user(self.leader).new()
        self.assertFalse(gap.deviation or gap.date_from or gap._get_rows())

    def test_a_plan_to_come_has_no_gap_yet(self):
        plan = self.plan.copy({"date_from": date(2027, 1, 1)})
        with self.assertRaisesRegex(UserError, "begins on 01/01/2027"):
            self._analyse(self._create_target(plan_id=plan.id), period="to_date")

    def test_who_may_not_see_a_target_may_not_analyse_it(self):
        self._sell(self.product, 1, 100)
        gap = self._analyse(user=self.salesperson)
        self.assertEqual(gap.actual, 100)
        for user in (self.outsider, self.colleague):
            with self.assertRaises(AccessError):
                self._analyse(user=user)
        with self.assertRaises(AccessError):
            self._analyse(self.root, user=self.leader)


@freeze_time("2026-08-01 12:00:00")
@tagged("post_install", "-at_install")
class TestSalesTargetCause(SalesTargetGapCommon):
    def _tag(self, line, cause, analysis="Why"):
        action = line.action_tag_cause()
        causes = self.env["sales.target.cause"].with_user(line.env.user)
        if action.get("res_id"):
            return causes.browse(action["res_id"]).write(
                {"cause": cause, "analysis": analysis}
            )
        return causes.with_context(**action["context"]).create(
            {"cause": cause, "analysis": analysis}
        )

    def test_a_row_is_put_down_to_a_cause_once(self):
        self._sell(self.product, 4, 100)
        view = {"user": self.leader, "comparison": "last_year", "dimension": "categ_id"}
        cause = self._tag(self._analyse(**view).scope_line_ids, "market")
        self.assertRecordValues(
            cause,
            [
                {
                    "target_id": self.target.id,
                    "user_id": self.salesperson.id,
                    "categ_id": self.category.id,
                    "period": "month",
                    "date_from": date(2026, 7, 1),
                    "date_to": date(2026, 7, 31),
                    "comparison": "last_year",
                    "amount": 400,
                    "cause": "market",
                    "responsible_id": self.salesperson.id,
                    "create_uid": self.leader.id,
                }
            ],
        )
        self.assertEqual(cause.display_name, "Test Line")
        gap = self._analyse(**view)
        line = gap.scope_line_ids
        self.assertEqual((line.cause_id, line.cause), (cause, "market"))
        self.assertEqual(gap.cause_ids._origin, cause)
        self._tag(line, "product")
        self.assertEqual((cause.cause, len(self.target.cause_ids)), ("product", 1))
        again = self._analyse(comparison="last_year", dimension="categ_id")
        self.assertEqual(again.scope_line_ids.cause, "product")
        other = self._analyse(comparison="target", dimension="categ_id")
        self.assertFalse(other.scope_line_ids.filtered("cause_id"))

    def test_prices_products_and_reasons_can_be_tagged(self):
        self._sell(self.product, 4, 100, "2025-07-01")
        self._sell(self.product, 5, 90)
        reason = self.env["crm.lost.reason"].create({"name": "Test Price"})
        lead = self.env["crm.lead"].create(
            {
                "name": "Lost",
                "type": "opportunity",
                "user_id": self.salesperson.id,
                "expected_revenue": 70,
            }
        )
        lead.action_set_lost(lost_reason_id=reason.id)
        lead.date_closed = "2026-07-20 12:00:00"
        gap = self._analyse(user=self.salesperson, comparison="last_year")
        price = gap.part_line_ids.filtered(lambda line: line.kind == "price")
        found = [
            self._tag(line, "competition")
            for line in (price, gap.item_line_ids, gap.lost_line_ids)
        ]
        self.assertEqual(
            [(cause.display_name, cause.amount) for cause in found],
            [
                ("Price", -50),
                (self.product.display_name, 50),
                ("Test Price", -70),
            ],
        )
        self.assertEqual(found[1].product_id, self.product)
        self.assertEqual(found[2].lost_reason_id, reason)
        ends = gap.part_line_ids.filtered(lambda line: line.kind == "before")
        self.assertFalse(ends.can_be_tagged)

    def test_only_what_adds_up_is_added_up(self):
        self._sell(self.product, 4, 100)
        self._sell(self.product_b, 1, 100)
        for period in ("month", "quarter"):
            gap = self._analyse(
                comparison="last_year", dimension="categ_id", period=period
            )
            for line in gap.scope_line_ids:
                self._tag(line, "market")
        causes = self.env["sales.target.cause"]
        of_target = [("target_id", "=", self.target.id)]
        [[month]] = causes._read_group(
            [*of_target, ("period", "=", "month")], [], ["amount:sum"]
        )
        [[everything]] = causes._read_group(of_target, [], ["amount:sum"])
        self.assertEqual(month, 500)
        self.assertFalse(everything, "a month and its quarter do not add up")

    def _find(self, amount, target=None, kind="member", **values):
        """Attribute part of a deviation in July to the market."""
        return self.env["sales.target.cause"].create(
            {
                "target_id": (target or self.root).id,
                "period": "month",
                "date_from": date(2026, 7, 1),
                "date_to": date(2026, 7, 31),
                "kind": kind,
                "amount": amount,
                "cause": "market",
                **values,
            }
        )

    def _add_up(self, causes):
        [[amount]] = causes._read_group([("id", "in", causes.ids)], [], ["amount:sum"])
        return amount

    def test_nested_parts_do_not_add_up(self):
        field, other = (
            self._find(amount, team_id=team.id, dimension="team_id")
            for amount, team in ((-100, self.team_field), (-20, self.team_other))
        )
        person = self._find(-60, user_id=self.salesperson.id, dimension="user_id")
        volume, price = (self._find(amount, kind=kind) for amount, kind in (
            (-90, "volume"), (-30, "price")
        ))  # fmt: skip
        apart = self._create_target(team_id=self.team_field.id, amount=1000)
        root = self._find(-40, kind="volume", target=apart, team_id=self.team_field.id)
        self.assertEqual(self._add_up(field + other), -120)
        self.assertEqual(self._add_up(volume + price), -120)
        for nested in (field + person, field + volume, volume + root):
            self.assertFalse(self._add_up(nested), nested)

    def test_trees_that_may_count_the_same_sales_do_not_add_up(self):
        """The team's gap of 100 is part of both the company and its region."""
        north, south, world = (
            self._create_target(region_id=region.id, amount=1000)
            for region in (self.region_north, self.region_south, self.region_world)
        )
        team = {"dimension": "team_id", "team_id": self.team_field.id}
        of_company = self._find(-100, **team)
        of_north, of_south, of_world = (
            self._find(-100, target=target, region_id=target.region_id.id, **team)
            for target in (north, south, world)
        )
        self.assertEqual(
            {cause.view for cause in of_company + of_north + of_world},
            {"member team_id"},
        )
        for nested in (of_company + of_north, of_north + of_world):
            self.assertFalse(self._add_up(nested), nested)
        self.assertEqual(self._add_up(of_north + of_south), -200)

    def test_what_made_up_for_a_gap_is_no_gap(self):
        good, bad = (
            self._find(amount, user_id=user.id, dimension="user_id")
            for amount, user in ((500, self.salesperson), (-300, self.colleague))
        )
        lost = self._find(0, kind="reason")
        action = self.env.ref("sales_efficiency_target.sales_target_cause_action")
        self.assertIn("'search_default_gaps': 1", action.context)
        found = self.env["sales.target.cause"].search([("is_gap", "=", True)])
        self.assertEqual(found & (good + bad + lost), bad + lost)
        self.ordered.higher_is_better = False
        self.assertEqual((good.is_gap, bad.is_gap), (True, False))

    def test_each_role_has_the_causes_of_its_targets(self):
        self._sell(self.product, 4, 100)
        mine = self._tag(
            self._analyse(user=self.salesperson, comparison="last_year").scope_line_ids,
            "market",
        )
        causes = self.env["sales.target.cause"]
        for user, seen in (
            (self.salesperson, True),
            (self.leader, True),
            (self.director, True),
            (self.colleague, False),
            (self.outsider, False),
        ):
            found = causes.with_user(user).search([("id", "=", mine.id)])
            self.assertEqual(bool(found), seen, user.name)
        for user in (self.colleague, self.outsider):
            with self.assertRaises(AccessError):
                mine.with_user(user).cause = "other"
            with self.assertRaises(AccessError):
                causes.with_user(user).create(
                    {
                        "target_id": self.target.id,
                        "period": "month",
                        "date_from": date(2026, 7, 1),
                        "date_to": date(2026, 7, 31),
                        "kind": "price",
                        "cause": "other",
                    }
                )
        mine.with_user(self.leader).cause = "execution"
        company_b = self.env["res.company"].create({"name": "Company B"})
        self.director.company_ids += company_b
        elsewhere = causes.with_user(self.director).with_context(
            allowed_company_ids=company_b.ids
        )
        self.assertFalse(elsewhere.search([("id", "=", mine.id)]))

    def test_a_cause_is_about_a_part_that_there_is(self):
        """A field of another kind would break the list for everybody."""
        causes = self.env["sales.target.cause"].with_user(self.salesperson)
        values = {
            "target_id": self.target.id,
            "period": "month",
            "date_from": date(2026, 7, 1),
            "date_to": date(2026, 7, 31),
            "kind": "member",
            "cause": "market",
        }
        for name in ("amount", "create_uid", "no_such_field"):
            with self.subTest(name), self.assertRaisesRegex(ValidationError, name):
                causes.create({**values, "dimension": name})
        cause = causes.create(
            {**values, "dimension": "user_id", "user_id": self.salesperson.id}
        )
        self.assertEqual(cause.display_name, self.salesperson.name)
        self.env.cr.execute(
            "UPDATE sales_target_cause SET dimension = 'amount' WHERE id = %s",
            cause.ids,
        )
        self.env.invalidate_all()
        self.assertTrue(cause.read(["display_name"]))

    def test_nobody_makes_a_deviation_up(self):
        self._sell(self.product, 4, 100)
        self.env["sales.mart"]._refresh()
        causes = self.env["sales.target.cause"].with_user(self.salesperson)
        values = {
            "target_id": self.target.id,
            "period": "month",
            "date_from": date(2026, 7, 1),
            "date_to": date(2026, 7, 31),
            "comparison": "last_year",
            "kind": "member",
            "dimension": "categ_id",
            "cause": "market",
        }
        made_up = {"amount": -1_000_000}
        sold = {"categ_id": self.category.id}
        unsold = {"categ_id": self.category_b.id}
        for given, amount in ((made_up | sold, 400), (made_up | unsold, 0)):
            self.assertEqual(causes.create(values | given).amount, amount)
        by_default = causes.with_context(default_amount=-1_000_000)
        cause = by_default.create(values | sold)
        self.assertEqual(cause.amount, 400)
        for change in (made_up, {"comparison": "target"}, unsold):
            with self.assertRaises(AccessError):
                cause.write(change)
        cause.cause = "product"

    def test_a_running_target_takes_causes(self):
        self.env["sales.target"].search([]).gap_reason = "Test"
        self.plan.action_submit()
        self.plan.action_start()
        self._sell(self.product, 4, 100)
        gap = self._analyse(user=self.salesperson, comparison="last_year")
        cause = self._tag(gap.scope_line_ids, "market")
        action = cause.action_open_gap_analysis()
        again = self._open_gap(action)
        self.assertEqual(again.date_from, gap.date_from)
