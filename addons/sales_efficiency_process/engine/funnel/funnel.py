# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from dataclasses import fields as get_fields

from odoo.tools import SQL

from .funnel_step import FunnelStep
from .opportunities import Opportunities, SeenPeople
from .working_time import WorkingTime

COMMA = SQL(", ")
# Figures of a step in the order of the statement, after those that count who reached it
FIGURES = [
    field.name
    for field in get_fields(FunnelStep)
    if field.name not in ("stages", "name", "is_won", "reached")
]


class Funnel:
    """How far opportunities came, stage by stage, and how long they stayed (policy
    1.3.2).

    By cohort, it is about the opportunities opened in the period, whatever became of
    them until the day of the question. By flow, it is about what happened in the
    period: who reached a step in it, whose stay ended in it, and who waits at its end.

    The number of queries is fixed.

    :param env: environment of the user: it is about the opportunities they may analyse
    :param scope: :class:`Scope`
    :param period: :class:`Period`; None for all times
    :param str by: ``cohort`` or ``flow``
    :param as_of: what happened after this day is not known; today by default
    """

    def __init__(self, env, scope, period=None, by="cohort", as_of=None):
        self.env = env
        self._company = env["res.company"].browse(scope.company_id)
        self._scope = scope
        self._period = period
        self._is_flow = by == "flow" and period is not None
        self._as_of = as_of or self._company._get_sales_today()
        if self._is_flow:
            self._as_of = min(self._as_of, period.end)
        self._opportunities = Opportunities(env, scope, SeenPeople(env))
        # sudo: stages are known to everybody who sees opportunities.
        stages = env["crm.stage"].sudo().search([]).with_env(env)
        self._steps = get_steps(stages)

    def get_steps(self):
        """Return the steps in which opportunities of the scope have ever been, and the
        last one.

        :return: list of :class:`FunnelStep`
        """
        self.env["crm.lead"].flush_model()
        steps = [
            FunnelStep(stages, self._name(stages), number == len(self._steps))
            for number, stages in enumerate(self._steps, 1)
        ]
        used = set()
        for position, reached, is_used, *figures in self.env.execute_query(self._sql()):
            for step, number in zip(steps, reached, strict=True):
                step.reached += number
            for name, figure in zip(FIGURES, figures, strict=True):
                setattr(steps[position - 1], name, figure)
            if is_used:
                used.add(position)
        return [
            step
            for number, step in enumerate(steps, 1)
            if number in used or used and step.is_won and step.stages
        ]

    def _name(self, stages):
        """Several won stages are called as the outcome is."""
        if len(stages) == 1:
            return stages.name
        outcome = self.env["crm.lead"]._fields["won_status"]
        return dict(outcome._description_selection(self.env))["won"]

    # ------------------------------------------------------------------
    # Statement
    # ------------------------------------------------------------------

    def _sql(self):
        return SQL(
            """
            WITH opportunity AS MATERIALIZED (%(opportunity)s),
                 step (stage_id, position, is_won, sequence) AS (VALUES %(steps)s),
                 stay AS MATERIALIZED (%(stay)s),
                 move AS (%(move)s),
                 sojourn AS (%(sojourn)s),
                 course AS (%(course)s)
            SELECT position, %(reached)s, bool_or(visited), %(figures)s
              FROM course
             CROSS JOIN LATERAL (
                SELECT visited AND NOT waits AND %(is_done)s AS is_done,
                       visited AND waits AND position < %(won)s AND %(is_waiting)s
                           AS is_waiting
             ) AS told
             GROUP BY position
            """,
            opportunity=self._sql_opportunity(),
            steps=self._sql_steps(),
            stay=self._sql_stay(),
            move=self._sql_move(),
            sojourn=self._sql_sojourn(),
            course=self._sql_course(),
            reached=self._sql_reached(),
            figures=self._sql_figures(),
            is_done=self._is_about(SQL("left_on")),
            is_waiting=SQL("TRUE") if self._is_flow else SQL("is_chosen"),
            won=len(self._steps),
        )

    def _sql_opportunity(self):
        is_chosen = SQL("TRUE")
        if self._period and not self._is_flow:
            is_chosen = SQL(
                "opened.date BETWEEN %s AND %s", self._period.start, self._period.end
            )
        return self._opportunities.sql(
            {
                "is_chosen": is_chosen,
                "revenue": SQL("COALESCE(l.expected_revenue, 0)"),
            }
        )

    def _sql_steps(self):
        return COMMA.join(
            [
                SQL(
                    "(%s, %s, %s, %s)",
                    stage.id,
                    position,
                    position == len(self._steps),
                    stage.sequence,
                )
                for position, stages in enumerate(self._steps, 1)
                for stage in stages
            ]
            or [SQL("(0, 0, FALSE, 0)")]
        )

    def _sql_stay(self):
        """Return the SELECT of the stays, with their days in the company's time zone.

        A stay in a stage that was deleted tells how far the opportunity had come. One
        that was won and is not any more had come to the step before.
        """
        return SQL(
            """
            SELECT h.lead_id, h.id, h.entered_at, h.entered_on, end_of.left_on,
                   h.stage_id IS NOT NULL AND NOT undone.win AS visited,
                   CASE WHEN undone.win THEN step.position - 1
                        WHEN h.stage_id IS NOT NULL THEN step.position
                        ELSE (SELECT MAX(s.position) FROM step AS s
                               WHERE s.sequence <= h.stage_sequence AND NOT s.is_won)
                   END AS position,
                   step.position AS own_position
              FROM (
                SELECT h.lead_id, h.id, h.stage_id, h.stage_sequence, h.entered_at,
                       %(entered_on)s AS entered_on, %(left_on)s AS left_on
                  FROM sales_stage_history AS h
                  JOIN opportunity AS o ON o.id = h.lead_id
                OFFSET 0
              ) AS h
              LEFT JOIN step ON step.stage_id = h.stage_id
             CROSS JOIN LATERAL (
                SELECT CASE WHEN h.left_on <= %(as_of)s THEN h.left_on END AS left_on
             ) AS end_of
             CROSS JOIN LATERAL (
                SELECT COALESCE(step.is_won AND end_of.left_on IS NOT NULL, FALSE)
                           AS win
             ) AS undone
             WHERE h.entered_on IS NULL OR h.entered_on <= %(as_of)s
            """,
            entered_on=get_day(SQL("h.entered_at"), self._company),
            left_on=get_day(SQL("h.left_at"), self._company),
            as_of=self._as_of,
        )

    def _sql_move(self):
        """Return the SELECT of the stays with the step before each."""
        return SQL(
            """
            SELECT *, LAG(COALESCE(own_position, position)) OVER (
                       PARTITION BY lead_id ORDER BY entered_at NULLS FIRST, id
                   ) AS before
              FROM stay
             WHERE position IS NOT NULL
            """
        )

    def _sql_sojourn(self):
        """Return the SELECT of all stays of an opportunity in a step as one."""
        start, end = SQL("entered_on"), SQL("COALESCE(left_on, %s)", self._as_of)
        time = self._get_working_time()
        return SQL(
            """
            SELECT lead_id, position, bool_or(visited) AS visited,
                   MIN(entered_on) AS entered_on, MAX(left_on) AS left_on,
                   SUM(%(end)s - entered_on) FILTER (WHERE visited) AS days,
                   SUM(%(until_end)s - %(until_start)s) FILTER (WHERE visited) AS work,
                   bool_or(left_on IS NULL) AS waits,
                   COUNT(*) FILTER (WHERE before > position) AS returned
              FROM move
             GROUP BY lead_id, position
            """,
            end=end,
            until_end=time.sql_until(end),
            until_start=time.sql_until(start),
        )

    def _sql_course(self):
        """Return the SELECT of what became of an opportunity in a step, and after it.

        It came to all steps above the one ``below`` on the day on which it ``reached``
        this one or a later one. It ended in the step that it left last.
        """
        key = SQL("(s.left_on - DATE '1970-01-01') * 1000 + s.position")
        return SQL(
            """
            SELECT s.*, o.is_chosen, o.revenue,
                   COALESCE(LEAD(s.position) OVER up, 0) AS below,
                   MIN(s.entered_on) OVER up AS reached_on,
                   bool_or(s.waits AND s.position = %(won)s) OVER own AS is_won,
                   NOT bool_or(s.waits) OVER own AS is_lost,
                   %(key)s = MAX(%(key)s) OVER own AS is_end
              FROM sojourn AS s
              JOIN opportunity AS o ON o.id = s.lead_id
            WINDOW own AS (PARTITION BY s.lead_id),
                   up AS (PARTITION BY s.lead_id ORDER BY s.position DESC)
            """,
            won=len(self._steps),
            key=key,
        )

    def _sql_reached(self):
        """Return how many opportunities of the row came to each step."""
        counts = (
            SQL(
                "COUNT(*) FILTER (WHERE %(is_about)s AND below < %(step)s"
                " AND position >= %(step)s)",
                is_about=self._is_about(SQL("reached_on")),
                step=number,
            )
            for number in range(1, len(self._steps) + 1)
        )
        return SQL("ARRAY[%s]", COMMA.join(counts))

    def _sql_figures(self):
        """Return the columns named by ``FIGURES``."""
        sql = {
            "visited": SQL(
                "COUNT(*) FILTER (WHERE visited AND %s)",
                self._is_about(SQL("reached_on")),
            ),
            "done": SQL("COUNT(days) FILTER (WHERE is_done)"),
            "mean_days_won": SQL("AVG(days) FILTER (WHERE is_done AND is_won)::float8"),
            "mean_days_lost": SQL(
                "AVG(days) FILTER (WHERE is_done AND is_lost)::float8"
            ),
            "waiting": SQL("COUNT(*) FILTER (WHERE is_waiting)"),
            "waiting_days": SQL("AVG(days) FILTER (WHERE is_waiting)::float8"),
            "waiting_work": SQL("AVG(work) FILTER (WHERE is_waiting)"),
            "waiting_money": SQL(
                "COALESCE(SUM(revenue) FILTER (WHERE is_waiting), 0)::float8"
            ),
            "returned": SQL(
                "COALESCE(SUM(returned) FILTER (WHERE %s), 0)::int",
                self._is_about(SQL("reached_on")),
            ),
            "lost": SQL("COUNT(*) FILTER (WHERE is_done AND is_lost AND is_end)"),
        }
        for unit in ("days", "work"):
            column = SQL.identifier(unit)
            sql[f"mean_{unit}"] = SQL("AVG(%s) FILTER (WHERE is_done)::float8", column)
            for name, share in (("median", 0.5), ("most", 0.9)):
                sql[f"{name}_{unit}"] = SQL(
                    "percentile_cont(%s) WITHIN GROUP (ORDER BY %s)"
                    " FILTER (WHERE is_done)",
                    share,
                    column,
                )
        return COMMA.join(sql[name] for name in FIGURES)

    def _is_about(self, day):
        """Return the condition that the question is about what happened on a day."""
        if not self._is_flow:
            return SQL("is_chosen")
        return SQL(
            "COALESCE(%s BETWEEN %s AND %s, FALSE)",
            day,
            self._period.start,
            self._as_of,
        )

    def _get_working_time(self):
        """:return: :class:`WorkingTime` since the first stay of all"""
        [[first]] = self.env.execute_query(
            SQL(
                "SELECT %s FROM sales_stage_history AS h",
                get_day(SQL("MIN(h.entered_at)"), self._company),
            )
        )
        first = min(first or self._as_of, self._as_of)
        return WorkingTime.of_company(self._company, first, self._as_of)


def get_day(moment, company):
    """Return the SQL of the day of a moment, in the time zone of a company.

    :param SQL moment: timestamp in UTC
    """
    return SQL(
        "(%s AT TIME ZONE 'UTC' AT TIME ZONE %s)::date", moment, company.sales_tz
    )


def get_steps(stages):
    """Return the stages of each step, in order: the won ones are the last step.

    Stages behind all won stages of the same teams are no step: some companies have one
    for the lost.

    :param stages: all ``crm.stage`` records, sorted
    :return: list of recordsets
    """
    won = stages.filtered("is_won")

    def comes_after(stage):
        same = won.filtered(lambda w: share_team(w, stage))
        return bool(same) and all(w.sequence < stage.sequence for w in same)

    steps = [stage for stage in stages - won if not comes_after(stage)]
    return [*steps, won]


def share_team(stage, other):
    """:return: whether some team uses both stages"""
    teams, others = stage.team_ids, other.team_ids
    return not teams or not others or bool(teams & others)
