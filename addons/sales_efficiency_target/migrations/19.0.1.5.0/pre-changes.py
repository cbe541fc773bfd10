# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).


def migrate(cr, version):
    """Store days of changes as integers, as in cells of the mart."""
    cr.execute("ALTER TABLE sales_target_change ALTER COLUMN days TYPE integer")
