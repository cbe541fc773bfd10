# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models
from odoo.tools import SQL, sql


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

    def _replace_rows(self, rows, columns, key, condition=None):
        """Let the table hold some rows, and no others.

        Those that are right already stay as they are: so a rebuild bloats neither the
        table nor its indexes.

        :param SQL rows: SELECT of the rows
        :param columns: names of its columns
        :param key: names of those, never NULL, that tell the rows apart
        :param SQL condition: which rows of the table, there called ``stored``, they
            replace; all by default
        :return: the number of rows that were deleted or inserted
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
        # Not in the same statement: what reads a table for each row that it inserts
        # there may read all that it has inserted, again and again.
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
