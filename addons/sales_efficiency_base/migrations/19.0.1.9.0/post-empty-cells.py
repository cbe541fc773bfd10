# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).


def migrate(cr, version):
    """Drop the indexes that found empty sums: the statement that empties them says so.

    Without them, most updates of the sums touch no index at all.
    """
    cr.execute("DROP INDEX IF EXISTS sales_fact_cell_empty, sales_fact_total_empty")
