# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Values far from the others, found by a measure that they cannot disturb."""

import numpy as np

# Iglewicz and Hoaglin, How to Detect and Handle Outliers (1993): 0.6745 makes the
# median of absolute deviations an estimate of the standard deviation of normal values.
FACTOR = 0.6745
LIMIT = 3.5


def get_robust_scores(values):
    """Return 0.6745 × (x − median) ÷ MAD of values, or zeros if MAD is 0.

    >>> values = [120, 80, 95, 200, 150, 80, 60, 310, 95, 110]
    >>> [round(float(score), 2) for score in get_robust_scores(values)][7]
    6.22
    >>> get_robust_scores([5, 5, 5, 900]).tolist()
    [0.0, 0.0, 0.0, 0.0]
    """
    values = np.asarray(values, dtype=float)
    deviations = values - np.median(values)
    spread = np.median(np.abs(deviations))
    return np.zeros_like(values) if spread == 0 else FACTOR * deviations / spread
