# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import sales_finding_demo
from . import sales_study_demo
from . import sales_forecast_demo
from . import sales_quality_demo
from . import sales_decision_demo
from . import sales_pipeline_demo
from . import sales_allocation_demo
from . import sales_mart_export_demo
