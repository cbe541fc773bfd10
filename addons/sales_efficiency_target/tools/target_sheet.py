# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What the workbook of a plan looks like, for who writes it and who reads it."""

# The keys say what is in a column, in whatever language its heading is.
KEY_ROW, HEADING_ROW, FIRST_ROW = 1, 2, 3
MONTH, TOTAL = "month", "total"
# What the figures were when they were exported: tells who has changed them since.
EXPORTED = "_exported"


def get_scope_keys(env):
    """Return the keys of what says what a target is about."""
    return ("metric_id", *env["sales.target"]._get_dimensions())


def get_keys(env):
    """Return the keys of all columns before the months."""
    return ("id", "parent_id", "tree_name", *get_scope_keys(env), "metric_unit")
