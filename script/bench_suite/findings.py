# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The monthly search for findings, beside plain SQL that finds and writes the same."""

from datetime import date
from pathlib import Path

from odoo.tools import SQL

from .clock import interleave, ratio, seconds
from .database import environment
from .result import Result, differing
from .shadow import count_differences, create_shadow
from .tree import YEAR, break_down, create_plan, frozen

# November and December 2025 are the last two full months.
DAY = date(2026, 1, 1)
CHANNELS, CLASSES = 5, 4
# What both must agree on
FINDING = [
    "cause",
    "basis",
    *(f"COALESCE({name}_id, 0)" for name in ("region", "categ", "channel", "class")),
    *(
        f"ROUND(COALESCE({name}, 0), 2)"
        for name in ("money", "actual", "expected", "last_year", "potential")
    ),
]
MIX = ["categ_id", "ROUND(amount, 2)", "ROUND(moved, 2)", "ROUND(share, 2)"]
# Customers lie in regions and channels, have a class, and could buy more than they do.
CUSTOMERS = """
    CREATE TEMPORARY TABLE placed AS
    SELECT id, row_number() OVER (ORDER BY id)::int AS rank
      FROM res_partner WHERE name LIKE 'Customer %%';
    ANALYZE placed;
    UPDATE res_partner AS partner
       SET sales_region_id = (%(regions)s)[1 + rank %% %(region_count)s],
           sales_channel_id = (%(channels)s)[1 + rank %% %(channel_count)s],
           sales_class_id = jsonb_build_object(
               %(company)s::text, (%(classes)s)[1 + rank / 7 %% %(class_count)s])
      FROM placed WHERE placed.id = partner.id;
    INSERT INTO sales_customer_file (partner_id, company_id, potential,
           potential_amount)
    SELECT partner_id, %(company)s, bought * (1.2 + rank * 7919 %% 100 / 50.0),
           bought * (1.2 + rank * 7919 %% 100 / 50.0)
      FROM placed
      JOIN (SELECT partner_id, SUM(amount)::float8 AS bought FROM sales_fact
             WHERE event = 'confirmed' AND date BETWEEN '2025-01-01' AND '2025-12-31'
             GROUP BY partner_id) AS fact ON fact.partner_id = placed.id
        ON CONFLICT DO NOTHING;
    UPDATE sales_fact_cell
       SET channel_id = (%(channels)s)[1 + user_id %% %(channel_count)s]
     WHERE event = 'confirmed' AND month >= '2024-11-01';
"""


def measure(databases):
    with environment(databases.large) as env:
        yield from Findings(env).measure()


class Findings:
    """Nothing is committed: other scenarios measure the same company."""

    def __init__(self, env):
        # Add-ons can be imported only once the registry is loaded.
        from odoo.addons.sales_efficiency_analytics.engine.findings import Window

        self.env, self.cr, self.company = env, env.cr, env.company
        self.window = Window.before(DAY)
        self.findings = env["sales.finding"]
        self.statements = [
            Path(__file__).with_name(f"{name}.sql").read_text()
            for name in ("findings", "product_mix")
        ]
        self.place_customers()
        self.plan = self.promise()
        for model in (self.findings, env["sales.product.mix"]):
            create_shadow(self.cr, model._table)
        self.cr.execute(
            "ANALYZE sales_fact_cell, res_partner, sales_customer_file,"
            " sales_target_result"
        )
        self.values = self.prepare()

    # ------------------------------------------------------------------
    # The company
    # ------------------------------------------------------------------

    def place_customers(self):
        regions = self.env["sales.region"].search([("code", "=like", "R%")])
        channels = self.env["sales.channel"].create(
            [{"name": f"Channel {n}"} for n in range(CHANNELS)]
        )
        classes = self.env["sales.customer.class"].create(
            [{"name": f"Class {n}"} for n in range(CLASSES)]
        )
        self.env.flush_all()
        self.cr.execute(
            CUSTOMERS,
            {
                "company": self.company.id,
                "regions": regions.ids,
                "region_count": len(regions),
                "channels": channels.ids,
                "channel_count": len(channels),
                "classes": classes.ids,
                "class_count": len(classes),
            },
        )

    def promise(self):
        """:return: a plan that expects about what was sold, with targets of the company
        and of every other region and product line"""
        [[sold]] = self.env.execute_query(
            SQL(
                "SELECT SUM(amount)::bigint FROM sales_fact_cell"
                " WHERE event = 'confirmed' AND month BETWEEN %s AND %s",
                YEAR,
                DAY,
            )
        )
        regions = self.env["sales.region"].search([("code", "=like", "R%")]).ids
        lines = self.env["product.category"].search([("name", "=like", "Line %")]).ids
        levels = [
            [{}],
            [{"region_id": region} for region in regions],
            [{"region_id": r, "categ_id": line} for r in regions for line in lines],
        ]
        plan = create_plan(self.env)
        break_down(self.env, plan, levels, sold)
        plan.state = "running"
        with frozen(self.env):
            self.env["sales.target.result"]._refresh_running()
        self.cr.execute(
            "DELETE FROM sales_target_result"
            " WHERE plan_id = %s AND categ_id IS NOT NULL AND region_id %% 2 = 0",
            [plan.id],
        )
        return plan

    def prepare(self):
        """:return: parameters of the plain SQL"""
        window = self.window
        first_before, second_before = window.months_before
        metrics = self.env["sales.metric"]
        analytics = "sales_efficiency_analytics"
        return {
            "company": self.company.id,
            "plan": self.plan.id,
            "metric": metrics.search([("code", "=", "ordered_amount")]).id,
            "wallet": self.env.ref(f"{analytics}.sales_metric_share_of_wallet").id,
            "today": self.company._get_sales_today(),
            "first": window.first,
            "second": window.second,
            "first_before": first_before,
            "second_before": second_before,
            "end": window.end,
        }

    # ------------------------------------------------------------------
    # Figures
    # ------------------------------------------------------------------

    def measure(self):
        anew, theirs, again = interleave(self.find_anew, self.fill, self.find)
        number = self.count()
        yield Result(
            "findings of two months, all new, times the plain SQL",
            2,
            *ratio(anew, theirs),
        )
        yield Result(
            "the same again, all known, times the plain SQL", 2, *ratio(again, theirs)
        )
        yield Result(
            "the same, findings that differ from those of the plain SQL",
            0,
            differing(
                count_differences(self.cr, self.findings._table, FINDING), number
            ),
            self.describe(),
        )
        condition = f"month = '{self.window.second}'"
        yield Result(
            "the same, product lines whose share of sales differs",
            0,
            differing(
                count_differences(self.cr, "sales_product_mix", MIX, condition), number
            ),
        )

    def find_anew(self):
        self.findings.search([]).unlink()
        return self.find()

    def find(self):
        self.env.invalidate_all()

        def find():
            self.findings._find(self.company, DAY)
            self.env.flush_all()

        return seconds(find)

    def fill(self):
        self.cr.execute("TRUNCATE bench.sales_finding, bench.sales_product_mix")

        def fill():
            for statement in self.statements:
                self.cr.execute(statement, self.values)

        return seconds(fill)

    def count(self):
        return self.findings.search_count([])

    def describe(self):
        groups = self.findings._read_group([], ["cause"], ["__count"])
        return ", ".join(f"{cause} {number}" for cause, number in groups)
