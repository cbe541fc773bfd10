# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).


def migrate(cr, version):
    """Drop the gap analyses: nothing of them is stored any more, and their tables would
    keep columns that no field has."""
    cr.execute("DROP TABLE IF EXISTS sales_target_gap_line, sales_target_gap")
