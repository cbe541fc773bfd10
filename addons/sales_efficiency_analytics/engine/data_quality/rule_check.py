# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields
from odoo.tools import SQL

from .checks import CHECKS

PERSON = "sales_efficiency_base.group_sales_person"


class RuleCheck:
    """Checks all records of a rule, in three statements whatever their number.

    The records are read once. Issues are opened, renewed and closed, and the score of
    the month is written, by the same statement.

    :param rule: ``sales.data.rule``, as superuser
    """

    def __init__(self, rule):
        self.env = rule.env
        self._rule = rule
        self._companies = rule.company_id or self.env["res.company"].search([])
        company = rule.company_id or self.env.company
        self._today = company._get_sales_today()
        records = self.env[rule.model].with_company(company)
        # The check must not depend on the screen that it is started from.
        self._records = records.with_context(active_test=True)
        self._subject = rule._get_subjects()[rule.model]

    def run(self):
        """:return: the number of issues opened, and of those closed"""
        self.env.flush_all()
        self.env["sales.mart"]._tune()
        month = self._today.replace(day=1)
        self.env.cr.execute(
            SQL(
                "DELETE FROM sales_data_score WHERE rule_id = %s AND month = %s",
                self._rule.id,
                month,
            )
        )
        # The caller tells what goes wrong.
        self.env.cr.execute(self._sql(month), log_exceptions=False)
        opened, closed = self.env.cr.fetchone()
        self.env["sales.data.issue"].invalidate_model()
        self.env["sales.data.score"].invalidate_model()
        return opened, closed

    def sql_records(self):
        """Return the SELECT of the records checked, see :class:`.Check`."""
        domain = self._subject.get_domain(self._companies)
        domain &= self._rule._read_domain("domain")
        return CHECKS[self._rule.kind](
            self._rule,
            self._records,
            domain,
            self._subject,
            self._companies,
            self._today,
        ).sql()

    def _sql(self, month):
        return SQL(
            """
            WITH checked AS MATERIALIZED (
                SELECT company_id, user_id, COUNT(*) AS checked,
                       ARRAY_AGG(id) FILTER (WHERE is_issue) AS ids,
                       ARRAY_AGG(deviation) FILTER (WHERE is_issue) AS deviations
                  FROM (%(records)s) AS record
                 GROUP BY company_id, user_id
            ),
            found AS MATERIALIZED (
                SELECT company_id, user_id, issue.*
                  FROM checked
                 CROSS JOIN UNNEST(ids, deviations) AS issue (res_id, deviation)
            ),
            opened AS (%(opened)s),
            closed AS (%(closed)s),
            scored AS (%(scored)s)
            SELECT (SELECT COUNT(*) FROM opened WHERE is_new),
                   (SELECT COUNT(*) FROM closed)
            """,
            records=self.sql_records(),
            opened=self._sql_open(),
            closed=self._sql_close(),
            scored=self._sql_score(month),
        )

    def _sql_open(self):
        """Open what is new, and renew what has changed; the rest is not touched.

        What somebody has accepted stays accepted.
        """
        rule = self._rule
        return SQL(
            """
            INSERT INTO sales_data_issue AS issue (
                   rule_id, source, kind, dimension, severity, res_model, res_id,
                   company_id, user_id, owner_id, deviation, state, opened_at,
                   create_uid, create_date, write_uid, write_date)
            SELECT %(rule)s, %(source)s, %(kind)s, %(dimension)s, %(severity)s,
                   %(model)s, found.res_id, found.company_id, found.user_id,
                   found.owner_id, found.deviation, 'open', %(now)s, %(uid)s, %(now)s,
                   %(uid)s, %(now)s
              FROM (
                   SELECT found.res_id, found.user_id, found.deviation,
                          COALESCE(found.company_id, %(company)s) AS company_id,
                          %(owner)s AS owner_id
                     FROM found
                     LEFT JOIN %(directors)s
                       ON director.company_id = COALESCE(found.company_id, %(place)s)
                   ) AS found
              LEFT JOIN sales_data_issue AS known
                ON known.rule_id = %(rule)s AND known.res_id = found.res_id
             WHERE known.id IS NULL OR known.state = 'closed'
                OR (known.company_id, known.user_id, known.owner_id, known.deviation)
                   IS DISTINCT FROM
                   (found.company_id, found.user_id, found.owner_id, found.deviation)
            ON CONFLICT (rule_id, res_id) DO UPDATE
               SET company_id = EXCLUDED.company_id,
                   user_id = EXCLUDED.user_id,
                   owner_id = EXCLUDED.owner_id,
                   deviation = EXCLUDED.deviation,
                   state = CASE issue.state WHEN 'closed' THEN 'open'
                           ELSE issue.state END,
                   opened_at = CASE issue.state WHEN 'closed' THEN EXCLUDED.opened_at
                               ELSE issue.opened_at END,
                   closed_at = NULL,
                   write_date = EXCLUDED.write_date
            RETURNING opened_at = %(now)s AS is_new
            """,
            rule=rule.id,
            source=rule.source,
            kind=rule.kind,
            dimension=rule.dimension,
            severity=rule.severity,
            model=rule.model,
            company=SQL("%s::int", rule.company_id.id or None),
            place=(rule.company_id or self.env.company).id,
            owner=self._sql_owner(),
            directors=self._sql_directors(),
            now=fields.Datetime.now(),
            uid=self.env.uid,
        )

    def _sql_owner(self):
        """Return who corrects: the owner of the rule, else the salesperson of the
        record if they use the suite, else the director."""
        if self._rule.owner_id:
            return SQL("%s::int", self._rule.owner_id.id)
        people = self.env.ref(PERSON).all_user_ids.filtered("active").ids
        return SQL(
            "CASE WHEN found.user_id = ANY(%s) THEN found.user_id"
            " ELSE director.user_id END",
            people,
        )

    def _sql_directors(self):
        rows = (
            SQL(
                "(%s::int, %s::int)",
                company.id,
                company._get_sales_directors()[:1].id or None,
            )
            for company in self._companies | self.env.company
        )
        return SQL(
            "(VALUES %s) AS director (company_id, user_id)", SQL(", ").join(rows)
        )

    def _sql_close(self):
        """Close what is not found any more: corrected, archived, deleted or merged."""
        now = fields.Datetime.now()
        return SQL(
            """
            UPDATE sales_data_issue AS issue
               SET state = 'closed', closed_at = %(now)s, write_date = %(now)s
             WHERE issue.rule_id = %(rule)s AND issue.state <> 'closed'
               AND NOT EXISTS (SELECT FROM found WHERE found.res_id = issue.res_id)
            RETURNING 1
            """,
            now=now,
            rule=self._rule.id,
        )

    def _sql_score(self, month):
        """Write how many were checked and how many have an issue, without those that
        somebody has accepted."""
        return SQL(
            """
            INSERT INTO sales_data_score (
                   rule_id, source, dimension, company_id, user_id, month, date,
                   checked, issues, score)
            SELECT %(rule)s, %(source)s, %(dimension)s, company_id, user_id,
                   %(month)s, %(today)s, checked, issues,
                   100.0 * (checked - issues) / checked
              FROM (
            SELECT COALESCE(checked.company_id, %(company)s) AS company_id,
                   checked.user_id, SUM(checked.checked) AS checked,
                   SUM(COALESCE(CARDINALITY(checked.ids), 0)
                       - COALESCE(accepted.number, 0)) AS issues
              FROM checked
              LEFT JOIN (
                   SELECT found.company_id, found.user_id, COUNT(*) AS number
                     FROM found
                     JOIN sales_data_issue AS issue
                       ON issue.res_id = found.res_id AND issue.rule_id = %(rule)s
                    WHERE issue.state = 'accepted'
                    GROUP BY found.company_id, found.user_id) AS accepted
                ON accepted.company_id IS NOT DISTINCT FROM checked.company_id
               AND accepted.user_id IS NOT DISTINCT FROM checked.user_id
             GROUP BY 1, checked.user_id) AS score
            """,
            rule=self._rule.id,
            source=self._rule.source,
            dimension=self._rule.dimension,
            company=SQL("%s::int", self._rule.company_id.id or None),
            month=month,
            today=self._today,
        )
