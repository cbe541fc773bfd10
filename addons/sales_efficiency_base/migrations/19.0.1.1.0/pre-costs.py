# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import SUPERUSER_ID, api
from odoo.tools.sql import create_column

from odoo.addons.sales_efficiency_base.hooks import keep_unit_costs


def migrate(cr, version):
    """Keep the costs of foreign orders in the currency of the company, and say which
    margins of past sales are known: so far, 0 stood for both."""
    keep_unit_costs(api.Environment(cr, SUPERUSER_ID, {}))
    create_column(cr, "sales_history_line", "is_margin_known", "bool")
    cr.execute("UPDATE sales_history_line SET is_margin_known = margin <> 0")
