# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What the workbook of a plan looks like, for who writes it and who reads it."""

from ..models.sales_target_scope import DIMENSIONS

# The keys say what is in a column, in whatever language its heading is.
KEY_ROW, HEADING_ROW, FIRST_ROW = 1, 2, 3
MONTH, TOTAL = "month", "total"
SCOPE_KEYS = ("metric_id", *DIMENSIONS)
KEYS = ("id", "parent_id", "tree_name", *SCOPE_KEYS, "metric_unit")
# What the figures were when they were exported: tells who has changed them since.
EXPORTED = "_exported"
