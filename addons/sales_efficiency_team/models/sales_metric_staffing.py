# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models
from odoo.tools import SQL

from odoo.addons.sales_efficiency_base.engine import FactColumns
from odoo.addons.sales_efficiency_base.engine.fact_terms import Measure

from ..engine import PeopleFigures


class SalesMetric(models.Model):
    """Figures of the people in sales; signatures as ``_measure_new_customers``."""

    _inherit = "sales.metric"  # pylint: disable=consider-merging-classes-inherited

    def _measure_head_count(self, _metric, scopes, periods):
        """Count the people of the sales teams at the end of each period."""
        return self._get_people(scopes, periods).get_head_counts()

    def _measure_turnover(self, _metric, scopes, periods):
        """Measure how many of the people left, in percent."""
        return self._get_people(scopes, periods).get_turnovers()

    def _get_people(self, scopes, periods):
        today = self.env.company._get_sales_today()
        return PeopleFigures(self.env, scopes, periods, today)

    def _measure_days_to_hire(self, _metric, scopes, periods):
        """Measure the average days from the application to the hire.

        Hires for positions of staffing plans count, on the day of the hire, for the
        team of the position.
        """
        self.env["hr.applicant"].flush_model()
        self.env["sales.staffing.line"].flush_model()
        columns = FactColumns(self.env, scopes, periods)
        measures = [
            Measure(events=("hired",), column=column, type="float8")
            for column in ("days", "hires")
        ]
        days, hires = columns.sums_of(self._sql_hires(columns.names), measures)
        return [
            sum_ / count if count else None
            for sum_, count in zip(days, hires, strict=True)
        ]

    def _sql_hires(self, names):
        """Return the FROM item of those who were hired, see ``FactQuery.sums_of``."""
        places = {
            "team_id": SQL("line.team_id"),
            "region_id": SQL("team.sales_region_id"),
        }
        return SQL(
            """
            (SELECT %(columns)s line.company_id, 'hired' AS event,
                    (applicant.date_closed AT TIME ZONE 'UTC'
                     AT TIME ZONE company.sales_tz)::date AS date, 1 AS hires,
                    EXTRACT(epoch FROM applicant.date_closed - applicant.create_date)
                    / 86400 AS days
               FROM hr_applicant applicant
               JOIN sales_staffing_line line
                 ON line.id = applicant.sales_staffing_line_id
               JOIN crm_team team ON team.id = line.team_id
               JOIN res_company company ON company.id = line.company_id
              WHERE applicant.date_closed IS NOT NULL
                AND applicant.refuse_reason_id IS NULL) AS hire
            """,
            columns=SQL("").join(
                SQL(
                    "%s AS %s, ",
                    places.get(name, SQL("NULL::int")),
                    SQL.identifier(name),
                )
                for name in names
            ),
        )
