# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.addons.sales_efficiency_base.tools import release_records

from .engine import BiViews


def uninstall_hook(env):
    """Remove the views for BI tools and their readers, and the exported files. Release
    references between records, so that Odoo can delete them in any order."""
    BiViews(env).drop()
    env["sales.mart.export"].search([]).unlink()
    release_records(env, "sales_efficiency_analytics")
