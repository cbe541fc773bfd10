# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import test_allocation
from . import test_demo
from . import test_role_table
from . import test_sample_northwind
from . import test_sales_target
from . import test_sales_target_adjustment
from . import test_sales_target_cascade
from . import test_sales_target_commitment
from . import test_sales_target_distribution
from . import test_sales_target_measurement
from . import test_sales_target_plan
from . import test_sales_target_result
from . import test_translations
from . import test_ui_target
