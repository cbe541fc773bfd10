# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models

from odoo.addons.sales_efficiency_base.tools import get_roi

PARTS = ("margin", "sales_expense")


class SalesMetric(models.Model):
    """What spending returns, as a metric (policy 5.3.3)."""

    _inherit = "sales.metric"  # pylint: disable=consider-merging-classes-inherited

    def _measure_expense_roi(self, _metric, scopes, periods):
        """Return (margin − spent) ÷ spent in percent; signature as that of
        ``_measure_new_customers``."""
        by_code = self._find(list(PARTS))
        margin, spent = (by_code[code].id for code in PARTS)
        values = self.union(*by_code.values())._evaluate(scopes, periods, known=True)
        column = []
        for scope in scopes:
            for period in periods:
                known = values.known.get((margin, scope, period))
                is_unknown = known and known.is_unknown
                column.append(
                    get_roi(
                        None if is_unknown else values[margin, scope, period] or 0,
                        values[spent, scope, period],
                    )
                )
        return column
