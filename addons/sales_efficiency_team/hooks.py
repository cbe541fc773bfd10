# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.addons.sales_efficiency_base.tools import close_app, release_records

# Only for the sales team do they need the app, see sales_team_menus.xml.
HR = ("hr.group_hr_user", "hr_recruitment.group_hr_recruitment_user")


def uninstall_hook(env):
    """Release references between records, so that Odoo can delete them in any order."""
    release_records(env, "sales_efficiency_team")
    close_app(env, "sales_efficiency_team", HR)
    env.cr.execute("""
        DROP FUNCTION IF EXISTS sales_appraisal_refuse() CASCADE;
        DROP FUNCTION IF EXISTS sales_appraisal_line_check() CASCADE;
    """)
