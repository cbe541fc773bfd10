# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The funnel over many stays, and what a change of stage costs."""

from pathlib import Path

from odoo import sql_db

from .apart import compare
from .clock import interleave, ratio, seconds
from .database import environment
from .result import Result

OPPORTUNITIES, STAYS = 100_000, 5
FEW = 10


def measure(databases):
    with environment(databases.large) as env:
        yield from ManyStays(env).measure()
    yield from compare(
        databases, Move, "an opportunity moved to another stage", 0, rounds=50
    )


class ManyStays:
    """The funnel of a company, beside plain SQL that computes the same."""

    def __init__(self, env):
        # Add-ons can be imported only once the registry is loaded.
        from odoo.addons.sales_efficiency_base.tools import Scope
        from odoo.addons.sales_efficiency_process.engine.funnel import Funnel

        self.env, self.cr = env, env.cr
        self.company = env.company
        # A team of its own: nothing of what the company has besides is counted.
        self.team = env["crm.team"].create({"name": "Bench"})
        self.Funnel = Funnel
        self.scope = Scope(env.company.id, team_id=self.team.id)
        self.statement = Path(__file__).with_name("funnel.sql").read_text()

    def measure(self):
        self.prepare(OPPORTUNITIES)
        ours, theirs = interleave(
            lambda: seconds(self.ask), lambda: seconds(self.read_plain)
        )
        label = f"funnel over {OPPORTUNITIES:,} opportunities and"
        yield Result(
            f"{label} {OPPORTUNITIES * STAYS:,} stays, times the plain SQL",
            2,
            *ratio(ours, theirs),
        )
        yield Result(
            "the same, steps that differ from those of the plain SQL",
            0,
            self.count_differences(),
        )
        many = self.count_queries()
        self.cr.execute(
            "DELETE FROM sales_stage_history WHERE lead_id NOT IN"
            " (SELECT id FROM crm_lead WHERE team_id = %s ORDER BY id LIMIT %s)",
            [self.team.id, FEW],
        )
        few = self.count_queries()
        yield Result(
            f"the same, queries more than for {FEW} opportunities",
            0,
            many - few,
            f"{many} and {few} queries",
        )

    def prepare(self, number):
        """Opportunities with five stays each: some turn back, a third is won, and a
        third lost. Nothing is committed."""
        self.stages = self.env["crm.stage"].create(
            [
                {
                    "name": f"Bench {place}",
                    "sequence": 800 + place,
                    "is_won": place == 5,
                }
                for place in range(6)
            ]
        )
        self.env.flush_all()
        self.cr.execute("ALTER TABLE crm_lead DISABLE TRIGGER USER")
        self.cr.execute(
            """
            INSERT INTO crm_lead (name, type, active, company_id, team_id, stage_id,
                   user_id, create_date, sales_opened_date, won_status,
                   expected_revenue)
            SELECT 'Bench', 'opportunity', n %% 3 <> 1, %s, %s,
                   (%s)[CASE n %% 3 WHEN 0 THEN 6 ELSE 5 END], %s,
                   timestamp '2023-01-01 12:00' + n %% 900 * interval '1 day',
                   date '2023-01-01' + n %% 900,
                   (ARRAY['won', 'lost', 'pending'])[1 + n %% 3], n %% 1000
              FROM generate_series(1, %s) n
            """,
            [
                self.company.id,
                self.team.id,
                self.stages.ids,
                self.env.uid,
                number,
            ],
        )
        self.cr.execute("ALTER TABLE crm_lead ENABLE TRIGGER USER")
        self.cr.execute(
            """
            INSERT INTO sales_stage_history (lead_id, stage_id, entered_at, left_at,
                   hand_over_count)
            SELECT l.id,
                   (%s)[CASE WHEN stay = 5 AND won_status = 'won' THEN 6
                             WHEN stay = 3 AND l.id %% 7 = 0 THEN 1 ELSE stay END],
                   l.create_date + (stay - 1) * (1 + l.id %% 9) * interval '1 day',
                   CASE WHEN stay < 5 OR won_status = 'lost' THEN l.create_date
                        + stay * (1 + l.id %% 9) * interval '1 day' END, 0
              FROM crm_lead l CROSS JOIN generate_series(1, 5) stay
             WHERE l.team_id = %s
            """,
            [self.stages.ids, self.team.id],
        )
        self.cr.execute("ANALYZE crm_lead, sales_stage_history")

    def ask(self):
        return self.Funnel(self.env, self.scope).get_steps()

    def read_plain(self):
        self.cr.execute(
            self.statement,
            {
                "company": self.company.id,
                "team": self.team.id,
                "tz": self.company.sales_tz,
                "today": self.company._get_sales_today(),
                "stages": self.stages.ids,
            },
        )
        return self.cr.fetchall()

    def count_differences(self):
        ours = {
            (step.stages[-1:].id, step.reached, step.done, step.returned)
            for step in self.ask()
        }
        theirs = {tuple(row[:4]) for row in self.read_plain()}
        return len(ours ^ theirs)

    def count_queries(self):
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        self.ask()
        return self.cr.sql_log_count - before


class Move:
    """An opportunity that goes back and forth between two stages."""

    def __init__(self, env):
        self.env = env
        self.stages = env["crm.stage"].create(
            [{"name": f"Stage {place}", "sequence": 800 + place} for place in range(2)]
        )
        self.lead = env["crm.lead"].create(
            {
                "name": "Opportunity",
                "type": "opportunity",
                "stage_id": self.stages[0].id,
            }
        )
        env.cr.commit()

    def move(self):
        [stage] = self.stages - self.lead.stage_id
        self.lead.stage_id = stage
        self.env.cr.commit()

    def turn(self):
        self.env.invalidate_all()
        return seconds(self.move)

    def count_queries(self):
        self.env.invalidate_all()
        before = sql_db.sql_counter
        self.move()
        return sql_db.sql_counter - before
