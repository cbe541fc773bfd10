# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).


def migrate(cr, version):
    """Keep the computed grade only where an override replaces it."""
    cr.execute(
        """
        UPDATE sales_grading_result
           SET overridden_grade_id = grade_id
         WHERE grade_id <> to_grade_id
        """
    )
    cr.execute("ALTER TABLE sales_grading_result DROP COLUMN grade_id")
