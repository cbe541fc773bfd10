# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).


def migrate(cr, version):
    """Forget the negative attainment of what is reached: less than nothing of what
    should be little. Results whose figures stay as they are would keep it."""
    cr.execute("""
        UPDATE sales_target_result SET attainment = NULL, pace = NULL
         WHERE NOT higher_is_better AND actual < 0
    """)
