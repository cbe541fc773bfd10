# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models
from odoo.tools import SQL, sql

KEYS = ("company_id", "source", "event")


class SalesFactTotal(models.Model):
    """Monthly sums of whole companies: the cells without their dimensions.

    A company has a few hundred thousand cells but only a few rows here, so figures of
    the whole company take no time however many documents there are.
    """

    _name = "sales.fact.total"
    _inherit = "sales.fact.cell"
    _auto = False
    _log_access = False
    _description = "Monthly Total of the Sales Data Mart"

    _key = models.UniqueIndex(
        f"({', '.join(('month', *KEYS))})",
        "Each month of a company has only one total of an event.",
    )

    def init(self):
        is_new = not sql.table_exists(self.env.cr, self._table)
        # Totals are summed from the cells, which need their new columns first.
        self.env["sales.fact.cell"].init()
        res = super().init()
        if is_new:
            self._sum_anew()
        return res

    @api.model
    def _get_keys(self):
        return KEYS

    def _sum_anew(self):
        """Replace the totals with the sums of the cells.

        :return: the number of deleted and inserted totals
        """
        keys = ("month", *KEYS)
        sums = self._get_sums()
        columns = self.env["sales.fact.cell"]._get_columns()
        rows = SQL(
            "SELECT %s, %s FROM sales_fact_cell GROUP BY %s",
            self._join_columns(keys),
            SQL(", ").join(
                SQL("SUM(%s)::%s", SQL.identifier(name), SQL(columns[name]))
                for name in sums
            ),
            self._join_columns(keys),
        )
        return self._replace_rows(rows, (*keys, *sums), keys)
