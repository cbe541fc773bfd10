# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import itertools
from collections import defaultdict
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from odoo.tests import tagged

from ..tools import Period, Scope
from .sample_common import SampleCase, get_month, get_quarter, get_year, read_rows

CENT = Decimal("0.01")
AMOUNTS = ("ordered_amount", "invoiced_amount")
ALWAYS = Period(date(1996, 1, 1), date(1998, 12, 31))
PERIODS = {"Month": get_month, "Quarter": get_quarter, "Year": get_year}
DIMENSIONS = {
    "employee_id": "user_id",
    "Region": "region_id",
    "category_name": "categ_id",
}


@tagged("post_install", "-at_install")
class TestSampleNorthwind(SampleCase):
    """830 real orders give the figures that others computed from the same files.

    The truths add up exact products of price, quantity and discount; Odoo rounds each
    line to the cent. So a figure is the truth plus what rounding its lines adds. That
    is computed here from the files alone, and is at most half a cent per line.
    """

    data_set = "northwind"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        data, ids = cls.loader.data, cls.loader.ids
        cls.ids = {
            "employee_id": ids["user"],
            "Region": {
                row["region_description"]: ids["region"][key]
                for key, row in data["region"].items()
            },
            "category_name": {
                row["category_name"]: ids["category"][key]
                for key, row in data["category"].items()
            },
        }
        cls.lines = list(cls._read_lines())

    @classmethod
    def _read_lines(cls):
        """Yield what each line belongs to, and what rounding adds to it."""
        orders, products, categories = (
            {row[key]: row for row in read_rows(cls.folder / f"{name}.csv")}
            for name, key in (
                ("orders", "order_id"),
                ("products", "product_id"),
                ("categories", "category_id"),
            )
        )
        employees = read_rows(cls.folder / "truth_employee.csv")
        regions = {row["employee_id"]: row["Region"] for row in employees}
        for row in read_rows(cls.folder / "order_details.csv"):
            order = orders[row["order_id"]]
            category = categories[products[row["product_id"]]["category_id"]]
            month = order["order_date"][:7]
            amount = Decimal(row["unit_price"]) * int(row["quantity"])
            amount *= 1 - Decimal(row["discount"])
            yield {
                "employee_id": order["employee_id"],
                "Region": regions[order["employee_id"]],
                "category_name": category["category_name"],
                "Month": month,
                "Quarter": f"{month[:4]}Q{(int(month[5:]) + 2) // 3}",
                "Year": month[:4],
                "rounding": amount.quantize(CENT, ROUND_HALF_UP) - amount,
            }

    def _get_rounding(self, columns):
        """Return what rounding adds to all lines with the same values in columns."""
        rounding = defaultdict(Decimal)
        for line in self.lines:
            rounding[tuple(line[column] for column in columns)] += line["rounding"]
        return rounding

    def _assert_truth(self, name, *columns):
        """Compare figures with a truth file: in each cell of the grid of its columns,
        also in those where nothing was sold."""
        rows = read_rows(self.folder / f"truth_{name}.csv")
        truths = {tuple(row[column] for column in columns): row for row in rows}
        rounding = self._get_rounding(columns)
        cells = {
            key: (self._get_scope(columns, key), self._get_period(columns, key))
            for key in itertools.product(*map(set, zip(*truths, strict=True)))
        }
        values = self._evaluate(
            (*AMOUNTS, "order_count", "ordered_quantity"),
            {scope for scope, period in cells.values()},
            {period for scope, period in cells.values()},
        )
        nothing = dict.fromkeys(("Orders", "Lines", "Qty", "Net"), "0")
        for key, cell in cells.items():
            truth = truths.get(key, nothing)
            self.assertLessEqual(
                abs(rounding[key]), CENT / 2 * int(truth["Lines"]), key
            )
            amount = float(Decimal(truth["Net"]) + rounding[key])
            expected = {
                "ordered_amount": amount,
                "invoiced_amount": amount,
                "order_count": int(truth["Orders"]),
                "ordered_quantity": int(truth["Qty"]),
            }
            actual = {code: value or 0 for code, value in values[cell].items()}
            self.assertEqual(actual, expected, key)

    def _get_scope(self, columns, key):
        values = {
            DIMENSIONS[column]: self.ids[column][value]
            for column, value in zip(columns, key, strict=True)
            if column in DIMENSIONS
        }
        return Scope(self.company.id, **values)

    def _get_period(self, columns, key):
        for column, value in zip(columns, key, strict=True):
            if column in PERIODS:
                return PERIODS[column](value)
        return ALWAYS

    def test_all_is_loaded(self):
        for model, count in (("sale.order", 830), ("account.move", 830)):
            domain = [("company_id", "=", self.company.id)]
            self.assertEqual(self.env[model].search_count(domain), count)

    def test_invoices_are_what_was_ordered_line_by_line(self):
        lines = self.env["sale.order.line"].search(
            [("company_id", "=", self.company.id)]
        )
        self.assertEqual(len(lines), 2155)
        self.assertEqual(
            lines.mapped("price_subtotal"),
            [-line.invoice_lines.balance for line in lines],
        )

    def test_rounding_adds_half_a_cent_per_line_at_most(self):
        """81 of 2,155 lines have fractions of a cent, 0.2505 in all."""
        roundings = [line["rounding"] for line in self.lines]
        self.assertLessEqual(max(map(abs, roundings)), CENT / 2)
        self.assertEqual(sum(1 for rounding in roundings if rounding), 81)
        self.assertEqual(sum(roundings), Decimal("0.2505"))

    def test_employee(self):
        self._assert_truth("employee", "employee_id")

    def test_employee_month(self):
        self._assert_truth("employee_month", "employee_id", "Month")

    def test_employee_quarter(self):
        self._assert_truth("employee_quarter", "employee_id", "Quarter")

    def test_employee_category(self):
        self._assert_truth("employee_category", "employee_id", "category_name")

    def test_category(self):
        self._assert_truth("category", "category_name")

    def test_category_quarter(self):
        self._assert_truth("category_quarter", "category_name", "Quarter")

    def test_region(self):
        self._assert_truth("region", "Region")

    def test_region_quarter(self):
        self._assert_truth("region_quarter", "Region", "Quarter")

    def test_month(self):
        self._assert_truth("month", "Month")

    def test_year(self):
        self._assert_truth("year", "Year")

    def test_team_roll_up(self):
        """A manager's team counts what all below sell, down to the last level."""
        rows = read_rows(self.folder / "truth_team_rollup.csv")
        teams = {
            key: Scope(self.company.id, team_id=team)
            for key, team in self.loader.ids["team"].items()
        }
        self.assertEqual(set(teams), {"2", "5"})
        below = {"2": set("123456789"), "5": set("5679")}
        values = self._evaluate(AMOUNTS, teams.values(), [ALWAYS])
        rounding = self._get_rounding(["employee_id"])
        for row in rows:
            if row["employee_id"] not in teams:
                self.assertEqual(row["OwnNet"], row["TeamNet"])
                continue
            key = row["employee_id"]
            expected = Decimal(row["TeamNet"])
            expected += sum(rounding[member,] for member in below[key])
            for code in AMOUNTS:
                self.assertEqual(
                    values[teams[key], ALWAYS][code], float(expected), (code, key)
                )
