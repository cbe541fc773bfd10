# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import crm_team_member
from . import res_company
from . import res_config_settings
from . import sales_cause_mixin
from . import sales_metric
from . import sales_target_distribution
from . import sales_target_distribution_line
from . import sales_target_plan
from . import sales_target_scope
from . import sales_target
from . import sales_target_month
from . import sales_target_change
from . import sales_target_measurement
from . import sales_target_result
from . import sales_target_adjustment
from . import sales_target_adjustment_effect
from . import sales_target_adjustment_line
from . import sales_fact_source_opportunity
from . import sales_mart
