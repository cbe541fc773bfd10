# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import test_sales_mart
from . import test_sales_mart_sequences
from . import test_sales_mart_concurrency
from . import test_sales_fact_groups
from . import test_sales_history_line
from . import test_sales_mart_source
from . import test_sales_region
from . import test_account_move
from . import test_crm_lead
from . import test_crm_team
from . import test_sale_order
from . import test_sales_credit
from . import test_sales_approval
from . import test_demo
from . import test_role_table
from . import test_record_rules
from . import test_translations
from . import test_ui
from . import test_sales_metric
from . import test_sales_metric_evaluation
from . import test_sales_period
from . import test_sample_crm
from . import test_sample_loader
from . import test_sample_northwind
