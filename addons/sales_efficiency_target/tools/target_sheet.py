# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Layout of the workbook of a plan, shared by writer and reader"""

# Keys identify the columns, whatever the language of their headings.
KEY_ROW, HEADING_ROW, FIRST_ROW = 1, 2, 3
MONTH, TOTAL = "month", "total"
# Hidden sheet with the exported figures, to detect changes made since
EXPORTED = "_exported"


def get_scope_keys(env):
    """Return the keys of the columns for metric and scope of a target."""
    return ("metric_id", *env["sales.target"]._get_dimensions())


def get_keys(env):
    """Return the keys of all columns before the months."""
    return ("id", "parent_id", "tree_name", *get_scope_keys(env), "metric_unit")
