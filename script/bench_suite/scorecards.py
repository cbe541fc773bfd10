# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""500 channel members scored by 6 criteria, beside one statement of plain SQL."""

from contextlib import contextmanager
from datetime import date
from unittest.mock import patch

from odoo.fields import Command

from .clock import interleave, ratio, seconds
from .database import environment
from .result import Result

MEMBERS, FEW = 500, 10
QUARTER_END, TODAY = date(2025, 12, 31), date(2026, 1, 5)
# Metric, period, floor, goal and weight
CRITERIA = (
    ("ordered_amount", "quarter", 0, 500_000, 30),
    ("ordered_growth", "year", -20, 20, 15),
    ("margin_rate", "quarter", 0, 50, 15),
    ("invoiced_amount", "to_date", 0, 2_000_000, 15),
    ("order_count", "year", 0, 500, 10),
    ("collected_amount", "quarter", 0, 500_000, 15),
)

PLAIN = """
    INSERT INTO bench_score
    WITH figure AS (
        SELECT channel_member_id AS member_id,
               SUM(amount) FILTER (WHERE event = 'confirmed' AND date >= '2025-10-01')
                   AS ordered,
               SUM(amount) FILTER (WHERE event = 'confirmed' AND date >= '2025-01-01')
                   AS year,
               SUM(amount) FILTER (WHERE event = 'confirmed' AND date < '2025-01-01')
                   AS year_before,
               SUM(margin) FILTER (WHERE event = 'confirmed' AND date >= '2025-10-01')
                   AS margin,
               SUM(amount) FILTER (WHERE event = 'confirmed' AND margin IS NOT NULL
                                   AND date >= '2025-10-01') AS margin_base,
               SUM(amount) FILTER (WHERE event IN ('invoice', 'refund')
                                   AND date >= '2025-01-01') AS invoiced,
               COUNT(DISTINCT res_id) FILTER (WHERE event = 'confirmed'
                                              AND date >= '2025-01-01') AS orders,
               SUM(amount) FILTER (WHERE event = 'payment' AND date >= '2025-10-01')
                   AS collected
          FROM sales_fact
         WHERE company_id = %(company)s AND channel_member_id IS NOT NULL
           AND event IN ('confirmed', 'invoice', 'refund', 'payment')
           AND date BETWEEN '2024-01-01' AND '2025-12-31'
         GROUP BY channel_member_id
    ), value AS (
        SELECT figure.member_id, v.weight, v.value, v.number,
               -- Without a value there are no points: GREATEST would ignore NULL.
               CASE WHEN v.value IS NOT NULL THEN GREATEST(0, LEAST(100,
                   100 * (v.value - v.floor) / (v.goal - v.floor))) END AS points
          FROM figure CROSS JOIN LATERAL (VALUES
               (1, COALESCE(ordered, 0), 0, 500000, 30),
               (2, 100 * (year - year_before) / NULLIF(ABS(year_before), 0),
                -20, 20, 15),
               (3, 100 * margin / NULLIF(margin_base, 0), 0, 50, 15),
               (4, COALESCE(invoiced, 0), 0, 2000000, 15),
               (5, orders, 0, 500, 10),
               (6, COALESCE(collected, 0), 0, 500000, 15)
               ) AS v (number, value, floor, goal, weight)
    ), total AS (
        SELECT member_id, ROUND(SUM(points * weight) / SUM(weight), 2) AS total
          FROM value WHERE points IS NOT NULL GROUP BY member_id
    )
    SELECT value.member_id, number, value, ROUND(points, 2), total.total,
           DENSE_RANK() OVER (ORDER BY total.total DESC)
      FROM value JOIN total USING (member_id)
"""


def measure(databases):
    with environment(databases.large) as env, frozen(env):
        yield from Scorecards(env).measure()


@contextmanager
def frozen(env):
    """Score shortly after the last day of the generated sales."""
    companies = type(env["res.company"])
    with patch.object(companies, "_get_sales_today", lambda self: TODAY):
        yield


