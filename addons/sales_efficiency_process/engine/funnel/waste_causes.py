# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta
from functools import cache, cached_property

from odoo.tools import SQL

from odoo.addons.sales_efficiency_base.tools import Period, Scope

from .funnel import Funnel, get_steps
from .waste_cause import WasteCause

# What a stay usually takes is that of a year.
YEAR = timedelta(days=365)
# Working days that an opportunity may be without a next step
GRACE = 3
COMMA = SQL(", ")
UNION = SQL(" UNION ALL ")
MONEY = SQL("CASE WHEN l.won_status = 'pending' THEN l.expected_revenue END")


def get_stage_causes(env):
    """Return the causes that the stages of opportunities tell.

    :param env: environment of the user
    :return: list of :class:`WasteCause`
    """
    texts = {
        "waiting": (
            env._("Waiting beyond the limit"),
            env._(
                "Stays in a stage longer than its playbook allows: the days beyond the"
                " limit."
            ),
        ),
        "no_step": (
            env._("No next step"),
            env._(
                "Opportunities without a planned activity or meeting: the days from the"
                " fourth working day on."
            ),
        ),
        "turned_back": (
            env._("Turned back"),
            env._(
                "Opportunities that went back to an earlier stage: the days until they"
                " were as far as before."
            ),
        ),
        "skipped": (
            env._("Skipped a stage"),
            env._(
                "Opportunities that left out a stage: the days by which the next one"
                " then took longer than usual."
            ),
        ),
        "changed_hands": (
            env._("Changed hands"),
            env._(
                "Opportunities that got another salesperson within a stage: the days by"
                " which it took longer than usual."
            ),
        ),
    }
    # What is usual is looked up once for all causes.
    causes = cache(StageCauses)
    return [
        WasteCause(
            code=code,
            name=name,
            description=description,
            model="crm.lead",
            select=lambda company, code=code: getattr(causes(company), f"sql_{code}")(),
        )
        for code, (name, description) in texts.items()
    ]


