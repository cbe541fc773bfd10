# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import base_partner_merge_automatic_wizard
from . import sales_target_cascade
from . import sales_target_cascade_line
from . import sales_target_commitment
from . import sales_target_import
from . import sales_target_import_line
from . import sales_target_import_problem
from . import sales_target_gap
from . import sales_target_gap_line
from . import sales_target_plan_copy
from . import sales_target_plan_copy_growth
from . import sales_target_plan_copy_level
