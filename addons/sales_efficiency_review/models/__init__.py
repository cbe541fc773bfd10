# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

# Models of other add-ons
from . import calendar_event
from . import res_company
from . import res_config_settings
from . import sales_action
from . import sales_metric
from . import sales_status_color

# Reports and meetings
from . import sales_weekly_report
from . import sales_weekly_report_schedule
from . import sales_weekly_report_line
from . import sales_weekly_report_figure
from . import sales_meeting
from . import sales_meeting_calendar
from . import sales_meeting_line
