# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

# Whoever has one of these groups keeps the books, see ``has_groups``: in Community, the
# administrator of invoicing does not have the role of the accountant.
FINANCE = "account.group_account_user,account.group_account_manager"
