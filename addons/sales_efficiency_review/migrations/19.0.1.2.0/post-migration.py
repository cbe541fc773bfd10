# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import SUPERUSER_ID, api
from odoo.tools import convert_file


def migrate(cr, version):
    """Remove access of former leaders to reports of former team members: an update does
    not change record rules."""
    env = api.Environment(cr, SUPERUSER_ID, {})
    path = "security/sales_weekly_report_rules.xml"
    convert_file(env, "sales_efficiency_review", path, {}, mode="init")
