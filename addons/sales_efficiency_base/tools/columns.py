# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tools import sql


def create_empty_column(model, name):
    """Create the column of a computed field that no record has a value of so far.

    Call it in ``_auto_init``: else the ORM would read all records to find out.
    """
    cr, column_type = model.env.cr, model._fields[name].column_type[1]
    if not sql.column_exists(cr, model._table, name):
        sql.create_column(cr, model._table, name, column_type)
