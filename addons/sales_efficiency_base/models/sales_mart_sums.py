# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models
from odoo.tools import SQL, sql


class SalesMartSums(models.AbstractModel):
    """Sums of facts: one column for each measure, and the number of facts.

    These columns are derived from the measures of ``sales.fact``. They are not fields
    because they are only read by SQL.
    """

    _name = "sales.mart.sums"
    _inherit = "sales.mart.table"
    _description = "Sums of Sales Facts"

    facts = fields.Integer()

    def _get_columns(self):
        facts = self.env["sales.fact"]
        measures = {
            name: facts._fields[name].column_type[1] for name in self._get_measures()
        }
        keys = dict.fromkeys(self._get_summed_dimensions(), "int4")
        return super()._get_columns() | keys | measures

    def _drop_unknown_columns(self):
        """Drop the columns of measures and dimensions that no longer exist."""
        if self._abstract:
            return
        columns = sql.table_columns(self.env.cr, self._table)
        for name in set(columns).difference(self._get_columns()):
            self.env.cr.execute(
                SQL(
                    "ALTER TABLE %s DROP COLUMN %s CASCADE",
                    SQL.identifier(self._table),
                    SQL.identifier(name),
                )
            )

    def _get_measures(self):
        """Return the names of the columns that are measures."""
        return tuple(self.env["sales.fact"]._get_measures())

    def _get_summed_dimensions(self):
        """Return the names of the dimensions by which facts are summed."""
        return self.env["sales.fact"]._get_dimensions()
