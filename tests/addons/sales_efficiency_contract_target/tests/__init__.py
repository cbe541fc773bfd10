# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import test_contract_target
from . import test_ui_store_checks_panel
