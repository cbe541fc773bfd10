# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from .demo_company import enter_demo
from . import sales_demo
from . import sales_demo_company
from . import sales_demo_invoice
from . import sales_sample
