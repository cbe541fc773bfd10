# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields
from odoo.tools import SQL

COMMA = SQL(", ")
UNION = SQL(" UNION ALL ")
KEY = ("rule_id", "res_id", "occasion")
CONTROLS = ("severity", "is_due", "is_known", "is_over")
CLOSED = ("recovered", "missed", "withdrawn")


class AlertEvaluation:
    """Evaluates rules in one statement, regardless of the number of records.

    The statement opens new warnings, updates or closes existing ones, and keeps their
    history. All its parts see the warnings as they were before it ran, as ``o``.

    :param rules: ``sales.alert.rule`` records
    :param since: earliest end date of periods that may open new warnings; defaults to
        a few days ago
    """

    def __init__(self, rules, since=None):
        self._rules = rules
        self._since = since
        self._alerts = rules.env["sales.alert"]
        self._now = fields.Datetime.now()
        self._renewed = ("res_model", *self._alerts._get_renewed_columns())
        self._following = self._alerts._get_following_columns()
        self._kept = self._alerts._get_kept_columns()

    def run(self):
        """:return: the warnings that were opened, changed or closed"""
        env = self._rules.env
        env.flush_all()
        # The planner has no statistics on the rows that the rules have just found.
        env["sales.mart"]._tune()
        env.cr.execute("SET LOCAL enable_nestloop = off")
        rows = env.execute_query(self._sql())
        env.cr.execute("SET LOCAL enable_nestloop = on")
        env.invalidate_all()
        closed = [id_ for id_, event in rows if event in CLOSED]
        self._alerts.browse(closed)._drop_to_dos()
        return self._alerts.browse(id_ for id_, _event in rows)

    def _sql(self):
        """Return the statement that evaluates the rules, updates the warnings and
        returns the id and event of each history entry."""
        return SQL(
            """
            WITH judged AS MATERIALIZED (%(judged)s), next AS (%(next)s),
                 changed AS (%(changed)s), withdrawn AS (%(withdrawn)s)
            %(history)s
            """,
            judged=self._sql_judged(),
            next=self._sql_next(),
            changed=self._sql_changed(),
            withdrawn=self._sql_withdrawn(),
            history=self._sql_history(),
        )

    def _sql_judged(self):
        """Return the SELECT of everything the rules watch, with its severity."""
        judgements = self._rules._get_judgements(self._since)
        selects = [self._sql_judgement(judgement) for judgement in judgements]
        return UNION.join([self._sql_nothing(), *selects])

    def _sql_nothing(self):
        """Return an empty SELECT that defines the names and types of all columns."""
        types = dict.fromkeys(CONTROLS[1:], "bool") | {"severity": "varchar"}
        for name in (*KEY, *self._renewed):
            types[name] = self._alerts._fields[name].column_type[1]
        return SQL(
            "SELECT %s WHERE FALSE",
            COMMA.join(
                SQL("NULL::%s AS %s", SQL(types[name]), SQL.identifier(name))
                for name in (*KEY, *self._renewed, *CONTROLS)
            ),
        )

    def _sql_judgement(self, judgement):
        values = {
            "res_model": SQL("%s", judgement.model),
            **judgement.columns,
            **{name: getattr(judgement, name) for name in (*KEY, *CONTROLS)},
        }
        return SQL(
            "SELECT %s FROM %s",
            COMMA.join(
                values.get(name, SQL("NULL"))
                for name in (*KEY, *self._renewed, *CONTROLS)
            ),
            judgement.source,
        )

    def _sql_next(self):
        """Return the SELECT of the event of each warning, existing or new.

        - is_new: the warning opens or reopens
        - is_asked: the warning needs an answer, or a new one

        Severities compare alphabetically: critical < warning.
        """
        return SQL(
            """
            SELECT j.*, o.id AS alert_id, e.event, %(now)s AS now,
                   COALESCE(e.event IN ('opened', 'relapsed'), FALSE) AS is_new,
                   COALESCE(e.event IN ('opened', 'relapsed', 'worsened'), FALSE)
                   AS is_asked
              FROM judged j
         LEFT JOIN sales_alert o USING (%(key)s)
        CROSS JOIN LATERAL (SELECT j.is_due AND j.severity IS NOT NULL AS is_due) f
        CROSS JOIN LATERAL (
                SELECT CASE
                       WHEN o.id IS NULL THEN 'opened'
                       WHEN o.state = 'closed'
                       THEN CASE WHEN f.is_due AND o.outcome <> 'missed'
                                 THEN 'relapsed' END
                       WHEN NOT j.is_known THEN NULL
                       WHEN j.severity IS NULL THEN 'recovered'
                       WHEN o.state = 'answered' AND j.is_over THEN 'missed'
                       WHEN o.severity < j.severity THEN 'improved'
                       WHEN o.severity > j.severity THEN 'worsened'
                       END AS event
                   ) e
             WHERE o.id IS NOT NULL OR f.is_due
            """,
            now=self._now,
            key=self._list(KEY),
        )

    def _sql_changed(self):
        """Return the INSERT of new and changed warnings, which returns their keys."""
        columns = (*KEY, *self._renewed, *self._following)
        return SQL(
            """
            INSERT INTO sales_alert (%(columns)s)
            SELECT %(values)s
              FROM next n
         LEFT JOIN sales_alert o ON o.id = n.alert_id
             WHERE n.event IS NOT NULL
                OR (%(figures)s) IS DISTINCT FROM (%(before)s)
                ON CONFLICT (%(key)s) DO UPDATE SET %(updates)s
         RETURNING id, %(key)s
            """,
            columns=self._list(columns),
            values=COMMA.join(
                SQL(self._following[name])
                if name in self._following
                else SQL.identifier("n", name)
                for name in columns
            ),
            figures=self._list(self._renewed, "n"),
            before=self._list(self._renewed, "o"),
            key=self._list(KEY),
            updates=COMMA.join(
                SQL("%(c)s = excluded.%(c)s", c=SQL.identifier(name))
                for name in (*self._renewed, *self._following)
            ),
        )

    def _sql_withdrawn(self):
        """Return the UPDATE that closes warnings no longer watched by any rule."""
        return SQL(
            """
            UPDATE sales_alert a
               SET state = 'closed', outcome = 'withdrawn', closed_at = %s
             WHERE a.state <> 'closed'
               AND NOT EXISTS (SELECT FROM next n WHERE n.alert_id = a.id)
         RETURNING a.*
            """,
            self._now,
        )

    def _sql_history(self):
        """Return the INSERT of the history, which returns warning ids and events."""
        kept = ("severity", *self._kept)
        return SQL(
            """
            INSERT INTO sales_alert_event (alert_id, event, date, %(kept)s)
            SELECT c.id, n.event, %(now)s, %(found)s
              FROM changed c
              JOIN next n USING (%(key)s)
             WHERE n.event IS NOT NULL
             UNION ALL
            SELECT id, 'withdrawn', %(now)s, %(kept)s FROM withdrawn
         RETURNING alert_id, event
            """,
            now=self._now,
            kept=self._list(kept),
            found=self._list(kept, "n"),
            key=self._list(KEY),
        )

    def _list(self, names, *table):
        return COMMA.join(SQL.identifier(*table, name) for name in names)
