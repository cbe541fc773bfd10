# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import itertools
from datetime import date
from decimal import Decimal

from odoo.tests import tagged

from ..tools import Period, Scope
from .sample_common import get_month, get_quarter, get_year, read_rows
from .sample_northwind import CENT, NorthwindCase

AMOUNTS = ("ordered_amount", "invoiced_amount")
ALWAYS = Period(date(1996, 1, 1), date(1998, 12, 31))
PERIODS = {"Month": get_month, "Quarter": get_quarter, "Year": get_year}
SCOPES = {
    "employee_id": "user_id",
    "Region": "region_id",
    "category_name": "categ_id",
}


@tagged("post_install", "-at_install")
class TestSampleNorthwind(NorthwindCase):
    """830 real orders, with figures that others computed from the same files."""

    def _assert_truth(self, name, *columns):
        """Compare figures with a truth file for all combinations of its columns,
        including those without sales."""
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
            SCOPES[column]: self.ids[column][value]
            for column, value in zip(columns, key, strict=True)
            if column in SCOPES
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
        """A manager's team includes the sales of all levels below."""
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
