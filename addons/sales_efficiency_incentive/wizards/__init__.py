# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import account_move_reversal
from . import base_partner_merge_automatic_wizard
from . import sales_incentive_dispute_request
from . import sales_incentive_plan_template
