# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import test_demo
from . import test_direct_calls
from . import test_door_table
from . import test_incentive_engine
from . import test_incentive_engine_cases
from . import test_incentive_engine_random
from . import test_nonsense
from . import test_role_table
from . import test_sales_incentive_acceptance
from . import test_sales_incentive_access
from . import test_sales_incentive_assignment
from . import test_sales_incentive_attainment
from . import test_sales_incentive_concurrency
from . import test_sales_incentive_ledger
from . import test_sales_incentive_period
from . import test_sales_incentive_plan_template
from . import test_sales_incentive_rule
from . import test_sales_incentive_sequences
from . import test_sales_incentive_version
from . import test_sample_northwind
from . import test_screens
from . import test_translations
from . import test_ui_incentive
