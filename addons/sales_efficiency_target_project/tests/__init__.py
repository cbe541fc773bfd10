# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import test_demo
from . import test_direct_calls
from . import test_door_table
from . import test_hooks
from . import test_nonsense
from . import test_project_milestone
from . import test_role_table
from . import test_sales_fact_project
from . import test_sales_cockpit
from . import test_sales_target_import
from . import test_sales_target_plan_copy
from . import test_screens
from . import test_translations
from . import test_ui_milestone
