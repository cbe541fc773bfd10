# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import test_contract
from . import test_contract_alert
from . import test_expense_approval
from . import test_role_table
from . import test_translations
from . import test_ui_store_checks_panel
