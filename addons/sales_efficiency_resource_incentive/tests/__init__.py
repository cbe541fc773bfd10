# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import test_channel_member_incentive
from . import test_door_table
from . import test_nonsense
from . import test_role_table
from . import test_screens
from . import test_translations
