# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import sales_incentive_balance
from . import sales_incentive_cost
from . import sales_incentive_invitation
from . import sales_incentive_participant
from . import sales_incentive_statement
from . import sales_incentive_pay
