# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import sales_training_attendance
from . import sales_training_course
from . import slide_channel
from . import slide_channel_partner
