# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).


def migrate(cr, version):
    """Make the results anew, without foreign keys: they are measured again anyway."""
    cr.execute("DROP TABLE sales_target_result")
