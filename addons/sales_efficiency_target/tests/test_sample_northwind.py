# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections import defaultdict
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from freezegun import freeze_time

from odoo.tests import tagged

from odoo.addons.sales_efficiency_base.tests.sample_common import (
    get_month,
    get_quarter,
    read_rows,
)
from odoo.addons.sales_efficiency_base.tests.sample_northwind import NorthwindCase

YEAR = "1997"
# Annual target for each value of a column, not a multiple of 12 cents
TARGETS = {"employee_id": 75_000.01, "category_name": 80_000.05, "Region": 150_000.07}
FIELDS = {
    "employee_id": "user_id",
    "category_name": "categ_id",
    "Region": "region_id",
}
PERIODS = {"Month": ("month", get_month), "Quarter": ("quarter", get_quarter)}


@tagged("post_install", "-at_install")
class TestSampleNorthwind(NorthwindCase):
    """Attainment of targets of people and product lines matches the truth files."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        plan = cls.env["sales.target.plan"].create(
            {"company_id": cls.company.id, "date_from": date(int(YEAR), 1, 1)}
        )
        metric = cls.env.ref("sales_efficiency_base.sales_metric_ordered_amount")
        scopes = [({}, 600_000)]
        scopes += [
            ({FIELDS[column]: id_}, TARGETS[column])
            for column in TARGETS
            for id_ in cls.ids[column].values()
        ]
        cls.targets = cls.env["sales.target"].create(
            [
                {"plan_id": plan.id, "metric_id": metric.id, "amount": amount, **scope}
                for scope, amount in scopes
            ]
        )
        with freeze_time("1998-01-15"):
            plan.action_submit()
            plan.action_start()
            cls.env["sales.target.result"]._refresh(cls.targets)

    def _get_results(self, column, period):
        """:return: dict of (id in the column, first day) -> result"""
        field = FIELDS[column]
        results = self.env["sales.target.result"].search(
            [
                ("target_id", "in", self.targets.ids),
                ("period", "=", period),
                (field, "!=", False),
            ]
        )
        return {(result[field].id, result.date_from): result for result in results}

    def _assert_attained(self, name, column, period_column):
        """Compare all results with a truth file, including those without sales."""
        period, get_period = PERIODS[period_column]
        results = self._get_results(column, period)
        rounding = self._get_rounding([column, period_column])
        actuals = defaultdict(float)
        for row in read_rows(self.folder / f"truth_{name}.csv"):
            key = row[column], row[period_column]
            day = get_period(key[1]).start
            actual = float(Decimal(row["Net"]) + rounding[key])
            actuals[self.ids[column][key[0]], day] = actual
        count = {"month": 12, "quarter": 4}[period]
        self.assertEqual(len(results), count * len(self.ids[column]))
        for key, result in results.items():
            share = sum(
                month.amount
                for month in result.target_id.month_ids
                if result.date_from <= month.month <= result.date_to
            )
            self.assertEqual(result.actual, actuals[key], key)
            self.assertAlmostEqual(result.amount, share, places=6)
            self.assertAlmostEqual(result.attainment, 100 * actuals[key] / share, 6)

    def test_employees_by_month(self):
        self._assert_attained("employee_month", "employee_id", "Month")

    def test_employees_by_quarter(self):
        self._assert_attained("employee_quarter", "employee_id", "Quarter")

    def test_categories_by_quarter(self):
        self._assert_attained("category_quarter", "category_name", "Quarter")

    def test_regions_by_quarter(self):
        self._assert_attained("region_quarter", "Region", "Quarter")

    def test_the_company_grows_as_its_years_do(self):
        rows = read_rows(self.folder / "truth_year.csv")
        rounding = self._get_rounding(["Year"])
        years = {
            row["Year"]: float(Decimal(row["Net"]) + rounding[row["Year"],])
            for row in rows
        }
        result = self.env["sales.target.result"].search(
            [("target_id", "=", self.targets[0].id), ("period", "=", "year")]
        )
        self.assertRecordValues(
            result,
            [
                {
                    "actual": years[YEAR],
                    "last_year": years["1996"],
                    "amount": 600_000,
                    "status": "reached",
                }
            ],
        )
        self.assertAlmostEqual(result.attainment, years[YEAR] / 6000, places=6)
        self.assertAlmostEqual(
            result.growth, 100 * years[YEAR] / years["1996"] - 100, places=6
        )

    # Analysis of the last quarter of 1997

    @freeze_time("1998-01-15")
    def _analyse_last_quarter(self):
        return self.env["sales.target.gap"].new(
            {
                "target_id": self.targets[0].id,
                "period": "quarter",
                "day": date(1997, 11, 15),
                "comparison": "last_year",
                "dimension": "categ_id",
            }
        )

    def test_categories_deviate_from_last_year_by_their_truths(self):
        rounding = self._get_rounding(["category_name", "Quarter"])
        expected = defaultdict(float)
        for row in read_rows(self.folder / "truth_category_quarter.csv"):
            key = row["category_name"], row["Quarter"]
            sign = {"1997Q4": 1, "1996Q4": -1}.get(key[1], 0)
            amount = float(Decimal(row["Net"]) + rounding[key])
            expected[self.ids["category_name"][key[0]]] += sign * amount
        gap = self._analyse_last_quarter()
        deviations = {line.res_id: line.deviation for line in gap.scope_line_ids}
        self.assertEqual(set(deviations), set(expected))
        for id_, deviation in deviations.items():
            self.assertAlmostEqual(deviation, expected[id_], places=4)
        self.assertAlmostEqual(sum(deviations.values()), gap.deviation, places=4)

    def test_price_volume_and_mix_of_77_products(self):
        """Computed from the files alone, by the formulas for totals."""
        orders = read_rows(self.folder / "orders.csv")
        quarters = {"1996": 0, "1997": 1}
        places = {
            row["order_id"]: quarters[row["order_date"][:4]]
            for row in orders
            if row["order_date"][5:7] in ("10", "11", "12")
        }
        sold = defaultdict(lambda: [[Decimal(0), 0], [Decimal(0), 0]])
        for row in read_rows(self.folder / "order_details.csv"):
            if row["order_id"] in places:
                item = sold[row["product_id"]][places[row["order_id"]]]
                amount = Decimal(row["unit_price"]) * int(row["quantity"])
                amount *= 1 - Decimal(row["discount"])
                item[0] += amount.quantize(Decimal("0.01"), ROUND_HALF_UP)
                item[1] += int(row["quantity"])
        kept = [(old, new) for old, new in sold.values() if old[1] and new[1]]
        amount, quantity = (sum(old[n] for old, _new in kept) for n in (0, 1))
        growth = Decimal(sum(new[1] for _old, new in kept)) / quantity
        at_old_prices = sum(old[0] / old[1] * new[1] for old, new in kept)
        expected = {
            "volume": (growth - 1) * amount,
            "mix": at_old_prices - growth * amount,
            "price": sum(new[0] for _old, new in kept) - at_old_prices,
            "new": sum(new[0] for old, new in sold.values() if not old[1]),
            "discontinued": -sum(old[0] for old, new in sold.values() if not new[1]),
        }
        gap = self._analyse_last_quarter()
        _before, *parts, _after = gap.part_line_ids
        self.assertEqual({part.kind for part in parts}, set(expected))
        for part in parts:
            # each product is rounded to the cent
            delta = 0.01 * len(kept)
            self.assertAlmostEqual(
                part.deviation, float(expected[part.kind]), delta=delta, msg=part.kind
            )
        self.assertEqual(
            sum(round(100 * part.deviation) for part in parts),
            round(100 * gap.deviation),
        )
