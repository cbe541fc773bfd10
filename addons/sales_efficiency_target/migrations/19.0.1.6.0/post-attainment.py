# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).


def migrate(cr, version):
    """Clear negative attainments, which arose if lower is better and the actual is
    negative. Refreshes would not correct results whose figures stay the same."""
    cr.execute("""
        UPDATE sales_target_result SET attainment = NULL, pace = NULL
         WHERE NOT higher_is_better AND actual < 0
    """)
