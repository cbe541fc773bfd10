# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tools import SQL

from odoo.addons.sales_efficiency_base.engine import FactQuery


class LineSums(FactQuery):
    """Sums amounts by product line: as the sums of metrics, whole months from the
    monthly cells and other days from the facts."""

    def sums_by_line(self, events):
        """Return the SELECT of the amounts of some events.

        :return: SELECT of a position, the product line or NULL, and an amount; there
            may be several rows for a position and line
        """
        splits = [period.split() for period in self._periods]
        months = [[whole] if whole else [] for whole, _rest in splits]
        rest = [rest for _whole, rest in splits]
        periods = [[period] for period in self._periods]
        of_cells, others = [], []
        for names in self._scopes:
            in_cells = all(self._dimensions[name].in_cells for name in names)
            (of_cells if in_cells else others).append(names)
        parts = [
            self._answer(
                # Scopes may have a product line themselves.
                SQL("(SELECT *, categ_id AS product_line FROM %s) AS figure", table),
                day,
                sets,
                ranges,
                keys=("product_line",),
                values=[SQL("amount")],
                where=[SQL("event IN %s", events)],
            )
            for table, day, sets, ranges in (
                (SQL("sales_fact_cell"), "month", of_cells, months),
                (SQL("sales_fact"), "date", of_cells, rest),
                (SQL("sales_fact"), "date", others, periods),
            )
            if sets and any(ranges)
        ]
        return SQL(" UNION ALL ").join(parts) if parts else None
