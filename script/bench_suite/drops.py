# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Which of many customers buy less than before."""

from datetime import timedelta
from pathlib import Path

from odoo.tools import SQL

from odoo.addons.sales_efficiency_base.tools import get_monday

from .clock import interleave, ratio, seconds
from .database import environment
from .result import Result

# What both must agree on, and to how many decimals
COMPARED = {
    "earlier_orders": 0,
    "recent_orders": 0,
    "state": None,
    "probability": 9,
    "amount_at_risk": 2,
}
FEW = 10
SKEW = 3


def measure(databases):
    with environment(databases.large) as env:
        yield from Drops(env).measure()


class Drops:
    """The test of all customers, beside plain SQL that writes the same results."""

    def __init__(self, env):
        # Add-ons can be imported only once the registry is loaded.
        from odoo.addons.sales_efficiency_resource.engine import BuyingDropTest

        self.BuyingDropTest = BuyingDropTest
        self.env = env
        self.cr = env.cr
        self.company = env.company
        [[self.day, customers]] = env.execute_query(
            SQL(
                "SELECT MAX(date), COUNT(DISTINCT partner_id) FROM sales_fact"
                " WHERE company_id = %s AND event = 'confirmed'",
                self.company.id,
            )
        )
        self.customers = f"{customers:,} customers"
        self.statement = Path(__file__).with_name("drops.sql").read_text()

    def measure(self):
        self.prepare()
        ours, theirs = interleave(
            lambda: seconds(self.test), lambda: seconds(self.fill)
        )
        yield Result(
            f"{self.customers} tested for buying drops, times the plain SQL",
            1.5,
            *ratio(ours, theirs),
        )
        yield Result(
            "the same, results that differ from those of the plain SQL",
            0,
            self.count_differences(),
            f"of {self.count_results():,} results",
        )
        many, few = self.count_queries(), self.count_queries(FEW)
        yield Result(
            f"the same, queries more than for {FEW} customers",
            0,
            many - few,
            f"{many} and {few} queries",
        )

    def prepare(self):
        """Let few customers order often, and most seldom: else none could be tested.

        Nothing is committed: other scenarios measure the same company.
        """
        self.cr.execute(
            "CREATE SCHEMA IF NOT EXISTS bench; CREATE TABLE bench.sales_customer_drop"
            " (LIKE public.sales_customer_drop INCLUDING ALL)"
        )
        self.cr.execute(
            """
            WITH customer AS (
                SELECT ARRAY_AGG(DISTINCT partner_id) AS ids
                  FROM sales_fact WHERE event = 'confirmed'
            )
            UPDATE sales_fact AS fact
               SET partner_id = ids[1 + FLOOR(CARDINALITY(ids) * POWER(
                       (hashint4(res_id)::bigint & 1048575) / 1048576.0, %s))]
              FROM customer
             WHERE event = 'confirmed'
            """,
            [SKEW],
        )
        self.cr.execute("ANALYZE sales_fact")

    def test(self):
        self.BuyingDropTest(self.company, self.day).run()

    def fill(self):
        self.cr.execute("DELETE FROM bench.sales_customer_drop")
        self.cr.execute(
            self.statement,
            {
                "company": self.company.id,
                "start": self.day - timedelta(days=454),
                "recent": self.day - timedelta(days=89),
                "end": self.day,
                "week": get_monday(self.day),
            },
        )

    def count_results(self):
        return self.env["sales.customer.drop"].search_count([])

    def count_differences(self):
        ours, theirs = (
            self.select(table)
            for table in ("sales_customer_drop", "bench.sales_customer_drop")
        )
        self.cr.execute(
            f"SELECT COUNT(*) FROM (({ours} EXCEPT {theirs})"
            f" UNION ALL ({theirs} EXCEPT {ours})) AS difference"
        )
        return self.cr.fetchone()[0]

    def select(self, table):
        columns = [
            name if digits is None else f"ROUND({name}::numeric, {digits})"
            for name, digits in COMPARED.items()
        ]
        return f"SELECT partner_id, {', '.join(columns)} FROM {table}"

    def count_queries(self, customers=None):
        with self.cr.savepoint() as savepoint:
            if customers:
                self.cr.execute(
                    "DELETE FROM sales_fact WHERE partner_id NOT IN"
                    " (SELECT partner_id FROM sales_customer_drop LIMIT %s)",
                    [customers],
                )
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            self.BuyingDropTest(self.company, self.day).run()
            queries = self.cr.sql_log_count - before
            savepoint.rollback()
        return queries
