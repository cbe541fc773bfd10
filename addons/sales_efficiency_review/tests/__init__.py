# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import test_demo
from . import test_direct_calls
from . import test_door_table
from . import test_nonsense
from . import test_role_table
from . import test_sales_action
from . import test_sales_meeting
from . import test_sales_meeting_minutes
from . import test_sales_meeting_pack
from . import test_sales_meeting_plan
from . import test_sales_weekly_report
from . import test_sales_weekly_report_metric
from . import test_sales_weekly_report_prefill
from . import test_sales_weekly_report_schedule
from . import test_screens
from . import test_translations
from . import test_ui_meeting
from . import test_ui_weekly
