# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo.tools import SQL

from odoo.addons.sales_efficiency_base.engine import LEADS, get_lead_columns

from ..funnel.funnel import get_day
from ..funnel.working_time import WorkingTime

UNION = SQL(" UNION ALL ")
COMMA = SQL(", ")
# Whoever stays so many times as long as allowed is a critical case.
CRITICAL = 2


class StayLimits:
    """Which opportunities stay in a stage for longer than its playbook allows.

    :param env: environment with access to all opportunities
    """

    def __init__(self, env):
        self.env = env

    def sql(self):
        """Return the SELECT of the stays in stages with a limit: those that are not
        over, and those that have a warning.

        Its columns are those of figures of opportunities, the ``lead_id``, the
        ``stay_id``, the ``stage_id``, the working days (``days``), the ``longest`` stay
        that is allowed, the expected ``revenue``, and the ``severity``.
        """
        playbooks = self.env["sales.playbook"].search([("longest_stay", ">", 0)])
        selects = [
            self._sql_company(company, own)
            for company, own in playbooks.grouped("company_id").items()
        ]
        return UNION.join(selects or [self._sql_company(self.env.company, playbooks)])

    def _sql_company(self, company, playbooks):
        today = company._get_sales_today()
        time = self._get_working_time(company, today)
        entered_on = get_day(SQL("h.entered_at"), company)
        limits = COMMA.join(
            [
                SQL("(%s, %s)", playbook.stage_id.id, playbook.longest_stay)
                for playbook in playbooks
            ]
            or [SQL("(0, 0)")]
        )
        return SQL(
            """
            SELECT %(columns)s, l.id AS lead_id, h.id AS stay_id, h.stage_id,
                   stay.days, playbook.longest, l.expected_revenue AS revenue,
                   CASE WHEN h.left_at IS NOT NULL THEN NULL
                        WHEN stay.days > playbook.longest * %(critical)s
                        THEN 'critical'
                        WHEN stay.days > playbook.longest THEN 'warning' END AS severity
              FROM %(leads)s
              JOIN sales_stage_history AS h ON h.lead_id = l.id
              JOIN (VALUES %(limits)s) AS playbook (stage_id, longest)
                ON playbook.stage_id = h.stage_id
             CROSS JOIN LATERAL (
                SELECT %(until_end)s - %(until_start)s AS days
             ) AS stay
             WHERE c.id = %(company)s AND l.type = 'opportunity'
               AND h.entered_at IS NOT NULL
               AND (h.left_at IS NULL OR EXISTS (
                    SELECT FROM sales_alert AS a
                     WHERE a.res_model = 'crm.lead' AND a.res_id = l.id
                       AND a.state <> 'closed' AND a.occasion = h.id::varchar))
            """,
            columns=COMMA.join(
                SQL("%s AS %s", column, SQL.identifier(name))
                for name, column in self._get_columns().items()
            ),
            critical=CRITICAL,
            leads=LEADS,
            limits=limits,
            until_end=time.sql_until(SQL("%s::date", today)),
            until_start=time.sql_until(entered_on),
            company=company.id,
        )

    def get_dimensions(self):
        """:return: the dimensions of warnings that opportunities have"""
        dimensions = self.env["sales.alert"]._get_dimensions()
        return [name for name in get_lead_columns() if name in dimensions]

    def _get_columns(self):
        """:return: dict column -> SQL"""
        columns = get_lead_columns()
        names = [*self.get_dimensions(), "company_id"]
        return {name: columns[name] for name in names}

    def _get_working_time(self, company, today):
        """:return: :class:`WorkingTime` since the oldest stay that is not over"""
        self.env["crm.lead"].flush_model()
        [[first]] = self.env.execute_query(
            SQL(
                "SELECT %s FROM sales_stage_history AS h WHERE left_at IS NULL",
                get_day(SQL("MIN(h.entered_at)"), company),
            )
        )
        first = min(first or today, today - timedelta(days=1))
        return WorkingTime.of_company(company, first, today)
