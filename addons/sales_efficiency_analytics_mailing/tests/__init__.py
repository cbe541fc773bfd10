# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import test_mailing_facts
from . import test_translations
from . import test_utm_campaign
