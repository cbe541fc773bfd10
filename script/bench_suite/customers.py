# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The files of customers: a list of them, the incomplete ones, and duplicates."""

from odoo.fields import Domain

from .clock import seconds
from .database import environment
from .result import Result

SHOWN = 80
COLUMNS = [
    "display_name",
    "sales_potential",
    "sales_purchase_amount",
    "sales_last_order_date",
    "sales_missing_line_count",
    "sales_completeness",
    "sales_missing",
]


def measure(databases):
    with environment(databases.large) as env:
        yield from Customers(env).measure()


class Customers:
    """As a sales director sees them."""

    def __init__(self, env):
        # Add-ons can be imported only once the registry is loaded.
        from odoo.addons.sales_efficiency_resource.engine import Duplicates

        self.Duplicates = Duplicates
        self.env = env
        self.partners = env["res.partner"]
        self.domain = Domain("is_sales_customer", "=", True)

    def measure(self):
        number = self.partners.search_count(self.domain)
        for what, limit, function in (
            (
                f"a page of {SHOWN} customers with files and purchases",
                1,
                self.read_page,
            ),
            ("the number of incomplete files", 2, self.count_incomplete),
            ("duplicates", 2, self.find_duplicates),
        ):
            self.env.invalidate_all()
            yield Result(
                f"{what}, seconds", limit, seconds(function), f"{number:,} customers"
            )
        many, few = self.count_queries(SHOWN), self.count_queries(2)
        yield Result(
            "the page, queries more than for 2 customers",
            0,
            many - few,
            f"{many} and {few} queries",
        )

    def read_page(self):
        self.partners.search_fetch(self.domain, COLUMNS, limit=SHOWN).read(COLUMNS)

    def count_incomplete(self):
        incomplete = Domain("sales_completeness", "<", 100)
        self.partners.search_count(self.domain & incomplete)

    def find_duplicates(self):
        self.Duplicates(self.env).find()

    def count_queries(self, number):
        customers = self.partners.search(self.domain, limit=number)
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        customers.read(COLUMNS)
        return self.env.cr.sql_log_count - before
