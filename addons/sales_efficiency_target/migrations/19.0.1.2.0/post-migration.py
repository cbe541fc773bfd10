# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import SUPERUSER_ID, api
from odoo.tools import convert_file

RULES = {
    "sales_target_rules": "sales_efficiency_target",
    "sales_action_rules": "sales_efficiency_base",
    "sales_alert_rules": "sales_efficiency_base",
}


def migrate(cr, version):
    """Reload the record rules, which updates leave unchanged: former leaders lose
    access to the records of former team members."""
    env = api.Environment(cr, SUPERUSER_ID, {})
    for name, module in RULES.items():
        convert_file(env, module, f"security/{name}.xml", {}, mode="init")
