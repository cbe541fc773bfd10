# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from ..engine import attain, deviate

# A period still brings new warnings so many days after its end: its last day counts,
# and what is entered late. Figures of older ones only update the warnings they have.
DAYS_OF_GRACE = 7
KEY = ("rule_id", "target_id", "period", "date_from")
FIGURES = ("amount", "actual", "expected", "deviation", "pace")
# What becomes of the other columns: `n` is what is found now, `o` what is there.
FOLLOWING = {
    "severity": "COALESCE(n.severity, o.severity)",
    "state": """
        CASE WHEN n.is_asked THEN 'open'
             WHEN n.event IN ('recovered', 'missed') THEN 'closed' ELSE o.state END
    """,
    "outcome": """
        CASE WHEN n.is_asked THEN NULL
             WHEN n.event IN ('recovered', 'missed') THEN n.event ELSE o.outcome END
    """,
    "is_told": "NOT n.is_asked AND COALESCE(o.is_told, FALSE)",
    "opened_at": "CASE WHEN n.is_new THEN n.now ELSE o.opened_at END",
    "opened_pace": "CASE WHEN n.is_new THEN n.pace ELSE o.opened_pace END",
    "opened_deviation": """
        CASE WHEN n.is_new THEN n.deviation ELSE o.opened_deviation END
    """,
    # Who has not answered yet waits no less for its having become worse.
    "waiting_since": """
        CASE WHEN n.is_asked AND (n.is_new OR o.state <> 'open') THEN n.now
             ELSE o.waiting_since END
    """,
    "answered_at": "CASE WHEN NOT n.is_asked THEN o.answered_at END",
    "answered_by_id": "CASE WHEN NOT n.is_asked THEN o.answered_by_id END",
    "answered_pace": "CASE WHEN NOT n.is_asked THEN o.answered_pace END",
    "answered_deviation": "CASE WHEN NOT n.is_asked THEN o.answered_deviation END",
    "effect": "CASE WHEN NOT n.is_asked THEN n.pace - o.answered_pace END",
    "closed_at": """
        CASE WHEN n.is_asked THEN NULL
             WHEN n.event IN ('recovered', 'missed') THEN n.now ELSE o.closed_at END
    """,
    "escalated_id": "CASE WHEN NOT n.is_new THEN o.escalated_id END",
}


