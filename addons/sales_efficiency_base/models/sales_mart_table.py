# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models
from odoo.tools import SQL, sql


class SalesMartTable(models.AbstractModel):
    """A table of the data mart, written only by set-based SQL.

    It has the columns of ``_get_columns`` but **no foreign keys**: checking ten of them
    for millions of rows would make a rebuild many times slower, and the mart follows
    deletions of documents anyway. Each table must set ``_auto`` and ``_log_access``
    itself because Odoo does not inherit them.
    """

    _name = "sales.mart.table"
    _description = "Table of the Sales Data Mart"

    def init(self):
        """Create the table, and later the columns added by other add-ons."""
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
        """Return the columns: dict name -> PostgreSQL type."""
        return {
            field.name: field.column_type[1]
            for field in self._fields.values()
            if field.store and field.column_type
        }

    def _create_column(self, name, type_):
        field = self._fields.get(name)
        sql.create_column(self.env.cr, self._table, name, type_, field and field.string)

    def _fill_new_columns(self, names):
        """Hook: fill the columns that an add-on has added to an existing table.

        :param list names: the new columns
        """

    def _replace_rows(self, rows, columns, key, condition=None):
        """Replace the rows of the table, or of a part of it.

        Rows that are already correct stay untouched, so that a rebuild does not bloat
        the table and its indexes.

        :param SQL rows: SELECT of the rows
        :param columns: names of the columns of the SELECT
        :param key: names of the columns, never NULL, that identify a row
        :param SQL condition: selects the rows to replace, with ``stored`` as alias of
            the table; all by default
        :return: the number of deleted and inserted rows
        """
        condition = condition or SQL("TRUE")
        names = SQL(", ").join(map(SQL.identifier, columns))
        same_key = SQL(" AND ").join(
            SQL("expected.%(c)s = stored.%(c)s", c=SQL.identifier(name)) for name in key
        )
        same_values = SQL(
            "(%s) IS NOT DISTINCT FROM (%s)",
            SQL(", ").join(SQL.identifier("expected", name) for name in columns),
            SQL(", ").join(SQL.identifier("stored", name) for name in columns),
        )
        cr = self.env.cr
        cr.execute(
            SQL(
                "CREATE TEMPORARY TABLE sales_mart_expected (%s) ON COMMIT DROP AS %s",
                names,
                rows,
            )
        )
        cr.execute("ANALYZE sales_mart_expected")
        cr.execute(
            SQL(
                """
                DELETE FROM %s stored WHERE (%s) AND NOT EXISTS (
                    SELECT FROM sales_mart_expected expected WHERE %s AND %s)
                """,
                SQL.identifier(self._table),
                condition,
                same_key,
                same_values,
            )
        )
        written = cr.rowcount
        # A separate statement: an INSERT that looks up each row in its own table may
        # scan its own new rows again and again.
        cr.execute(
            SQL(
                "DELETE FROM sales_mart_expected expected USING %s stored"
                " WHERE (%s) AND %s",
                SQL.identifier(self._table),
                condition,
                same_key,
            )
        )
        cr.execute(
            SQL(
                "INSERT INTO %s (%s) SELECT %s FROM sales_mart_expected",
                SQL.identifier(self._table),
                names,
                names,
            )
        )
        written += cr.rowcount
        cr.execute("DROP TABLE sales_mart_expected")
        return written
