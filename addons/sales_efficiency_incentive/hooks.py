# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.addons.sales_efficiency_base.tools import close_app, release_records

from .models.sales_incentive_period import FINANCE


def uninstall_hook(env):
    """Release references between records, so that Odoo can delete them in any order."""
    release_records(env, "sales_efficiency_incentive")
    # Only for incentives do they need the app, see sales_incentive_menus.xml.
    groups = ("hr.group_hr_manager", *FINANCE.split(","))
    close_app(env, "sales_efficiency_incentive", groups)
    env.cr.execute("""
        DROP FUNCTION IF EXISTS sales_incentive_entry_refuse() CASCADE;
        DROP FUNCTION IF EXISTS sales_incentive_entry_check() CASCADE;
    """)
