# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models
from odoo.tools import SQL

from odoo.addons.sales_efficiency_base.engine import FactColumns
from odoo.addons.sales_efficiency_base.engine.fact_terms import Measure

HOURS = Measure(events=("training",), column="hours", type="float8")


class SalesMetric(models.Model):
    """Training hours as a metric (policy 4.2)."""

    _inherit = "sales.metric"  # pylint: disable=consider-merging-classes-inherited

    def _measure_training_hours(self, _metric, scopes, periods):
        """Measure the hours of training attended; signature as
        ``_measure_new_customers``.

        They count for the person, and for the team of that day and its region.
        """
        self.env["sales.training.attendance"].flush_model()
        columns = FactColumns(self.env, scopes, periods)
        [values] = columns.sums_of(self._sql_training_hours(columns.names), [HOURS])
        return values

    def _sql_training_hours(self, names):
        """Return the FROM item of attendances, see ``FactQuery.sums_of``."""
        places = {
            "user_id": SQL("attendance.user_id"),
            "team_id": SQL("attendance.team_id"),
            "region_id": SQL("team.sales_region_id"),
        }
        return SQL(
            """
            (SELECT %(columns)s attendance.company_id, attendance.date,
                    'training' AS event, attendance.hours
               FROM sales_training_attendance AS attendance
               LEFT JOIN crm_team AS team ON team.id = attendance.team_id
              WHERE attendance.state = 'attended') AS training
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
