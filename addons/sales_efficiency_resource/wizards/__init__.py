# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import base_partner_merge_automatic_wizard
from . import hr_expense_split_wizard
from . import sales_budget_create
from . import sales_budget_create_cost
from . import sales_budget_create_line
from . import sales_contact_log
from . import sales_contact_snooze
from . import sales_customer_duplicate
from . import sales_expense_benefit_proposal
from . import sales_expense_benefit_proposal_line
from . import sales_service_policy_apply
from . import sales_target_cascade_channel
from . import sales_target_cascade_expense
from . import sales_target_cascade_line_channel
from . import sales_target_cascade_line_expense