class StageCauses:
    """The SELECTs of the causes that the stages of opportunities tell.

    :param company: the company in question, with access to all opportunities
    """

    def __init__(self, company):
        self.env, self._company = company.env, company
        self._steps = get_steps(self.env["crm.stage"].search([]))

    def sql_waiting(self):
        return SQL(
            """
            SELECT h.lead_id AS res_id, h.lead_id, NULL::int AS company_id,
                   NULL::int AS team_id, NULL::int AS user_id, h.entered_at AS since,
                   h.left_at AS until, playbook.longest_stay::float8 AS allowed,
                   %s AS money
              FROM sales_stage_history AS h
              JOIN crm_lead AS l ON l.id = h.lead_id
              JOIN sales_playbook AS playbook ON playbook.stage_id = h.stage_id
               AND playbook.company_id = %s AND playbook.active
               AND playbook.longest_stay > 0
             WHERE h.entered_at IS NOT NULL
            """,
            MONEY,
            self._company.id,
        )

    def sql_no_step(self):
        """Return the SELECT of the gaps between next steps.

        A step covers the time from its planning to its end; entered afterwards, it
        covers none. The way through the pipeline begins and ends with steps of no time,
        so that all gaps lie between two steps; while an opportunity is lost, or won, it
        needs none.
        """
        return SQL(
            """
            SELECT lead_id AS res_id, lead_id, NULL::int AS company_id,
                   NULL::int AS team_id, NULL::int AS user_id, covered AS since,
                   NULLIF(begins, 'infinity') AS until, %(grace)s::float8 AS allowed,
                   money
              FROM (
                SELECT step.*,
                       CASE WHEN l.won_status = 'pending' THEN l.expected_revenue END
                           AS money,
                       MAX(ends) OVER (
                           PARTITION BY lead_id ORDER BY begins, ends
                           ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
                       ) AS covered
                  FROM (%(steps)s) AS step
                  JOIN crm_lead AS l ON l.id = step.lead_id
              ) AS gap
             WHERE covered < begins
            """,
            grace=GRACE,
            steps=self._sql_next_steps(),
        )

    def _sql_next_steps(self):
        """Return the SELECT of the spans of time covered by a next step."""
        return SQL(
            """
            WITH presence AS (
                SELECT h.lead_id, MIN(h.entered_at) AS entered,
                       MAX(COALESCE(h.left_at, 'infinity')) AS closed
                  FROM sales_stage_history AS h
                  LEFT JOIN crm_stage AS s ON s.id = h.stage_id
                 WHERE s.is_won IS NOT TRUE
                 GROUP BY h.lead_id
            )
            SELECT lead_id, entered AS begins, entered AS ends FROM presence
             WHERE entered IS NOT NULL
             UNION ALL
            SELECT lead_id, closed, closed FROM presence WHERE entered IS NOT NULL
             UNION ALL
            SELECT lead_id, left_at, next FROM (
                SELECT h.lead_id, h.left_at, LEAD(h.entered_at) OVER (
                           PARTITION BY h.lead_id
                           ORDER BY h.entered_at NULLS FIRST, h.id) AS next
                  FROM sales_stage_history AS h
                  LEFT JOIN crm_stage AS s ON s.id = h.stage_id
                 WHERE s.is_won IS NOT TRUE
            ) AS away WHERE left_at < next
             UNION ALL
            SELECT step.lead_id, GREATEST(step.begins, p.entered), step.ends
              FROM (%s) AS step
              JOIN presence AS p ON p.lead_id = step.lead_id
             WHERE step.begins < step.ends
               AND step.begins < p.closed AND step.ends > p.entered
            """,
            UNION.join(self.env["sales.waste"]._get_next_steps()),
        )

    def sql_turned_back(self):
        return SQL(
            """
            SELECT lead_id AS res_id, lead_id, NULL::int AS company_id,
                   NULL::int AS team_id, NULL::int AS user_id, entered_at AS since,
                   left_at AS until, NULL::float8 AS allowed, money
              FROM (%s) AS stay
             WHERE position < furthest AND entered_at IS NOT NULL
            """,
            self._sql_stays(),
        )

    def sql_skipped(self):
        """Return the SELECT of the stays that followed a stage left out, one that
        opportunities of the same team usually have."""
        return SQL(
            """
            SELECT lead_id AS res_id, lead_id, NULL::int AS company_id,
                   NULL::int AS team_id, NULL::int AS user_id, entered_at AS since,
                   left_at AS until, usual AS allowed, money
              FROM (%(stays)s) AS stay
             WHERE entered_at IS NOT NULL AND usual IS NOT NULL AND EXISTS (
                SELECT FROM (VALUES %(steps)s)
                    AS skipped (stage_id, position, usual, team_ids)
                 WHERE skipped.position < stay.position
                   AND skipped.position > COALESCE(stay.furthest, 0)
                   AND skipped.usual IS NOT NULL
                   AND (skipped.team_ids = '{}'
                        OR stay.team_id = ANY(skipped.team_ids)))
            """,
            stays=self._sql_stays(),
            steps=self._sql_steps(),
        )

    def sql_changed_hands(self):
        return SQL(
            """
            SELECT lead_id AS res_id, lead_id, NULL::int AS company_id,
                   NULL::int AS team_id, NULL::int AS user_id, entered_at AS since,
                   left_at AS until, usual AS allowed, money
              FROM (%s) AS stay
             WHERE hand_over_count > 0 AND entered_at IS NOT NULL
               AND usual IS NOT NULL
            """,
            self._sql_stays(),
        )

    def _sql_stays(self):
        """Return the SELECT of the stays before winning, with what the stage usually
        takes and how far the opportunity had come before."""
        return SQL(
            """
            SELECT h.lead_id, h.entered_at, h.left_at, h.hand_over_count, l.team_id,
                   step.position, step.usual, %(money)s AS money,
                   MAX(step.position) OVER (
                       PARTITION BY h.lead_id
                       ORDER BY h.entered_at NULLS FIRST, h.id
                       ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
                   ) AS furthest
              FROM sales_stage_history AS h
              JOIN crm_lead AS l ON l.id = h.lead_id
              JOIN (VALUES %(steps)s) AS step (stage_id, position, usual, team_ids)
                ON step.stage_id = h.stage_id
            """,
            money=MONEY,
            steps=self._sql_steps(),
        )

    def _sql_steps(self):
        """Return the steps before winning as rows: the stage, its position, the working
        days that half of the opportunities stay in it, and the teams that use it."""
        return COMMA.join(
            [
                SQL(
                    "(%s, %s, %s::float8, %s::int[])",
                    stage.id,
                    position,
                    self._usual.get(stage),
                    stage.team_ids.ids,
                )
                for position, stage in enumerate(self._steps[:-1], 1)
            ]
            or [SQL("(0, 0, NULL::float8, '{}'::int[])")]
        )

    @cached_property
    def _usual(self):
        """Stage -> median of the working days of its stays in a year."""
        today = self._company._get_sales_today()
        funnel = Funnel(
            self.env, Scope(self._company.id), Period(today - YEAR, today), by="flow"
        )
        return {
            step.stages: step.median_work
            for step in funnel.get_steps()
            if not step.is_won and step.median_work is not None
        }
