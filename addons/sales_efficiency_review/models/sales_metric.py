# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models
from odoo.tools import SQL

from odoo.addons.sales_efficiency_base.engine import FactColumns


class SalesMetric(models.Model):
    _inherit = "sales.metric"

    def _measure_weekly_reports_on_time(self, metric, scopes, periods):
        """Measure the percentage of due weekly reports submitted on time.

        A report counts for its salesperson, team and region of the team on the day of
        its deadline; it has no product line, channel or customer. Same signature as
        ``_measure_new_customers``.

        :return: percentages or None, in the order of scopes × periods
        """
        self.env["sales.weekly.report"].flush_model()
        figures = FactColumns(self.env, scopes, periods)
        on_time = SQL("report.submitted_at IS NOT NULL AND NOT report.is_late")
        is_due = SQL(
            "report.submitted_at IS NOT NULL OR report.deadline < %s",
            fields.Datetime.now(),
        )
        relations = [
            self._sql_weekly_reports(figures.names, condition)
            for condition in (on_time, is_due)
        ]
        return [
            100.0 * share / whole if whole else None
            for share, whole in zip(*figures.counts(relations), strict=True)
        ]

    def _sql_weekly_reports(self, names, condition):
        """Return the FROM item of weekly reports, see ``FactQuery.counts``."""
        places = {
            "user_id": SQL("report.user_id"),
            "team_id": SQL("report.team_id"),
            "region_id": SQL("team.sales_region_id"),
        }
        return SQL(
            """
            (SELECT %(columns)s report.company_id, report.deadline_date AS date,
                    '' AS kind, report.id AS key
               FROM sales_weekly_report AS report
               LEFT JOIN crm_team AS team ON team.id = report.team_id
              WHERE report.is_expected AND (%(condition)s)) AS countable
            """,
            columns=SQL("").join(
                SQL(
                    "%s AS %s, ",
                    places.get(name, SQL("NULL::int")),
                    SQL.identifier(name),
                )
                for name in names
            ),
            condition=condition,
        )
