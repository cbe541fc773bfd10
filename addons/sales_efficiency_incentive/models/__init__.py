# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import res_company
from . import res_config_settings
from . import sales_fact
from . import sales_fact_source_payment
from . import sales_mart
from . import sales_metric
from . import sales_status_color
from . import sales_incentive_terms_mixin
from . import sales_incentive_plan
from . import sales_incentive_version
from . import sales_incentive_rule
from . import sales_incentive_tier
from . import sales_incentive_return_step
from . import sales_incentive_assignment
from . import sales_incentive_acceptance
from . import sales_incentive_period
from . import sales_incentive_entry
from . import sales_incentive_attainment
from . import sales_incentive_exception
from . import sales_incentive_change
from . import onboarding_onboarding_step
