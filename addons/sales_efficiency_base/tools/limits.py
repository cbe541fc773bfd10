# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Limits of the amounts and dates that the suite accepts."""

from datetime import date

# Leaves a year before and after, in any time zone, for comparisons.
FIRST_DAY = date(1900, 1, 1)
LAST_DAY = date(2100, 12, 31)
# Numbers up to here are exact, and so are their sums.
MAX_FIGURE = 1e15
MAX_INTEGER = 2**31 - 1
