# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import hr_expense
from . import sales_action
from . import sales_alert_rule
from . import sales_cockpit
from . import sales_fact
from . import sales_fact_source_store_check
from . import sales_metric
from . import sales_scope_mixin
from . import sales_store_check
from . import sales_store_check_kind
