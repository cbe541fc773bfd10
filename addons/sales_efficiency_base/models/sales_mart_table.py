# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models
from odoo.tools import sql


class SalesMartTable(models.AbstractModel):
    """A table of the data mart: written by set-based SQL only.

    It has the columns that ``_get_columns`` names but **no foreign keys**: checking
    ten of them for each of millions of rows would make a rebuild many times slower, and
    the mart follows the deletion of a source anyway. Each table has to say ``_auto``
    and ``_log_access`` by itself: Odoo does not inherit them.
    """

    _name = "sales.mart.table"
    _description = "Table of the Sales Data Mart"

    def init(self):
        """Create the table, and the columns that other add-ons add to it."""
        res = super().init()
        if self._abstract:
            return res
        cr = self.env.cr
        is_new = not sql.table_exists(cr, self._table)
        if is_new:
            sql.create_model_table(cr, self._table, self._description)
        existing = sql.table_columns(cr, self._table)
        missing = {
            name: type_
            for name, type_ in self._get_columns().items()
            if name not in existing
        }
        for name, type_ in missing.items():
            self._create_column(name, type_)
        self._add_sql_constraints()
        if missing and not is_new:
            self._fill_new_columns(list(missing))
        return res

    def _get_columns(self):
        """:return: dict name of a column -> its type in PostgreSQL"""
        return {
            field.name: field.column_type[1]
            for field in self._fields.values()
            if field.store and field.column_type
        }

    def _create_column(self, name, type_):
        field = self._fields.get(name)
        sql.create_column(self.env.cr, self._table, name, type_, field and field.string)

    def _fill_new_columns(self, names):
        """Have the columns filled that an add-on has given to an existing table.

        :param list names: the new columns
        """
