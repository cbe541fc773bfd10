# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tools import SQL

from .funnel import get_day
from .opportunities import Opportunities, SeenPeople
from .waste_cause import WasteCause, WasteFigure
from .working_time import DAY, WorkingTime

# Documents that are listed at most
SHOWN = 1000
COMMA = SQL(", ")
UNION = SQL(" UNION ALL ")
# What no cause finds
NOTHING = SQL(
    """
    SELECT NULL::varchar AS cause, NULL::int AS res_id, NULL::int AS lead_id,
           NULL::int AS company_id, NULL::int AS team_id, NULL::int AS user_id,
           NULL::timestamp AS since, NULL::timestamp AS until, NULL::float8 AS allowed,
           NULL::numeric AS money
     WHERE FALSE
    """
)


class Waste:
    """Where time is lost in a scope: the working days that each cause has cost (policy
    1.3.2).

    All causes are found by one statement.

    :param env: environment of the user: it is about the documents they may analyse
    :param scope: :class:`Scope`
    :param causes: list of :class:`WasteCause`
    """

    def __init__(self, env, scope, causes):
        self.env, self.causes = env, causes
        self._company = env["res.company"].browse(scope.company_id)
        self._today = self._company._get_sales_today()
        self._opportunities = Opportunities(env, scope, SeenPeople(env))

    @property
    def columns(self):
        """Names of the dimensions that documents have through their opportunity."""
        return self._opportunities.columns

    def open(self, period):
        """Return the action that lists the documents of the only cause, or those of
        them that waited longest: a client sends their ids with each request."""
        [cause] = self.causes
        name, documents = cause.name, self.get_documents(period, SHOWN + 1)
        if len(documents) > SHOWN:
            del documents[SHOWN:]
            name = self.env._(
                "%(cause)s: the %(count)s that waited longest", cause=name, count=SHOWN
            )
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": cause.model,
            "view_mode": "list,form",
            "views": [(False, "list"), (False, "form")],
            "domain": [("id", "in", [id_ for id_, _days, _money in documents])],
            "context": {"active_test": False},
        }

    def get_figures(self, period):
        """Return what each cause has cost in a period, the most expensive first: by
        money at stake, then by days.

        :return: list of :class:`WasteFigure`, without causes that have cost nothing
        """
        rows = self.env.execute_query(
            SQL(
                """
                SELECT cause, COUNT(*), SUM(days), COALESCE(SUM(money), 0)::float8
                  FROM (%s) AS document GROUP BY cause
                """,
                self._sql_documents(period),
            )
        )
        by_code = {cause.code: cause for cause in self.causes}
        figures = [
            WasteFigure(by_code[code], documents, days, money)
            for code, documents, days, money in rows
        ]
        order = list(by_code)
        figures.sort(key=lambda f: (-f.money, -f.days, order.index(f.cause.code)))
        return figures

    def get_documents(self, period, limit=None):
        """Return the documents that waited, the longest first.

        :return: list of (id, days, money)
        """
        return self.env.execute_query(
            SQL(
                "SELECT res_id, days, money FROM (%s) AS document"
                " ORDER BY days DESC, res_id LIMIT %s",
                self._sql_documents(period),
                limit,
            )
        )

    def sql_days(self, period):
        """Return the SELECT of each span and working day of waste in a period, with the
        columns of figures and the part of the day that was lost, as ``days``."""
        time, spans = self._sql_spans(period)
        days = SQL(
            "generate_series(GREATEST(since_on, %s), LEAST(until_on, %s), '1 day')",
            period.start,
            period.end,
        )
        day = SQL("day.moment::date")
        return SQL(
            """
            SELECT span.*, %(day)s AS date, 'waste' AS event, part.days
              FROM (%(spans)s) AS span
             CROSS JOIN LATERAL %(generated)s AS day (moment)
             CROSS JOIN LATERAL (
                SELECT LEAST(ended, %(until)s) - GREATEST(begun, %(before)s) AS days
             ) AS part
             WHERE part.days > 0
            """,
            spans=spans,
            generated=days,
            day=day,
            until=time.sql_until(day),
            before=time.sql_until(SQL("(%s - 1)", day)),
        )

    # ------------------------------------------------------------------
    # Statement
    # ------------------------------------------------------------------

    def _sql_documents(self, period):
        """Return the SELECT of the documents that waited in a period.

        Working days are counted from a common day on, so that the part of a span that
        lies in the period is a matter of numbers.
        """
        time, spans = self._sql_spans(period)
        return SQL(
            """
            SELECT cause, res_id, SUM(days) AS days, MAX(money) AS money
              FROM (%(spans)s) AS span
             CROSS JOIN LATERAL (
                SELECT LEAST(ended, %(end)s) - GREATEST(begun, %(start)s) AS days
             ) AS part
             WHERE part.days > 0
             GROUP BY cause, res_id
            """,
            spans=spans,
            start=time.until(period.start - DAY),
            end=time.until(min(period.end, self._today)),
        )

    def _sql_spans(self, period):
        """Return the spans of time of all causes in the scope, each from where it
        ``begun`` to be waste to where it ``ended``.

        :return: :class:`WorkingTime` and the SELECT
        """
        time = self._get_working_time(period)
        # sudo: what the user may see of the SELECTs is chosen below.
        company = self._company.sudo()
        own = self._opportunities.columns
        names = [name for name in own if name not in WasteCause.columns]
        taken = {
            **{name: SQL("opportunity.%s", SQL.identifier(name)) for name in names},
            **{
                name: SQL(
                    "COALESCE(found.%(name)s, opportunity.%(name)s)",
                    name=SQL.identifier(name),
                )
                for name in WasteCause.whose
            },
        }
        return time, SQL(
            """
            SELECT span.*, %(since)s + COALESCE(allowed, 0) AS begun, %(until)s AS ended
              FROM (
                SELECT found.cause, found.res_id, found.allowed, found.money,
                       %(columns)s,
                       %(since_on)s AS since_on,
                       COALESCE(%(until_on)s, %(today)s) AS until_on
                  FROM (%(found)s) AS found
                  LEFT JOIN (%(opportunity)s) AS opportunity
                    ON opportunity.id = found.lead_id
                 WHERE found.since IS NOT NULL AND %(inside)s
                OFFSET 0
             ) AS span
            """,
            since=time.sql_until(SQL("since_on")),
            until=time.sql_until(SQL("until_on")),
            columns=COMMA.join(
                SQL("%s AS %s", column, SQL.identifier(name))
                for name, column in taken.items()
            ),
            since_on=get_day(SQL("found.since"), self._company),
            until_on=get_day(SQL("found.until"), self._company),
            today=self._today,
            found=self._sql_found(company),
            opportunity=self._opportunities.sql_all(),
            inside=self._opportunities.condition(taken),
        )

    def _sql_found(self, company):
        """Return the SELECT of what the causes have found; there may be none, e.g. for
        the metric of a cause whose add-on is gone."""
        columns = COMMA.join(SQL.identifier(name) for name in WasteCause.columns)
        selects = [
            SQL(
                "SELECT %s AS cause, %s FROM (%s) AS cause",
                cause.code,
                columns,
                cause.get_select(company),
            )
            for cause in self.causes
        ]
        return UNION.join(selects or [NOTHING])

    def _get_working_time(self, period):
        """:return: :class:`WorkingTime` since the first stay of all"""
        self.env.flush_all()
        [[first]] = self.env.execute_query(
            SQL(
                "SELECT %s FROM sales_stage_history AS h",
                get_day(SQL("MIN(h.entered_at)"), self._company),
            )
        )
        first = min(filter(None, (first, period.start - DAY)))
        return WorkingTime.of_company(self._company, first, self._today)
