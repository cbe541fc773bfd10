# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.sales_efficiency_base.tools import Unit


class SalesMetric(models.Model):
    _inherit = "sales.metric"

    unit = fields.Selection(selection_add=[("stars", "Stars")])

    @api.model
    def _define_unit_stars(self, _company):
        return Unit(self.env._("%s stars"), shown=1, digits=1, step=0.5)

    def _measure_days_since_check(self, metric, scopes, periods):
        """Signature as that of ``_measure_new_customers``."""
        [[last]] = self.env.execute_query(
            SQL("SELECT MAX(date) FROM sales_store_check")
        )
        return [
            float((period.end - last).days) if last else None
            for _scope in scopes
            for period in periods
        ]