class SalesAlertEvaluation(models.AbstractModel):
    """Judges the stored results by the rules: one statement, however many there are."""

    _name = "sales.alert.evaluation"
    _description = "Evaluation of Warning Rules"

    @api.model
    def _evaluate_rules(self, since=None):
        """Bring all warnings up to date with the results (policy 2.2.3).

        Nothing is measured here: the results of the running plans are compared with the
        lines of the rules. There is one warning for a rule, target and period; who is
        to be told is told later (``_tell``), so that this is quick. It can be called
        again at any time: where nothing has changed, nothing happens.

        :param since: day from which on a period has to end to bring new warnings; a
            few days ago when left out
        :return: the warnings that have been opened, changed or closed
        """
        rules = self.env["sales.alert.rule"].search([("active", "=", True)])
        plans = self.env["sales.target.plan"].search([("state", "=", "running")])
        self.env.flush_all()
        self.env["sales.target.result"]._tune()
        rows = self.env.execute_query(self._sql_evaluate(rules, plans, since))
        self.env.cr.execute("SET LOCAL enable_nestloop = on")
        self.env.invalidate_all()
        events = {}
        for alert_id, event in rows:
            events.setdefault(event, []).append(alert_id)
        closed = ("recovered", "missed", "withdrawn")
        self.browse(
            [id_ for event in closed for id_ in events.get(event, [])]
        )._drop_to_dos()
        return self.browse([alert_id for alert_id, _event in rows])

    def _sql_evaluate(self, rules, plans, since):
        """Return the statement that judges, writes, keeps the history of it and gives
        the ids of the warnings that something has happened to, with what.

        All its parts see the warnings as they were before, ``o``.
        """
        renewed = self._get_renewed_columns()
        columns = (*KEY, *renewed, *FOLLOWING)
        figures, before = (
            SQL(", ").join(SQL.identifier(table, name) for name in renewed)
            for table in ("n", "o")
        )
        return SQL(
            """
            WITH span AS (%(spans)s), watched AS (%(watched)s),
            result AS MATERIALIZED (%(results)s), judged AS (%(judged)s),
            next AS (%(next)s),
            changed AS (
                INSERT INTO sales_alert (%(columns)s)
                SELECT %(values)s
                  FROM next n
             LEFT JOIN sales_alert o ON o.id = n.alert_id
                 WHERE n.event IS NOT NULL
                    OR (%(figures)s) IS DISTINCT FROM (%(before)s)
                    ON CONFLICT (%(key)s) DO UPDATE SET %(updates)s
             RETURNING id, %(key)s
            ), withdrawn AS (
                UPDATE sales_alert a
                   SET state = 'closed', outcome = 'withdrawn', closed_at = %(now)s
                 WHERE a.state <> 'closed'
                   AND NOT EXISTS (SELECT FROM next n WHERE n.alert_id = a.id)
             RETURNING a.*
            )
            INSERT INTO sales_alert_event (alert_id, event, date, severity, %(kept)s)
            SELECT c.id, n.event, %(now)s, n.severity, %(kept)s
              FROM changed c
              JOIN next n USING (%(key)s)
             WHERE n.event IS NOT NULL
             UNION ALL
            SELECT id, 'withdrawn', %(now)s, severity, %(kept)s FROM withdrawn
         RETURNING alert_id, event
            """,
            spans=self._sql_spans(plans, since),
            watched=rules._sql_watched(),
            results=self._sql_results(),
            judged=self._sql_judged(),
            next=self._sql_next(),
            now=fields.Datetime.now(),
            columns=SQL(", ").join(map(SQL.identifier, columns)),
            values=SQL(", ").join(
                SQL(FOLLOWING[name]) if name in FOLLOWING else SQL.identifier("n", name)
                for name in columns
            ),
            figures=figures,
            before=before,
            key=SQL(", ").join(map(SQL.identifier, KEY)),
            kept=SQL(", ").join(map(SQL.identifier, FIGURES)),
            updates=SQL(", ").join(
                SQL("%(c)s = excluded.%(c)s", c=SQL.identifier(name))
                for name in (*renewed, *FOLLOWING)
            ),
        )

    def _sql_spans(self, plans, since=None):
        """Return the SELECT of the periods that have begun.

        - share: how much of the working days is over, months weighing the same
        - is_recent: whether it may bring new warnings
        """
        rows = []
        for plan in plans:
            shares = plan._get_elapsed_shares()
            today = plan._get_today()
            first_end = since or today - timedelta(days=DAYS_OF_GRACE)
            for kind, period, _span in plan._get_periods():
                months = [shares[month] for month in period.months()]
                if period.start <= today:
                    share = sum(months) / len(months)
                    is_recent = period.end >= first_end
                    rows.append((plan.id, kind, period.start, share, is_recent))
        types = {
            "plan_id": "int",
            "period": "text",
            "date_from": "date",
            "share": "float8",
            "is_recent": "bool",
        }
        return SQL(
            "SELECT * FROM unnest(%s) AS span (%s)",
            SQL(", ").join(
                SQL("%s::%s[]", [row[number] for row in rows], SQL(type_))
                for number, type_ in enumerate(types.values())
            ),
            SQL(", ").join(map(SQL.identifier, types)),
        )

    @api.model
    def _get_renewed_columns(self):
        """:return: what each evaluation renews, as long as there are figures"""
        scope = self.env["sales.alert"]._get_scope_columns()
        return (*scope, "date_to", *FIGURES)

    @api.model
    def _sql_scope(self):
        scope = self.env["sales.alert"]._get_scope_columns()
        return SQL(", ").join(SQL.identifier("r", name) for name in scope)

    def _sql_results(self):
        """Return the SELECT of the results that can bring a warning or have one: not
        of all those of months that are long over."""
        return SQL(
            """
            SELECT r.target_id, r.period, r.date_from, r.date_to, %(scope)s, r.amount,
                   r.actual, r.expected, r.higher_is_better, s.share, s.is_recent
              FROM sales_target_result r
              JOIN span s USING (plan_id, period, date_from)
             WHERE s.is_recent
                OR (r.target_id, r.period, r.date_from) IN (
                    SELECT target_id, period, date_from FROM sales_alert)
            """,
            scope=self._sql_scope(),
        )

    def _sql_judged(self):
        """Return the SELECT of all results that a rule watches, with their severity."""
        figures = (SQL("r.actual"), SQL("level.expected"))
        return SQL(
            """
            SELECT w.rule_id, r.target_id, r.period, r.date_from, r.date_to,
                   %(scope)s,
                   r.amount * level.share AS amount,
                   r.actual,
                   level.expected,
                   %(deviation)s AS deviation,
                   p.pace,
                   CASE WHEN p.pace < rule.critical_line THEN 'critical'
                        WHEN p.pace < rule.warning_line THEN 'warning' END AS severity,
                   100 * r.share >= rule.min_elapsed AS is_ripe,
                   r.is_recent
              FROM watched w
              JOIN sales_alert_rule rule ON rule.id = w.rule_id
              JOIN sales_target t ON t.id = w.target_id
              JOIN result r ON r.target_id = w.target_id AND r.period = rule.period
        CROSS JOIN LATERAL (
                SELECT CASE rule.level WHEN 'base' THEN t.base_amount
                                       WHEN 'challenge' THEN t.challenge_amount
                                       ELSE t.amount END / NULLIF(t.amount, 0) AS share
                   ) part
        CROSS JOIN LATERAL (
                SELECT part.share, r.expected * part.share AS expected
                   ) level
        CROSS JOIN LATERAL (SELECT %(pace)s AS pace) p
            """,
            pace=attain.sql(*figures, SQL("r.higher_is_better")),
            deviation=deviate.sql(*figures, SQL("r.is_additive")),
            scope=self._sql_scope(),
        )

    def _sql_next(self):
        """Return the SELECT of what happens to each warning, there or to come.

        - is_new: it begins, or begins again
        - is_asked: somebody has to answer it, or has to once more

        Severities compare as words do: critical < warning.
        """
        return SQL(
            """
            SELECT j.*, o.id AS alert_id, e.event, %(now)s AS now,
                   COALESCE(e.event IN ('opened', 'relapsed'), FALSE) AS is_new,
                   COALESCE(e.event IN ('opened', 'relapsed', 'worsened'), FALSE)
                   AS is_asked
              FROM judged j
         LEFT JOIN sales_alert o USING (%(key)s)
        CROSS JOIN LATERAL (
                SELECT j.is_recent AND j.is_ripe AND j.severity IS NOT NULL AS is_due
                   ) f
        CROSS JOIN LATERAL (
                SELECT CASE
                       WHEN o.id IS NULL THEN 'opened'
                       WHEN o.state = 'closed'
                       THEN CASE WHEN f.is_due AND o.outcome <> 'missed'
                                 THEN 'relapsed' END
                       WHEN j.actual IS NULL THEN NULL
                       WHEN j.severity IS NULL THEN 'recovered'
                       WHEN o.state = 'answered' AND NOT j.is_recent THEN 'missed'
                       WHEN o.severity < j.severity THEN 'improved'
                       WHEN o.severity > j.severity THEN 'worsened'
                       END AS event
                   ) e
             WHERE o.id IS NOT NULL OR f.is_due
            """,
            now=fields.Datetime.now(),
            key=SQL(", ").join(map(SQL.identifier, KEY)),
        )
