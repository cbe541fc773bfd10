# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).


def migrate(cr, version):
    """Sum days in changes as in cells: they are whole."""
    cr.execute("ALTER TABLE sales_target_change ALTER COLUMN days TYPE integer")
