# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import test_director_dashboard
from . import test_translations
from . import test_ui_dashboard
