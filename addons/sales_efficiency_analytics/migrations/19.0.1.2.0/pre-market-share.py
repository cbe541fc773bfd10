# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.addons.sales_efficiency_base.tools import require


def migrate(cr, version):
    """Require the base version to which the market share has moved."""
    require(cr, "sales_efficiency_base", "19.0.1.11.0")
