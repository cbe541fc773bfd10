# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).


def count_migration(grades, moves):
    """Count who moves from which grade to which, the best grade first.

    :param grades: grades, the best first
    :param dict moves: (grade so far or None, new grade) → number of customers
    :return: rows of counts by grade so far, then that of those without one

    >>> count_migration(["A", "B"], {("A", "B"): 2, (None, "A"): 1})
    [('A', [0, 2]), ('B', [0, 0]), (None, [1, 0])]
    """
    return [
        (row, [moves.get((row, to), 0) for to in grades]) for row in (*grades, None)
    ]