class Scorecards:
    """A scorecard of 500 members by 6 criteria."""

    def __init__(self, env):
        self.env = env
        self.cr = env.cr
        self.members = self.create_members()
        self.attribute()
        self.run = self.create_run()
        self.cr.commit()
        self.cr.execute("ANALYZE sales_fact, sales_fact_cell, sales_fact_total")
        self.cr.commit()

    def create_members(self):
        env = self.env(context={"tracking_disable": True})
        channel = env["sales.channel"].create({"name": "Agents"})
        # Only members in business are scored.
        stage = env["sales.channel.stage"].create(
            {"name": "In Business", "kind": "active"}
        )
        partners = env["res.partner"].create(
            [{"name": f"Agent {n}", "is_company": True} for n in range(MEMBERS)]
        )
        return env["sales.channel.member"].create(
            [
                {
                    "partner_id": partner.id,
                    "channel_id": channel.id,
                    "stage_id": stage.id,
                }
                for partner in partners
            ]
        )

    def attribute(self):
        """Let each member have brought the orders of some customers.

        Facts are changed behind the mart, so their sums by month are built anew.
        """
        self.cr.execute(
            "UPDATE sales_fact SET channel_member_id ="
            " (%s::int[])[1 + partner_id %% %s]",
            [self.members.ids, MEMBERS],
        )
        self.env["sales.mart"]._sum_anew()
        self.cr.execute(
            "DROP TABLE IF EXISTS bench_score; CREATE TABLE bench_score"
            " (member_id int, number int, value numeric, points numeric, total numeric,"
            " rank int)"
        )

    def create_run(self):
        metrics = self.env["sales.metric"]._find([row[0] for row in CRITERIA])
        scorecard = self.env["sales.scorecard"].create(
            {
                "name": "Agents",
                "channel_ids": [Command.set(self.members.channel_id.ids)],
                "criterion_ids": [
                    Command.create(
                        {
                            "metric_id": metrics[code].id,
                            "period": period,
                            "floor": floor,
                            "goal": goal,
                            "weight": weight,
                        }
                    )
                    for code, period, floor, goal, weight in CRITERIA
                ],
            }
        )
        return self.env["sales.scorecard.run"].create(
            {"scorecard_id": scorecard.id, "date": QUARTER_END}
        )

    def measure(self):
        ours, theirs = interleave(
            lambda: seconds(self.score), lambda: seconds(self.score_plainly)
        )
        yield Result(
            f"{MEMBERS} members × {len(CRITERIA)} criteria scored, times plain SQL",
            1.5,
            *ratio(ours, theirs),
        )
        yield Result(
            "the same, totals that differ from those of plain SQL",
            0,
            self.count_differences(),
            f"of {len(self.run.result_ids)} members",
        )
        self.count_queries(FEW)  # warm up
        many, few = (self.count_queries(number) for number in (MEMBERS, FEW))
        yield Result(
            f"the same, queries more than for {FEW} members",
            0,
            many - few,
            f"{many} and {few} queries",
        )

    def score(self):
        self.env.invalidate_all()
        self.run.action_score()
        self.cr.commit()

    def score_plainly(self):
        self.cr.execute("TRUNCATE bench_score")
        self.cr.execute(PLAIN, {"company": self.env.company.id})
        self.cr.commit()

    def count_differences(self):
        self.cr.execute(
            "SELECT COUNT(*) FROM (SELECT DISTINCT member_id, total FROM bench_score)"
            " plain FULL JOIN (SELECT * FROM sales_scorecard_result WHERE run_id = %s)"
            " result USING (member_id) WHERE ABS(plain.total - result.total) > 0.01"
            " OR plain.total IS NULL OR result.total IS NULL",
            [self.run.id],
        )
        return self.cr.fetchone()[0]

    def count_queries(self, members):
        """Count the queries of scoring so many members."""
        self.env.flush_all()
        with self.cr.savepoint() as savepoint:
            self.members[members:].active = False
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            self.run.action_score()
            queries = self.cr.sql_log_count - before
            savepoint.rollback()
        self.env.invalidate_all()
        return queries
