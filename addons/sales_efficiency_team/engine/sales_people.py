# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tools import SQL


class SalesPeople:
    """The people of the sales teams, with the days on which they came and leave.

    Whoever is a member of a team of their company counts, in the team of today; whoever
    is in none any more, in the last one. An archived employee without a departure date
    is not counted, because nobody knows when they left.
    """

    @classmethod
    def sql(cls):
        """Return a SELECT of employee, company, user, team, region, job, and the days
        ``joined`` and ``gone`` (the first one without them; NULL: not known)."""
        return SQL(
            """
            SELECT e.id AS employee_id, e.company_id, e.user_id, m.team_id, m.region_id,
                   v.job_id, span.joined, span.gone
              FROM hr_employee e
              JOIN hr_version v ON v.id = e.current_version_id
              JOIN LATERAL (
                   SELECT MAX(w.departure_date) AS gone,
                          MIN(COALESCE(w.contract_date_start, w.date_version))
                          AS joined
                     FROM hr_version w
                    WHERE w.employee_id = e.id AND w.active) AS span ON TRUE
              JOIN LATERAL (
                   SELECT t.id AS team_id, t.sales_region_id AS region_id
                     FROM crm_team_member m
                     JOIN crm_team t ON t.id = m.crm_team_id
                    WHERE m.user_id = e.user_id
                      AND (t.company_id IS NULL OR t.company_id = e.company_id)
                    ORDER BY m.active DESC, m.id DESC
                    LIMIT 1) AS m ON TRUE
             WHERE e.active OR span.gone IS NOT NULL
            """
        )

    @classmethod
    def flush(cls, env):
        """Write what the SELECT reads."""
        env["hr.employee"].flush_model()
        env["hr.version"].flush_model()
        env["crm.team.member"].flush_model()
        env["crm.team"].flush_model()
