# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections import defaultdict
from decimal import ROUND_HALF_UP, Decimal

from .sample_common import SampleCase, read_rows

CENT = Decimal("0.01")


class NorthwindCase(SampleCase):
    """830 real orders, with figures that others computed from the same files.

    These truth files add up exact products of price, quantity and discount, but Odoo
    rounds each line to the cent. An expected figure is therefore the truth plus the
    rounding of its lines: at most half a cent per line, computed here from the files.
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
        """Yield the dimensions and the rounding of each line."""
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
        """Return the sum of the rounding of lines, by their values in the columns."""
        rounding = defaultdict(Decimal)
        for line in self.lines:
            rounding[tuple(line[column] for column in columns)] += line["rounding"]
        return rounding
