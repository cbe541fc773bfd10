# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Prices of many quotations compared with their floors; what floors cost an order."""

from datetime import date
from pathlib import Path

from odoo.fields import Command

from .clock import interleave, ratio, seconds
from .database import environment
from .order import Sale
from .result import Result

LINES = 10
TIMES = 3
FEW, MANY = 100, 1_000
FLOORS = 50

# Quotations like the first one, each a bit cheaper than the one before, every fifth
# with a discount on the whole
ORDERS = """
    INSERT INTO sale_order ({columns}, name)
    SELECT {columns}, 'BENCH' || n
      FROM sale_order CROSS JOIN generate_series(%(first)s, %(last)s) n
     WHERE id = %(order)s
"""
ORDER_LINES = """
    INSERT INTO sale_order_line ({columns}, order_id, price_unit, price_subtotal)
    SELECT {line_columns}, o.id,
           round((l.price_unit * (1 - c.cut))::numeric, 2),
           round((l.price_unit * (1 - c.cut))::numeric, 2) * l.product_uom_qty
      FROM sale_order_line l
      JOIN sale_order o ON o.name LIKE 'BENCH%%' AND o.id > %(after)s
     CROSS JOIN LATERAL (
           SELECT substr(o.name, 6)::int %% 40 / 100.0 AS cut,
                  substr(o.name, 6)::int %% 5 = 0 AS is_fifth
           ) c
     WHERE l.order_id = %(order)s AND (l.price_unit > 0 OR c.is_fifth)
"""


def measure(databases):
    with environment(databases.large) as env:
        yield from Quotations(env).measure()
    with environment(databases.suite) as env:
        yield measure_sale(env)


def measure_sale(env):
    """An order without a price request costs no query more because there are floors."""
    sale = Sale(env)
    sale.sell()
    without = min(sale.count_queries() for _ in range(TIMES))
    floor = env["sales.price.floor"].create({"basis": "margin", "least_margin": 20})
    env.cr.commit()
    sale.sell()  # The floors are kept in memory from here on.
    # The fewest of some: one of Odoo's updates depends on the second in which it falls.
    queries = min(sale.count_queries() for _ in range(TIMES))
    floor.unlink()
    env.cr.commit()
    return Result(
        "create, confirm and invoice a 10-line order, queries added by price floors",
        0,
        queries - without,
        f"{queries} − {without} queries",
    )


class Quotations:
    """Open quotations beside floors of products, product lines, regions and all."""

    def __init__(self, env):
        # Add-ons can be imported only once the registry is loaded.
        from odoo.addons.sales_efficiency_process.engine.price import PriceGate

        self.env, self.cr, self.company = env, env.cr, env.company
        self.gate = PriceGate(env)
        self.statement = Path(__file__).with_name("quotations.sql").read_text()
        self.make_orders()

    def measure(self):
        self.insert(1, FEW)
        few = self.count_queries()
        self.insert(FEW + 1, MANY)
        many = self.count_queries()
        ours, theirs = interleave(
            lambda: seconds(self.find), lambda: seconds(self.select)
        )
        yield Result(
            f"{MANY * LINES:,} lines of quotations compared with {FLOORS} floors, times"
            " the plain SQL",
            2,
            *ratio(ours, theirs),
        )
        found, expected = set(self.find()), set(self.select())
        yield Result(
            "the same, differences from the plain SQL",
            0,
            len(found ^ expected),
            f"{len(found):,} quotations below their floors",
        )
        yield Result(
            f"the same, queries more than for {FEW * LINES:,} lines",
            0,
            many - few,
            f"{many} and {few} queries",
        )

    def make_orders(self):
        env = self.env
        products = env["product.product"].search(
            [("sale_ok", "=", True), ("list_price", ">", 0)], limit=LINES, order="id"
        )
        # What has a floor is no discount.
        discount = env["product.product"].create(
            {"name": "Bench Discount", "type": "service", "taxes_id": []}
        )
        self.order = env["sale.order"].create(
            {
                "partner_id": env["res.partner"].search([], limit=1).id,
                "order_line": [
                    *(
                        Command.create(
                            {
                                "product_id": product.id,
                                "product_uom_qty": 3,
                                "tax_ids": [],
                            }
                        )
                        for product in products
                    ),
                    Command.create(
                        {
                            "product_id": discount.id,
                            "price_unit": -10,
                            "sequence": 999,
                            "tax_ids": [],
                        }
                    ),
                ],
            }
        )
        self.create_floors(products, discount)
        env.flush_all()
        self.columns = {
            model: [
                f'"{name}"'
                for name, field in env[model]._fields.items()
                if field.store and field.column_type and name not in skipped
            ]
            for model, skipped in (
                ("sale.order", {"id", "name", "access_token"}),
                (
                    "sale.order.line",
                    {"id", "order_id", "price_unit", "price_subtotal"},
                ),
            )
        }

    def create_floors(self, products, discount):
        known = (products + discount).product_tmpl_id
        others = self.env["product.template"].search(
            [("id", "not in", known.ids)], limit=FLOORS - 8
        )
        categories = products.categ_id[:2]
        vals_list = [
            {"basis": "discount", "largest_discount": 25},
            *(
                {
                    "basis": "margin",
                    "least_margin": 10,
                    "categ_id": category.id,
                }
                for category in categories
            ),
            *(
                {
                    "basis": "price",
                    "lowest_price": max(template.list_price * 0.8, 0.01),
                    "product_tmpl_id": template.id,
                }
                for template in products.product_tmpl_id[:5] + others
            ),
        ]
        self.env["sales.price.floor"].create(vals_list)

    def insert(self, first, last):
        self.cr.execute("SELECT MAX(id) FROM sale_order")
        after = self.cr.fetchone()[0]
        columns = self.columns["sale.order"]
        self.cr.execute(
            ORDERS.format(columns=", ".join(columns)),
            {"order": self.order.id, "first": first, "last": last},
        )
        columns = self.columns["sale.order.line"]
        self.cr.execute(
            ORDER_LINES.format(
                columns=", ".join(columns),
                line_columns=", ".join(f"l.{name}" for name in columns),
            ),
            {"order": self.order.id, "after": after},
        )
        self.cr.execute("ANALYZE sale_order, sale_order_line, sales_price_floor")

    def find(self):
        self.env.invalidate_all()
        return self.gate.find_held(self.company)

    def select(self):
        self.cr.execute(
            self.statement, {"company": self.company.id, "day": date.today()}
        )
        return [order_id for [order_id] in self.cr.fetchall()]

    def count_queries(self):
        self.find()
        before = self.cr.sql_log_count
        self.find()
        return self.cr.sql_log_count - before
