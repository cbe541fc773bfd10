# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

# Abstract models
from . import sales_planned_cost_mixin
from . import sales_target_growth_mixin
from . import sales_target_progress_mixin
from . import sales_target_request_mixin
from . import sales_target_tree_mixin
from . import sales_target_scope
from . import sales_target_tree

# Models of other add-ons
from . import crm_team
from . import crm_team_member
from . import hr_employee
from . import onboarding_onboarding_step
from . import product_category
from . import res_company
from . import res_config_settings
from . import res_users
from . import resource_calendar_leaves
from . import sales_channel
from . import sales_fact
from . import sales_fact_source_opportunity
from . import sales_guard_mixin
from . import sales_import_targets
from . import sales_import
from . import sales_import_total
from . import sales_mart
from . import sales_metric
from . import sales_region
from . import sales_status_color

# Targets, results, adjustments and warnings
from . import sales_target_distribution
from . import sales_target_distribution_line
from . import sales_target_plan
from . import sales_target_plan_version
from . import sales_target_forecast
from . import sales_target
from . import sales_target_naming
from . import sales_target_spread
from . import sales_target_charge
from . import sales_target_tracking
from . import sales_target_pursuit
from . import sales_target_month
from . import sales_target_change
from . import sales_target_result
from . import sales_target_result_cumulated
from . import sales_target_cause
from . import sales_action
from . import sales_target_adjustment
from . import sales_target_adjustment_change
from . import sales_target_adjustment_line
from . import sales_target_adjustment_effect
from . import sales_cockpit
from . import sales_alert_rule
from . import sales_alert
from . import sales_alert_event
from . import sales_alert_milestone
