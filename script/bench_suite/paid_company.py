# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from contextlib import closing
from datetime import date
from pathlib import Path

import psycopg2

from odoo.tools import SQL
from odoo.tools.date_utils import end_of, start_of

from .clock import seconds
from .pay_plan import create_plan

YEAR, TODAY = date(2025, 1, 1), date(2025, 12, 31)
QUARTER = [date(2025, month, 1) for month in (10, 11, 12)]


class PaidCompany:
    """The last month of a quarter for 200 people: commission by the quarter to date if
    the quotas are attained, with split credit, paid as customers pay; computed by the
    engine, and by plain SQL into a table with the same indexes and triggers."""

    def __init__(self, env):
        # Add-ons can be imported only once the registry is loaded.
        from odoo.addons.sales_efficiency_incentive.engine import MonthComputation

        self.MonthComputation = MonthComputation
        self.env = env
        self.cr = env.cr
        self.company = env.company
        self.prepare()

    def prepare(self):
        """Put a plan into effect, and lock the first months of the quarter."""
        self.people = self.env["res.users"].search([("login", "=like", "person%")])
        self.split_credit()
        self.targets = self.create_targets()
        self.assignments = create_plan(self.env, self.people, QUARTER[0])
        periods = self.env["sales.incentive.period"]
        periods._follow()
        periods = periods.search([("month", "in", QUARTER)], order="month")
        *earlier, self.period = periods
        for period in earlier:
            period.state = "approved"
            period._lock()
        self.env.flush_all()
        self.cr.execute("CREATE SCHEMA IF NOT EXISTS bench")
        self.create_plain_table("SELECT * FROM sales_incentive_entry")
        self.cr.execute("ANALYZE")
        self.cr.commit()

    def create_plain_table(self, entries=None):
        """
        :param str entries: SELECT of what it holds already
        """
        self.cr.execute(
            """
            CREATE TABLE bench.sales_incentive_entry
                (LIKE public.sales_incentive_entry INCLUDING ALL)
            """
        )
        if entries:
            # Before there is a trigger that refuses locked ones
            self.cr.execute(f"INSERT INTO bench.sales_incentive_entry {entries}")
        self.cr.execute(
            """
            CREATE TRIGGER sales_incentive_entry_locked
                BEFORE UPDATE OR DELETE ON bench.sales_incentive_entry
                FOR EACH ROW WHEN (OLD.state = 'locked')
                EXECUTE FUNCTION sales_incentive_entry_refuse();
            CREATE TRIGGER sales_incentive_entry_added
                AFTER INSERT ON bench.sales_incentive_entry
                REFERENCING NEW TABLE AS new_rows
                FOR EACH STATEMENT EXECUTE FUNCTION sales_incentive_entry_check()
            """
        )

    def split_credit(self):
        """Split every tenth order of the quarter between two people."""
        self.cr.execute(
            """
            INSERT INTO sales_credit (order_id, user_id, team_id, share)
            SELECT o.id, u.id, o.team_id, CASE WHEN u.id = o.user_id THEN 60 ELSE 40 END
              FROM sale_order o
              JOIN res_users u ON u.id IN (
                   o.user_id, CASE WHEN o.user_id = %(last)s THEN %(first)s
                                   ELSE o.user_id + 1 END)
             WHERE o.id %% 10 = 3 AND o.date_order >= %(quarter)s
            """,
            {
                "quarter": QUARTER[0],
                "first": min(self.people.ids),
                "last": max(self.people.ids),
            },
        )
        self.env["sales.mart"]._refresh()

    def create_targets(self):
        plans = self.env["sales.target.plan"]
        # Of another scenario
        plans.search([("state", "=", "running")]).state = "draft"
        plan = plans.create({"date_from": YEAR})
        metric = self.env.ref("sales_efficiency_base.sales_metric_invoiced_amount")
        sold = dict(
            self.env.execute_query(
                SQL(
                    "SELECT user_id, SUM(amount) FROM sales_fact_cell WHERE event ="
                    " 'invoice' AND month BETWEEN %s AND %s GROUP BY user_id",
                    YEAR,
                    TODAY,
                )
            )
        )
        self.env["sales.target"].with_context(tracking_disable=True).create(
            [
                {
                    "plan_id": plan.id,
                    "metric_id": metric.id,
                    "user_id": person.id,
                    "spread": "equal",
                    # Attained early, so that no month changes the rates of others
                    "amount": round(0.4 * float(sold[person.id])),
                }
                for person in self.people
            ]
        )
        plan.state = "running"
        self.env["sales.target.result"]._refresh_running()
        return plan

    # Computation

    def by_engine(self, assignments, anew=True):
        if anew:
            self.empty("public")
        self.env.invalidate_all()

        def compute():
            self.MonthComputation(self.period).compute(assignments)
            self.cr.commit()

        return seconds(compute)

    def by_plain_sql(self, assignments):
        self.empty("bench")
        return seconds(lambda: self.fill(assignments))

    def fill(self, assignments, month=None):
        month = month or self.period.month
        self.env["sales.mart"]._tune()
        self.cr.execute(
            Path(__file__).with_name("incentives.sql").read_text(),
            {
                "assignments": assignments.ids,
                "company": self.company.id,
                "currency": self.company.currency_id.id,
                "period": self.period.id,
                "targets": self.targets.id,
                "year": YEAR,
                "quarter": start_of(month, "quarter"),
                "month": month,
                "end": end_of(month, "month"),
            },
        )
        self.cr.commit()

    def empty(self, schema):
        """Delete the entries of the month, with no trace that slows the next round."""
        self.cr.execute(
            SQL(
                "DELETE FROM %s WHERE period_id = %s",
                SQL.identifier(schema, "sales_incentive_entry"),
                self.period.id,
            )
        )
        self.cr.commit()
        self.env.invalidate_all()
        self.vacuum(schema)

    def vacuum(self, schema):
        with closing(psycopg2.connect(dbname=self.cr.dbname)) as connection:
            connection.autocommit = True
            with connection.cursor() as cr:
                cr.execute(f"VACUUM ANALYZE {schema}.sales_incentive_entry")

    def count(self):
        [[number]] = self.env.execute_query(
            SQL(
                "SELECT COUNT(*) FROM sales_incentive_entry WHERE period_id = %s",
                self.period.id,
            )
        )
        return number
