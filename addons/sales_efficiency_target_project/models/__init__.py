# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import sales_scope_mixin
from . import crm_lead
from . import project_milestone
from . import project_project
from . import sales_fact
from . import sales_fact_source_invoice
from . import sales_fact_source_lead
from . import sales_fact_source_opportunity
from . import sales_fact_source_order
from . import sales_status_color
from . import sales_target
from . import sales_cockpit
from . import sales_target_plan
from . import sales_target_result
