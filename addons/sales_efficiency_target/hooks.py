# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tools import SQL

from odoo.addons.sales_efficiency_base.tools import release_records

TRIGGERS = ("sales_mart_sale_order_order_project", "sales_mart_crm_lead_lead_project")


def post_init_hook(env):
    """Tell of which projects the figures are that are there already."""
    env["sales.mart"]._refresh()


def uninstall_hook(env):
    """Leave no trigger behind on the tables of other add-ons."""
    for name in TRIGGERS:
        env.cr.execute(SQL("DROP FUNCTION %s() CASCADE", SQL.identifier(name)))
    release_records(env, "sales_efficiency_target")
