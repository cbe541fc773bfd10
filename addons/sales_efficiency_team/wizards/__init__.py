# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import sales_appraisal_correction
from . import sales_conduct_hold
from . import sales_conduct_statement
