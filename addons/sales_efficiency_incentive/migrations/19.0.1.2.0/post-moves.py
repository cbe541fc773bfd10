# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).


def migrate(cr, version):
    """Mark the journal entries of incentives, which rules and the checklist go by."""
    cr.execute(
        """
        UPDATE account_move
           SET is_sales_incentive = TRUE
         WHERE id IN (
               SELECT move_id FROM sales_incentive_payout_line
               UNION SELECT reversal_move_id FROM sales_incentive_payout_line
               UNION SELECT accrual_move_id FROM sales_incentive_period
         )
        """
    )
