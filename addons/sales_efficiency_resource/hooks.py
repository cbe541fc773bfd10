# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.addons.sales_efficiency_base.tools import close_app, release_records

from .engine.expense import FINANCE


def uninstall_hook(env):
    """Release references between records, so that Odoo can delete them in any order."""
    env["hr.expense"]._give_back_approval()
    release_records(env, "sales_efficiency_resource")
    # Only for expenses do they need the app, see sales_expense_menus.xml.
    close_app(env, "sales_efficiency_resource", FINANCE.split(","))
