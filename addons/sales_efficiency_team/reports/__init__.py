# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import sales_selection_result
from . import sales_recruitment_channel_report
from . import sales_staffing_report
from . import sales_career_standing
