# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import sales_file_demo
from . import sales_grading_demo
from . import sales_contact_demo
from . import sales_drop_demo
from . import sales_channel_demo
from . import sales_scorecard_demo
from . import sales_expense_benefit_demo
from . import sales_expense_budget_demo
from . import sales_expense_control_demo
from . import sales_expense_spend_demo
