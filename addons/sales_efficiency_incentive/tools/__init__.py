# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from .documents import select_documents
from .payroll_sheet import PayrollSheet
from .percent import format_percent, write_number
from .whole import WHOLE
