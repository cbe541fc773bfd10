# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The weekly snapshot of the pipeline, beside one INSERT … SELECT for the same."""

from .clock import interleave, ratio, seconds
from .database import environment
from .result import Result, differing
from .shadow import count_differences, create_shadow

OPPORTUNITIES, FEW = 50_000, 10
TABLE = "sales_pipeline_snapshot"

# Three in ten are open, three are won, four are lost.
CREATE = """
    WITH customer AS (
        SELECT id, row_number() OVER (ORDER BY id) - 1 AS rank,
               COUNT(*) OVER () AS number
          FROM res_partner WHERE name LIKE 'Customer %%'
    ), person AS (
        SELECT user_id, team_id, region_id,
               row_number() OVER (ORDER BY user_id) - 1 AS rank,
               COUNT(*) OVER () AS number
          FROM (SELECT DISTINCT user_id, team_id, region_id FROM sales_fact_cell
                 WHERE event = 'confirmed') AS seller
    )
    INSERT INTO crm_lead (name, type, active, company_id, partner_id, user_id, team_id,
           sales_region_id, stage_id, won_status, expected_revenue, probability,
           date_deadline, sales_opened_date, date_closed, create_date, write_date)
    SELECT 'Deal ' || n, 'opportunity', n %% 10 < 6, %(company)s, customer.id,
           person.user_id, person.team_id, person.region_id, %(stage)s,
           CASE WHEN n %% 10 < 3 THEN 'pending' WHEN n %% 10 < 6 THEN 'won'
                ELSE 'lost' END,
           1000 + n * 7919 %% 90000,
           CASE WHEN n %% 10 < 3 THEN 10 + n %% 81 WHEN n %% 10 < 6 THEN 100 ELSE 0 END,
           %(today)s::date + n %% 180, %(today)s::date - n %% 360,
           CASE WHEN n %% 10 >= 3 THEN %(today)s::timestamp - n %% 90 * interval '1 day'
           END,
           %(today)s::timestamp - n %% 360 * interval '1 day', now() AT TIME ZONE 'UTC'
      FROM generate_series(1, %(number)s) AS n
      JOIN customer ON customer.rank = n %% customer.number
      JOIN person ON person.rank = n %% person.number
"""

# It makes assumptions that the snapshot cannot make: one company, which all
# opportunities name, whose week is known and has no snapshot yet; customers are no
# contacts of others.
PLAIN = """
    INSERT INTO bench.sales_pipeline_snapshot (week, date, company_id, currency_id,
           lead_id, res_id, stage_id, amount, probability, weighted_amount,
           date_deadline, opened_date, region_id, team_id, user_id, categ_id,
           channel_id, partner_id, campaign_id)
    SELECT date_trunc('week', %(today)s::date), %(today)s, company_id, %(currency)s,
           id, id, stage_id, expected_revenue, probability,
           ROUND((expected_revenue * probability / 100)::numeric, 2), date_deadline,
           sales_opened_date, sales_region_id, team_id, user_id, sales_categ_id,
           sales_channel_id, partner_id, campaign_id
      FROM crm_lead
     WHERE type = 'opportunity' AND active AND won_status = 'pending'
"""


def measure(databases):
    with environment(databases.large) as env:
        yield from Snapshots(env).measure()


class Snapshots:
    """Nothing is committed: other scenarios measure the same company."""

    def __init__(self, env):
        self.env, self.cr = env, env.cr
        self.snapshots = env["sales.pipeline.snapshot"]
        self.today = env.company._get_sales_today()
        self.cr.execute(
            CREATE,
            {
                "company": env.company.id,
                "stage": env["crm.stage"].search([("is_won", "=", False)], limit=1).id,
                "today": self.today,
                "number": OPPORTUNITIES,
            },
        )
        env["sales.mart"]._rebuild(["opportunity"])
        self.cr.execute("ANALYZE crm_lead, sales_fact")
        create_shadow(self.cr, TABLE)

    def measure(self):
        ours, theirs = interleave(self.take, self.insert)
        number = self.count()
        yield Result(
            f"weekly snapshot of {number:,} open opportunities,"
            " times one INSERT … SELECT",
            1.5,
            *ratio(ours, theirs),
        )
        names = [
            name
            for name, field in self.snapshots._fields.items()
            if field.store and name != "id"
        ]
        yield Result(
            "the same, opportunities kept otherwise than by the plain SQL",
            0,
            differing(count_differences(self.cr, TABLE, names), number),
            f"of {number:,} opportunities",
        )
        many, few = self.count_queries(), self.count_queries(FEW)
        yield Result(
            f"the same, queries more than for {FEW} opportunities",
            0,
            many - few,
            f"{many} and {few} queries",
        )

    def take(self):
        self.cr.execute(f"TRUNCATE public.{TABLE}")
        return seconds(self.snapshots._take)

    def insert(self):
        self.cr.execute(f"TRUNCATE bench.{TABLE}")
        return seconds(self.keep_plainly)

    def keep_plainly(self):
        self.cr.execute(
            PLAIN,
            {"today": self.today, "currency": self.env.company.currency_id.id},
        )

    def count(self):
        self.cr.execute(f"SELECT COUNT(*) FROM public.{TABLE}")
        return self.cr.fetchone()[0]

    def count_queries(self, opportunities=None):
        with self.cr.savepoint() as savepoint:
            self.cr.execute(f"TRUNCATE public.{TABLE}")
            if opportunities:
                # Of the others, nobody knows where they lie.
                self.cr.execute(
                    "DELETE FROM sales_fact WHERE source = 'opportunity'"
                    " AND res_id NOT IN (SELECT id FROM crm_lead"
                    " WHERE active AND won_status = 'pending' LIMIT %s)",
                    [opportunities],
                )
            before = self.cr.sql_log_count
            self.snapshots._take()
            queries = self.cr.sql_log_count - before
            savepoint.rollback()
        return queries
