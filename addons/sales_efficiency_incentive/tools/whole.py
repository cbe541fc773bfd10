# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

# Marks in the context that a rule is written together with its tiers, or a division
# with its shares, and checks them itself. No client can send this object.
WHOLE = object()
