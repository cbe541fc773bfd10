# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo.tools import SQL

from odoo.addons.sales_efficiency_base.tools import Judgement

from .attainment import attain, deviate

COMMA = SQL(", ")
UNION = SQL(" UNION ALL ")
# Number of days after its end during which a period may still bring new warnings, to
# include its last day and late entries. Older periods only update existing warnings.
DAYS_OF_GRACE = 7
SPAN = {
    "plan_id": "int",
    "period": "text",
    "date_from": "date",
    "share": "float8",
    "is_recent": "bool",
}


class TargetJudgement:
    """Judges the stored results of running plans by warning rules.

    :param rules: ``sales.alert.rule`` records about targets
    """

    def __init__(self, rules):
        self._rules = rules
        env = rules.env
        self._since = env.context.get("sales_alert_since")
        self._plans = env["sales.target.plan"].search([("state", "=", "running")])
        self._scope = env["sales.alert"]._get_scope_columns()

    def get(self):
        """:return: the :class:`Judgement`"""
        own = ("target_id", "period", "date_from", "date_to")
        figures = ("amount", "actual", "expected", "deviation", "pace")
        return Judgement(
            model="sales.target",
            source=SQL(
                """
                (WITH span AS (%s), watched AS (%s), result AS MATERIALIZED (%s) %s) j
                """,
                self.sql_spans(),
                self.sql_watched(),
                self._sql_results(),
                self._sql_judged(),
            ),
            rule_id=SQL("j.rule_id"),
            res_id=SQL("j.target_id"),
            occasion=SQL("concat(j.period, ' ', j.date_from)"),
            severity=SQL("j.severity"),
            is_due=SQL("j.is_recent AND j.is_ripe"),
            is_known=SQL("j.actual IS NOT NULL"),
            is_over=SQL("NOT j.is_recent"),
            columns={
                name: SQL.identifier("j", name)
                for name in (*self._scope, *own, *figures)
            },
        )

    def sql_spans(self):
        """Return the SELECT of the periods that have begun.

        - share: elapsed share of the working days since the plan is in effect, all
          months weighing the same
        - is_recent: whether it may bring new warnings
        """
        rows = []
        for plan in self._plans:
            today, start = plan._get_today(), plan._get_first_day()
            shares, missed = map(plan._get_elapsed_shares, (today, start))
            first_end = self._since or today - timedelta(days=DAYS_OF_GRACE)
            for kind, period, _span in plan._get_periods():
                if period.start <= today:
                    months = period.months()
                    over, before = (
                        sum(part[month] for month in months) / len(months)
                        for part in (shares, missed)
                    )
                    share = (over - before) / (1 - before) if before < 1 else 0.0
                    is_recent = period.end >= max(first_end, start)
                    rows.append((plan.id, kind, period.start, share, is_recent))
        return SQL(
            "SELECT * FROM unnest(%s) AS span (%s)",
            COMMA.join(
                SQL("%s::%s[]", [row[number] for row in rows], SQL(type_))
                for number, type_ in enumerate(SPAN.values())
            ),
            COMMA.join(map(SQL.identifier, SPAN)),
        )

    def sql_watched(self):
        """Return the SELECT of rule_id and target_id: the targets that rules watch."""
        # sudo: rules watch targets whatever the rights of the current user.
        targets = self._rules.env["sales.target"].sudo()
        selects = [
            SQL(
                "SELECT %s AS rule_id, id AS target_id FROM sales_target t"
                " WHERE t.id IN %s",
                rule.id,
                targets._search(rule._get_target_domain()).subselect(),
            )
            for rule in self._rules
        ]
        nothing = SQL("SELECT NULL::int AS rule_id, NULL::int AS target_id WHERE FALSE")
        return UNION.join([nothing, *selects])

    def _sql_scope(self):
        return COMMA.join(SQL.identifier("r", name) for name in self._scope)

    def _sql_results(self):
        """Return the SELECT of the results that have a warning or may bring one, which
        leaves out most past months."""
        return SQL(
            """
            SELECT r.target_id, r.period, r.date_from, r.date_to, %(scope)s, r.amount,
                   r.actual, r.expected, r.higher_is_better, s.share, s.is_recent
              FROM sales_target_result r
              JOIN span s USING (plan_id, period, date_from)
             WHERE s.is_recent
                OR (r.target_id, r.period, r.date_from) IN (
                    SELECT target_id, period, date_from FROM sales_alert
                     WHERE target_id IS NOT NULL)
            """,
            scope=self._sql_scope(),
        )

    def _sql_judged(self):
        """Return the SELECT of the results watched by rules, with their severity."""
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
