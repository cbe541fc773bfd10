# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.addons.sales_efficiency_base.tools import release_records


def uninstall_hook(env):
    """Release references between records, so that Odoo can delete them in any order."""
    release_records(env, "sales_efficiency_analytics")
