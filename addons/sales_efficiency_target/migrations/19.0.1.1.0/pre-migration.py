# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).


def migrate(cr, version):
    """Drop the results to recreate them without foreign keys, and measure again."""
    cr.execute("DROP TABLE sales_target_result")
