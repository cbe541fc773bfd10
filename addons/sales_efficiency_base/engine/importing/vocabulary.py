# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Words of the headings of sales and targets, in the languages people mix."""

SYNONYMS = {}
