# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).


def migrate(cr, version):
    """Keep of earlier results whether the tolerance has kept the grade: so far, each
    screen has asked the thresholds of the day."""
    cr.execute(
        """
        UPDATE sales_grading_result result
           SET is_kept = result.score < grade.threshold AND EXISTS (
                   SELECT FROM sales_grade lower
                    WHERE lower.company_id = grade.company_id AND lower.active
                      AND lower.threshold < grade.threshold)
          FROM sales_grade grade
         WHERE grade.id = result.grade_id AND result.is_kept IS NULL
        """
    )
